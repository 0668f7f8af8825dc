// The paper's ablations, one entry each: what is asked, which summaries answer it, and the figures the paper shows.
//
// uses(summary): belongs to the ablation, apart from what it is compared with: summaries of students trained alike, or of all of
// the setting where the ablation is not of a treatment (choosesTraining). budgets, checkpoints: whether one of them is
// to be chosen. figures(all, pick): of the setting's summaries and what is chosen, the figures as [{title, note?, draw}].
// before: commands that must come before the experiment. asks: a table of the API whose rows come as pick.answer.
import { IPC_AXIS } from '../../ui/plot-layout.js';
import { choice } from '../../format.js';
import { bars, curves, heatMap, lines } from './figures.js';
import { best, bestByBudget, checkpointName, distinct, drawn, ensemble, groups, hard, learned, rateOf, selected, trainedLike, treated, untouched } from './summaries.js';

const soft = (summary) => untouched(summary) && !learned(summary);
const byBudget = (summaries) => bestByBudget(summaries).map((summary) => ({ x: summary.imagesPerClass, summary }));
const over = (summaries, xOf) => summaries.map((summary) => ({ x: xOf(summary), summary }));
const bySeries = (summaries, keyOf, xOf, more = {}) => [...groups(summaries, keyOf)].map(([name, all]) => ({ name, points: over(all, xOf), ...more }));
const ofCheckpoint = (summary) => checkpointName(summary.checkpointId);

const hardLine = (all) => ({ name: 'hard labels', color: '--hard', symbol: 'square', points: byBudget(all.filter(hard)) });
const softLine = (all) => ({ name: 'soft labels, best expert', color: '--soft', points: byBudget(all.filter(soft)) });

const accuracyByBudget = (name, title, series, note) => ({ title, note, draw: () => lines({ name, label: title, series, xaxis: IPC_AXIS }) });

const same = (a, b) => a.checkpointId === b.checkpointId && trainedLike([a], [b]).length > 0;

// Of each treated summary, its accuracy over that of the same labels untouched.
function relative(all, summaries, xOf) {
  return summaries.flatMap((summary) => {
    const base = all.find((one) => soft(one) && same(one, summary));
    if (!base) return [];
    const half = summary.test.halfWidth95;
    return [{ x: xOf(summary), summary, y: summary.test.mean / base.test.mean, half: half === null ? null : half / base.test.mean, note: `untouched ${(100 * base.test.mean).toFixed(1)}%` }];
  });
}

const untouchedLine = { type: 'line', xref: 'paper', x0: 0, x1: 1, y0: 1, y1: 1, line: { dash: 'dash', width: 1, color: '#8a93a5' } };

function swap(id, parameter, title, question, xTitle) {
  const parameters = (summary) => drawn(summary) && treated(summary, id);
  return {
    id,
    title,
    question,
    budgets: true,
    uses: parameters,
    figures: (all, { budget }) => {
      const treatedOnes = all.filter((summary) => parameters(summary) && summary.imagesPerClass === budget);
      const series = [...groups(treatedOnes, ofCheckpoint)].map(([name, ones]) => ({ name, points: relative(all, ones, (one) => Number(treated(one, id)[parameter])) }));
      return [{
        title: 'Accuracy relative to untouched labels',
        note: 'The same images, students and seeds with labels as their expert gave them are 100%, the dashed line. Bars are the treated runs’ intervals.',
        draw: () => lines({ name: id, label: title, series, xaxis: { title: { text: xTitle }, dtick: 1 }, yaxis: { title: { text: 'relative accuracy' } }, shapes: [untouchedLine] }),
      }];
    },
  };
}

const keptOf = (summary) => Number(treated(summary, 'keep-top-k').k);
const normalised = (summary) => Object.values(treated(summary, 'keep-top-k') ?? treated(summary, 'zero-class') ?? {}).includes('true');
const temperatureOf = (summary) => (summary.treatments.length ? Number(treated(summary, 'temperature').value) : 1);

