// Files made in the browser from what it shows.
import { element } from './element.js';

/** Rows as CSV (RFC 4180). A text that a spreadsheet would take for a formula gets an apostrophe in front. */
export function csv(rows) {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = rows.map((row) => columns.map((column) => cell(row[column])).join(','));
  return [columns.map(cell).join(','), ...lines].join('\r\n') + '\r\n';
}

function cell(value) {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'string' && /^[=+\-@\t]/.test(value) ? "'" + value : String(value);
  return /[",\r\n]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text;
}

/** Gives the reader a file. */
export function save(filename, address) {
  element('a', { href: address, download: filename }).click();
}

/** Gives the reader rows as a CSV file. */
export function saveCsv(filename, rows) {
  const address = URL.createObjectURL(new Blob([csv(rows)], { type: 'text/csv' }));
  save(filename, address);
  URL.revokeObjectURL(address);
}
