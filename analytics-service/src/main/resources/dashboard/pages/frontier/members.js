import { percent, regimeName, si } from '../../format.js';
import { element } from '../../ui/element.js';
import { table } from '../../ui/table.js';

/** All members of the frontiers shown. */
export function membersTable(target, frontiers, axis) {
  const rows = frontiers.flatMap((frontier) => frontier.points.map((point) => ({ ...point, regime: frontier.regime })));
  table(target, {
    name: 'members',
    label: 'Members of the frontiers',
    rows,
    columns: [
      { id: 'regime', title: 'regime', text: true, value: (row) => row.regime, cell: (row) => regimeName(row.regime) },
      { id: 'imagesPerClass', title: 'images per class', value: (row) => row.imagesPerClass },
      ...(axis === 'images' ? [] : [{
        id: 'cost',
        title: axis === 'compute' ? 'multiply-accumulates' : axis,
        value: (row) => row.cost,
        cell: (row) => element('span', { title: row.cost }, si(row.cost)),
      }]),
      { id: 'validationMean', title: 'validation', value: (row) => row.validationMean, cell: (row) => percent(row.validationMean) },
      { id: 'testMean', title: 'test', value: (row) => row.testMean, cell: (row) => accuracy(row) },
      { id: 'checkpointId', title: 'expert', text: true, value: (row) => row.checkpointId, cell: (row) => row.checkpointId ?? element('span', { class: 'muted' }, 'class labels') },
    ],
  });
}

const accuracy = (row) => element('span', {}, percent(row.testMean), ' ',
  element('span', { class: 'pm' }, row.testHalfWidth95 === null ? '1 run' : '± ' + (100 * row.testHalfWidth95).toFixed(1)));
