// The pages, in the order of the navigation: one line adds one. A page's code is fetched when it is first opened.

export const pages = [
  { id: 'overview', title: 'Overview', load: () => import('./pages/overview.js') },
  { id: 'frontier', title: 'Frontier', load: () => import('./pages/frontier.js') },
  { id: 'experts', title: 'Experts', load: () => import('./pages/experts.js') },
  { id: 'runs', title: 'Runs', load: () => import('./pages/runs.js') },
  { id: 'progress', title: 'Progress', load: () => import('./pages/progress.js') },
  { id: 'labels', title: 'Labels', load: () => import('./pages/labels.js') },
  { id: 'ablations', title: 'Ablations', load: () => import('./pages/ablations.js') },
];
