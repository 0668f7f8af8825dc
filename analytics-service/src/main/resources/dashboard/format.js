// Numbers and names as the reader has them.
import { element } from './ui/element.js';

export const percent = (fraction, digits = 1) => (100 * fraction).toFixed(digits) + '%';

/** Mean and half width of a 95% interval, in percent. */
export function interval(value) {
  if (!value) return element('span', { class: 'muted' }, 'not measured');
  const spread = value.halfWidth95 === null ? '1 run' : '± ' + (100 * value.halfWidth95).toFixed(1);
  return element('span', { title: plural(value.n, 'run') },
    percent(value.mean), ' ', element('span', { class: 'pm' }, spread));
}

export const times = (factor) => (factor >= 100 ? factor.toFixed(0) : factor >= 10 ? factor.toFixed(1) : factor.toFixed(2)) + '×';

export function worthBounds(worth) {
  if (worth.worthLow === null && worth.worthHigh === null) return '';
  if (worth.worthHigh === null) return 'at least ' + times(worth.worthLow);
  if (worth.worthLow === null) return 'at most ' + times(worth.worthHigh);
  return times(worth.worthLow) + ' to ' + times(worth.worthHigh);
}

/** A student, recipe, selection or treatment in words. */
export function choice({ name, parameters }) {
  return [name, ...Object.entries(parameters).map(([key, value]) => `${key} ${value}`)].join(' ');
}

const REGIMES = { 'hard': 'hard labels', 'fixed-soft': 'soft labels', 'multi-view': 'labels of views' };

/** A regime in words; a frontier's may have treatments after a +. */
export function regimeName(regime) {
  const [first, ...treatments] = regime.split('+');
  return [REGIMES[first] ?? first, ...treatments].join(' + ');
}

/** Whether a student had its labels as they were given, as frontiers and label worth of a plain regime have them. */
export const untreated = (summary) => summary.treatments.length === 0;

export const plural = (count, noun) => `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;

/** Bytes, operations: 12.3k, 4.56M. */
export function si(value) {
  const power = Math.min(5, Math.max(0, Math.floor(Math.log10(Math.abs(value) || 1) / 3)));
  return Number((value / 1000 ** power).toPrecision(3)) + ['', 'k', 'M', 'G', 'T', 'P'][power];
}

/** First characters of a hash, as many as tell runs apart. */
export const short = (hash) => hash.slice(0, 12);
