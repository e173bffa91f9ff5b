import type { PictureChoice } from '../scene/scene.ts';

/** The two looks. */
export type Theme = 'dark' | 'light';

const light = (): MediaQueryList => window.matchMedia('(prefers-color-scheme: light)');

/** The look that a choice comes to. */
export function themeOf(choice: PictureChoice['theme']): Theme {
  return choice === 'system' ? (light().matches ? 'light' : 'dark') : choice;
}

/** Dresses the page; returns whether anything changed. */
export function applyTheme(theme: Theme): boolean {
  const { dataset } = document.documentElement;
  const changed = dataset.theme !== theme;
  dataset.theme = theme;
  if (changed) {
    tokens.clear();
  }
  return changed;
}

/** Calls back when the system's preference changes. */
export function onSystemTheme(changed: () => void): void {
  light().addEventListener('change', changed);
}

/** Colours of the theme as they were asked for: each question would have the browser style all that has changed. */
const tokens = new Map<string, string>();

/** A colour of the stylesheet, for what is drawn on a canvas. */
export function token(name: string): string {
  const known = tokens.get(name);
  if (known !== undefined) {
    return known;
  }
  const value = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  if (value) {
    // Before the stylesheet has come there is none.
    tokens.set(name, value);
  }
  return value;
}
