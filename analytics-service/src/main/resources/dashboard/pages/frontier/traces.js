import { percent, regimeName } from '../../format.js';
import { color } from '../../shell/theme.js';
import { errorBars, IPC_AXIS, PALETTE, shareAxis } from '../../ui/plot-layout.js';

const TITLES = { bytes: 'stored bytes, images and labels', compute: 'multiply-accumulates of student training' };
const LOOKS = { 'hard': ['--hard', 'square'], 'fixed-soft': ['--soft', 'circle'], 'multi-view': ['--third', 'diamond'] };

export const frontierLayout = (axis) => ({
  xaxis: axis === 'images' ? IPC_AXIS : { type: 'log', title: { text: TITLES[axis] }, exponentformat: 'SI', dtick: 1 },
  yaxis: shareAxis('test accuracy'),
});

/** A staircase for each frontier: between two members the cheaper one is the best there is. */
export function frontierTraces(frontiers) {
  return frontiers.map((frontier, i) => {
    const [name, symbol] = LOOKS[frontier.regime] ?? [];
    const stroke = name ? color(name) : PALETTE[i % PALETTE.length];
    const { points } = frontier;
    return {
      name: regimeName(frontier.regime),
      x: points.map((p) => p.cost),
      y: points.map((p) => p.testMean),
      error_y: errorBars(points.map((p) => p.testMean), points.map((p) => p.testHalfWidth95), stroke),
      customdata: points.map((p) => [p.imagesPerClass, p.checkpointId ?? 'class labels', percent(p.validationMean)]),
      hovertemplate: '<b>%{y:.1%}</b> test at %{x:.4s}<br>%{customdata[0]} per class, %{customdata[1]}<br>validation %{customdata[2]}<extra></extra>',
      mode: 'lines+markers',
      line: { shape: 'hv', color: stroke, width: 2.5 },
      marker: { size: 9, symbol: symbol ?? 'triangle-up', color: stroke },
      // Treatments are controls: they are there to be switched on.
      visible: frontier.regime.includes('+') ? 'legendonly' : true,
    };
  });
}

/** The members, as plain rows. */
export const frontierRows = (frontiers) => frontiers.flatMap((frontier) => frontier.points.map((point) => ({
  regime: frontier.regime,
  axis: frontier.axis,
  cost: point.cost,
  imagesPerClass: point.imagesPerClass,
  checkpointId: point.checkpointId,
  validationMean: point.validationMean,
  testMean: point.testMean,
  testHalfWidth95: point.testHalfWidth95,
  configurationId: point.configurationId,
})));
