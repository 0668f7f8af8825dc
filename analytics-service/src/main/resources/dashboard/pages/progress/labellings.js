import { percent, plural } from '../../format.js';
import { element } from '../../ui/element.js';
import { empty } from '../../ui/states.js';
import { bar } from './bar.js';

const SHOWN = 40;

/** How far the labelling of each checkpoint has come; where there are very many, those with most to do. */
export function labellings(activity) {
  const all = activity.labellings;
  if (!all.length) return [empty('No expert checkpoints yet', 'Train an expert; its checkpoints are labelled as they come:', ['./labelworth train-expert fashion-mnist'])];
  const shown = all.length <= SHOWN ? all : [...all].sort((a, b) => b.lag - a.lag || b.step - a.step).slice(0, SHOWN);
  return [
    ...shown.map((one) => bar(one.checkpointId, facts(one), one.labelled + one.failed, one.labelled + one.failed + one.lag, one.lag ? 'running' : 'done')),
    all.length > SHOWN ? element('p', { class: 'note' }, `Shown are the ${SHOWN} of ${all.length} checkpoints that have most to do.`) : null,
  ];
}

const facts = (one) => [
  one.validationAccuracy === null ? null : 'val ' + percent(one.validationAccuracy),
  one.labelEntropy === null ? null : `${one.labelEntropy.toFixed(2)} nats`,
  one.lag ? `${one.lag.toLocaleString('en')} to go` : plural(one.labelled, 'label'),
  one.failed ? `${one.failed} failed` : null,
  one.retired ? 'retired' : null,
].filter(Boolean).join(' · ');
