// The ablations: all of them in a list, and each with the figures the paper shows. What they are is in ablations/catalogue.js.
import { interval, plural, choice } from '../format.js';
import { Answer } from '../shell/answer.js';
import { picker, segments } from '../ui/controls.js';
import { card, element, fill } from '../ui/element.js';
import { forgetPlots, plot } from '../ui/plot.js';
import { empty, loading } from '../ui/states.js';
import { table } from '../ui/table.js';
import { ablations } from './ablations/catalogue.js';
import { best, checkpointName, distinct, drawn, rateOf, setting, trainedLike } from './ablations/summaries.js';

export const page = {
  id: 'ablations',
  title: 'Ablations',
  open: (root, app) => {
    const [id] = app.view.rest;
    const ablation = ablations.find((one) => one.id === id);
    if (id && !ablation) return unknown(root, app, id);
    return ablation ? new AblationPage(root, app, ablation) : new AblationList(root, app);
  },
};

function unknown(root, app, id) {
  root.append(element('div', {}, empty('There is no such ablation', `None is called ${id}.`), element('p', {}, element('a', { href: app.view.link('ablations') }, 'All ablations'))));
  return { update() {}, close() {} };
}

/** Summaries of an ablation, those of each setting together. */
function settings(ablation, summaries) {
  const found = new Map();
  for (const summary of summaries) {
    const { key, name } = setting(summary);
    if (!found.has(key)) found.set(key, { key, name, all: [], used: [] });
    const one = found.get(key);
    one.all.push(summary);
    if (ablation.uses(summary)) one.used.push(summary);
  }
  return [...found.values()].filter((one) => one.used.length && (ablation.needs?.(one.used) ?? true))
    .sort((a, b) => b.used.length - a.used.length || a.name.localeCompare(b.name));
}

class AblationList {
  constructor(root, app) {
    this.app = app;
    this.list = element('ul', { class: 'ablation-list' });
    root.append(
      element('div', { class: 'page-head' }, element('h1', {}, 'Ablations')),
      element('p', { class: 'note' }, 'What part of a label does the work? Each is an experiment of its own that can be run again; its page fills as students finish.'),
      this.list);
  }

  update() {
    const summaries = this.app.store.values('accuracy-summary');
    fill(this.list, ...ablations.map((ablation) => {
      const count = settings(ablation, summaries).reduce((sum, one) => sum + one.used.length, 0);
      return element('li', {}, element('a', { class: 'card', href: this.app.view.link('ablations', [ablation.id]), 'data-testid': 'ablation-' + ablation.id },
        element('h2', {}, ablation.title),
        element('p', {}, ablation.question),
        element('span', { class: count ? 'count' : 'count none' }, count ? plural(count, 'configuration') : 'not run yet')));
    }));
  }

  close() {}
}

class AblationPage {
  constructor(root, app, ablation) {
    this.app = app;
    this.ablation = ablation;
    this.controls = element('div', { class: 'tools' });
    this.body = element('div', { class: 'page' });
    root.append(
      element('div', { class: 'page-head' },
        element('div', {}, element('a', { href: app.view.link('ablations') }, '← All ablations'), element('h1', {}, ablation.title)),
        this.controls),
      element('p', { class: 'finding' }, ablation.question),
      this.body);
    this.targets = null;
    this.answer = ablation.asks ? new Answer((name) => app.apiItems(name), () => this.update()) : null;
  }

  close() {
    this.answer?.close();
  }

  update() {
    const found = settings(this.ablation, this.app.store.values('accuracy-summary'));
    if (!found.length) return this.nothing();
    const here = found.find((one) => one.key === this.app.view.get('setting')) ?? found[0];
    this.answer?.want(this.ablation.asks, here.used.reduce((runs, one) => runs + one.test.n, 0));
    const pick = { ...this.pick(here.used), answer: this.answer?.value ?? [] };
    fill(this.controls, ...this.choices(found, here, pick));
    const figures = this.ablation.figures(this.ablation.choosesTraining ? here.all : trainedLike(here.all, here.used), pick);
    this.targets ??= this.build(figures);
    figures.forEach((figure, i) => plot(this.targets.figures[i], figure.draw()));
    this.list(here.used);
  }

