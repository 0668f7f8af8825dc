import { percent, times } from '../../format.js';
import { color } from '../../shell/theme.js';
import { countAxis, IPC_AXIS } from '../../ui/plot-layout.js';
import { element } from '../../ui/element.js';
import { table } from '../../ui/table.js';

export const BEST_LAYOUT = { xaxis: IPC_AXIS, yaxis: countAxis('expert step') };

/** One row for each budget, measured here or predicted by analytics. */
export function bestByBudgetRows(cells, experts, predicted) {
  const rows = new Map();
  for (const cell of cells) {
    const held = rows.get(cell.imagesPerClass);
    if (held && held.validation >= cell.validation.mean) continue;
    const { step } = experts.find(({ id }) => id === cell.checkpointId);
    rows.set(cell.imagesPerClass, {
      imagesPerClass: cell.imagesPerClass, checkpointId: cell.checkpointId, step, validation: cell.validation.mean, test: cell.test.mean,
    });
  }
  for (const { imagesPerClass, predictedStep, predictedLow, predictedHigh, heldOutError } of predicted) {
    rows.set(imagesPerClass, {
      ...(rows.get(imagesPerClass) ?? { imagesPerClass, checkpointId: null, step: null, validation: null, test: null }),
      predictedStep, predictedLow, predictedHigh, heldOutError,
    });
  }
  return [...rows.values()].sort((a, b) => a.imagesPerClass - b.imagesPerClass);
}

export function bestTraces(rows) {
  const measured = rows.filter((row) => row.step !== null);
  const told = rows.filter((row) => typeof row.predictedStep === 'number');
  // A measured budget's prediction is from the others alone, so it is no point of the line.
  const held = told.filter((row) => row.step !== null);
  const line = told.filter((row) => row.step === null);
  const band = line.filter((row) => typeof row.predictedLow === 'number' && typeof row.predictedHigh === 'number');
  const traces = [];
  if (band.length) {
    traces.push({
      name: '95% interval',
      legendgroup: 'predicted',
      showlegend: false,
      x: [...band.map((row) => row.imagesPerClass), ...band.map((row) => row.imagesPerClass).reverse()],
      y: [...band.map((row) => row.predictedLow), ...band.map((row) => row.predictedHigh).reverse()],
      fill: 'toself',
      fillcolor: color('--third'),
      opacity: 0.14,
      mode: 'lines',
      line: { width: 0 },
      hoverinfo: 'skip',
    });
  }
  if (line.length) traces.push({ ...predictions('predicted', line), mode: 'lines+markers', line: { color: color('--third'), width: 2, dash: 'dash' } });
  if (held.length) traces.push({ ...predictions('predicted from the other budgets', held), mode: 'markers' });
  traces.push({
    name: 'measured',
    x: measured.map((row) => row.imagesPerClass),
    y: measured.map((row) => row.step),
    customdata: measured.map((row) => [row.checkpointId, percent(row.validation), percent(row.test)]),
    hovertemplate: '<b>step %{y}</b> at %{x} per class<br>%{customdata[0]}<br>validation %{customdata[1]}, test %{customdata[2]}<extra></extra>',
    mode: 'markers',
    marker: { size: 12, color: color('--soft') },
  });
  return traces;
}

const predictions = (name, rows) => ({
  name,
  legendgroup: name,
  x: rows.map((row) => row.imagesPerClass),
  y: rows.map((row) => row.predictedStep),
  customdata: rows.map((row) => range(row) || 'no interval'),
  hovertemplate: 'predicted step <b>%{y:.0f}</b> at %{x} per class<br>95%: %{customdata}<extra></extra>',
  marker: { size: 8, color: color('--third'), symbol: name === 'predicted' ? 'diamond' : 'diamond-open' },
});

const whole = (value) => (typeof value === 'number' ? Math.round(value).toLocaleString('en') : '');
const range = (row) => (typeof row.predictedLow === 'number' && typeof row.predictedHigh === 'number' ? `${whole(row.predictedLow)} to ${whole(row.predictedHigh)}` : '');
const share = (value) => (typeof value === 'number' ? percent(value) : element('span', { class: 'muted' }, '—'));

export function bestTable(target, rows) {
  const predicted = rows.some((row) => typeof row.predictedStep === 'number');
  table(target, {
    name: 'best',
    label: 'Best expert by budget',
    rows,
    columns: [
      { id: 'imagesPerClass', title: 'images per class', value: (row) => row.imagesPerClass },
      { id: 'checkpointId', title: 'best expert', text: true, value: (row) => row.checkpointId, cell: (row) => row.checkpointId ?? element('span', { class: 'muted' }, 'not measured') },
      { id: 'step', title: 'its step', value: (row) => row.step, cell: (row) => whole(row.step) },
      { id: 'validation', title: 'validation', value: (row) => row.validation, cell: (row) => share(row.validation) },
      { id: 'test', title: 'test', value: (row) => row.test, cell: (row) => share(row.test) },
      ...(predicted ? [
        { id: 'predictedStep', title: 'predicted step', value: (row) => row.predictedStep, cell: (row) => element('strong', {}, whole(row.predictedStep)) },
        { id: 'interval', title: '95% interval', text: true, value: range },
        { id: 'heldOutError', title: 'held-out error', value: (row) => row.heldOutError, cell: (row) => (typeof row.heldOutError === 'number' ? times(row.heldOutError) : '') },
      ] : []),
    ],
  });
}
