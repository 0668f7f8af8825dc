// The label viewer: one image, and what each checkpoint says of it. Left and right go through the images of a class, up and
// down through the checkpoints.
import { percent } from '../format.js';
import { picker, segments } from '../ui/controls.js';
import { card, element, fill } from '../ui/element.js';
import { plot } from '../ui/plot.js';
import { broken, empty, loading } from '../ui/states.js';
import { barsPlot, changesPlot, entropyPlot, epochText } from './labels/plots.js';

const MOST_SEGMENTS = 14;

export const page = {
  id: 'labels',
  title: 'Labels',
  open: (root, app) => new LabelViewer(root, app),
};

class LabelViewer {
  constructor(root, app) {
    this.root = root;
    this.app = app;
    this.answers = new Map();
    this.keys = (event) => this.key(event);
    addEventListener('keydown', this.keys);
    this.build();
  }

  close() {
    removeEventListener('keydown', this.keys);
  }

  build() {
    const part = (name) => element('div', { 'data-testid': name });
    this.parts = { head: element('div', { class: 'page-head' }), message: part('label-message') };
    this.figure = element('figure', { class: 'picture' });
    this.plots = { bars: part('bars'), changes: part('changes'), entropy: part('entropy') };
    this.checkpoints = element('div', { class: 'checkpoints' });
    this.sentence = element('p', { class: 'sentence', 'data-testid': 'label-sentence' });
    this.note = element('p', { class: 'note' });
    this.cards = [
      element('section', { class: 'card label-stage', 'data-testid': 'label-stage', 'aria-label': 'Image and label' },
        this.figure, element('div', { class: 'label-side' }, this.sentence, this.checkpoints, this.plots.bars, this.note)),
      element('div', { class: 'columns' },
        card({ id: 'label-changes', title: 'From checkpoint to checkpoint', note: 'Probability of each class as the expert was trained; the image’s own class is the thick line. Click a point to see that label whole.' }, this.plots.changes),
        card({ id: 'label-entropy', title: 'Entropy of this label', note: 'In nats. Small budgets want labels of high entropy, large ones want sure experts.' }, this.plots.entropy)),
    ];
    this.root.append(this.parts.head, this.parts.message, ...this.cards);
    this.show(false);
  }

  show(there) {
    for (const one of this.cards) one.hidden = !there;
    this.parts.message.hidden = there;
  }

  say(state) {
    fill(this.parts.message, state);
    this.show(false);
  }

  update() {
    const datasets = this.answer('datasets');
    if (datasets.pending) return this.say(loading());
    if (datasets.error) return this.say(broken(datasets.error, () => this.forget('datasets')));
    const items = datasets.value.items.filter((one) => Object.keys(one.sources).length);
    if (!items.length) return this.say(empty('No images yet', 'Labels are of images. Bring in a dataset, then train an expert on it:', ['./labelworth ingest fashion-mnist', './labelworth train-expert fashion-mnist']));
    this.place = chosen(items, this.app.view);
    fill(this.parts.head, ...this.controls(items));
    this.drawImage();
  }

  drawImage() {
    const { dataset, source, imageClass, rank } = this.place;
    const labels = this.answer('labels', { dataset: dataset.dataset, source, class: imageClass, rank, settled: settled(this.app.store) });
    // While the next image's labels are on their way, the last one's stay.
    if (labels.pending) return this.image ? undefined : this.say(loading());
    if (labels.error) return this.say(broken(labels.error, () => this.forget('labels')));
    this.image = labels.value;
    this.show(true);
    this.drawPicture();
    this.drawLabels();
  }

  drawPicture() {
    const { image, dataset, source, className, rank } = this.image;
    const address = this.app.apiAddress(`images/${encodeURIComponent(dataset)}/${encodeURIComponent(image)}.png`, source === 'real' ? {} : { source });
    if (this.shown === address) return;
    this.shown = address;
    const picture = element('img', { src: address, alt: `${className}, image ${image} of ${dataset}`, width: 280, height: 280 });
    picture.addEventListener('error', () => this.noPicture(address, picture));
    fill(this.figure, picture, element('figcaption', {},
      element('strong', { 'data-testid': 'image-class' }, className),
      element('span', { class: 'muted' }, `${image} · rank ${rank}${source === 'real' ? '' : ' · ' + source}`)));
  }

  // The server says why there is no picture; the labels are there all the same.
  async noPicture(address, picture) {
    const reason = await this.app.api(address).then(() => 'The picture cannot be shown.', (error) => error.message);
    picture.replaceWith(element('p', { class: 'no-picture muted' }, reason));
  }

  drawLabels() {
    const runs = [...new Set(this.image.labels.map((label) => label.run))];
    const run = runs.includes(this.app.view.get('run')) ? this.app.view.get('run') : runs[0];
    this.labels = this.image.labels.filter((label) => label.run === run);
    if (!this.labels.length) return this.noLabels();
    this.at = Math.max(0, this.labels.findIndex((label) => label.checkpointId === this.app.view.get('checkpoint')));
    if (!this.app.view.get('checkpoint')) this.at = this.labels.length - 1;
    const label = this.labels[this.at];
    const first = label.top[0];
    fill(this.sentence, `After ${epochText(label.epoch)} of training`, label.validationAccuracy === null ? '' : ` (${percent(label.validationAccuracy)} right on validation images)`,
      ', the expert gives ', element('strong', {}, `${percent(first.probability)} to ${first.name}`), `. Entropy ${label.entropy.toFixed(2)} nats.`);
    fill(this.checkpoints, runs.length > 1 ? picker({ name: 'run', label: 'Expert run', options: runs.map((value) => ({ value, text: value })), value: run, onChange: (value) => this.app.view.set({ run: value, checkpoint: null }) }) : null,
      this.checkpointChoice());
    fill(this.note, label.wholeVector ? null : `Stored as ${label.codec}: entries that are not stored are shown as equal shares of what they sum to. `,
      this.image.without.length ? `Without a label of this image: ${this.image.without.map((one) => `${one.checkpointId} ${one.reason}`).join('; ')}.` : null);
    plot(this.plots.bars, barsPlot(label, this.image));
    plot(this.plots.changes, changesPlot(this.labels, this.at, this.image));
    plot(this.plots.entropy, entropyPlot(this.labels, this.at, this.place.dataset.classes.length));
    for (const one of [this.plots.changes, this.plots.entropy]) this.choosable(one);
  }

