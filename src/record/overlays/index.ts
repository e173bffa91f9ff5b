import type { FilmChoice, Overlay, Scene } from '../../scene/scene.ts';
import type { Insets, Pen } from '../../view/view.ts';
import { type Card, type FilmFacts, font, write } from './card.ts';
import { chart } from './chart.ts';
import { equation } from './equation.ts';
import { lanes } from './lanes.ts';
import { legend } from './legend.ts';
import { mark } from './mark.ts';
import { step } from './step.ts';

export type { FilmFacts } from './card.ts';

/** Pixels of the layout that stay free at each edge: beamers and players cut there. Between two overlays. */
const SAFE = 30;
const GAP = 16;

/** A layout that is less wide has no room for a caption beside the corners. */
const NARROW = 1000;

const TITLE = 30;
const CAPTION = 24;

/** A corner: from the left or the right, from above or from below. */
interface Corner {
  readonly right: boolean;
  readonly below: boolean;
}

/** What each overlay is, and its corner; those of one corner stand one after another from its edge. */
const OVERLAYS: Readonly<Record<Overlay, Corner & { readonly make: (pen: Pen, facts: FilmFacts) => Card }>> = {
  equation: { right: false, below: false, make: equation },
  lanes: { right: true, below: false, make: lanes },
  legend: { right: true, below: true, make: legend },
  chart: { right: false, below: true, make: chart },
  step: { right: false, below: true, make: step },
  mark: { right: true, below: true, make: mark },
};

/** Whether a film needs the losses of all of its length. */
export const needsHistory = ({ overlays }: FilmChoice): boolean => overlays.includes('chart');

/** Strips that the landscape leaves to what lies over it, in a layout of such a size. */
export function overlayInsets({ film: { title, captions, overlays } }: Scene, width: number, height: number): Insets {
  const high = height > width;
  const has = (...some: Overlay[]): boolean => some.some((id) => overlays.includes(id));
  return {
    top: SAFE + (title !== '' ? TITLE : 0) + (has('equation') || (high && has('lanes')) ? (high ? 150 : 24) : 0),
    bottom: SAFE + (captions.length > 0 ? CAPTION + GAP : 0) + (high && has('legend', 'chart') ? 180 : 0),
    left: SAFE,
    right: SAFE,
  };
}

/** Lays everything over a picture; the pen is in pixels of the layout. */
export function layOver(pen: Pen, facts: FilmFacts, width: number, height: number): void {
  const { film } = facts.scene;
  let top = SAFE;
  if (film.title !== '') {
    pen.font = font.strong(TITLE);
    pen.textAlign = 'left';
    pen.textBaseline = 'middle';
    write(pen, film.title, SAFE, top + TITLE / 2, facts.look.ink, facts.look);
    top += TITLE + GAP;
  }
  const used = new Map<string, number>();
  for (const id of film.overlays) {
    const { right, below, make } = OVERLAYS[id];
    const corner = `${right} ${below}`;
    const card = make(pen, facts);
    const from = used.get(corner) ?? (below ? SAFE : right ? SAFE : top);
    used.set(corner, from + card.height + GAP);
    card.draw(right ? width - SAFE - card.width : SAFE, below ? height - from - card.height : from);
  }
  const caption = film.captions.find(({ from, to }) => facts.seconds >= from && facts.seconds < to);
  if (caption) {
    // Where there is no room between the corners, above what stands in them.
    const corners = [...used].filter(([corner]) => corner.endsWith('true')).map(([, room]) => room);
    sayBelow(pen, caption.text, facts, width, height - (width < NARROW ? Math.max(SAFE, ...corners) : SAFE));
  }
}

/** A caption in the middle above a foot, in as many lines as it takes. */
function sayBelow(pen: Pen, text: string, { look }: FilmFacts, width: number, foot: number): void {
  pen.font = font.strong(CAPTION);
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  const lines = broken(pen, text, Math.min(width - 2 * SAFE, 820));
  lines.forEach((line, k) => {
    write(pen, line, width / 2, foot - CAPTION * (0.5 + 1.25 * (lines.length - 1 - k)), look.ink, look);
  });
}

/** A text in lines of at most such a width. */
function broken(pen: Pen, text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    if (lines.length > 0 && pen.measureText(longer).width <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
