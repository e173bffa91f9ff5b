import { optimizerOf } from './compiled.ts';
import { LIMITS } from './limits.ts';
import type { Scene } from './scene.ts';

/** What is no plain text on one line: control signs, ends of lines, signs that turn the reading direction, broken characters. */
const UNPLAIN = /[\p{C}\p{Zl}\p{Zp}]/u;

/** What is wrong with a line of plain text of at most so many characters, as the rest of a sentence, or null. */
export function lineFault(text: string, most: number): string | null {
  if (text.length > most) {
    return `has ${text.length} characters; ${most} are the most`;
  }
  return UNPLAIN.test(text) ? 'has a character that is no plain text' : null;
}

/** What is wrong with a lane's name, as the rest of a sentence, or null. */
export function nameFault(name: string): string | null {
  if (name.trim() !== name || name === '') {
    return 'is empty or has a space at an end; leave the name out where there is none';
  }
  return lineFault(name, LIMITS.name);
}

/** What a hand wrote as a name that nothing is wrong with; empty for none. */
export function plainName(written: string): string {
  const plain = written.replace(/\s+/gu, ' ').replace(new RegExp(UNPLAIN, 'gu'), '').trim();
  // Cut between characters, not within one.
  return [...plain]
    .reduce((name, sign) => (name.length + sign.length <= LIMITS.name ? name + sign : name), '')
    .trim();
}

/** What the lanes are called: by their names, else by their optimizers, numbered where several are called the same. */
export function laneNames({ lanes }: Scene): string[] {
  const names = lanes.map((lane) => lane.name ?? optimizerOf(lane).name);
  return names.map((name, index) => {
    const alike = names.filter((other) => other === name).length;
    const before = names.slice(0, index).filter((other) => other === name).length;
    return alike > 1 ? `${name} ${before + 1}` : name;
  });
}
