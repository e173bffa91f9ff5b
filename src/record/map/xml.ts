const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A text so that it is only ever text. */
export const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => ESCAPES[sign]);

/** An element of a drawing. */
export function tag(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  ...contents: readonly string[]
): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`);
  return contents.length > 0
    ? `<${name}${written.join('')}>${contents.join('')}</${name}>`
    : `<${name}${written.join('')}/>`;
}

/** A coordinate: a tenth of a pixel is finer than any printer. */
export const short = (value: number): string => String(Math.round(value * 10) / 10);

type Point = readonly [number, number];

/** A line through points as a path's data. */
export const lineData = (points: readonly Point[], closed = false): string =>
  points.length > 1 ? `M${points.map(([x, y]) => `${short(x)} ${short(y)}`).join('L')}${closed ? 'Z' : ''}` : '';