  noLabels() {
    const waiting = this.image.without.map((one) => `${one.checkpointId} ${one.reason}`).join('; ');
    this.say(empty('No labels of this image yet', waiting || 'No expert has labelled this dataset. Train one; its checkpoints label the images as they appear:',
      waiting ? [] : [`./labelworth train-expert ${this.image.dataset}`]));
  }

  checkpointChoice() {
    const value = this.labels[this.at].checkpointId;
    const onChange = (checkpoint) => this.app.view.set({ checkpoint });
    const options = this.labels.map((label) => ({ value: label.checkpointId, text: epochText(label.epoch) }));
    return this.labels.length > MOST_SEGMENTS
      ? picker({ name: 'checkpoint', label: 'Checkpoint', options: options.map((one) => ({ ...one, text: `${one.text} (${one.value})` })), value, onChange })
      : segments({ name: 'checkpoint', label: 'Checkpoint', options, value, onChange });
  }

  choosable(target) {
    const area = target.querySelector('.plot-area');
    area.removeAllListeners('plotly_click');
    area.on('plotly_click', ({ points }) => this.app.view.set({ checkpoint: this.labels[Math.round(points[0].x)]?.checkpointId }));
  }

  controls(items) {
    const { dataset, source, imageClass, rank, size } = this.place;
    const names = (values) => values.map((value) => ({ value, text: value }));
    return [
      element('h1', {}, 'Labels'),
      element('div', { class: 'tools' },
        items.length > 1 ? picker({ name: 'dataset', label: 'Dataset', options: names(items.map((one) => one.dataset)), value: dataset.dataset, onChange: (value) => this.look({ dataset: value, source: null, class: null, rank: null }) }) : null,
        Object.keys(dataset.sources).length > 1 ? picker({ name: 'source', label: 'Images', options: names(Object.keys(dataset.sources)), value: source, onChange: (value) => this.look({ source: value, rank: null }) }) : null,
        picker({ name: 'class', label: 'Class', options: dataset.classes.map((text, i) => ({ value: String(i), text })), value: String(imageClass), onChange: (value) => this.look({ class: value }) }),
        element('label', { class: 'field' }, element('span', {}, `Rank, 0 to ${size - 1}`),
          element('input', { type: 'number', name: 'rank', min: 0, max: size - 1, value: rank, 'data-testid': 'rank', 'data-focus': 'rank', onchange: (event) => this.look({ rank: event.target.value }) })),
        element('div', { class: 'segments' },
          this.step('previous-image', '←', 'Previous image', -1), this.step('next-image', '→', 'Next image', 1))),
    ];
  }

  step(name, text, label, by) {
    const next = this.place.rank + by;
    return element('button', { type: 'button', 'data-testid': name, 'data-focus': name, 'aria-label': label, title: `${label} (${text} key)`, disabled: next < 0 || next >= this.place.size, onclick: () => this.look({ rank: next }) }, text);
  }

  look(change) {
    this.app.view.set(change);
  }

  key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented || !this.place || !this.labels) return;
    if (event.target.closest?.('input, select, textarea, [role="group"], table')) return;
    const across = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const along = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const rank = this.place.rank + across;
    if (across && rank >= 0 && rank < this.place.size) this.look({ rank });
    if (along && this.labels[this.at + along]) this.look({ checkpoint: this.labels[this.at + along].checkpointId });
    if (across || along) event.preventDefault();
  }

  // One answer of a kind is kept; another question of the kind replaces it when its answer is there.
  answer(kind, params = {}) {
    const key = kind + JSON.stringify(params);
    if (this.answers.get(kind)?.key === key) return this.answers.get(kind);
    const answer = { key, pending: true };
    this.answers.set(kind, answer);
    const { settled: ignored, ...query } = params;
    this.app.api(kind, query).then((value) => Object.assign(answer, { value, pending: false }), (error) => Object.assign(answer, { error, pending: false }))
      .then(() => this.answers.get(kind) === answer && this.root.isConnected && this.update());
    return answer;
  }

  forget(kind) {
    this.answers.delete(kind);
    this.update();
  }
}

// What the address names, as far as it is there; else the first of it.
function chosen(items, view) {
  const dataset = items.find((one) => one.dataset === view.get('dataset')) ?? items[0];
  const source = view.get('source') in dataset.sources ? view.get('source') : 'real' in dataset.sources ? 'real' : Object.keys(dataset.sources)[0];
  const size = dataset.sources[source];
  const within = (key, below) => Math.min(Math.max(0, Math.trunc(Number(view.get(key))) || 0), below - 1);
  return { dataset, source, size, imageClass: within('class', dataset.classes.length), rank: within('rank', size) };
}

// Labellings that have caught up: when one more has, there may be one more label of the image.
const settled = (store) => (store.activity?.labellings ?? []).filter((one) => !one.lag).length;
