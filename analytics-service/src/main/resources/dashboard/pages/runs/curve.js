import { color } from '../../shell/theme.js';

export const CURVE_LAYOUT = {
  xaxis: { title: { text: 'step' }, rangemode: 'tozero' },
  yaxis: { title: { text: 'accuracy' }, tickformat: '.0%' },
  yaxis2: { title: { text: 'training loss (nats)' }, overlaying: 'y', side: 'right', showgrid: false, rangemode: 'tozero' },
};

/** A run's curve: accuracies on the left axis, and the training loss, at first switched off, on the right one. */
export function curveTraces(points) {
  const tested = points.filter((point) => typeof point.testAccuracy === 'number');
  const line = (name, key, stroke, of, more = {}) => ({
    name,
    x: of.map((point) => point.step),
    y: of.map((point) => point[key]),
    mode: 'lines+markers',
    line: { color: color(stroke), width: 2.5 },
    marker: { color: color(stroke), size: 6 },
    hovertemplate: `<b>%{y:.1%}</b> ${name} at step %{x}<extra></extra>`,
    ...more,
  });
  return [
    line('validation', 'validationAccuracy', '--soft', points),
    ...(tested.length ? [line('test', 'testAccuracy', '--good', tested)] : []),
    line('training loss', 'trainLoss', '--hard', points, {
      yaxis: 'y2', visible: 'legendonly', hovertemplate: '<b>%{y:.3f}</b> nats at step %{x}<extra></extra>',
    }),
  ];
}
