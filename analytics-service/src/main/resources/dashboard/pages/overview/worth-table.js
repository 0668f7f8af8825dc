import { interval, times, worthBounds } from '../../format.js';
import { element } from '../../ui/element.js';
import { table } from '../../ui/table.js';

/** By budget: accuracy with hard labels and with the best soft labels, their expert, and the worth. */
export function worthTable(target, worths, hardSummaries) {
  const hardAt = new Map(hardSummaries.map((summary) => [summary.imagesPerClass, summary.test]));
  const budgets = [...new Set([...worths.map((one) => one.imagesPerClass), ...hardAt.keys()])].sort((a, b) => a - b);
  const rows = budgets.map((budget) => ({
    budget,
    hard: hardAt.get(budget),
    worth: worths.find((one) => one.imagesPerClass === budget),
  }));
  table(target, { name: 'worth', label: 'Label worth by budget', columns: columns(worths), rows });
}

// Worth along the fitted laws is told where analytics has fitted any.
function columns(worths) {
  const fitted = worths.some((one) => one.fittedWorth !== undefined && one.fittedWorth !== null);
  return [
    { id: 'imagesPerClass', title: 'images per class', value: (row) => row.budget },
    { id: 'hardTest', title: 'hard labels', value: (row) => row.hard?.mean, cell: (row) => interval(row.hard) },
    { id: 'softTest', title: 'best soft labels', value: (row) => row.worth?.softTest.mean, cell: (row) => interval(row.worth?.softTest) },
    { id: 'checkpointId', title: 'its expert', text: true, value: (row) => row.worth?.checkpointId },
    { id: 'worth', title: 'label worth', value: (row) => row.worth?.worth, cell: (row) => number(row.worth?.worth) },
    { id: 'interval', title: '95% interval', text: true, value: (row) => said(row.worth), cell: (row) => why(row.worth) },
    ...(fitted ? [{
      id: 'fittedWorth',
      title: 'along fitted laws',
      value: (row) => row.worth?.fittedWorth,
      cell: (row) => fittedNumber(row.worth),
    }] : []),
  ];
}

const number = (value) => (typeof value === 'number' ? element('strong', {}, times(value)) : element('span', { class: 'muted' }, '—'));

const said = (worth) => (worth ? worth.message || worthBounds(worth) || 'too few runs' : '');

const why = (worth) => element('span', { class: worth && !worthBounds(worth) ? 'why' : '' }, said(worth));

function fittedNumber(worth) {
  if (typeof worth?.fittedWorth !== 'number') return element('span', { class: 'muted', title: worth?.fittedMessage }, '—');
  const bounds = worthBounds({ worthLow: worth.fittedLow, worthHigh: worth.fittedHigh });
  return element('span', {}, element('strong', {}, times(worth.fittedWorth)), ' ', element('span', { class: 'pm' }, bounds));
}
