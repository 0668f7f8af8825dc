// Tables: sorted by any column, which the address remembers; kept as CSV; walked with the arrow keys.
import { view } from '../shell/view.js';
import { saveCsv } from './download.js';
import { element, fill } from './element.js';

/**
 * Draws rows into an element.
 *
 * name: of the table, in the address and the CSV's name; must be unique on the page.
 * columns: [{ id, title, value(row), cell(row)?, text? }]: value is sorted by and goes into the CSV; cell makes what is
 * shown (a text or an element), by default the value; text: true aligns it left.
 * onRow(row): a row may be opened, by click or Enter. csvAddress: where the server has the whole table as CSV.
 */
export function table(target, { name, label, columns, rows, onRow, csvAddress }) {
  const order = sorting(name, columns);
  const sorted = order ? [...rows].sort(by(order)) : rows;
  fill(target,
    element('div', { class: 'scroll' },
      element('table', { 'data-testid': 'table-' + name, 'aria-label': label, onkeydown: walk },
        element('thead', {}, element('tr', {}, ...columns.map((column) => heading(name, column, order)))),
        element('tbody', {}, ...sorted.map((row) => line(row, columns, onRow))))),
    element('div', { class: 'table-tools' }, csvAddress
      ? element('a', { class: 'button', href: csvAddress, download: `labelworth-${name}.csv`, 'data-focus': name + '-csv' }, 'CSV')
      : element('button', {
        type: 'button',
        'data-focus': name + '-csv',
        'data-testid': `csv-${name}`,
        'aria-label': `${label ?? name} as CSV`,
        onclick: () => saveCsv(`labelworth-${name}.csv`, sorted.map((row) => plain(row, columns))),
      }, 'CSV')));
}

const plain = (row, columns) => Object.fromEntries(columns.map((column) => [column.id, column.value(row)]));

// In the address: the column's id, with a minus for falling order.
function sorting(name, columns) {
  const text = view.get(name + '.sort');
  const falling = text?.startsWith('-') ?? false;
  const column = columns.find(({ id }) => id === (falling ? text.slice(1) : text));
  return column ? { column, falling } : null;
}

// What has no value comes last in either order.
const by = ({ column, falling }) => (a, b) => {
  const [left, right] = [column.value(a), column.value(b)];
  const missing = (left === null || left === undefined) - (right === null || right === undefined);
  if (missing) return missing;
  const order = typeof left === 'number' && typeof right === 'number' ? left - right : String(left).localeCompare(String(right), 'en', { numeric: true });
  return falling ? -order : order;
};

function heading(name, column, order) {
  const active = order?.column === column;
  const next = active && order.falling ? null : active ? '-' + column.id : column.id;
  return element('th', { scope: 'col', class: column.text ? 'text' : '', 'aria-sort': active ? (order.falling ? 'descending' : 'ascending') : 'none' },
    element('button', {
      type: 'button',
      'data-focus': `${name}-${column.id}`,
      title: 'Sort by ' + column.title,
      onclick: () => view.set({ [name + '.sort']: next }),
    }, column.title));
}

function line(row, columns, onRow) {
  const opens = onRow ? {
    class: 'opens',
    tabindex: '0',
    onclick: (event) => event.target.closest('a, button') || onRow(row),
    onkeydown: (event) => event.key === 'Enter' && event.target === event.currentTarget && onRow(row),
  } : {};
  return element('tr', opens, ...columns.map((column) => {
    const value = column.value(row);
    return element('td', { class: column.text ? 'text' : '', 'data-head': column.title, 'data-column': column.id, 'data-value': value },
      column.cell ? column.cell(row) : value);
  }));
}

function walk(event) {
  const step = { ArrowDown: 'nextElementSibling', ArrowUp: 'previousElementSibling' }[event.key];
  const row = event.target.closest('tr.opens');
  if (!step || event.target !== row) return;
  event.preventDefault();
  row[step]?.focus();
}
