// Runs: a page of those that match the filters, or one of them with its spec and its curve.
import { runDetail } from './runs/detail.js';
import { runList } from './runs/list.js';

export const page = {
  id: 'runs',
  title: 'Runs',
  open: (root, app) => (app.view.rest.length ? runDetail(root, app, app.view.rest[0]) : runList(root, app)),
};
