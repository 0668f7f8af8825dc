import { element } from '../../ui/element.js';

/** A name, facts, and how much of the whole is done. */
export function bar(name, facts, part, whole, kind) {
  return element('div', { class: 'progress', 'data-name': name, 'data-part': part, 'data-whole': whole },
    element('span', { class: 'name', title: name }, name),
    element('span', { class: 'muted' }, facts),
    element('div', { class: 'stack', role: 'progressbar', 'aria-label': name, 'aria-valuemin': 0, 'aria-valuemax': whole, 'aria-valuenow': part },
      element('span', { class: kind, style: `flex-grow:${part}` }),
      element('span', { style: `flex-grow:${Math.max(0, whole - part)}` })));
}
