// What is looked at is in the address, #/page/rest?key=value, so that a link shows the same.

const HOME = 'overview';

function parse() {
  const [path, query = ''] = location.hash.replace(/^#\/?/, '').split(/\?(.*)/s);
  const [page, ...rest] = path.split('/').map(decoded);
  return { page: page || HOME, rest, query: new URLSearchParams(query) };
}

// A mangled link shows the page it names as far as it can be read.
function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

const address = (page, rest, query) => {
  const path = '#/' + [page, ...rest].map(encodeURIComponent).join('/');
  return query.size ? path + '?' + query : path;
};

let listener = () => {};

/** The part of the address that a page may read and change. */
export const view = {
  /** Id of the page. */
  get page() { return parse().page; },

  /** What follows the page in the path: of #/runs/abc, ['abc']. */
  get rest() { return parse().rest; },

  /** Value of a key, null where the address has none. */
  get: (key) => parse().query.get(key),

  /** Changes some keys in place, without an entry in the browser's history; null or '' removes a key. */
  set(change) {
    const { page, rest, query } = parse();
    for (const [key, value] of Object.entries(change)) {
      if (value === null || value === undefined || value === '') query.delete(key);
      else query.set(key, value);
    }
    history.replaceState(null, '', address(page, rest, query));
    listener();
  },

  /** Address of a page, for a link; the chosen family goes with it. */
  link(page, rest = [], keys = {}) {
    const family = parse().query.get('family');
    return address(page, rest, new URLSearchParams({ ...(family === null ? {} : { family }), ...keys }));
  },

  /** Calls back whenever the address has changed. */
  onChange(callback) {
    listener = callback;
    addEventListener('hashchange', callback);
  },
};