const CONTROLS = [
  ['soft labels', '--soft', (one) => soft(one)],
  ['others shuffled', null, (one) => drawn(one) && treated(one, 'shuffle-others')],
  ['noise of equal entropy', null, (one) => drawn(one) && treated(one, 'entropy-matched')],
  ['smoothed hard labels', null, (one) => drawn(one) && treated(one, 'label-smoothing')],
  ['hard labels', '--hard', hard],
];

const LOG_K = { type: 'log', title: { text: 'entries kept, k' }, tickvals: [1, 2, 4, 8, 10, 20, 50, 100, 200, 500, 1000] };

export const ablations = [
  {
    id: 'hard-vs-soft',
    title: 'Hard against soft labels',
    question: 'How much of the gain is the label’s, and how much only a better class?',
    choosesTraining: true,
    uses: (one) => hard(one) || soft(one) || (drawn(one) && treated(one, 'hard-label')),
    figures: (all) => [accuracyByBudget('hard-vs-soft', 'Accuracy by images per class', [
      softLine(all),
      { name: 'largest entry only', points: byBudget(all.filter((one) => drawn(one) && treated(one, 'hard-label')?.of === 'arg-max')) },
      hardLine(all),
    ], 'Each soft point has the expert that is best on validation images.')],
  },
  {
    id: 'epoch-tuning',
    title: 'When to stop the expert',
    question: 'Which moment of an expert’s training gives the best labels for a budget?',
    choosesTraining: true,
    uses: soft,
    figures: (all) => [{
      title: 'Accuracy by expert and budget',
      note: 'The frame marks the best of each column by validation accuracy. Early experts are at the bottom.',
      draw: () => heatMap({
        name: 'epoch-tuning',
        label: 'Test accuracy by expert checkpoint and images per class',
        cells: [...groups(all.filter(soft), (one) => one.checkpointId + '|' + one.imagesPerClass).values()].map(best)
          .map((summary) => ({ x: summary.imagesPerClass, y: ofCheckpoint(summary), order: stepOf(summary), summary })),
        xTitle: 'images per class',
        yTitle: '',
      }),
    }],
  },
  {
    id: 'temperature',
    title: 'Temperature against early stopping',
    question: 'Can a late expert’s label, softened, do what an early expert’s does?',
    budgets: true,
    uses: (one) => drawn(one) && treated(one, 'temperature'),
    figures: (all, { budget }) => {
      const heated = all.filter((one) => one.imagesPerClass === budget && drawn(one) && treated(one, 'temperature'));
      const plain = all.filter((one) => one.imagesPerClass === budget && soft(one));
      const ofExpert = (one) => plain.filter((base) => heated.some((other) => same(base, other) && other.checkpointId === one));
      const series = (xOf) => distinct(heated, (one) => one.checkpointId).map((id) => ({ name: checkpointName(id), points: over([...heated.filter((one) => one.checkpointId === id), ...ofExpert(id)], xOf) }));
      return [
        { title: 'Accuracy by temperature', draw: () => lines({ name: 'temperature', label: 'Accuracy by temperature', series: series(temperatureOf), xaxis: { title: { text: 'temperature' } } }) },
        {
          title: 'Accuracy at equal entropy',
          note: 'Early stopping: every checkpoint at temperature 1. Where a heated label lies below that line, softness alone is not what helps.',
          draw: () => lines({
            name: 'temperature-entropy',
            label: 'Accuracy by label entropy',
            series: [{ name: 'early stopping', color: '--soft', points: over(plain, (one) => one.labelEntropy) }, ...series((one) => one.labelEntropy).map((one) => ({ ...one, dash: 'dot' }))],
            xaxis: { title: { text: 'mean entropy of the labels, nats' } },
          }),
        },
      ];
    },
  },
  swap('swap-one', 'rank', 'Swap one entry', 'How much does the i-th largest entry say? It changes places with the smallest.', 'rank of the entry that is swapped'),
  swap('swap-top-k', 'k', 'Swap the top k', 'How soon is the label worthless? The k largest change places with the k smallest.', 'entries swapped, k'),
  {
    id: 'data-knowledge',
    title: 'Data against knowledge',
    question: 'How many entries of a label replace how many images? Only the k largest are kept.',
    checkpoints: true,
    asks: 'iso-accuracy',
    uses: (one) => drawn(one) && treated(one, 'keep-top-k'),
    figures: (all, { checkpoint, answer }) => {
      const kept = all.filter((one) => drawn(one) && treated(one, 'keep-top-k') && one.checkpointId === checkpoint);
      const raw = kept.filter((one) => !normalised(one));
      const scaled = kept.filter(normalised);
      const perClass = (one) => `${one.imagesPerClass} per class`;
      const families = new Set(kept.map((one) => one.family));
      const iso = answer.filter((row) => families.has(row.family) && row.checkpointId === checkpoint && !row.normalised);
      return [
        {
          title: 'Accuracy by entries kept',
          note: 'Dotted: what is kept is scaled to sum 1.',
          draw: () => lines({ name: 'data-knowledge', label: 'Accuracy by entries kept', series: [...bySeries(raw, perClass, keptOf), ...bySeries(scaled, (one) => perClass(one) + ', normalised', keptOf, { dash: 'dot' })], xaxis: LOG_K }),
        },
        {
          title: 'Accuracy over entries and images',
          draw: () => heatMap({ name: 'data-knowledge-surface', label: 'Accuracy by entries kept and images per class', cells: raw.map((summary) => ({ x: summary.imagesPerClass, y: `k = ${keptOf(summary)}`, order: keptOf(summary), summary })), xTitle: 'images per class', yTitle: 'entries kept' }),
        },
        {
          title: 'Images that entries are worth',
          note: 'Along each curve students are equally accurate: fewer entries of a label are paid for with more images. Nothing beyond the budgets measured.',
          draw: () => curves({ name: 'iso-accuracy', label: 'Images per class by entries kept, at equal accuracy', rows: iso, of: (row) => `${Number((100 * row.accuracy).toFixed(1))}%`, x: (row) => row.kept, y: (row) => row.imagesPerClass, xaxis: LOG_K, yaxis: { ...IPC_AXIS } }),
        },
      ];
    },
  },
  {
    id: 'ensemble',
    title: 'Ensembles of experts',
    question: 'What do several experts’ labels together add to one expert’s?',
    uses: (one) => drawn(one) && ensemble(one),
    figures: (all) => [accuracyByBudget('ensemble', 'Accuracy by images per class', [
      ...[...groups(all.filter((one) => drawn(one) && ensemble(one)), (one) => one.treatments.map(choice).join(' + '))].map(([name, ones]) => ({ name, points: byBudget(ones) })),
      softLine(all),
      hardLine(all),
    ])],
  },
  {
    id: 'zero-shot',
    title: 'A class never seen',
    question: 'What does a student learn of a class from other classes’ labels alone?',
    budgets: true,
    checkpoints: true,
    uses: (one) => drawn(one) && treated(one, 'zero-class', 'remove-class') && one.testByClass.length > 0,
    figures: (all, { budget, checkpoint }) => {
      const here = all.filter((one) => one.imagesPerClass === budget && one.checkpointId === checkpoint && drawn(one) && one.testByClass.length);
      const without = here.filter((one) => treated(one, 'zero-class', 'remove-class'));
      const classOf = (one) => Number(treated(one, 'zero-class', 'remove-class').class);
      const alone = (summary, c) => ({ x: `class ${c}`, summary, y: summary.testByClass[c].mean, half: summary.testByClass[c].halfWidth95 });
      const classes = distinct(without, classOf);
      const plain = here.filter(soft);
      const series = [
        { name: 'all classes seen', color: '--soft', points: classes.flatMap((c) => plain.filter((base) => without.some((one) => same(base, one))).slice(0, 1).map((base) => alone(base, c))) },
        ...[['its images removed', 'remove-class', false], ['its entry zeroed in the others', 'zero-class', false], ['zeroed and normalised', 'zero-class', true]].map(([name, treatment, scaled]) => ({
          name, points: without.filter((one) => treated(one, treatment) && normalised(one) === scaled).map((one) => alone(one, classOf(one))),
        })),
      ];
      return [{ title: 'Accuracy on that class alone', draw: () => bars({ name: 'zero-shot', label: 'Accuracy on one class', series, xaxis: {}, yaxis: { title: { text: 'accuracy on the class' } } }) }];
    },
  },
  {
    id: 'difficulty',
    title: 'Easy or hard images',
    question: 'Which tenth of the images, by how hard the expert finds them, should a set be made of?',
    budgets: true,
    uses: (one) => (selected(one, 'decile') || selected(one, 'stratified')) && !one.treatments.length,
    figures: (all, { budget }) => {
      const here = all.filter((one) => one.imagesPerClass === budget && !one.treatments.length);
      const kind = (one) => (one.regime === 'hard' ? 'hard labels' : ofCheckpoint(one));
      const series = bySeries(here.filter((one) => selected(one, 'decile')), kind, (one) => Number(selected(one, 'decile').decile));
      const flat = (name, ones, dash) => [...groups(ones, kind)].flatMap(([of, same]) => [{ name: `${of}, ${name}`, dash, mode: 'lines', points: [1, 10].map((x) => ({ x, summary: best(same), half: null })) }]);
      return [{
        title: 'Accuracy by tenth of difficulty',
        note: 'Dashed: images of all tenths in turn.',
        draw: () => lines({ name: 'difficulty', label: 'Accuracy by tenth of difficulty', series: [...series, ...flat('all tenths', here.filter((one) => selected(one, 'stratified')), 'dash')], xaxis: { title: { text: 'tenth, 1 the easiest' }, dtick: 1 } }),
      }];
    },
  },
  {
    id: 'noise-control',
    title: 'Structure or entropy',
    question: 'Is it the label’s softness that helps, or what it says of the other classes?',
    uses: (one) => drawn(one) && treated(one, 'shuffle-others', 'entropy-matched', 'label-smoothing'),
    figures: (all) => [{
      title: 'Accuracy with structure taken away',
      note: 'At each budget the best expert of each kind by validation accuracy.',
      draw: () => bars({
        name: 'noise-control',
        label: 'Accuracy with structure taken away',
        series: CONTROLS.map(([name, shade, of]) => ({ name, color: shade, points: bestByBudget(all.filter(of)).map((summary) => ({ x: summary.imagesPerClass, summary })) })),
        xaxis: { title: { text: 'images per class' } },
      }),
    }],
  },
  {
    id: 'denoise',
    title: 'Without the tail',
    question: 'Are the smallest entries noise? They are dropped and the rest scaled to sum 1.',
    uses: (one) => drawn(one) && (treated(one, 'drop-tail') || (treated(one, 'keep-top-k') && normalised(one))),
    figures: (all) => [accuracyByBudget('denoise', 'Accuracy by images per class', [
      softLine(all),
      ...[...groups(all.filter((one) => drawn(one) && treated(one, 'drop-tail')), (one) => `below ${treated(one, 'drop-tail').below} dropped`)].map(([name, ones]) => ({ name, points: byBudget(ones) })),
      ...[...groups(all.filter((one) => drawn(one) && treated(one, 'keep-top-k') && normalised(one)), (one) => `top ${keptOf(one)} kept`)].map(([name, ones]) => ({ name, dash: 'dot', points: byBudget(ones) })),
    ])],
  },
  {
    id: 'multi-view',
    title: 'A label for each view',
    question: 'What do labels of many crops or mixtures of an image buy, and what do they weigh?',
    before: ['./labelworth label-views quickstart/step-00000211 --views cutmix --count 8', './labelworth label-views quickstart/step-00000211 --views crop-cutmix --count 8'],
    uses: (one) => drawn(one) && one.regime === 'multi-view' && !one.treatments.length,
    figures: (all) => {
      const ones = [...groups(all.filter((one) => drawn(one) && one.regime === 'multi-view' && !one.treatments.length), (one) => (one.checkpointId ?? '').split('@')[1] ?? 'views')];
      return [
        accuracyByBudget('multi-view', 'Accuracy by images per class', [softLine(all), ...ones.map(([name, views]) => ({ name, points: byBudget(views) }))]),
        {
          title: 'Accuracy by stored bytes',
          note: 'Images and labels as they are stored: labels weigh as much as there are views.',
          draw: () => lines({ name: 'multi-view-bytes', label: 'Accuracy by stored bytes', series: [{ ...softLine(all), points: bestByBudget(all.filter(soft)).map((summary) => ({ x: summary.bytes, summary })) }, ...ones.map(([name, views]) => ({ name, points: bestByBudget(views).map((summary) => ({ x: summary.bytes, summary })) }))], xaxis: { type: 'log', exponentformat: 'SI', dtick: 1, title: { text: 'bytes' } } }),
        },
      ];
    },
  },
  {
    id: 'imported-sets',
    title: 'Synthetic images',
    question: 'Do images that a method made do better than real ones with the same kind of label?',
    before: ['./labelworth import METHOD DIR --dataset fashion-mnist'],
    uses: (one) => one.source !== 'real',
    figures: (all) => [accuracyByBudget('imported-sets', 'Accuracy by images per class', [
      ...[...groups(all.filter((one) => one.source !== 'real' && !one.treatments.length), (one) => `${one.source}, ${one.regime === 'hard' ? 'hard' : one.regime === 'fixed-soft' ? 'soft' : one.regime} labels`)].map(([name, ones]) => ({ name, points: byBudget(ones) })),
      softLine(all),
      hardLine(all),
    ])],
  },
  {
    id: 'learned-labels',
    title: 'Labels without an expert',
    question: 'Can labels be learned for fixed images, and do they beat an expert’s?',
    before: ['./labelworth learn-labels fashion-mnist --ipc 1 --width 32 --subset-seed 1'],
    uses: (one) => learned(one) && one.source === 'real' && !one.treatments.length,
    figures: (all) => [accuracyByBudget('learned-labels', 'Accuracy by images per class', [
      { name: 'learned labels', color: '--third', symbol: 'diamond', points: byBudget(all.filter((one) => learned(one) && one.source === 'real' && !one.treatments.length)) },
      softLine(all),
      hardLine(all),
    ])],
  },
  {
    id: 'student-lr',
    title: 'The student’s learning rate',
    question: 'Which rate suits a budget, and does it differ between hard and soft labels?',
    budgets: true,
    choosesTraining: true,
    needs: (all) => distinct(all, rateOf).length > 1,
    uses: (one) => hard(one) || soft(one),
    figures: (all, { budget }) => {
      const here = mostRates(all.filter((one) => one.imagesPerClass === budget && (hard(one) || soft(one)) && rateOf(one)));
      const bestAt = (ones) => [...groups(ones, rateOf).values()].map(best).map((summary) => ({ x: rateOf(summary), summary }));
      return [{
        title: 'Accuracy by learning rate',
        note: 'At each rate the best expert by validation accuracy. The rate to take is the best by validation accuracy, too.',
        draw: () => lines({
          name: 'student-lr',
          label: 'Accuracy by learning rate',
          series: [{ name: 'soft labels, best expert', color: '--soft', points: bestAt(here.filter(soft)) }, { name: 'hard labels', color: '--hard', symbol: 'square', points: bestAt(here.filter(hard)) }],
          xaxis: { type: 'log', title: { text: 'learning rate' }, tickvals: [0.0005, 0.001, 0.003, 0.005, 0.01, 0.03, 0.05, 0.1], ticktext: ['0.0005', '0.001', '0.003', '0.005', '0.01', '0.03', '0.05', '0.1'] },
        }),
      }];
    },
  },
];

// Rates are compared at one number of steps: that at which most were tried.
const mostRates = (summaries) => [...groups(summaries, (one) => one.steps).values()]
  .sort((a, b) => distinct(b, rateOf).length - distinct(a, rateOf).length)[0] ?? [];

function stepOf({ checkpointId }) {
  const step = /step-(\d+)/.exec(checkpointId ?? '');
  return step ? Number(step[1]) : 0;
}
