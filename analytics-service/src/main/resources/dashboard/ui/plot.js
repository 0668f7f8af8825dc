// Plots, drawn by Plotly in the page's theme. The legend is a row of buttons, so that it can be used by keyboard and does
// not cover the plot on a phone; what is toggled or zoomed is in the address, so it outlives redraws and goes with a link.
import { view } from '../shell/view.js';
import { save, saveCsv } from './download.js';
import { element, fill } from './element.js';
import { axisRanges, plainTexts, themed, zoomed } from './plot-layout.js';

const CONFIG = { responsive: true, displayModeBar: false, doubleClick: 'reset+autosize' };
const IMAGE = { format: 'png', width: 1100, height: 620, scale: 2 };
const frames = new WeakMap();

/**
 * Draws a plot into an element, or draws it anew.
 *
 * name: of the plot, in the address and in file names; must be unique on the page. label: what the plot shows, in words.
 * traces: as Plotly has them; those of one legendgroup share a button; visible 'legendonly' starts switched off.
 * layout: as Plotly has it, over the theme's. rows: the plain objects behind the plot, for the CSV.
 */
export function plot(target, { name, label = name, traces, layout = {}, rows }) {
  const frame = frames.get(target) ?? build(target, name);
  const toggled = listed(name);
  // What is switched off is not given to Plotly at all: of hundreds of experts' lines few are looked at.
  const shown = traces.filter((trace) => isOn(trace, toggled)).map((trace) => plainTexts({ ...trace, visible: true }));
  Object.assign(frame, { shown, layout, rows });
  frame.area.setAttribute('aria-label', label);
  fill(frame.legend, ...legend(name, traces, toggled));
  frame.reset.hidden = !view.get(name + '.zoom');
  Plotly.react(frame.area, shown, zoomed(themed(layout, isNarrow(target)), view.get(name + '.zoom')), CONFIG);
  if (!frames.has(target)) {
    frames.set(target, frame);
    frame.area.on('plotly_relayout', (change) => zoom(name, change));
  }
}

/** Whether an element is as narrow as on a phone. */
export const isNarrow = (target) => target.clientWidth < 560;

/** Lets go of the plots within an element that is about to be removed. */
export function forgetPlots(root) {
  root.querySelectorAll('.js-plotly-plot').forEach((area) => Plotly.purge(area));
}

const item = (trace) => trace.legendgroup || trace.name;
const listed = (name) => new Set((view.get(name + '.toggled') ?? '').split('|').filter(Boolean));
const isOn = (trace, toggled) => (trace.visible !== 'legendonly') !== toggled.has(item(trace));

function build(target, name) {
  const area = element('div', { class: 'plot-area', role: 'img', 'data-testid': 'plot-' + name });
  const legendRow = element('div', { class: 'legend', role: 'group', 'aria-label': 'Shown in the plot' });
  const reset = button('Reset zoom', name, 'reset', () => view.set({ [name + '.zoom']: null }));
  const frame = { area, legend: legendRow, reset };
  target.replaceChildren(
    element('div', { class: 'plot-tools' }, legendRow, element('div', { class: 'tools' },
      reset,
      button('PNG', name, 'png', () => savePng(frame, name)),
      button('CSV', name, 'csv', () => saveCsv(`labelworth-${name}.csv`, frame.rows)))),
    area);
  return frame;
}

function zoom(name, change) {
  const key = name + '.zoom';
  const next = axisRanges(change, view.get(key));
  if (next !== view.get(key)) view.set({ [key]: next });
}

const button = (text, name, action, onclick) => element('button', {
  type: 'button', class: 'small', 'data-testid': `${action}-${name}`, 'aria-label': `${text} of ${name}`, onclick,
}, text);

function legend(name, traces, toggled) {
  const items = new Map();
  for (const trace of traces.filter((one) => one.showlegend !== false)) {
    if (!items.has(item(trace))) items.set(item(trace), trace);
  }
  if (items.size < 2) return [];
  return [...items].map(([key, trace]) => element('button', {
    type: 'button',
    class: 'key',
    'aria-pressed': String(isOn(trace, toggled)),
    'data-focus': 'legend-' + key,
    'data-trace': key,
    title: (isOn(trace, toggled) ? 'Hide ' : 'Show ') + key,
    onclick: () => toggle(name, key, toggled),
  }, element('i', { style: `background:${swatch(trace)}`, class: trace.line?.dash ? 'dashed' : '' }), trace.name));
}

const swatch = (trace) => [trace.line?.color, trace.marker?.color].find((one) => typeof one === 'string') ?? 'currentColor';

function toggle(name, key, toggled) {
  const next = new Set(toggled);
  if (!next.delete(key)) next.add(key);
  view.set({ [name + '.toggled']: [...next].join('|') });
}

// The file has Plotly's own legend, and a background: it will stand on somebody's slide.
async function savePng(frame, name) {
  const background = getComputedStyle(document.documentElement).getPropertyValue('--card').trim();
  const layout = { ...themed(frame.layout, false), margin: { l: 64, r: 24, t: 24, b: 64 }, paper_bgcolor: background, plot_bgcolor: background, showlegend: true };
  save(`labelworth-${name}.png`, await Plotly.toImage({ data: frame.shown, layout: zoomed(layout, view.get(name + '.zoom')) }, IMAGE));
}
