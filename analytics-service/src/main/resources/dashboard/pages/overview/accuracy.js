// Accuracy against images per class: hard labels, the best soft labels, each expert's, and the laws fitted to them.
import { percent, untreated } from '../../format.js';
import { color } from '../../shell/theme.js';
import { errorBars, IPC_AXIS, shareAxis } from '../../ui/plot-layout.js';

export const ACCURACY_LAYOUT = { xaxis: IPC_AXIS, yaxis: shareAxis('test accuracy') };

/** Best of each budget by validation accuracy, by budget. */
export function bestByBudget(summaries) {
  const best = new Map();
  for (const summary of summaries) {
    const held = best.get(summary.imagesPerClass);
    if (!held || summary.validation.mean > held.validation.mean) best.set(summary.imagesPerClass, summary);
  }
  return [...best.values()].sort((a, b) => a.imagesPerClass - b.imagesPerClass);
}

/** Lines of a family. Those of single experts start switched off. */
export function accuracyTraces(summaries, laws) {
  const plain = summaries.filter(untreated);
  const hard = bestByBudget(plain.filter((s) => s.regime === 'hard'));
  const soft = plain.filter((s) => s.regime === 'fixed-soft');
  const experts = [...new Set(soft.map((s) => s.checkpointId))].sort();
  const traces = [];
  if (soft.length) traces.push(...withLaw(line('best soft labels', bestByBudget(soft), SOFT()), laws.find((law) => law.regime === 'fixed-soft' && law.best)));
  if (hard.length) traces.push(...withLaw(line('hard labels', hard, HARD()), laws.find((law) => law.regime === 'hard' && (law.best || !law.checkpointId))));
  experts.forEach((expert, i) => {
    const shade = `hsl(${Math.round(20 + (300 * i) / Math.max(1, experts.length))} 60% 50%)`;
    const points = bestByBudget(soft.filter((s) => s.checkpointId === expert));
    const law = laws.find((one) => one.regime === 'fixed-soft' && !one.best && one.checkpointId === expert);
    traces.push(...withLaw(line(expert, points, { stroke: shade, width: 1.5, size: 6, dash: 'dot', visible: 'legendonly' }), law));
  });
  return traces;
}

const SOFT = () => ({ stroke: color('--soft'), width: 3, size: 9 });
const HARD = () => ({ stroke: color('--hard'), width: 3, size: 9, symbol: 'square' });

function line(name, points, { stroke, width, size, symbol, dash, visible = true }) {
  return {
    name,
    legendgroup: name,
    x: points.map((p) => p.imagesPerClass),
    y: points.map((p) => p.test.mean),
    error_y: errorBars(points.map((p) => p.test.mean), points.map((p) => p.test.halfWidth95), stroke),
    customdata: points.map((p) => [percent(p.validation.mean), p.test.n, p.checkpointId ?? 'class labels']),
    hovertemplate: '<b>%{y:.1%}</b> test at %{x} per class<br>validation %{customdata[0]}, runs %{customdata[1]}<br>%{customdata[2]}<extra></extra>',
    mode: 'lines+markers',
    line: { color: stroke, width, dash },
    marker: { size, symbol, color: stroke },
    visible,
  };
}

// A law is switched with the points it was fitted to, and lies below them.
function withLaw(points, law) {
  if (!law?.curve?.length) return [points];
  const fit = `${law.floor.toFixed(3)} + ${law.a.toFixed(3)} · n^-${law.b.toFixed(2)}`;
  return [{
    name: points.name + ', fitted law',
    legendgroup: points.legendgroup,
    showlegend: false,
    x: law.curve.map((p) => p.imagesPerClass),
    y: law.curve.map((p) => 1 - p.error),
    customdata: law.curve.map((p) => [percent(1 - p.high), percent(1 - p.low)]),
    hovertemplate: `fitted law: error ${fit}<br><b>%{y:.1%}</b> at %{x:.1f} per class, 95%: %{customdata[0]} to %{customdata[1]}<extra></extra>`,
    mode: 'lines',
    line: { color: points.line.color, width: 1, dash: 'dash' },
    opacity: 0.8,
    visible: points.visible,
  }, points];
}

/** What is plotted, as plain rows: every untreated configuration of the family. */
export function accuracyRows(summaries) {
  return summaries.filter(untreated).map((s) => ({
    imagesPerClass: s.imagesPerClass,
    regime: s.regime,
    checkpointId: s.checkpointId,
    testMean: s.test.mean,
    testHalfWidth95: s.test.halfWidth95,
    validationMean: s.validation.mean,
    runs: s.test.n,
    configurationId: s.configurationId,
  })).sort((a, b) => a.imagesPerClass - b.imagesPerClass);
}
