import { regimeName, short } from '../../format.js';

const LINES = 10;

/** Students whose curves are drawn: those at work, and those heard of last. */
export class Students {
  constructor(app, changed) {
    Object.assign(this, { app, changed, runs: new Map(), places: new Map(), closed: false });
  }

  /** At most ten lines, each {runId, name, points, place}; a run keeps its place, so that its colour stays. */
  shown() {
    const { store } = this.app;
    const running = (store.activity?.runningRuns ?? []).map((run) => run.runId);
    const heard = [...store.curves.keys()].reverse().filter((runId) => !running.includes(runId));
    const lines = [...running, ...heard].slice(0, LINES).map((runId) => ({ runId, ...this.line(runId), place: this.place(runId) }));
    return lines.filter(({ points }) => points.length).sort((a, b) => a.place - b.place);
  }

  close() {
    this.closed = true;
  }

  // Points before this page was opened, and what the run is, are asked for once.
  line(runId) {
    if (!this.runs.has(runId)) {
      this.runs.set(runId, null);
      this.app.api('runs/' + encodeURIComponent(runId)).then((run) => {
        this.runs.set(runId, run);
        if (!this.closed) this.changed();
      }, () => {}); // the line is then named by its id, and has the points heard of here
    }
    const run = this.runs.get(runId);
    const points = new Map([...(run?.curve ?? []), ...this.app.store.curve(runId)].map((point) => [point.step, point]));
    return { name: this.name(runId, run), points: [...points.values()].sort((a, b) => a.step - b.step) };
  }

  name(runId, run) {
    return run?.imagesPerClass ? `${run.imagesPerClass} per class, ${regimeName(run.regime)}, ${short(runId)}` : short(runId);
  }

  place(runId) {
    if (!this.places.has(runId)) this.places.set(runId, this.places.size);
    return this.places.get(runId);
  }
}
