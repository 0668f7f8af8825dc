// Pieces of page. Text always goes in as text: names come from whoever published them.

/** An element with attributes, listeners (onclick, ...) and children; absent attributes and children are left out. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, '');
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

/**
 * Makes these the children of an element. What looks the same is left alone, so that a live page neither closes an open
 * menu nor drops a selection; where it changed, what had the focus gets it back by its data-focus.
 */
export function fill(target, ...children) {
  const next = element('div', {}, ...children);
  const same = next.childNodes.length === target.childNodes.length
    && [...next.childNodes].every((child, i) => child.isEqualNode(target.childNodes[i]));
  if (same) return;
  const focused = target.contains(document.activeElement) ? document.activeElement.dataset.focus : undefined;
  target.replaceChildren(...next.childNodes);
  if (focused) target.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

/** A card with a heading, perhaps a note and controls beside the heading. */
export function card({ id, title, note, tools = [] }, ...body) {
  return element('section', { class: 'card', id, 'data-testid': id, 'aria-labelledby': id + '-title' },
    element('div', { class: 'title-row' },
      element('h2', { id: id + '-title' }, title),
      element('div', { class: 'tools' }, ...tools)),
    note ? element('p', { class: 'note' }, note) : null,
    ...body);
}
