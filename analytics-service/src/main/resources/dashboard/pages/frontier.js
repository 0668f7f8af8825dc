// The Pareto frontier of each regime on the chosen cost axis, its members, and who entered and left last.
import { card, element, fill } from '../ui/element.js';
import { segments } from '../ui/controls.js';
import { plot } from '../ui/plot.js';
import { empty, loading, noResults } from '../ui/states.js';
import { changes } from './frontier/changes.js';
import { membersTable } from './frontier/members.js';
import { frontierLayout, frontierRows, frontierTraces } from './frontier/traces.js';

const AXES = [
  { value: 'images', text: 'images' },
  { value: 'bytes', text: 'bytes' },
  { value: 'compute', text: 'compute' },
];

export const page = {
  id: 'frontier',
  title: 'Frontier',
  open(root, app) {
    const head = element('div', { class: 'page-head' });
    const axes = element('div');
    const drawing = element('div');
    const last = element('div');
    const members = element('div');
    const cards = [
      card({
        id: 'frontier',
        title: 'Accuracy against cost',
        note: 'Configurations that no other beats on validation accuracy at the same or lower cost, one frontier per regime; plotted at test accuracy.',
        tools: [axes],
      }, drawing),
      card({ id: 'changes', title: 'Who entered and left last' }, last),
      card({ id: 'members', title: 'On the frontier' }, members),
    ];
    root.append(head, ...cards);

    function update() {
      const family = app.family();
      fill(head, element('h1', {}, 'Pareto frontier'), family ? app.familyPicker() : null);
      const axis = AXES.some(({ value }) => value === app.view.get('axis')) ? app.view.get('axis') : 'images';
      const frontiers = family
        ? app.store.values('pareto-frontier')
          .filter((one) => one.family === family.key && one.axis === axis)
          .sort((a, b) => a.regime.localeCompare(b.regime))
        : [];
      root.querySelectorAll(':scope > .state').forEach((state) => state.remove());
      cards.forEach((one) => { one.hidden = !frontiers.length; });
      if (!frontiers.length) {
        root.append(!app.store.ready ? loading() : !family ? noResults() : empty('No frontier yet',
          'Frontiers follow the first results within a second. If none comes, look at the analytics service’s log.'));
        return;
      }
      fill(axes, segments({ name: 'axis', label: 'Cost axis', options: AXES, value: axis, onChange: (value) => app.view.set({ axis: value, 'frontier.zoom': null }) }));
      plot(drawing, {
        name: 'frontier',
        label: `Pareto frontiers: test accuracy against ${axis}`,
        traces: frontierTraces(frontiers),
        layout: frontierLayout(axis),
        rows: frontierRows(frontiers),
      });
      const summaries = new Map(family.summaries.map((summary) => [summary.configurationId, summary]));
      fill(last, ...changes(frontiers, summaries));
      membersTable(members, frontiers, axis);
    }
    return { update, close() {} };
  },
};