  nothing() {
    this.targets = null;
    forgetPlots(this.body);
    fill(this.controls);
    fill(this.body, this.app.store.ready
      ? empty('Not run yet', 'This page fills by itself as students of this experiment finish. To run it:', [...(this.ablation.before ?? []), `./labelworth run experiments/${this.ablation.id}.yaml`])
      : loading());
  }

  build(figures) {
    const targets = figures.map(() => element('div', {}));
    const list = element('div', {});
    this.body.replaceChildren(
      ...figures.map((figure, i) => card({ id: `figure-${this.ablation.id}-${i}`, title: figure.title, note: figure.note }, targets[i])),
      card({ id: 'configurations', title: 'Configurations' }, list));
    return { figures: targets, list };
  }

  // What the address names, if the ablation has it; else the largest budget, and the checkpoint with most to show.
  pick(used) {
    const budgets = distinct(used, (one) => one.imagesPerClass);
    const checkpoints = distinct(used.filter((one) => one.checkpointId), (one) => one.checkpointId);
    const budget = Number(this.app.view.get('budget'));
    const checkpoint = this.app.view.get('checkpoint');
    return {
      budgets,
      checkpoints,
      budget: budgets.includes(budget) ? budget : budgets.at(-1),
      checkpoint: checkpoints.includes(checkpoint) ? checkpoint : best(used.filter((one) => one.checkpointId))?.checkpointId,
    };
  }

  choices(found, here, { budgets, checkpoints, budget, checkpoint }) {
    const { view } = this.app;
    return [
      found.length > 1 ? picker({ name: 'setting', label: 'Dataset and student', options: found.map(({ key, name }) => ({ value: key, text: name })), value: here.key, onChange: (value) => view.set({ setting: value }) }) : null,
      this.ablation.checkpoints && checkpoints.length > 1 ? picker({ name: 'checkpoint', label: 'Expert', options: checkpoints.map((value) => ({ value, text: checkpointName(value) })), value: checkpoint, onChange: (value) => view.set({ checkpoint: value }) }) : null,
      this.ablation.budgets && budgets.length > 1 ? segments({ name: 'budget', label: 'Images per class', options: budgets.map((value) => ({ value, text: `${value} per class` })), value: budget, onChange: (value) => view.set({ budget: value }) }) : null,
    ];
  }

  list(used) {
    table(this.targets.list, {
      name: this.ablation.id,
      label: this.ablation.title,
      columns: [
        { id: 'imagesPerClass', title: 'images per class', value: (row) => row.imagesPerClass },
        { id: 'labels', title: 'labels', text: true, value: (row) => checkpointName(row.checkpointId) },
        { id: 'treatments', title: 'treatments', text: true, value: (row) => row.treatments.map(choice).join(' + ') || '—' },
        ...(used.every(drawn) ? [] : [{ id: 'images', title: 'images', text: true, value: (row) => row.source + (row.selection ? ' ' + selection(row.selection) : '') }]),
        { id: 'steps', title: 'steps', value: (row) => row.steps },
        { id: 'rate', title: 'rate', value: rateOf },
        { id: 'entropy', title: 'entropy, nats', value: (row) => row.labelEntropy, cell: (row) => row.labelEntropy.toFixed(2) },
        { id: 'test', title: 'test', value: (row) => row.test.mean, cell: (row) => interval(row.test) },
        { id: 'validation', title: 'validation', value: (row) => row.validation.mean, cell: (row) => interval(row.validation) },
      ],
      rows: used,
    });
  }
}

// A labelling's hash says nothing to a reader.
const selection = ({ name, parameters: { labelling, images, [name]: own, ...parameters } }) => [choice({ name, parameters }), own].filter(Boolean).join(' ');
