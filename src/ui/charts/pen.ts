import { svg } from '../dom.ts';
import { token } from '../theme.ts';

const MONO = '"IBM Plex Mono", ui-monospace, monospace';
const SANS = '"Source Sans 3", system-ui, sans-serif';

/** Pixels of a letter of a figure's numbers and of its names, about. */
export const LETTER = { number: 7.3, name: 6.7 } as const;

/** The pixels of a text along its line, about. */
export const widthOf = (texts: readonly string[], letter: number): number =>
  letter * Math.max(0, ...texts.map((text) => text.length));

/** A number beside an axis. */
export function numberText(x: number, y: number, anchor: 'start' | 'middle' | 'end', text: string): SVGTextElement {
  return svg(
    'text',
    {
      x: x.toFixed(1),
      y: y.toFixed(1),
      'text-anchor': anchor,
      fill: token('--ink-3'),
      'font-family': MONO,
      'font-size': 12,
    },
    text,
  );
}

/** A word of a figure. */
export function nameText(x: number, y: number, text: string, size = 13, ink = '--ink', weight = 400): SVGTextElement {
  return svg(
    'text',
    {
      x: x.toFixed(1),
      y: y.toFixed(1),
      fill: token(ink),
      'font-family': SANS,
      'font-size': size,
      'font-weight': weight,
    },
    text,
  );
}

/** A lane's sign at a place. @param outline as a path about the origin */
export function signAt(x: number, y: number, outline: string, colour: string, radius = 4.6): SVGPathElement {
  return svg('path', {
    d: outline,
    fill: colour,
    'fill-rule': 'evenodd',
    stroke: token('--disc-rim'),
    'stroke-width': 0.36,
    'paint-order': 'stroke',
    transform: `translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${radius})`,
  });
}

/** A text that is cut where it has no room. */
export const cut = (text: string, letters: number): string =>
  text.length > letters ? `${text.slice(0, Math.max(1, letters - 1))}…` : text;

/** An empty figure of a size. */
export function sheet(width: number, height: number, title: string, ...children: SVGElement[]): SVGSVGElement {
  return svg(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'aria-label': title,
    },
    ...children,
  );
}
