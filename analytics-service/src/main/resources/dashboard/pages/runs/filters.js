import { regimeName } from '../../format.js';
import { picker, searchBox } from '../../ui/controls.js';
import { element, fill } from '../../ui/element.js';

const STATES = ['waiting', 'queued', 'running', 'done', 'failed', 'cancelled', 'retry'];

const KEYS = ['state', 'regime', 'imagesPerClass', 'experiment', 'checkpoint', 'q'];

/** The filters that the address has. */
export const chosenFilters = (view) => Object.fromEntries(KEYS.map((key) => [key, view.get(key)]).filter(([, value]) => value));

export const noFilters = (view) => KEYS.every((key) => !view.get(key));

/** Filters over all runs; a changed filter begins at the first page. */
export function filterBar({ view, store }) {
  const set = (change) => view.set({ ...change, after: null });
  const selects = element('div', { class: 'filters' });
  const search = searchBox({
    name: 'q',
    label: 'run id begins with',
    value: view.get('q') ?? '',
    placeholder: '1262e4',
    onChange: (q) => set({ q: q.toLowerCase() }),
  });
  const input = search.querySelector('input');

  function update(experiments) {
    const summaries = store.values('accuracy-summary');
    const distinct = (value) => [...new Set(summaries.map(value))].filter((one) => one !== null);
    const select = (name, label, options) => picker({
      name,
      label,
      options: [{ value: '', text: 'all' }, ...options],
      value: view.get(name) ?? '',
      onChange: (value) => set({ [name]: value }),
    });
    fill(selects,
      select('state', 'state', STATES.map((state) => ({ value: state, text: state }))),
      select('regime', 'labels', distinct((s) => s.regime).sort().map((regime) => ({ value: regime, text: regimeName(regime) }))),
      select('imagesPerClass', 'images per class', distinct((s) => s.imagesPerClass).sort((a, b) => a - b).map((n) => ({ value: String(n), text: String(n) }))),
      select('checkpoint', 'expert', distinct((s) => s.checkpointId).sort().map((id) => ({ value: id, text: id }))),
      select('experiment', 'experiment', experiments.map((one) => ({ value: one.experimentId, text: one.name || one.experimentId }))),
      noFilters(view) ? null : element('button', { type: 'button', 'data-testid': 'clear-filters', onclick: () => set(Object.fromEntries(KEYS.map((key) => [key, null]))) }, 'Clear'));
    if (document.activeElement !== input) input.value = view.get('q') ?? '';
  }
  return { element: element('div', { class: 'filter-row', role: 'search', 'aria-label': 'Filter runs' }, search, selects), update };
}
