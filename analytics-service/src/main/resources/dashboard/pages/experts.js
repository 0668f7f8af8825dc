// Which expert for which budget: validation accuracy of every pair, the best of each budget, and the prediction.
import { untreated } from '../format.js';
import { Answer } from '../shell/answer.js';
import { picker } from '../ui/controls.js';
import { card, element, fill } from '../ui/element.js';
import { isNarrow, plot } from '../ui/plot.js';
import { empty, loading, noResults } from '../ui/states.js';
import { bestByBudgetRows, bestTable, bestTraces, BEST_LAYOUT } from './experts/best.js';
import { expertsOf, runsOf } from './experts/checkpoints.js';
import { heatHeight, heatLayout, heatRows, heatTraces } from './experts/heat-map.js';

export const page = {
  id: 'experts',
  title: 'Experts',
  open(root, app) {
    const head = element('div', { class: 'page-head' });
    const heat = element('div');
    const best = element('div');
    const said = element('p', { class: 'note', role: 'status' });
    const rows = element('div');
    const cards = [
      card({
        id: 'heat-map',
        title: 'Expert by budget',
        note: 'Mean validation accuracy of students by the expert checkpoint behind their labels; a frame marks the best of each budget.',
      }, heat),
      card({
        id: 'best-experts',
        title: 'Best expert by budget',
        note: 'Step of the expert whose labels do best, as measured, and as predicted from the other budgets with a 95% interval. '
          + 'The held-out error is the factor by which a prediction misses, 1 at best.',
      }, best, said, rows),
    ];
    root.append(head, ...cards);
    const predictions = new Answer((family) => app.apiItems('best-experts', { family }), () => update());

    function update() {
      const family = app.family();
      const soft = family ? family.summaries.filter((s) => s.regime === 'fixed-soft' && untreated(s)) : [];
      const runs = runsOf(soft, app.store.activity);
      const run = runs.includes(app.view.get('run')) ? app.view.get('run') : runs[0];
      fill(head, element('h1', {}, 'Which expert'), element('div', { class: 'tools' },
        family ? app.familyPicker() : null,
        runs.length > 1 ? picker({
          name: 'run',
          label: 'Expert run',
          hideLabel: true,
          options: runs.map((one) => ({ value: one, text: `expert ${one}` })),
          value: run,
          onChange: (value) => app.view.set({ run: value }),
        }) : null));
      root.querySelectorAll(':scope > .state').forEach((state) => state.remove());
      cards.forEach((one) => { one.hidden = !soft.length; });
      if (!soft.length) {
        root.append(!app.store.ready ? loading() : !family ? noResults() : empty('No soft-labelled results in this family',
          'Train an expert and run an experiment that names its run as expertRun:', ['./labelworth train-expert DATASET --run NAME', './labelworth run EXPERIMENT.yaml']));
        return;
      }
      predictions.want(family.key, soft.map((s) => s.configurationId + s.validation.n).join());
      draw(soft, run);
    }

    function draw(soft, run) {
      const experts = expertsOf(soft, app.store.activity).filter((expert) => expert.run === run);
      const cells = soft.filter((s) => experts.some(({ id }) => id === s.checkpointId));
      const predicted = (predictions.value ?? []).filter((one) => one.run === run);
      heat.style.setProperty('--plot-height', heatHeight(experts) + 'px');
      plot(heat, {
        name: 'heat-map',
        label: 'Heat map: validation accuracy by expert checkpoint and images per class',
        traces: heatTraces(cells, experts, isNarrow(heat)),
        layout: heatLayout(cells, experts),
        rows: heatRows(cells, experts),
      });
      const answers = bestByBudgetRows(cells, experts, predicted);
      best.hidden = !answers.some((row) => row.step !== null || row.predictedStep);
      if (!best.hidden) plot(best, {
        name: 'best-expert',
        label: 'Step of the best expert by images per class, measured and predicted',
        traces: bestTraces(answers),
        layout: BEST_LAYOUT,
        rows: answers,
      });
      said.textContent = predictions.error ? 'There is no prediction: ' + predictions.error.message : '';
      said.hidden = !predictions.error;
      bestTable(rows, answers);
    }
    return { update, close: () => predictions.close() };
  },
};
