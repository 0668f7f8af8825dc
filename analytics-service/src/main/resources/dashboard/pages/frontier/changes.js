import { percent, plural, regimeName, short } from '../../format.js';
import { element } from '../../ui/element.js';

/** For each frontier, the configurations that its last change brought and dropped; those of treated labels folded away. */
export function changes(frontiers, summaries) {
  const treated = frontiers.filter(({ regime }) => regime.includes('+'));
  const list = (shown) => element('ul', { class: 'changes' }, ...shown.map((frontier) => change(frontier, summaries)));
  return [
    list(frontiers.filter((frontier) => !treated.includes(frontier))),
    ...(treated.length ? [element('details', {}, element('summary', { class: 'note' }, `${plural(treated.length, 'frontier')} of treated labels`), list(treated))] : []),
  ];
}

const change = (frontier, summaries) => element('li', { 'data-regime': frontier.regime },
  element('h3', {}, regimeName(frontier.regime)),
  ...(frontier.entered.length + frontier.left.length
    ? [side('entered', frontier.entered, summaries), side('left', frontier.left, summaries)]
    : [element('p', { class: 'muted' }, 'Nobody: the last change moved accuracies only.')]));

function side(what, ids, summaries) {
  return element('p', { class: what, 'data-testid': what },
    element('span', { class: 'what' }, what),
    ids.length ? element('span', {}, ...ids.flatMap((id, i) => [i ? ', ' : '', named(id, summaries)])) : element('span', { class: 'muted' }, 'nobody'));
}

function named(id, summaries) {
  const summary = summaries.get(id);
  if (!summary) return element('span', { title: id }, short(id));
  return element('span', { title: `${id}: validation ${percent(summary.validation.mean)}, ${plural(summary.test.n, 'run')}` },
    `${summary.imagesPerClass} per class` + (summary.checkpointId ? ` with ${summary.checkpointId}` : ''));
}
