import { element, interval, percent, plural, recipe, student, times, worthBounds } from './format.js';

/** The headline: what one label is worth at the chosen budget. */
export function headline(worths, budget, choose) {
  const chosen = worths.find((w) => w.imagesPerClass === budget) ?? worths[0];
  const numbers = chosen.worth === null
    ? element('div', { class: 'number' }, chosen.worthLow === null ? '—' : '> ' + times(chosen.worthLow))
    : element('div', { class: 'number' }, times(chosen.worth), element('small', {}, bounds(chosen)));
  const sentence = chosen.worth === null
    ? `There is no number at ${plural(chosen.imagesPerClass, 'image')} per class: ${chosen.message}.`
    : `With ${plural(chosen.imagesPerClass, 'image')} per class, soft labels do what hard labels do with `
      + `${chosen.hardImagesPerClass.toFixed(1)}. A label of expert ${chosen.checkpointId} is worth this many images:`;
  const chips = worths.map((w) => element('button', {
    type: 'button',
    'aria-pressed': String(w === chosen),
    onclick: () => choose(w.imagesPerClass),
  }, `${w.imagesPerClass} per class`));
  return [element('p', { class: 'sentence' }, sentence), numbers, element('div', { class: 'chips' }, ...chips)];
}

function bounds(worth) {
  const text = worthBounds(worth);
  return text ? '95% interval: ' + text : 'one run each: no interval';
}

const HEADS = [['images per class', ''], ['hard labels', ''], ['best soft labels', ''], ['its expert', 'text'], ['label worth', ''], ['95% interval', 'text']];

// On a phone each cell stands under its own heading.
const cell = (column, kind, content) => element('td', { class: kind, 'data-head': HEADS[column][0] }, content);

/** IPC, hard, best soft with its expert, worth. */
export function worthTable(worths, hardSummaries) {
  const hardAt = new Map(hardSummaries.map((s) => [s.imagesPerClass, s.test]));
  const budgets = [...new Set([...worths.map((w) => w.imagesPerClass), ...hardAt.keys()])].sort((a, b) => a - b);
  const rows = budgets.map((budget) => {
    const worth = worths.find((w) => w.imagesPerClass === budget);
    return element('tr', {},
      cell(0, '', String(budget)),
      cell(1, '', interval(hardAt.get(budget))),
      cell(2, '', interval(worth?.softTest)),
      cell(3, 'text', worth?.checkpointId ?? ''),
      ...worthCells(worth));
  });
  return [
    element('thead', {}, element('tr', {}, ...HEADS.map(([text, kind]) => element('th', { scope: 'col', class: kind }, text)))),
    element('tbody', {}, ...rows),
  ];
}

function worthCells(worth) {
  if (!worth) return [cell(4, 'muted', '—'), cell(5, 'text', '')];
  if (worth.worth === null) return [cell(4, 'muted', '—'), cell(5, 'why', worth.message)];
  return [cell(4, '', element('strong', {}, times(worth.worth))), cell(5, 'text', worthBounds(worth))];
}

const STATES = ['done', 'running', 'queued', 'waiting', 'failed'];

export function runsPanel(activity) {
  const counts = STATES.map((state) => activity.runsByState[state] ?? 0);
  const all = counts.reduce((a, b) => a + b, 0);
  if (!all) return [element('p', { class: 'muted' }, 'No runs yet. Submit an experiment: ./labelworth run EXPERIMENT.yaml')];
  return [
    element('div', { class: 'stack', role: 'img', 'aria-label': `${counts[0]} of ${all} runs done` },
      ...STATES.map((state, i) => element('span', { class: state, style: `flex-grow:${counts[i]}` }))),
    element('div', { class: 'legend' },
      ...STATES.map((state, i) => element('span', {}, element('i', { class: state }), `${counts[i]} ${state}`))),
    ...activity.runningRuns.map((run) => bar(run.runId.slice(0, 12), `step ${run.step} of ${run.steps}`, run.step, run.steps, 'running')),
    ...activity.waitingRuns.slice(0, 3).map((run) => element('p', { class: 'muted' }, `${run.runId.slice(0, 12)} waits for ${run.reason}`)),
    ...activity.failedRuns.slice(0, 5).map((run) => element('p', { class: 'reason' }, `${run.runId.slice(0, 12)}: ${run.reason}`)),
  ];
}

export function labellingPanel(activity) {
  if (!activity.labellings.length) {
    return [element('p', { class: 'muted' }, 'No expert checkpoints yet. Train one: ./labelworth train-expert fashion-mnist')];
  }
  return activity.labellings.map((labelling) => {
    const through = labelling.labelled + labelling.failed;
    const facts = [
      labelling.validationAccuracy === null ? null : 'val ' + percent(labelling.validationAccuracy),
      labelling.labelEntropy === null ? null : `${labelling.labelEntropy.toFixed(2)} nats`,
      labelling.lag ? `${labelling.lag} to go` : plural(labelling.labelled, 'label'),
      labelling.failed ? `${labelling.failed} failed` : null,
    ].filter(Boolean).join(' · ');
    return bar(labelling.checkpointId, facts, through, through + labelling.lag, labelling.lag ? 'running' : 'done');
  });
}

function bar(name, facts, part, whole, kind) {
  return element('div', { class: 'progress' },
    element('span', { class: 'name', title: name }, name),
    element('span', { class: 'muted' }, facts),
    element('div', { class: 'stack' },
      element('span', { class: kind, style: `flex-grow:${part}` }),
      element('span', { style: `flex-grow:${Math.max(0, whole - part)}` })));
}

export const familyName = (summary) => [
  summary.dataset, summary.source + ' images', ...(summary.selection ? [student(summary.selection)] : []), student(summary.student), student(recipe(summary.recipe)),
].join(' · ');
