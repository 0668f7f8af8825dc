import { regimeName } from '../../format.js';
import { element, fill } from '../../ui/element.js';
import { table } from '../../ui/table.js';

/** Laws of a family, those of the best configurations first; without any fit, why there is none. */
export function lawsTable(target, laws) {
  if (laws.every((law) => law.floor === null)) {
    fill(target, element('p', { 'data-testid': 'no-laws' }, 'None yet: ', laws[0].message, '.'));
    return;
  }
  const rows = [...laws].sort((a, b) => Number(isSingle(a)) - Number(isSingle(b)) || a.regime.localeCompare(b.regime) || (a.checkpointId ?? '').localeCompare(b.checkpointId ?? ''));
  table(target, {
    name: 'laws',
    label: 'Fitted scaling laws',
    rows,
    columns: [
      { id: 'regime', title: 'labels', text: true, value: (law) => law.regime, cell: (law) => regimeName(law.regime) },
      { id: 'checkpointId', title: 'expert', text: true, value: (law) => law.checkpointId, cell: expert },
      parameter('floor'),
      parameter('a'),
      parameter('b'),
      { id: 'points', title: 'budgets', value: (law) => law.points },
      { id: 'rmse', title: 'rms residual', value: (law) => law.rmse, cell: (law) => digits(law.rmse) },
      { id: 'rSquared', title: 'R²', value: (law) => law.rSquared, cell: (law) => digits(law.rSquared) },
      { id: 'power', title: 'without a floor', text: true, value: (law) => power(law.power) },
      { id: 'message', title: 'note', text: true, value: (law) => law.message, cell: (law) => element('span', { class: 'why' }, law.message ?? '') },
    ],
  });
}

const isSingle = (law) => law.checkpointId !== null;

const expert = (law) => law.checkpointId ?? element('span', { class: 'muted' }, law.regime.startsWith('hard') ? 'class labels' : 'best of each budget');

const digits = (value) => (typeof value === 'number' ? value.toFixed(3) : element('span', { class: 'muted' }, '—'));

// A fitted number with the ends of its 95% interval.
function parameter(name) {
  return {
    id: name,
    title: name,
    value: (law) => law[name],
    cell: (law) => {
      const [low, high] = [law[name + 'Low'], law[name + 'High']];
      const known = typeof low === 'number' && typeof high === 'number';
      return element('span', {}, digits(law[name]), known ? element('span', { class: 'pm' }, ` ${low.toFixed(3)} to ${high.toFixed(3)}`) : null);
    },
  };
}

const power = (law) => (law ? `${law.a.toFixed(3)} · n^-${law.b.toFixed(3)}, rms ${law.rmse.toFixed(3)}` : '');
