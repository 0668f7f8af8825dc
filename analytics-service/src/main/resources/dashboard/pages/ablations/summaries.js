// What an ablation picks out of the summaries.
import { choice } from '../../format.js';

/** Parameters of a summary's one treatment of this name; null where it had another, several or none. */
export function treated(summary, ...names) {
  const [only, more] = summary.treatments;
  return only && !more && names.includes(only.name) ? only.parameters : null;
}

/** Parameters of its selection of this name; null where it had another or none. */
export const selected = (summary, name) => (summary.selection?.name === name ? summary.selection.parameters : null);

const REAL = 'real';

/** Whether real images were simply drawn. */
export const drawn = (summary) => !summary.selection && summary.source === REAL;

/** An expert's labels of drawn real images, as it gave them: what treatments are compared with. */
export const untouched = (summary) => drawn(summary) && summary.regime === 'fixed-soft' && !summary.treatments.length;

/** The classes of drawn real images. */
export const hard = (summary) => drawn(summary) && summary.regime === 'hard' && !summary.treatments.length;

/** Labels that were learned, not given by an expert: of a label table as learn-labels names it. */
export const learned = (summary) => /-learned-ipc\d/.test(summary.checkpointId ?? '');

/** Labels of several experts together. */
export const ensemble = (summary) => summary.treatments.some(({ name }) => name.startsWith('mean-'));

/**
 * What must be the same for a comparison: dataset, student, and the recipe but for what belongs to the budget. Images and
 * how they were selected may differ: some ablations are about that.
 */
export function setting({ dataset, datasetVersion, student, recipe: { name, parameters: { steps, learningRate, ...parameters } } }) {
  const recipe = choice({ name, parameters });
  return { key: [dataset, datasetVersion, choice(student), recipe].join('/'), name: [dataset, choice(student), recipe].join(' · ') };
}

// What a recipe does not name is at its default.
const DEFAULT_RATES = { sgd: 0.01, adamw: 0.001 };

/** The student's first learning rate; null where the recipe's default is not known here. */
export function rateOf({ recipe }) {
  const given = recipe.parameters.learningRate;
  return given === undefined ? DEFAULT_RATES[recipe.name] ?? null : Number(given);
}

const training = (summary) => [summary.imagesPerClass, summary.steps, choice(summary.recipe)].join('/');

/** Those of some summaries whose students had the budget, steps and recipe of one of others: what may be set against them. */
export function trainedLike(summaries, others) {
  const wanted = new Set(others.map(training));
  return summaries.filter((one) => wanted.has(training(one)));
}

/** The best of some summaries by validation accuracy, as every choice is made; undefined of none. */
export const best = (summaries) => [...summaries].sort((a, b) => b.validation.mean - a.validation.mean || a.configurationId.localeCompare(b.configurationId))[0];

/** The best summary at each budget, by budget. */
export const bestByBudget = (summaries) => [...groups(summaries, (one) => one.imagesPerClass)].sort(([a], [b]) => a - b).map(([, all]) => best(all));

/** Summaries by what a function says of them, in the order met. */
export function groups(summaries, keyOf) {
  const found = new Map();
  for (const summary of summaries) {
    const key = keyOf(summary);
    if (!found.has(key)) found.set(key, []);
    found.get(key).push(summary);
  }
  return found;
}

/** Values of a function over summaries, once each, numbers by size. */
export const distinct = (summaries, valueOf) => [...new Set(summaries.map(valueOf))].sort((a, b) => (typeof a === 'number' ? a - b : String(a).localeCompare(String(b), 'en', { numeric: true })));

/** A checkpoint's id without what makes it sortable: quickstart/step-211. */
export const checkpointName = (id) => (id ?? 'class labels').replace(/step-0*(?=\d)/g, 'step ');
