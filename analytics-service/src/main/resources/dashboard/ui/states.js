// What stands where there is nothing to show: it says why, and what to do.
import { element } from './element.js';

/** Nothing there yet. Commands are shown as lines to type. */
export function empty(title, text, commands = []) {
  return element('div', { class: 'state', 'data-testid': 'empty', role: 'status' },
    element('h2', {}, title),
    element('p', {}, text),
    ...commands.map((command) => element('pre', {}, command)));
}

/** Something went wrong: the error's own words, and a button that tries again where trying may help. */
export function broken(error, again) {
  return element('div', { class: 'state broken', 'data-testid': 'broken', role: 'alert' },
    element('h2', {}, 'This could not be loaded'),
    element('p', {}, error.message),
    again ? element('button', { type: 'button', 'data-focus': 'again', onclick: again }, 'Try again') : null);
}

/** The answer is on its way. */
export const loading = (text = 'Loading …') => element('div', { class: 'state loading', role: 'status' }, element('p', {}, text));

/** No results at all: how to get some. */
export const noResults = () => empty('No results yet',
  'This page fills by itself as students finish training. Run the main experiment on Fashion-MNIST, or submit one of your own to this cluster:',
  ['./labelworth quickstart', './labelworth run EXPERIMENT.yaml']);
