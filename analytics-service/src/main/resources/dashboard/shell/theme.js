// Light or dark: the reader's choice, else the system's, followed as it changes.

const dark = matchMedia('(prefers-color-scheme: dark)');

function chosen() {
  try {
    return localStorage.getItem('theme');
  } catch {
    return null; // storage may be forbidden; then the system's theme is all there is
  }
}

function remember(theme) {
  try {
    localStorage.setItem('theme', theme);
  } catch {
    // The choice then lasts as long as the page.
  }
}

function apply(theme) {
  document.documentElement.dataset.theme = theme;
}

/** Sets the theme, makes the button switch it, and calls back after each change. */
export function startTheme(button, changed) {
  const show = (theme) => {
    apply(theme);
    button.setAttribute('aria-pressed', String(theme === 'dark'));
  };
  show(chosen() ?? (dark.matches ? 'dark' : 'light'));
  button.addEventListener('click', () => {
    const next = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
    remember(next);
    show(next);
    changed();
  });
  dark.addEventListener('change', () => {
    if (chosen()) return;
    show(dark.matches ? 'dark' : 'light');
    changed();
  });
}

/** A colour of the present theme, such as '--soft'. */
export const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
