// The shell: which page is open, the connection, the theme. Pages are in pages.js.
import { pages } from './pages.js';
import { api, apiAddress, apiItems } from './shell/api.js';
import { chosenFamily, families, familyPicker } from './shell/families.js';
import { Store } from './shell/store.js';
import { Stream } from './shell/stream.js';
import { startTheme } from './shell/theme.js';
import { view } from './shell/view.js';
import { element } from './ui/element.js';
import { forgetPlots } from './ui/plot.js';
import { broken, empty, loading } from './ui/states.js';

const at = (id) => document.getElementById(id);
const store = new Store(() => update());

const app = {
  view,
  store,
  api,
  apiItems,
  apiAddress,
  families: () => families(store),
  family: () => chosenFamily(store),
  familyPicker: () => familyPicker(store),
};

// The open page: its address, what it was opened into, and what it is updated and closed by.
let open = { path: null };

function update() {
  markNavigation();
  const path = [view.page, ...view.rest].join('/');
  if (path !== open.path) go(path);
  else attempt(() => open.handle?.update());
}

async function go(path) {
  const first = open.path === null;
  close();
  const root = element('div', { class: 'page', 'data-page': view.page }, loading());
  const here = { path, root };
  open = here;
  at('page').replaceChildren(root);
  const entry = pages.find(({ id }) => id === view.page);
  document.title = entry ? `${entry.title} · Labelworth` : 'Labelworth';
  if (!entry) {
    root.replaceChildren(empty('There is no such page', `Nothing is at #/${path}. Choose a page above.`));
    return;
  }
  try {
    const { page } = await entry.load();
    if (open !== here) return;
    root.replaceChildren();
    here.handle = page.open(root, app);
    here.handle.update();
    if (!first) at('page').focus({ preventScroll: true });
    if (!first) scrollTo(0, 0);
  } catch (error) {
    if (open === here) fail(error);
  }
}

function close() {
  if (!open.root) return;
  attempt(() => open.handle?.close());
  forgetPlots(open.root);
}

function attempt(work) {
  try {
    work();
  } catch (error) {
    fail(error);
  }
}

// A page that fails is a page that says so; the others still work.
function fail(error) {
  console.error(error);
  const failed = open;
  failed.handle = null;
  forgetPlots(failed.root);
  failed.root.replaceChildren(broken(error, () => go(failed.path)));
}

function markNavigation() {
  for (const link of at('nav').children) {
    const { page } = link.dataset;
    link.href = view.link(page);
    if (page === view.page) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
}

const CONNECTION = { connecting: 'connecting', live: 'live', lost: 'connection lost' };

function connection(state) {
  at('connection').className = 'connection ' + state;
  at('connection').textContent = CONNECTION[state];
  at('lost').hidden = state !== 'lost';
}

at('nav').replaceChildren(...pages.map(({ id, title }) => element('a', { 'data-page': id, href: view.link(id) }, title)));
// The address belongs to the pages, so the link to the page's text only moves the focus.
at('skip').addEventListener('click', (event) => {
  event.preventDefault();
  at('page').focus();
});
startTheme(at('theme'), update);
view.onChange(update);
new Stream('api/events', store, Store.events, connection).open();
update();
