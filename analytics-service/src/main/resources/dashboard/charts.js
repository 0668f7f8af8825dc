import { percent, untreated } from './format.js';

const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const LOG_TICKS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

function layout(x, y, narrow) {
  const axis = { gridcolor: color('--line'), zeroline: false, linecolor: color('--line'), automargin: true };
  return {
    font: { family: getComputedStyle(document.body).fontFamily, size: 13, color: color('--text') },
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: 'rgba(0,0,0,0)',
    margin: { l: 50, r: 12, t: 10, b: 48 },
    legend: narrow ? { orientation: 'h', x: 0, y: 1.02, yanchor: 'bottom' } : { x: 1.01, y: 1 },
    hovermode: 'closest',
    hoverlabel: { font: { family: getComputedStyle(document.body).fontFamily } },
    xaxis: { ...axis, ...x },
    yaxis: { ...axis, tickformat: '.0%', ...y },
  };
}

const options = (name) => ({
  responsive: true,
  displaylogo: false,
  modeBarButtonsToRemove: ['lasso2d', 'select2d', 'autoScale2d'],
  toImageButtonOptions: { filename: name, scale: 2 },
});

function line(name, points, look) {
  const sorted = [...points].sort((a, b) => a.imagesPerClass - b.imagesPerClass);
  return {
    name,
    x: sorted.map((p) => p.imagesPerClass),
    y: sorted.map((p) => p.test.mean),
    error_y: { type: 'data', array: sorted.map((p) => p.test.halfWidth95 ?? 0), thickness: 1.3, width: 4, color: look.color },
    customdata: sorted.map((p) => [percent(p.validation.mean), p.test.n, p.checkpointId ?? 'class labels']),
    hovertemplate: '<b>%{y:.1%}</b> test at %{x} per class<br>validation %{customdata[0]}, runs %{customdata[1]}<br>%{customdata[2]}<extra></extra>',
    mode: 'lines+markers',
    line: { color: look.color, width: look.width, dash: look.dash },
    marker: { size: look.size, symbol: look.symbol, color: look.color },
    visible: look.visible ?? true,
    showlegend: look.legend ?? true,
  };
}

/** Best of each budget by validation accuracy. */
export function bestByBudget(summaries) {
  const best = new Map();
  for (const summary of summaries) {
    const held = best.get(summary.imagesPerClass);
    if (!held || summary.validation.mean > held.validation.mean) best.set(summary.imagesPerClass, summary);
  }
  return [...best.values()];
}

export function drawCurve(target, summaries) {
  const narrow = target.clientWidth < 640;
  const hard = bestByBudget(summaries.filter((s) => s.regime === 'hard' && untreated(s)));
  const soft = summaries.filter((s) => s.regime === 'fixed-soft' && untreated(s));
  const traces = [];
  if (soft.length) traces.push(line('best soft labels', bestByBudget(soft), { color: color('--soft'), width: 3, size: 9 }));
  if (hard.length) traces.push(line('hard labels', hard, { color: color('--hard'), width: 3, size: 9, symbol: 'square' }));
  const experts = [...new Set(soft.map((s) => s.checkpointId))].sort();
  experts.forEach((expert, i) => {
    const shade = `hsl(${Math.round(20 + (300 * i) / Math.max(1, experts.length))} 60% 55%)`;
    const points = bestByBudget(soft.filter((s) => s.checkpointId === expert));
    traces.push(line(expert, points, { color: shade, width: 1.5, size: 5, dash: 'dot', visible: 'legendonly', legend: !narrow }));
  });
  const x = { type: 'log', title: { text: 'images per class' }, tickvals: LOG_TICKS, ticktext: LOG_TICKS };
  return Plotly.react(target, traces, layout(x, { title: { text: 'test accuracy' } }, narrow), options('labelworth-accuracy'));
}

const AXIS_TITLES = { images: 'images per class', bytes: 'stored bytes, images and labels', compute: 'multiply-accumulates of student training' };
const REGIMES = { 'hard': ['--hard', 'square'], 'fixed-soft': ['--soft', 'circle'], 'multi-view': ['--third', 'diamond'] };

export function drawFrontier(target, frontiers, axis) {
  const narrow = target.clientWidth < 640;
  const traces = frontiers.filter((f) => f.axis === axis).map((frontier) => {
    const [name, symbol] = REGIMES[frontier.regime] ?? ['--third', 'circle'];
    const points = frontier.points;
    return {
      name: frontier.regime === 'fixed-soft' ? 'soft labels' : frontier.regime === 'multi-view' ? 'labels of views' : frontier.regime + ' labels',
      x: points.map((p) => p.cost),
      y: points.map((p) => p.testMean),
      error_y: { type: 'data', array: points.map((p) => p.testHalfWidth95 ?? 0), thickness: 1.3, width: 4, color: color(name) },
      customdata: points.map((p) => [p.imagesPerClass, p.checkpointId ?? 'class labels', percent(p.validationMean)]),
      hovertemplate: '<b>%{y:.1%}</b> test at %{x:.4s}<br>%{customdata[0]} per class, %{customdata[1]}<br>validation %{customdata[2]}<extra></extra>',
      mode: 'lines+markers',
      line: { shape: 'hv', color: color(name), width: 2.5 },
      marker: { size: 9, symbol, color: color(name) },
    };
  });
  const ticks = axis === 'images' ? { tickvals: LOG_TICKS, ticktext: LOG_TICKS } : { exponentformat: 'SI', dtick: 1 };
  const x = { type: 'log', title: { text: AXIS_TITLES[axis] }, ...ticks };
  return Plotly.react(target, traces, layout(x, { title: { text: 'test accuracy' } }, narrow), options('labelworth-frontier-' + axis));
}
