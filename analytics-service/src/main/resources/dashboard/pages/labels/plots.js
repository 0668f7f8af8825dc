// The plots of the label viewer, as ui/plot.js draws them.
import { percent } from '../../format.js';
import { color } from '../../shell/theme.js';
import { PALETTE } from '../../ui/plot-layout.js';

const MOST_LINES = 8;

/** An expert's age: epoch 0.25. */
export const epochText = (epoch) => `epoch ${Number(epoch.toFixed(2))}`;

/** The largest entries of one label, the image's own class in colour. */
export function barsPlot(label, image) {
  const entries = [...label.top].reverse();
  return {
    name: 'label',
    label: `Largest entries of the label of ${image.image} by ${label.checkpointId}`,
    traces: [{
      type: 'bar',
      orientation: 'h',
      x: entries.map((entry) => entry.probability),
      y: entries.map((entry) => entry.name),
      text: entries.map((entry) => percent(entry.probability, entry.probability < 0.1 ? 2 : 1)),
      textposition: 'outside',
      cliponaxis: false,
      marker: { color: entries.map((entry) => color(entry.class === image.imageClass ? '--soft' : '--hard')) },
      hovertemplate: '%{y}: %{x:.3%}<extra></extra>',
    }],
    layout: {
      xaxis: { range: [0, 1.08], tickformat: '.0%', tickvals: [0, 0.25, 0.5, 0.75, 1], fixedrange: true },
      yaxis: { fixedrange: true, type: 'category', dtick: 1 },
      bargap: 0.25,
    },
    rows: label.top.map((entry) => ({ image: image.image, checkpoint: label.checkpointId, class: entry.class, name: entry.name, probability: entry.probability })),
  };
}

// Checkpoints stand side by side in their order: early ones are dense, and their epochs would lie on each other.
function checkpointAxis(labels) {
  const each = Math.ceil(labels.length / 12);
  const shown = labels.map((label, i) => [i, label]).filter(([i]) => i % each === 0);
  return {
    title: { text: 'epoch of the expert' },
    tickvals: shown.map(([i]) => i),
    ticktext: shown.map(([, label]) => String(Number(label.epoch.toFixed(2)))),
    range: [-0.4, labels.length - 0.6],
  };
}

const chosenLine = (at) => ({ type: 'line', x0: at, x1: at, yref: 'paper', y0: 0, y1: 1, line: { color: color('--muted'), width: 1, dash: 'dot' } });

/** Probability of each class by checkpoint: the classes that any checkpoint gives much to. */
export function changesPlot(labels, at, image) {
  const lines = classesByWeight(labels).slice(0, MOST_LINES);
  if (!lines.some((one) => one.class === image.imageClass)) lines.push({ class: image.imageClass, name: image.className });
  return {
    name: 'changes',
    label: 'Probability of each class by checkpoint',
    traces: lines.map((line, i) => trace(line, labels, line.class === image.imageClass, PALETTE[i % PALETTE.length])),
    layout: { xaxis: checkpointAxis(labels), yaxis: { tickformat: '.0%', rangemode: 'tozero', title: { text: 'probability' } }, shapes: [chosenLine(at)] },
    rows: labels.flatMap((label) => label.top.map((entry) => ({ checkpoint: label.checkpointId, step: label.step, epoch: label.epoch, class: entry.class, name: entry.name, probability: entry.probability }))),
  };
}

function classesByWeight(labels) {
  const largest = new Map();
  for (const entry of labels.flatMap((label) => label.top)) {
    const held = largest.get(entry.class);
    if (!held || held.probability < entry.probability) largest.set(entry.class, entry);
  }
  return [...largest.values()].sort((a, b) => b.probability - a.probability);
}

// A class that is not among a checkpoint's largest entries has no point there.
function trace(line, labels, own, shade) {
  const stroke = own ? color('--soft') : shade;
  return {
    name: line.name,
    x: labels.map((label, i) => i),
    y: labels.map((label) => label.top.find((entry) => entry.class === line.class)?.probability ?? null),
    customdata: labels.map((label) => epochText(label.epoch)),
    hovertemplate: `${line.name.replaceAll('<', '&lt;')}: %{y:.2%}<br>%{customdata}<extra></extra>`,
    mode: 'lines+markers',
    line: { color: stroke, width: own ? 4 : 1.8 },
    marker: { color: stroke, size: own ? 8 : 5 },
  };
}

/** Entropy of the label by checkpoint, under that of a label that says nothing. */
export function entropyPlot(labels, at, classes) {
  const soft = color('--soft');
  const most = Math.log(classes);
  return {
    name: 'entropy',
    label: 'Entropy of the label by checkpoint',
    traces: [
      {
        name: 'this label',
        x: labels.map((label, i) => i),
        y: labels.map((label) => label.entropy),
        customdata: labels.map((label) => epochText(label.epoch)),
        hovertemplate: '%{y:.3f} nats<br>%{customdata}<extra></extra>',
        mode: 'lines+markers',
        line: { color: soft, width: 3 },
        marker: { color: soft, size: 8 },
      },
      {
        name: `all ${classes} classes alike`,
        x: [-0.4, labels.length - 0.6],
        y: [most, most],
        mode: 'lines',
        hoverinfo: 'skip',
        line: { color: color('--muted'), width: 1.5, dash: 'dash' },
      },
    ],
    layout: { xaxis: checkpointAxis(labels), yaxis: { rangemode: 'tozero', title: { text: 'nats' } }, shapes: [chosenLine(at)] },
    rows: labels.map((label) => ({ checkpoint: label.checkpointId, step: label.step, epoch: label.epoch, entropy: label.entropy })),
  };
}
