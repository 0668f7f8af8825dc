// What labelers and trainers are at: runs by state, students in training, and labelling by checkpoint.
import { short } from '../format.js';
import { Answer } from '../shell/answer.js';
import { curveLayout, curveRow, curveTrace, metricControl, metricOf } from '../ui/curves.js';
import { card, element, fill } from '../ui/element.js';
import { PALETTE } from '../ui/plot-layout.js';
import { plot } from '../ui/plot.js';
import { empty, loading } from '../ui/states.js';
import { experimentTable } from './progress/experiments.js';
import { labellings } from './progress/labellings.js';
import { runStates } from './progress/run-states.js';
import { Students } from './progress/students.js';

export const page = {
  id: 'progress',
  title: 'Progress',
  open(root, app) {
    const states = element('div');
    const metrics = element('div');
    const idle = element('div');
    const curves = element('div');
    const labelling = element('div');
    const asked = element('div');
    root.append(
      element('div', { class: 'page-head' }, element('h1', {}, 'Progress')),
      card({ id: 'run-states', title: 'Runs by state' }, states),
      card({ id: 'students', title: 'Students in training', note: 'A point for each evaluation, as it comes. Lines stay for a while after a student is done.', tools: [metrics] }, idle, curves),
      card({
        id: 'labelling',
        title: 'Labelling by checkpoint',
        note: 'Images labelled of all that are known; a checkpoint is relabelled from the start, so its bar begins empty.',
        tools: [element('a', { class: 'button small', href: app.apiAddress('checkpoints', { format: 'csv' }), download: 'labelworth-checkpoints.csv' }, 'CSV')],
      }, labelling),
      card({ id: 'experiments', title: 'Experiments' }, asked));
    const students = new Students(app, () => update());
    const experiments = new Answer(() => app.apiItems('experiments'), () => update());

    function update() {
      const { activity } = app.store;
      experiments.want('experiments', activity);
      fill(states, ...(activity ? runStates(activity, app) : [loading()]));
      fill(labelling, ...(activity ? labellings(activity) : [loading()]));
      experimentTable(asked, experiments, app);
      drawCurves(students.shown());
    }

    function drawCurves(lines) {
      const metric = metricOf(app.view);
      curves.hidden = !lines.length;
      fill(metrics, lines.length ? metricControl(app.view) : null);
      fill(idle, lines.length ? null : empty('No student is in training', 'Curves appear here as soon as one is. Submit an experiment, or train more seeds of one:', ['./labelworth run EXPERIMENT.yaml']));
      if (!lines.length) return;
      plot(curves, {
        name: 'students',
        label: `Learning curves of running students: ${metric} by step`,
        traces: lines.map(({ name, points, place }) => curveTrace(name, points, metric, PALETTE[place % PALETTE.length])),
        layout: curveLayout(metric),
        rows: lines.flatMap(({ runId, points }) => points.map((point) => ({ run: short(runId), ...curveRow(point) }))),
      });
    }

    return {
      update,
      close() {
        students.close();
        experiments.close();
      },
    };
  },
};
