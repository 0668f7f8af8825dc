// Layout of plots in the page's theme, and the zoom as the address has it.
import { color } from '../shell/theme.js';

/** Colours of lines that have no meaning of their own; told apart by the colour-blind too (Okabe and Ito, muted). */
export const PALETTE = ['#0284c7', '#d97706', '#059669', '#db2777', '#7c3aed', '#65a30d', '#dc2626', '#0d9488', '#a16207', '#6b7280'];

const TICKS = [0, 1, 2, 3, 4, 5].flatMap((power) => [1, 2, 5].map((digit) => digit * 10 ** power));

/** A logarithmic axis of counts, with whole numbers at its ticks. */
export const countAxis = (title) => ({ type: 'log', title: { text: title }, tickvals: TICKS, ticktext: TICKS.map((tick) => tick.toLocaleString('en')) });

/** The axis of budgets. */
export const IPC_AXIS = countAxis('images per class');

// Plotly reads some HTML in texts, links among it; names come from whoever published them, so they are escaped.
function plain(value) {
  if (Array.isArray(value)) return value.map(plain);
  return typeof value === 'string' ? value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;') : value;
}

const TEXTS = ['name', 'x', 'y', 'text', 'customdata', 'ticktext'];

/** A trace or an axis with its texts as they are; only templates and titles, which are the page's own, may have tags. */
export const plainTexts = (part) => ({ ...part, ...Object.fromEntries(TEXTS.filter((key) => key in part).map((key) => [key, plain(part[key])])) });

/** An axis of accuracies or other shares, with as many digits as its ticks need. */
export const shareAxis = (title) => ({ title: { text: title }, tickformat: '.2~%' });

/** A layout over the theme's; axes are styled by their names. */
export function themed(layout, narrow) {
  const family = getComputedStyle(document.body).fontFamily;
  const axis = {
    gridcolor: color('--line'), linecolor: color('--line'), tickcolor: color('--line'), zeroline: false, automargin: true,
    ...(narrow ? { nticks: 6 } : {}),
  };
  const axes = Object.keys(layout).filter((key) => /^[xy]axis\d*$/.test(key));
  const styled = Object.fromEntries(['xaxis', 'yaxis', ...axes].map((key) => [key, { ...axis, ...plainTexts(layout[key] ?? {}) }]));
  return {
    font: { family, size: narrow ? 12 : 13, color: color('--text') },
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: 'rgba(0,0,0,0)',
    margin: { l: 44, r: 14, t: 12, b: 44 },
    showlegend: false,
    hovermode: 'closest',
    hoverlabel: { font: { family, color: color('--text') }, bgcolor: color('--card'), bordercolor: color('--muted'), align: 'left' },
    // On a touch screen a finger on the plot scrolls the page.
    dragmode: matchMedia('(pointer: coarse)').matches ? false : 'zoom',
    colorway: PALETTE,
    ...layout,
    ...styled,
  };
}

/** Error bars of accuracies: half widths of 95% intervals, null where there is none; two runs' interval reaches far beyond 0 and 1, which no accuracy does. */
export const errorBars = (means, halfWidths, stroke, most = 1) => ({
  type: 'data',
  symmetric: false,
  array: halfWidths.map((half, i) => Math.min(half ?? 0, most - means[i])),
  arrayminus: halfWidths.map((half, i) => Math.min(half ?? 0, means[i])),
  thickness: 1.3,
  width: 4,
  color: stroke,
});

// xaxis:0:1.7,yaxis:0.5:0.9
const parsed = (text) => new Map((text ?? '').split(',').filter(Boolean).map((part) => {
  const [axis, low, high] = part.split(':');
  return [axis, [Number(low), Number(high)]];
}));

/** The layout with the ranges that the address has. */
export function zoomed(layout, text) {
  const ranges = [...parsed(text)].filter(([axis, range]) => layout[axis] && range.every(Number.isFinite));
  return { ...layout, ...Object.fromEntries(ranges.map(([axis, range]) => [axis, { ...layout[axis], range, autorange: false }])) };
}

/** The zoom after a change that Plotly tells of; null for none. */
export function axisRanges(change, text) {
  const ranges = parsed(text);
  for (const [key, value] of Object.entries(change)) {
    const [, axis, what] = key.match(/^([xy]axis\d*)\.(range\[[01]\]|autorange)$/) ?? [];
    if (what === 'autorange') ranges.delete(axis);
    else if (what) ranges.set(axis, Object.assign([...(ranges.get(axis) ?? [0, 0])], { [what === 'range[0]' ? 0 : 1]: rounded(value) }));
  }
  return [...ranges].map(([axis, [low, high]]) => `${axis}:${low}:${high}`).join(',') || null;
}

const rounded = (value) => Number(Number(value).toPrecision(5));
