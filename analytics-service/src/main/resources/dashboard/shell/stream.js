// The connection to the stream of events. A browser reconnects by itself after a broken connection, but not after an
// answer that is no stream (a proxy's 502), and it may not notice that the other side has gone without a word. A browser
// has six connections to a server, for all of its tabs: a page that nobody looks at gives its stream up.

const SILENCE = 35_000; // the server speaks every 10 s at least
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 15_000;
const UNSEEN = 30_000;

/** Keeps a stream of events open. Connection states: connecting, live, lost. */
export class Stream {
  constructor(address, store, events, onState) {
    Object.assign(this, { address, store, events, onState });
    this.pause = FIRST_PAUSE;
    addEventListener('pagehide', () => this.close());
    addEventListener('pageshow', (event) => event.persisted && this.open());
    document.addEventListener('visibilitychange', () => this.seen(!document.hidden));
  }

  open() {
    this.close();
    this.store.begin();
    const source = new EventSource(this.address);
    this.source = source;
    this.heard();
    source.onopen = () => {
      this.pause = FIRST_PAUSE;
      this.state('live');
    };
    source.onerror = () => {
      this.state('lost');
      if (source.readyState === EventSource.CLOSED) this.later();
    };
    for (const name of this.events) {
      source.addEventListener(name, (event) => {
        this.heard();
        this.store.take(name, JSON.parse(event.data));
      });
    }
  }

  close() {
    this.source?.close();
    this.source = null;
    clearTimeout(this.silence);
    clearTimeout(this.retry);
  }

  seen(visible) {
    clearTimeout(this.unseen);
    if (!visible) this.unseen = setTimeout(() => this.close(), UNSEEN);
    else if (!this.source) this.open();
  }

  later() {
    this.close();
    this.retry = setTimeout(() => this.open(), this.pause);
    this.pause = Math.min(LONGEST_PAUSE, 2 * this.pause);
  }

  heard() {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => {
      this.state('lost');
      this.open();
    }, SILENCE);
  }

  state(name) {
    if (this.last === name) return;
    this.last = name;
    this.onState(name);
  }
}
