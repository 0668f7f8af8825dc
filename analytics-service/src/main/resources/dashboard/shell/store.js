// What the page knows: the latest event of each key, kept by the server's stream of events.

const TOPICS = ['accuracy-summary', 'pareto-frontier', 'scaling-laws', 'label-worth'];
const CURVES_KEPT = 60;
const DRAW_AFTER = 60;

/** The latest events, as the stream tells them; see shell/stream.js for the connection. */
export class Store {
  constructor(onChange) {
    this.topics = new Map(TOPICS.map((topic) => [topic, new Map()]));
    this.curves = new Map();
    this.activity = null;
    this.ready = false;
    this.onChange = onChange;
  }

  /** Latest events of a topic, such as 'accuracy-summary'. */
  values(topic) {
    return [...(this.topics.get(topic)?.values() ?? [])];
  }

  /** Names of the events to listen to. */
  static events = [...TOPICS, 'activity', 'curve', 'ready'];

  /** A stream has begun from the start: what it does not repeat no longer is. */
  begin() {
    this.arriving = new Map(TOPICS.map((topic) => [topic, new Map()]));
  }

  /** Takes an event of the stream in. */
  take(name, data) {
    if (name === 'ready') {
      if (this.arriving) this.topics = this.arriving;
      this.arriving = null;
      this.ready = true;
    } else if (name === 'activity') {
      this.activity = data;
    } else if (name === 'curve') {
      this.curvePoint(data);
    } else {
      (this.arriving ?? this.topics).get(name).set(data.key, data.value);
    }
    if (this.ready || name === 'activity') this.changed();
  }

  // Curves of the runs heard of last; a finished run's curve is had from its page.
  curvePoint(point) {
    const points = this.curves.get(point.runId) ?? new Map();
    points.set(point.step, point);
    this.curves.delete(point.runId);
    this.curves.set(point.runId, points);
    if (this.curves.size > CURVES_KEPT) this.curves.delete(this.curves.keys().next().value);
  }

  /** Points of a run's learning curve heard of so far, by step. */
  curve(runId) {
    return [...(this.curves.get(runId)?.values() ?? [])].sort((a, b) => a.step - b.step);
  }

  // A burst of events is drawn once; a timer, since a page in the background gets no frames.
  // While drawing takes long, the pause grows with it: the reader comes before the newest number.
  changed() {
    if (this.drawing) return;
    this.drawing = setTimeout(() => {
      const began = performance.now();
      this.onChange();
      this.pause = Math.min(500, 2 * (performance.now() - began));
      this.drawing = null;
    }, Math.max(DRAW_AFTER, this.pause ?? 0));
  }
}
