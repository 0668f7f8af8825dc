import { bestByBudget, drawCurve, drawFrontier } from './charts.js';
import { element, familyKey, untreated } from './format.js';
import { familyName, headline, labellingPanel, runsPanel, worthTable } from './panels.js';
import { Store } from './store.js';

const AXES = ['images', 'bytes', 'compute'];
const at = (id) => document.getElementById(id);
const show = (id, visible) => { at(id).hidden = !visible; };

// What is looked at is in the address, so that a link shows the same.
const view = () => Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
function look(change) {
  history.replaceState(null, '', '#' + new URLSearchParams({ ...view(), ...change }));
  draw();
}

const store = new Store(draw, (state, text) => {
  at('connection').className = 'connection ' + state;
  at('connection').textContent = text;
});

function families() {
  const found = new Map();
  for (const summary of store.values('accuracy-summary')) found.set(familyKey(summary), summary);
  return [...found].sort(([, a], [, b]) => familyName(a).localeCompare(familyName(b)));
}

function draw() {
  const all = families();
  const chosen = all.find(([, value]) => familyName(value) === view().family) ?? all[0];
  show('empty', store.ready && !chosen);
  for (const id of ['headline', 'curve-card', 'table-card', 'frontier-card']) show(id, Boolean(chosen));
  at('family').hidden = !chosen;
  if (chosen) drawFamily(all, chosen);
  if (store.activity) {
    at('runs').replaceChildren(...runsPanel(store.activity));
    at('labelling').replaceChildren(...labellingPanel(store.activity));
  }
}

function drawFamily(all, [key, family]) {
  const summaries = store.values('accuracy-summary').filter((summary) => familyKey(summary) === key);
  const ids = new Set(summaries.map((summary) => summary.configurationId));
  const worths = store.values('label-worth').filter((worth) => ids.has(worth.configurationId)).sort((a, b) => a.imagesPerClass - b.imagesPerClass);
  at('family').replaceChildren(...all.map(([, value]) =>
    element('option', { selected: value === family }, familyName(value))));
  show('headline', worths.length > 0);
  if (worths.length) {
    const best = worths.reduce((a, b) => ((b.worth ?? 0) > (a.worth ?? 0) ? b : a));
    const budget = Number(view().budget ?? best.imagesPerClass);
    at('headline').replaceChildren(...headline(worths, budget, (choice) => look({ budget: choice })));
  }
  at('worth').replaceChildren(...worthTable(worths, bestByBudget(summaries.filter((s) => s.regime === 'hard' && untreated(s)))));
  drawCurve(at('curve'), summaries);
  drawAxes(store.values('pareto-frontier').filter(
    (frontier) => frontier.points.some((point) => ids.has(point.configurationId))));
}

function drawAxes(frontiers) {
  const axis = AXES.includes(view().axis) ? view().axis : 'images';
  at('axes').replaceChildren(...AXES.map((name) => element('button', {
    type: 'button',
    role: 'tab',
    'aria-selected': String(name === axis),
    onclick: () => look({ axis: name }),
  }, name)));
  drawFrontier(at('frontier'), frontiers, axis);
}

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
}

const preferred = matchMedia('(prefers-color-scheme: dark)');
setTheme(localStorage.getItem('theme') ?? (preferred.matches ? 'dark' : 'light'));
at('theme').addEventListener('click', () => {
  const next = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
  localStorage.setItem('theme', next);
  setTheme(next);
  draw();
});
at('family').addEventListener('change', (event) => look({ family: event.target.value }));
addEventListener('hashchange', draw);
store.connect();
