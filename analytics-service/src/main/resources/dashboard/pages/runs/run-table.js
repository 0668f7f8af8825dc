import { choice, percent, regimeName, short } from '../../format.js';
import { element } from '../../ui/element.js';
import { table } from '../../ui/table.js';
import { chosenFilters } from './filters.js';

/** A run's state, coloured and in words. */
export const badge = (state) => element('span', { class: 'badge ' + state }, state);

/** Link to a run, or to a replay of one, by its id among rows. */
export const runLink = (app, id) => element('a', { href: app.view.link('runs', [id]), class: 'id', title: id, 'data-focus': 'run-' + id }, short(id));

/** Share of right answers, or a dash. */
export const share = (value) => (typeof value === 'number' ? percent(value) : dash());

const dash = () => element('span', { class: 'muted' }, '—');

/** What a run's student learns from, in words. */
export const labelsOf = (run) => (run.regime ? [regimeName(run.regime), ...(run.treatments ?? []).map(choice)].join(' + ') : '');

/** Rows of runs; the CSV is the server's, of every run that matches. */
export function runTable(target, runs, app) {
  table(target, {
    name: 'runs',
    label: 'Runs',
    rows: runs,
    csvAddress: app.apiAddress('runs', { ...chosenFilters(app.view), format: 'csv' }),
    onRow: (run) => { location.hash = app.view.link('runs', [run.id]); },
    columns: [
      { id: 'state', title: 'state', text: true, value: (run) => run.state, cell: (run) => badge(run.state) },
      { id: 'runId', title: 'run', text: true, value: (run) => run.id, cell: (run) => [runLink(app, run.id), run.replayOf ? ' replay' : ''] },
      { id: 'imagesPerClass', title: 'images per class', value: (run) => run.imagesPerClass },
      { id: 'regime', title: 'labels', text: true, value: labelsOf },
      { id: 'validationAccuracy', title: 'validation', value: (run) => run.validationAccuracy, cell: (run) => share(run.validationAccuracy) },
      { id: 'testAccuracy', title: 'test', value: (run) => run.testAccuracy, cell: (run) => share(run.testAccuracy) },
      { id: 'checkpointId', title: 'expert', text: true, value: (run) => run.checkpointId, cell: (run) => run.checkpointId ?? dash() },
      { id: 'seeds', title: 'seeds', value: seeds, cell: (run) => element('span', { title: 'seed of the images drawn / seed of the training' }, seeds(run)) },
      { id: 'step', title: 'step', value: (run) => run.step, cell: progress },
    ],
  });
}

const seeds = (run) => (typeof run.trainingSeed === 'number' ? `${run.subsetSeed} / ${run.trainingSeed}` : null);

function progress(run) {
  if (run.reason) return element('span', { class: 'reason', title: run.reason }, run.reason);
  return run.steps ? `${run.step} of ${run.steps}` : dash();
}
