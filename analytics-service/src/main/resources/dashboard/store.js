// What the page knows: the latest event of each key, kept by the server's stream of events.

export class Store {
  constructor(onChange, onConnection) {
    this.topics = new Map();
    this.activity = null;
    this.ready = false;
    this.onChange = onChange;
    this.onConnection = onConnection;
  }

  values(topic) {
    return [...(this.topics.get(topic) ?? new Map()).values()];
  }

  connect() {
    // The browser reconnects by itself and sends the id it saw last; only what changed since comes back.
    const events = new EventSource('api/events');
    events.onopen = () => this.onConnection('live', 'live');
    events.onerror = () => this.onConnection('lost', 'connection lost, trying again');
    for (const topic of ['accuracy-summary', 'pareto-frontier', 'label-worth']) {
      events.addEventListener(topic, (event) => {
        const { key, value } = JSON.parse(event.data);
        if (!this.topics.has(topic)) this.topics.set(topic, new Map());
        this.topics.get(topic).set(key, value);
        this.changed();
      });
    }
    events.addEventListener('activity', (event) => {
      this.activity = JSON.parse(event.data);
      this.changed();
    });
    events.addEventListener('ready', () => {
      this.ready = true;
      this.changed();
    });
  }

  // A burst of events is drawn once; a timer, since a page in the background gets no frames.
  changed() {
    if (this.drawing) return;
    this.drawing = setTimeout(() => {
      this.drawing = null;
      this.onChange();
    }, 60);
  }
}
