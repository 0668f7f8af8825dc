import { short } from '../../format.js';
import { element } from '../../ui/element.js';
import { empty } from '../../ui/states.js';
import { bar } from './bar.js';

const ORDER = ['done', 'running', 'queued', 'waiting', 'failed', 'cancelled'];
const REASONS = 5;

/** How many runs are in which state, the ones at work, and why others wait or have failed. */
export function runStates(activity, app) {
  const counts = ORDER.map((state) => activity.runsByState[state] ?? 0);
  const all = counts.reduce((a, b) => a + b, 0);
  if (!all) return [empty('No runs yet', 'Submit an experiment:', ['./labelworth run EXPERIMENT.yaml'])];
  return [
    element('div', { class: 'stack', role: 'img', 'aria-label': `${counts[0]} of ${all} runs done` },
      ...ORDER.map((state, i) => element('span', { class: state, style: `flex-grow:${counts[i]}` }))),
    element('ul', { class: 'states' }, ...ORDER.map((state, i) => element('li', {},
      element('a', { href: app.view.link('runs', [], { state }), 'data-state': state, 'data-count': counts[i], 'data-focus': 'state-' + state },
        element('i', { class: state }), element('strong', {}, counts[i].toLocaleString('en')), ' ', state)))),
    ...activity.runningRuns.map((run) => bar(short(run.runId), `step ${run.step} of ${run.steps || '…'}`, run.step, run.steps, 'running')),
    reasons(activity.waitingRuns, 'waits for', '', app),
    reasons(activity.failedRuns, 'failed', 'reason', app),
  ];
}

function reasons(runs, what, kind, app) {
  if (!runs.length) return null;
  return element('ul', { class: 'reasons' },
    ...runs.slice(0, REASONS).map((run) => element('li', { class: kind },
      element('a', { href: app.view.link('runs', [run.runId]), class: 'id' }, short(run.runId)), ` ${what}: ${run.reason}`)));
}
