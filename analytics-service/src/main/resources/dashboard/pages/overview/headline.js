import { plural, times, worthBounds } from '../../format.js';
import { segments } from '../../ui/controls.js';
import { element } from '../../ui/element.js';

/** The headline: what one label is worth at the chosen budget, at first the one where it is worth most. */
export function headline(worths, view) {
  // A number of single runs, without an interval, is no headline while there is another.
  const sound = worths.filter((one) => worthBounds(one));
  const best = (sound.length ? sound : worths).reduce((a, b) => ((b.worth ?? 0) > (a.worth ?? 0) ? b : a));
  const chosen = worths.find((one) => String(one.imagesPerClass) === view.get('budget')) ?? best;
  return [
    element('p', { class: 'sentence', 'data-testid': 'headline-sentence' }, sentence(chosen)),
    number(chosen),
    segments({
      name: 'budget',
      label: 'Budget',
      options: worths.map((one) => ({ value: String(one.imagesPerClass), text: `${one.imagesPerClass} per class` })),
      value: String(chosen.imagesPerClass),
      onChange: (budget) => view.set({ budget }),
    }),
  ];
}

function sentence(worth) {
  const budget = plural(worth.imagesPerClass, 'image') + ' per class';
  if (worth.worth === null) return `There is no number at ${budget}: ${worth.message}.`;
  return `With ${budget}, soft labels do what hard labels do with ${worth.hardImagesPerClass.toFixed(1)}. `
    + `A label of expert ${worth.checkpointId} is worth this many images:`;
}

function number(worth) {
  const attributes = { class: 'number', 'data-testid': 'headline-number', 'data-value': worth.worth, 'data-budget': worth.imagesPerClass };
  if (worth.worth === null) return element('div', attributes, worth.worthLow === null ? '—' : '> ' + times(worth.worthLow));
  const bounds = worthBounds(worth);
  return element('div', attributes, times(worth.worth),
    element('small', { 'data-testid': 'headline-interval' }, bounds ? '95% interval: ' + bounds : 'no interval: too few runs'));
}
