import '../styles/diagnosis.css';

import { laneNames } from '../../scene/lane-names.ts';
import type { Context, Part } from '../context.ts';
import { el, setAttribute } from '../dom.ts';
import { shown } from '../format.ts';
import type { Card } from './card.ts';
import { LiveDiagnosis, type LiveVerdict } from './live.ts';
import { verdictIcon } from './verdict-icons.ts';

/** A trouble is shown above the picture when it has been the lane's for so many beats: what passes is not said. */
const LASTS = 8;

const percent = (share: number): string => `${Math.round(100 * share)} %`;

/** The share of the judged particles that have the lane's verdict. */
const shareOf = ({ diagnosis }: LiveVerdict): number =>
  diagnosis.shares.find(({ verdict }) => verdict === diagnosis.verdict)?.share ?? 0;

/** Judges the lanes while they run, and shows what was found. */
export function createDesk(stage: HTMLElement, context: Context): Pick<Part, 'frame' | 'beat' | 'slice'> {
  const { store, run, notice } = context;
  const live = new LiveDiagnosis();
  let card: Promise<Card> | null = null;

  const load = async (): Promise<Card> => {
    const { createCard } = await import('./card.ts');
    const made = createCard(context, (lane) => live.of(lane));
    document.body.append(made.element);
    return made;
  };

  const open = (lane: number, from: HTMLElement): void => {
    card ??= load();
    card.then(
      (made) => made.open(lane, from),
      () => {
        // Asked for again it may come.
        card = null;
        notice('This part of the page did not come: is the server still there?');
      },
    );
  };

  const pill = el('div', { class: 'verdict-pill', hidden: true });
  // What is pressed here is not a start on the terrain below.
  for (const event of ['pointerdown', 'pointerup', 'click'] as const) {
    pill.addEventListener(event, (pressed) => pressed.stopPropagation());
  }
  stage.append(pill);
  let written = '';
  let lasting = { key: '', beats: 0 };

  /** The trouble that is told: the selected lane's, else the most widespread. */
  const trouble = (): LiveVerdict | null => {
    const ill = (run()?.lanes ?? []).flatMap(({ lane }) => {
      const verdict = live.of(lane);
      return verdict && !verdict.diagnosis.verdict.healthy ? [verdict] : [];
    });
    const own = ill.find(({ lane }) => lane === store.scene.selected);
    return own ?? ill.sort((a, b) => shareOf(b) - shareOf(a))[0] ?? null;
  };

  const tell = (): void => {
    const now = store.scene.picture.views === 'each' ? null : trouble();
    const key = now ? `${now.lane} ${now.diagnosis.verdict.id}` : '';
    lasting = key === lasting.key ? { key, beats: lasting.beats + 1 } : { key, beats: 0 };
    const told = now !== null && lasting.beats >= LASTS;
    pill.hidden = !told;
    if (!told) {
      written = '';
      return;
    }
    const { verdict, findings } = now.diagnosis;
    const { motion } = findings;
    const sharp = verdict.id === 'oscillating' || verdict.id === 'diverging';
    const sharpness =
      sharp && motion && motion.sharpness > 0 ? `${shown(motion.sharpness, 2)} of ${shown(motion.bound, 2)}` : '';
    const name = laneNames(store.scene)[now.lane];
    const many = now.judged > 1 ? percent(shareOf(now)) : '';
    const text = JSON.stringify([now.lane, name, verdict.id, sharpness, many]);
    if (text === written) {
      return;
    }
    written = text;
    const fix = el(
      'button',
      { type: 'button', class: 'verdict-fix', on: { click: () => open(now.lane, fix) } },
      'Why, and what helps',
    );
    pill.replaceChildren(
      verdictIcon(verdict.id),
      el(
        'span',
        { class: 'verdict-told' },
        el('strong', {}, name),
        ` ${verdict.name}`,
        many ? el('span', { class: 'note' }, ` ${many}`) : null,
      ),
      sharpness ? el('span', { class: 'verdict-sharp' }, `η × sharpness ${sharpness}`) : '',
      fix,
    );
  };

  /** Fills the places where a lane's verdict stands. */
  const fill = (slot: HTMLElement): void => {
    const lane = Number(slot.dataset.lane ?? store.scene.selected);
    const verdict = live.of(lane);
    const id = verdict?.diagnosis.verdict.id ?? '';
    const share = verdict && shareOf(verdict) < 1 ? ` ${percent(shareOf(verdict))}` : '';
    const press = slot.dataset.press !== undefined;
    const written = id + share;
    if (slot.dataset.verdict === written && slot.dataset.of === String(lane)) {
      return;
    }
    slot.dataset.verdict = written;
    slot.dataset.of = String(lane);
    if (!verdict) {
      slot.replaceChildren();
      return;
    }
    const { name, healthy } = verdict.diagnosis.verdict;
    const inside = [verdictIcon(id), el('span', { class: 'verdict-word' }, press ? written : id)];
    slot.toggleAttribute('data-ill', !healthy);
    if (!press) {
      setAttribute(slot, 'title', name + share);
      slot.replaceChildren(...inside);
    } else {
      const chip = el(
        'button',
        {
          type: 'button',
          class: 'verdict-chip',
          title: `${name}: why, and what helps`,
          on: { click: () => open(lane, chip) },
        },
        ...inside,
      );
      slot.replaceChildren(chip);
    }
  };

  return {
    frame: () => live.frame(store.scene, run()),
    slice: () => live.slice(),
    beat() {
      tell();
      for (const slot of document.querySelectorAll<HTMLElement>('.verdict-slot')) {
        fill(slot);
      }
    },
  };
}
