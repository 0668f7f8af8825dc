// Numbers and small pieces of page. Text always goes in as text: names come from whoever published them.

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, '');
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

export const percent = (fraction, digits = 1) => (100 * fraction).toFixed(digits) + '%';

export function interval(value) {
  if (!value) return element('span', { class: 'muted' }, 'not measured');
  const spread = value.halfWidth95 === null ? '1 run' : '± ' + (100 * value.halfWidth95).toFixed(1);
  return element('span', { title: value.n + (value.n === 1 ? ' run' : ' runs') },
    percent(value.mean), ' ', element('span', { class: 'pm' }, spread));
}

export const times = (factor) => (factor >= 100 ? factor.toFixed(0) : factor >= 10 ? factor.toFixed(1) : factor.toFixed(2)) + '×';

export function worthBounds(worth) {
  if (worth.worthLow === null && worth.worthHigh === null) return '';
  if (worth.worthHigh === null) return 'at least ' + times(worth.worthLow);
  if (worth.worthLow === null) return 'at most ' + times(worth.worthHigh);
  return times(worth.worthLow) + ' to ' + times(worth.worthHigh);
}

export function student(choice) {
  const parameters = Object.entries(choice.parameters).map(([name, value]) => `${name} ${value}`);
  return [choice.name, ...parameters].join(' ');
}

// Steps and learning rate belong to the budget, not to the family.
export function recipe({ name, parameters: { steps, learningRate, ...parameters } }) {
  return { name, parameters };
}

export const familyKey = (summary) => JSON.stringify(
  [summary.dataset, summary.datasetVersion, summary.source, summary.selection, summary.student, recipe(summary.recipe)]);

/** Whether a student had its labels as they were given, as frontiers and label worth of a plain regime have them. */
export const untreated = (summary) => summary.treatments.length === 0;

export const plural = (count, noun) => `${count} ${noun}${count === 1 ? '' : 's'}`;
