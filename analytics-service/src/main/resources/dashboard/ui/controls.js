// Choices of a page. Each says what is chosen to assistive technology, and keeps the focus when the page is redrawn.
import { element } from './element.js';

/** One of a few, side by side. Options are {value, text}. */
export function segments({ name, label, options, value, onChange }) {
  return element('div', { class: 'segments', role: 'group', 'aria-label': label, 'data-testid': name },
    ...options.map((option) => element('button', {
      type: 'button',
      'aria-pressed': String(option.value === value),
      'data-value': option.value,
      'data-focus': `${name}-${option.value}`,
      onclick: () => onChange(option.value),
    }, option.text)));
}

/** One of many. Options are {value, text}; a value that none of them has is shown all the same. */
export function picker({ name, label, options, value, onChange, hideLabel = false }) {
  const known = options.some((option) => option.value === value);
  const shown = known ? options : [...options, { value, text: value }];
  const select = element('select', { name, 'data-testid': name, 'data-focus': name, onchange: (event) => onChange(event.target.value) },
    ...shown.map((option) => element('option', { value: option.value, selected: option.value === value }, option.text)));
  return element('label', { class: 'field' }, element('span', { class: hideLabel ? 'hidden' : '' }, label), select);
}

/** A text that is searched for; calls back when typing pauses. To be made once, not at each redraw. */
export function searchBox({ name, label, value, placeholder, onChange }) {
  let pause;
  const input = element('input', { type: 'search', name, value, placeholder, 'data-testid': name, autocomplete: 'off', spellcheck: 'false' });
  input.addEventListener('input', () => {
    clearTimeout(pause);
    pause = setTimeout(() => onChange(input.value.trim()), 250);
  });
  return element('label', { class: 'field' }, element('span', {}, label), input);
}
