// What a label is worth: the headline, the curves behind it, and the numbers in a table.
import { untreated } from '../format.js';
import { card, element, fill } from '../ui/element.js';
import { plot } from '../ui/plot.js';
import { loading, noResults } from '../ui/states.js';
import { accuracyRows, accuracyTraces, bestByBudget, ACCURACY_LAYOUT } from './overview/accuracy.js';
import { headline } from './overview/headline.js';
import { lawsTable } from './overview/laws-table.js';
import { worthTable } from './overview/worth-table.js';

export const page = {
  id: 'overview',
  title: 'Overview',
  open(root, app) {
    const head = element('div', { class: 'page-head' });
    const hero = element('section', { class: 'card headline', 'data-testid': 'headline', 'aria-live': 'polite', 'aria-label': 'Label worth' });
    const curve = element('div');
    const worth = element('div');
    const lawRows = element('div');
    const lawNotes = element('div');
    const fitted = card({
      id: 'laws',
      title: 'Fitted scaling laws',
      note: 'error(n) = floor + a · n^-b over images per class n, with bootstrap 95% intervals; a plain power law without a floor beside it.',
    }, lawRows, lawNotes);
    const cards = [
      hero,
      card({
        id: 'accuracy',
        title: 'Accuracy by images per class',
        note: 'Test accuracy: mean and 95% Student t interval over runs. The expert of each soft point is chosen on validation accuracy. '
          + 'Dashed thin lines are fitted scaling laws, where there are any. Switch single experts on in the legend.',
      }, curve),
      card({ id: 'worth', title: 'What a label is worth', note: 'How many times more hard-labelled images reach the test accuracy of soft labels at the same budget.' }, worth),
      fitted,
    ];
    root.append(head, ...cards);

    function update() {
      const family = app.family();
      fill(head, element('h1', {}, 'Label worth'), family ? app.familyPicker() : null);
      root.querySelectorAll(':scope > .state').forEach((state) => state.remove());
      cards.forEach((one) => { one.hidden = !family; });
      if (!family) {
        root.append(app.store.ready ? noResults() : loading());
        return;
      }
      const worths = app.store.values('label-worth').filter((one) => one.family === family.key).sort((a, b) => a.imagesPerClass - b.imagesPerClass);
      const laws = app.store.values('scaling-laws').filter((law) => law.family === family.key);
      const hard = bestByBudget(family.summaries.filter((s) => s.regime === 'hard' && untreated(s)));
      hero.hidden = !worths.length;
      if (worths.length) fill(hero, ...headline(worths, app.view));
      plot(curve, {
        name: 'accuracy',
        label: 'Test accuracy by images per class, with hard and with soft labels',
        traces: accuracyTraces(family.summaries, laws),
        layout: ACCURACY_LAYOUT,
        rows: accuracyRows(family.summaries),
      });
      worthTable(worth, worths, hard);
      fitted.hidden = !laws.length;
      if (laws.length) lawsTable(lawRows, lawNotes, laws);
    }
    return { update, close() {} };
  },
};
