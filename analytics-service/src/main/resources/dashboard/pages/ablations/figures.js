// The kinds of figures that ablations have. Each takes series [{name, color?, dash?, points: [{x, summary, y?, half?}]}] and gives
// what ui/plot.js draws; y is the mean test accuracy unless a point says otherwise.
import { percent } from '../../format.js';
import { color } from '../../shell/theme.js';
import { errorBars, PALETTE } from '../../ui/plot-layout.js';
import { checkpointName } from './summaries.js';

const y = (point) => point.y ?? point.summary.test.mean;
// An accuracy ends at 1; one relative to another does not.
const most = (points) => (points.some((point) => point.y !== undefined) ? Infinity : 1);
const half = (point) => (point.half === undefined ? point.summary.test.halfWidth95 : point.half);
const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const details = ({ summary, note }) => [
  `${summary.imagesPerClass} per class, ${checkpointName(summary.checkpointId)}`,
  `test ${percent(summary.test.mean)}, validation ${percent(summary.validation.mean)}, ${summary.test.n} run${summary.test.n === 1 ? '' : 's'}`,
  note ?? '',
];

const hover = ({ note }) => `<b>%{y}</b> at %{x}<br>%{customdata[0]}<br>%{customdata[1]}${note ? '<br>%{customdata[2]}' : ''}<extra></extra>`;

/** Colour of a series: one with a meaning, or the next of the palette. */
const shade = (series, i) => (series.color ? color(series.color) : PALETTE[i % PALETTE.length]);

/** Every point behind a figure, for its CSV. */
const rowsOf = (series) => series.flatMap(({ name, points }) => points.map((point) => ({
  series: name,
  x: point.x,
  y: y(point),
  halfWidth95: half(point),
  dataset: point.summary.dataset,
  source: point.summary.source,
  imagesPerClass: point.summary.imagesPerClass,
  regime: point.summary.regime,
  checkpointId: point.summary.checkpointId,
  treatments: JSON.stringify(point.summary.treatments),
  test: point.summary.test.mean,
  validation: point.summary.validation.mean,
  runs: point.summary.test.n,
  configurationId: point.summary.configurationId,
})));

/** Lines over x; xaxis and yaxis as Plotly has them. */
export function lines({ name, label, series, xaxis, yaxis = {}, shapes = [] }) {
  const shown = series.filter(({ points }) => points.length);
  return {
    name,
    label,
    traces: shown.map((one, i) => {
      const points = [...one.points].sort((a, b) => a.x - b.x);
      const stroke = shade(one, i);
      return {
        name: one.name,
        x: points.map((point) => point.x),
        y: points.map(y),
        error_y: errorBars(points.map(y), points.map(half), stroke, most(points)),
        customdata: points.map(details),
        hovertemplate: points.map(hover),
        mode: one.mode ?? 'lines+markers',
        line: { color: stroke, width: one.color ? 3 : 2, dash: one.dash },
        marker: { color: stroke, size: one.color ? 9 : 7, symbol: one.symbol },
      };
    }),
    layout: { xaxis, yaxis: { tickformat: '.0%', title: { text: 'test accuracy' }, ...yaxis }, shapes },
    rows: rowsOf(shown),
  };
}

/** Curves of numbers that are no configuration's: rows are plain objects, which a point is made of by x, y and its curve's name. */
export function curves({ name, label, rows, of, x, y, xaxis, yaxis }) {
  const found = new Map();
  for (const row of rows) found.set(of(row), [...(found.get(of(row)) ?? []), row]);
  return {
    name,
    label,
    traces: [...found].map(([curve, points], i) => ({
      name: curve,
      x: points.map(x),
      y: points.map(y),
      hovertemplate: `${escaped(curve)}<br>%{x} entries, %{y:.1f} per class<extra></extra>`,
      mode: 'lines+markers',
      line: { color: PALETTE[i % PALETTE.length], width: 2 },
      marker: { color: PALETTE[i % PALETTE.length], size: 7 },
    })),
    layout: { xaxis, yaxis },
    rows,
  };
}

/** Bars side by side over groups: x is the group's name. */
export function bars({ name, label, series, xaxis = {}, yaxis = {} }) {
  const shown = series.filter(({ points }) => points.length);
  // The interval of two runs may leave what an accuracy can be.
  const highest = Math.max(...shown.flatMap(({ points }) => points.map((point) => y(point) + (half(point) ?? 0))));
  return {
    name,
    label,
    traces: shown.map((one, i) => ({
      type: 'bar',
      name: one.name,
      x: one.points.map((point) => String(point.x)),
      y: one.points.map(y),
      error_y: errorBars(one.points.map(y), one.points.map(half), color('--text'), most(one.points)),
      customdata: one.points.map(details),
      hovertemplate: one.points.map(hover),
      marker: { color: shade(one, i) },
    })),
    layout: { barmode: 'group', bargap: 0.25, xaxis: { type: 'category', ...xaxis }, yaxis: { tickformat: '.0%', range: [0, Math.min(1, 1.05 * highest)], title: { text: 'test accuracy' }, ...yaxis } },
    rows: rowsOf(shown),
  };
}

/** A map of summaries over two categories; the best of each column by validation has a frame. */
export function heatMap({ name, label, cells, xTitle, yTitle }) {
  const columns = [...new Set(cells.map((cell) => cell.x))].sort((a, b) => a - b);
  const lineOf = new Map([...cells].sort((a, b) => a.order - b.order).map((cell) => [cell.y, null]));
  const rows = [...lineOf.keys()];
  const at = (row, column) => cells.find((cell) => cell.y === row && cell.x === column);
  const winners = columns.map((column) => cells.filter((cell) => cell.x === column).reduce((a, b) => (b.summary.validation.mean > a.summary.validation.mean ? b : a)));
  return {
    name,
    label,
    traces: [{
      type: 'heatmap',
      name: 'test accuracy',
      x: columns.map(String),
      y: rows,
      z: rows.map((row) => columns.map((column) => at(row, column)?.summary.test.mean ?? null)),
      text: rows.map((row) => columns.map((column) => (at(row, column) ? percent(at(row, column).summary.test.mean) : ''))),
      texttemplate: '%{text}',
      hovertemplate: '<b>%{z:.1%}</b> test<br>%{y}, %{x}<extra></extra>',
      colorscale: [[0, color('--card')], [1, color('--soft')]],
      showscale: false,
      xgap: 2,
      ygap: 2,
    }],
    layout: {
      xaxis: { type: 'category', title: { text: xTitle }, showgrid: false },
      yaxis: { type: 'category', title: { text: yTitle }, showgrid: false },
      shapes: winners.map((cell) => {
        const [x, line] = [columns.indexOf(cell.x), rows.indexOf(cell.y)];
        return { type: 'rect', x0: x - 0.5, x1: x + 0.5, y0: line - 0.5, y1: line + 0.5, line: { color: color('--third'), width: 2.5 } };
      }),
    },
    rows: rowsOf([{ name: label, points: cells }]),
  };
}
