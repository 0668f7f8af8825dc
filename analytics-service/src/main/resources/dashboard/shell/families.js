// Families: configurations that may be compared. Which ones is the server's rule; every event names its family.
import { choice } from '../format.js';
import { picker } from '../ui/controls.js';
import { view } from './view.js';

// Steps and learning rate belong to the budget, not to the family.
function recipe({ name, parameters: { steps, learningRate, ...parameters } }) {
  return choice({ name, parameters });
}

const nameOf = (summary) => [
  summary.dataset, summary.source + ' images', ...(summary.selection ? [choice(summary.selection)] : []), choice(summary.student), recipe(summary.recipe),
].join(' · ');

/** All families, each {key, name, summaries}, by name. */
export function families(store) {
  const found = new Map();
  for (const summary of store.values('accuracy-summary')) {
    if (!found.has(summary.family)) found.set(summary.family, { key: summary.family, name: nameOf(summary), summaries: [] });
    found.get(summary.family).summaries.push(summary);
  }
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name) || a.key.localeCompare(b.key));
}

/** The family that the address names, else the first one; null before there are results. */
export function chosenFamily(store) {
  const all = families(store);
  return all.find(({ key }) => key === view.get('family')) ?? all[0] ?? null;
}

/** A choice of family. */
export function familyPicker(store) {
  return picker({
    name: 'family',
    label: 'Dataset and student',
    hideLabel: true,
    options: families(store).map(({ key, name }) => ({ value: key, text: name })),
    value: chosenFamily(store)?.key,
    onChange: (key) => view.set({ family: key }),
  });
}
