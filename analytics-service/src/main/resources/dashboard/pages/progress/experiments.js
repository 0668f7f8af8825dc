import { fill } from '../../ui/element.js';
import { broken, empty, loading } from '../../ui/states.js';
import { table } from '../../ui/table.js';

const STATES = ['done', 'running', 'queued', 'waiting', 'failed', 'cancelled'];

/** What was asked for, and how far it has come; opening one lists its runs. */
export function experimentTable(target, answer, app) {
  if (answer.error) return fill(target, broken(answer.error, () => answer.retry()));
  if (!answer.value) return fill(target, loading());
  if (!answer.value.length) return fill(target, empty('No experiments yet', 'Submit one:', ['./labelworth run EXPERIMENT.yaml']));
  return table(target, {
    name: 'experiments',
    label: 'Experiments',
    rows: answer.value,
    onRow: (one) => { location.hash = app.view.link('runs', [], { experiment: one.experimentId }); },
    columns: [
      { id: 'name', title: 'experiment', text: true, value: (one) => (one.name || one.experimentId) + (one.cancelled ? ' (cancelled)' : '') },
      { id: 'dataset', title: 'dataset', text: true, value: (one) => one.dataset },
      ...STATES.map((state) => ({ id: state, title: state, value: (one) => one.runs[state] ?? 0 })),
    ],
  });
}
