import { regimeName } from '../../format.js';
import { element, fill } from '../../ui/element.js';
import { table } from '../../ui/table.js';

/** Fitted laws, and for the best configurations without one, why there is none. */
export function lawsTable(rows, notes, laws) {
  const order = [...laws].sort((a, b) => Number(b.best) - Number(a.best) || a.regime.localeCompare(b.regime) || (a.checkpointId ?? '').localeCompare(b.checkpointId ?? ''));
  const fitted = order.filter((law) => law.floor !== null);
  const without = order.filter((law) => law.floor === null && law.best);
  const treated = without.filter((law) => law.regime.includes('+'));
  fill(notes,
    ...without.filter((law) => !treated.includes(law)).map(why),
    ...(treated.length ? [element('details', {}, element('summary', { class: 'note' }, `and none for ${treated.length} with treated labels`), ...treated.map(why))] : []));
  rows.hidden = !fitted.length;
  if (fitted.length) table(rows, { name: 'laws', label: 'Fitted scaling laws', rows: fitted, columns: COLUMNS });
}

const why = (law) => element('p', { class: 'note', 'data-testid': 'no-law' }, `No law for ${regimeName(law.regime)} yet: ${law.message}.`);

const digits = (value) => (typeof value === 'number' ? value.toFixed(3) : '—');

// A fitted number with the ends of its 95% interval.
const parameter = (name) => ({
  id: name,
  title: name,
  value: (law) => law[name],
  cell: (law) => element('span', {}, digits(law[name]), element('span', { class: 'pm below' }, `${digits(law[name + 'Low'])} to ${digits(law[name + 'High'])}`)),
});

const power = (law) => (law ? `${digits(law.a)} · n^-${digits(law.b)}` : '');

const COLUMNS = [
  { id: 'regime', title: 'labels', text: true, value: (law) => law.regime, cell: (law) => regimeName(law.regime) },
  { id: 'checkpointId', title: 'expert', text: true, value: (law) => law.checkpointId, cell: (law) => law.checkpointId ?? element('span', { class: 'muted' }, 'best of each budget') },
  parameter('floor'),
  parameter('a'),
  parameter('b'),
  { id: 'points', title: 'budgets', value: (law) => law.points },
  { id: 'rmse', title: 'rms residual', value: (law) => law.rmse, cell: (law) => digits(law.rmse) },
  { id: 'rSquared', title: 'R²', value: (law) => law.rSquared, cell: (law) => digits(law.rSquared) },
  {
    id: 'power',
    title: 'without a floor',
    value: (law) => power(law.power),
    cell: (law) => element('span', {}, power(law.power), element('span', { class: 'pm below' }, `rms ${digits(law.power?.rmse)}, R² ${digits(law.power?.rSquared)}`)),
  },
];
