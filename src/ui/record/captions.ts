import { lineFault } from '../../scene/lane-names.ts';
import { LIMITS } from '../../scene/limits.ts';
import type { Caption } from '../../scene/scene.ts';
import { editable } from '../format.ts';

const LINE = /^\s*(\d+(?:\.\d+)?)\s*[-–]\s*(\d+(?:\.\d+)?)\s+(.*\S)\s*$/;

/** Captions as they are typed, one a line: `0-2.5 Text`. */
export const captionsText = (captions: readonly Caption[]): string =>
  captions.map(({ from, to, text }) => `${editable(from)}-${editable(to)} ${text}`).join('\n');

/** The captions of a text, or what is wrong with it as a sentence. Empty lines are none. */
export function readCaptions(written: string): readonly Caption[] | string {
  const captions: Caption[] = [];
  for (const [k, line] of written.split('\n').entries()) {
    if (line.trim() === '') {
      continue;
    }
    const found = LINE.exec(line);
    if (!found) {
      return `Line ${k + 1}: write seconds and text, such as 0-2.5 Same starts.`;
    }
    const [from, to] = [Number(found[1]), Number(found[2])];
    if (from >= to || to > LIMITS.film) {
      return `Line ${k + 1}: it ends after it begins, and within ${LIMITS.film} seconds.`;
    }
    const fault = lineFault(found[3], LIMITS.caption);
    if (fault !== null) {
      return `Line ${k + 1} ${fault}.`;
    }
    captions.push({ from, to, text: found[3] });
  }
  return captions.length > LIMITS.captions
    ? `There are ${captions.length} captions; ${LIMITS.captions} are the most.`
    : captions;
}
