import { percent, plural } from '../../format.js';
import { color } from '../../shell/theme.js';

const budgetsOf = (cells) => [...new Set(cells.map((s) => s.imagesPerClass))].sort((a, b) => a - b);

/** A summary for each expert and budget: where several are (other rates), the best by validation. */
function grid(cells) {
  const best = new Map();
  for (const cell of cells) {
    const key = cell.checkpointId + ' ' + cell.imagesPerClass;
    if (!(best.get(key)?.validation.mean >= cell.validation.mean)) best.set(key, cell);
  }
  return (expert, budget) => best.get(expert.id + ' ' + budget);
}

const named = (expert) => (expert.step === null ? expert.id : `step ${expert.step}`);

/** The map, and a frame around the best cell of each budget. Axes count cells, so that the frame can follow their edges. */
export function heatTraces(cells, experts, narrow) {
  const budgets = budgetsOf(cells);
  const at = grid(cells);
  const filled = experts.map((expert) => budgets.map((budget) => at(expert, budget) ?? null));
  const best = budgets.map((_, i) => filled.map((row) => row[i]).filter(Boolean).reduce((a, b) => (b.validation.mean > a.validation.mean ? b : a)));
  // Budgets differ by tens of points and experts by a few: a cell's colour says how close to its column's best it is.
  const behind = filled.map((row) => row.map((cell, i) => (cell ? cell.validation.mean - best[i].validation.mean : null)));
  const bar = narrow
    ? { orientation: 'h', y: -0.36, yanchor: 'top', thickness: 10 }
    : { thickness: 12 };
  return [{
    type: 'heatmap',
    name: 'validation accuracy',
    showlegend: false,
    z: behind,
    text: filled.map((row) => row.map((cell) => (cell ? percent(cell.validation.mean) : ''))),
    texttemplate: budgets.length > (narrow ? 5 : 14) ? '' : '%{text}',
    customdata: filled.map((row, i) => row.map((cell) => (cell
      ? [experts[i].id, cell.imagesPerClass, percent(cell.test.mean), plural(cell.test.n, 'run')] : null))),
    hovertemplate: '<b>%{text}</b> validation, %{customdata[2]} test<br>%{customdata[1]} per class, %{customdata[0]}<br>%{customdata[3]}<extra></extra>',
    hoverongaps: false,
    xgap: 3,
    ygap: 3,
    zmax: 0,
    zmin: Math.min(-0.01, ...behind.flat().filter((value) => value !== null)),
    colorscale: [[0, color('--heat-low')], [1, color('--heat-high')]],
    colorbar: { title: { text: 'behind the best of the budget', side: narrow ? 'top' : 'right' }, tickformat: '.0%', nticks: 5, outlinewidth: 0, ...bar },
  }, frames('best of each budget', best.map((cell, i) => [i, experts.findIndex(({ id }) => id === cell.checkpointId)]))];
}

function frames(name, places) {
  const reach = 0.48;
  return {
    name,
    showlegend: true,
    x: places.flatMap(([x]) => [x - reach, x + reach, x + reach, x - reach, x - reach, null]),
    y: places.flatMap(([, y]) => [y - reach, y - reach, y + reach, y + reach, y - reach, null]),
    mode: 'lines',
    line: { color: color('--third'), width: 3 },
    hoverinfo: 'skip',
  };
}

const TICKS = 24;

/** Height in pixels at which rows can be told apart. */
export const heatHeight = (experts) => Math.min(900, Math.max(330, 150 + 30 * experts.length));

export function heatLayout(cells, experts) {
  return {
    xaxis: axis('images per class', budgetsOf(cells).map(String)),
    yaxis: axis('expert checkpoint', experts.map(named)),
  };
}

// One tick for each name; where there are many, for some of them, evenly.
function axis(title, names) {
  const every = Math.ceil(names.length / TICKS);
  const ticks = names.map((_, i) => i).filter((i) => i % every === 0);
  return { title: { text: title }, showgrid: false, tickvals: ticks, ticktext: ticks.map((i) => names[i]), range: [-0.5, names.length - 0.5] };
}

/** The map, as plain rows. */
export function heatRows(cells, experts) {
  const at = grid(cells);
  return experts.flatMap((expert) => budgetsOf(cells).map((budget) => [expert, budget, at(expert, budget)]))
    .filter(([, , cell]) => cell)
    .map(([expert, budget, cell]) => ({
      checkpointId: expert.id,
      run: expert.run,
      step: expert.step,
      imagesPerClass: budget,
      validationMean: cell.validation.mean,
      validationHalfWidth95: cell.validation.halfWidth95,
      testMean: cell.test.mean,
      runs: cell.test.n,
      configurationId: cell.configurationId,
    }));
}
