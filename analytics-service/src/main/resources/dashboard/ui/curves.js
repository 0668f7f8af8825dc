// Learning curves: accuracy or training loss by step.
import { segments } from './controls.js';
import { shareAxis } from './plot-layout.js';

const METRICS = {
  accuracy: { key: 'validationAccuracy', axis: shareAxis('accuracy'), value: '<b>%{y:.1%}</b>' },
  loss: { key: 'trainLoss', axis: { title: { text: 'training loss (nats)' } }, value: '<b>%{y:.3f}</b> nats' },
};

/** The metric that the address names; accuracy at first. */
export const metricOf = (view) => (view.get('metric') === 'loss' ? 'loss' : 'accuracy');

/** A choice of metric. */
export const metricControl = (view) => segments({
  name: 'metric',
  label: 'Shown of the curves',
  options: [{ value: 'accuracy', text: 'accuracy' }, { value: 'loss', text: 'loss' }],
  value: metricOf(view),
  onChange: (metric) => view.set({ metric }),
});

export const curveLayout = (metric) => ({
  xaxis: { title: { text: 'step' }, rangemode: 'tozero' },
  yaxis: METRICS[metric].axis,
});

/** One line of measurements; key is what is measured, by default that of the metric. */
export function curveTrace(name, points, metric, stroke, key = METRICS[metric].key) {
  const known = points.filter((point) => typeof point[key] === 'number');
  return {
    name,
    x: known.map((point) => point.step),
    y: known.map((point) => point[key]),
    customdata: known.map(() => name),
    mode: 'lines+markers',
    line: { color: stroke, width: 2 },
    marker: { color: stroke, size: 6 },
    hovertemplate: METRICS[metric].value + ' at step %{x}<br>%{customdata}<extra></extra>',
  };
}

/** Points of curves, one row each. */
export const curveRow = ({ step, validationAccuracy, trainLoss }) => ({ step, validationAccuracy, trainLoss });
