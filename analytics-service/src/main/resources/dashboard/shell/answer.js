// An answer of the REST that is asked for again as things change: one request at a time, the newest question wins, and
// no more than one a second, however many events arrive.

const PAUSE = 1_000;

export class Answer {
  /** ask(key) fetches; done() is called when there is something new in value or error. */
  constructor(ask, done) {
    Object.assign(this, { ask, done, value: null, error: null, closed: false });
  }

  /** Wants the answer to a question, as it is in this version of the world; asks only if either is new. */
  want(key, version = 0) {
    if (key === this.key && version === this.version) return;
    const urgent = key !== this.key;
    Object.assign(this, { key, version, again: true });
    if (this.busy || this.closed) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.run(), urgent ? 0 : Math.max(0, PAUSE - (performance.now() - (this.asked ?? -PAUSE))));
  }

  /** Asks anew, as after an error. */
  retry() {
    this.version = undefined;
    this.want(this.key, Symbol('retry'));
  }

  /** No answer is taken any more. */
  close() {
    this.closed = true;
    clearTimeout(this.timer);
  }

  async run() {
    this.busy = true;
    this.again = false;
    this.asked = performance.now();
    const { key } = this;
    let [value, error] = [this.value, null];
    try {
      value = await this.ask(key);
    } catch (problem) {
      error = problem;
    }
    this.busy = false;
    if (this.closed) return;
    if (key === this.key) {
      Object.assign(this, { value: error ? null : value, error, answered: key });
      this.done();
    }
    if (this.again) this.timer = setTimeout(() => this.run(), key === this.key ? PAUSE : 0);
  }
}
