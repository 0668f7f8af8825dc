import { plural, short } from '../../format.js';
import { Answer } from '../../shell/answer.js';
import { color } from '../../shell/theme.js';
import { curveLayout, curveRow, curveTrace, metricControl, metricOf } from '../../ui/curves.js';
import { card, element, fill } from '../../ui/element.js';
import { plot } from '../../ui/plot.js';
import { broken, empty, loading } from '../../ui/states.js';
import { table } from '../../ui/table.js';
import { badge, labelsOf, runLink, share } from './run-table.js';

/** One run: what it was, how it went, and how the same configuration did with other seeds. */
export function runDetail(root, app, id) {
  const head = element('div', { class: 'page-head' });
  const facts = element('dl', { class: 'facts' });
  const curve = element('div');
  const metrics = element('div');
  const others = element('div');
  const spec = element('pre', { class: 'spec', 'data-testid': 'spec', tabindex: '0' });
  const note = element('div');
  const cards = [
    card({ id: 'run', title: 'What it is' }, facts),
    card({ id: 'curve', title: 'Learning curve', note: 'Accuracy on held-out validation images by step, and on the test images at the end.', tools: [metrics] }, note, curve),
    card({ id: 'seeds', title: 'The same configuration with other seeds' }, others),
    card({ id: 'spec', title: 'Spec', note: 'The canonical spec. Its SHA-256 is the run id, so the same spec is the same run.' }, spec),
  ];
  root.append(head, ...cards);
  const answer = new Answer((asked) => app.api('runs/' + encodeURIComponent(asked)), () => update());
  const siblings = new Answer((asked) => app.api('configurations/' + encodeURIComponent(asked)), () => update());

  function update() {
    const run = answer.value;
    const ended = run && ['done', 'cancelled'].includes(run.state);
    answer.want(id, ended ? answer.version : app.store.activity);
    if (run?.configurationId) siblings.want(run.configurationId, run.state);
    fill(head,
      element('h1', {}, 'Run ', element('span', { class: 'id' }, short(id)), ' ', run ? badge(run.state) : null),
      element('a', { href: app.view.link('runs'), class: 'button' }, 'All runs'));
    root.querySelectorAll(':scope > .state').forEach((state) => state.remove());
    cards.forEach((one) => { one.hidden = !run; });
    if (!run) root.append(answer.error ? broken(answer.error, () => answer.retry()) : loading());
    else draw(run);
  }

  function draw(run) {
    fill(facts, ...factsOf(run).flatMap(([name, value]) => [element('dt', {}, name), element('dd', { 'data-fact': name }, value)]));
    drawCurve([...new Map([...(run.curve ?? []), ...app.store.curve(id)].map((point) => [point.step, point])).values()].sort((a, b) => a.step - b.step), run.result);
    spec.textContent = run.spec ? JSON.stringify(run.spec, null, 2) : 'The run is not planned yet.';
    drawSeeds(run);
  }

  function drawCurve(points, result) {
    curve.hidden = !points.length;
    fill(metrics, metricControl(app.view));
    fill(note, points.length ? null : empty('No point yet', 'Points come as the student is evaluated; the experiment’s evaluation says when.'),
      points.length === 1 && result ? element('p', { class: 'note' }, 'Evaluated once, at its end. An experiment that sets everySteps in its evaluation has points on the way.') : null);
    if (!points.length) return;
    const metric = metricOf(app.view);
    plot(curve, {
      name: 'curve',
      label: `Learning curve of the run: ${metric} by step`,
      traces: [
        curveTrace(metric === 'loss' ? 'training' : 'validation', points, metric, color('--soft')),
        ...(metric === 'accuracy' && result ? [curveTrace('final test', [result], metric, color('--third'), 'testAccuracy')] : []),
      ],
      layout: curveLayout(metric),
      rows: points.map(curveRow),
    });
  }

  function drawSeeds(run) {
    const runs = siblings.value?.runs ?? [];
    if (!runs.length) {
      fill(others, element('p', { class: 'muted' }, siblings.error ? siblings.error.message : 'No result of this configuration yet.'));
      return;
    }
    table(others, {
      name: 'seeds',
      label: 'Runs of the same configuration',
      rows: runs,
      columns: [
        { id: 'runId', title: 'run', text: true, value: (one) => one.runId, cell: (one) => (one.runId === run.runId ? element('strong', { class: 'id' }, short(one.runId)) : runLink(app, one.runId)) },
        { id: 'subsetSeed', title: 'images drawn by seed', value: (one) => one.subsetSeed },
        { id: 'trainingSeed', title: 'trained with seed', value: (one) => one.trainingSeed },
        { id: 'validationAccuracy', title: 'validation', value: (one) => one.validationAccuracy, cell: (one) => share(one.validationAccuracy) },
        { id: 'testAccuracy', title: 'test', value: (one) => one.testAccuracy, cell: (one) => share(one.testAccuracy) },
      ],
    });
  }

  return {
    update,
    close() {
      answer.close();
      siblings.close();
    },
  };
}

const hash = (text) => (text ? element('code', {}, text) : null);

function factsOf(run) {
  return [
    ['dataset', run.dataset],
    ['budget', run.imagesPerClass ? plural(run.imagesPerClass, 'image') + ' per class' : null],
    ['labels', labelsOf(run)],
    ['expert', run.checkpointId],
    ['seeds', typeof run.trainingSeed === 'number' ? `images ${run.subsetSeed}, training ${run.trainingSeed}` : null],
    ['steps', run.steps ? `${run.step} of ${run.steps}` : null],
    ['validation', share(run.validationAccuracy)],
    ['test', share(run.testAccuracy)],
    ['reason', run.reason],
    ['attempt', run.attempt ? `${run.attempt}${run.worker ? ' on ' + run.worker : ''}` : null],
    ['updated', run.updatedAt ? new Date(run.updatedAt).toLocaleString() : null],
    ['experiment', run.experimentId],
    ['replay of', hash(run.replayOf)],
    ['run id', hash(run.runId)],
    ['configuration', hash(run.configurationId)],
    ['set', hash(run.setId)],
    ['label digest', hash(run.labelDigest)],
    ['device', run.deviceFingerprint],
    ['repeatable', { true: 'yes, to the last bit on this device', false: 'no' }[run.repeatable]],
  ].filter(([, value]) => value !== null && value !== undefined && value !== '');
}
