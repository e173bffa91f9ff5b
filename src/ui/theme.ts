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
  return changed;
}

/** Calls back when the system's preference changes. */
export function onSystemTheme(changed: () => void): void {
  light().addEventListener('change', changed);
}

/** A colour of the stylesheet, for what is drawn on a canvas. */
export function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
