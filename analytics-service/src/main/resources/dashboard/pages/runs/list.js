import { Answer } from '../../shell/answer.js';
import { card, element, fill } from '../../ui/element.js';
import { broken, empty, loading, noResults } from '../../ui/states.js';
import { chosenFilters, filterBar, noFilters } from './filters.js';
import { runTable } from './run-table.js';

const ROWS = 25;

/** A page of runs. However many there are, no more than this page is ever fetched or drawn. */
export function runList(root, app) {
  const filters = filterBar(app);
  const body = element('div');
  const pages = element('div', { class: 'pager' });
  root.append(
    element('div', { class: 'page-head' }, element('h1', {}, 'Runs')),
    card({ id: 'runs', title: 'All runs', note: 'A run is one student: one set of images, one kind of labels, two seeds. Open one to see its spec and its curve.' },
      filters.element, body, pages));

  // Cursors of the pages before this one, as far as this visit knows them.
  const before = [];
  const question = () => JSON.stringify({ ...chosenFilters(app.view), after: app.view.get('after'), limit: ROWS });
  const answer = new Answer((key) => app.api('runs', JSON.parse(key)), () => update());
  const experiments = new Answer(() => app.apiItems('experiments'), () => update());

  function update() {
    filters.update(experiments.value ?? []);
    experiments.want('experiments');
    answer.want(question(), app.store.activity);
    if (answer.error) fill(body, broken(answer.error, () => answer.retry()));
    else if (!answer.value) fill(body, loading());
    else draw(answer.value.items);
    fill(pages, ...pager(answer.value?.next ?? null));
    body.setAttribute('aria-busy', String(answer.answered !== question()));
  }

  function draw(items) {
    if (items.length) runTable(body, items, app);
    else if (noFilters(app.view)) fill(body, noResults());
    else fill(body, empty('No run matches', 'Loosen a filter, or clear all of them.'));
  }

  function pager(next) {
    const after = app.view.get('after');
    const step = (text, focus, enabled, onclick) => element('button', {
      type: 'button', 'data-focus': focus, 'data-testid': focus, disabled: !enabled, onclick,
    }, text);
    return [
      step('First', 'first-page', after !== null, () => { before.length = 0; app.view.set({ after: null }); }),
      step('Previous', 'previous-page', before.length > 0, () => app.view.set({ after: before.pop() })),
      step('Next', 'next-page', next !== null, () => { before.push(after); app.view.set({ after: next }); }),
    ];
  }

  return {
    update,
    close() {
      answer.close();
      experiments.close();
    },
  };
}
