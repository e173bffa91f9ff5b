import { besideCured } from '../../analysis/diagnosis/cures/side-by-side.ts';
import { remediesFor } from '../../analysis/diagnosis/cures/index.ts';
import type { Remedy } from '../../analysis/diagnosis/cures/cure.ts';
import { experiments, runExperiments } from '../../analysis/diagnosis/experiments.ts';
import type { Fact } from '../../analysis/diagnosis/verdict.ts';
import { laneNames } from '../../scene/lane-names.ts';
import { button, iconButton } from '../controls/button.ts';
import type { Context } from '../context.ts';
import { el } from '../dom.ts';
import { capital, counted, shown } from '../format.ts';
import { sign } from '../shapes.ts';
import type { LiveVerdict } from './live.ts';
import { verdictIcon } from './verdict-icons.ts';

/** CSS pixels between the card, what opened it, and the page's edges. */
const APART = 8;

/** What is to be said about a lane, and done for it. */
export interface Card {
  readonly element: HTMLElement;
  /** Opens beside a button of a lane that has a verdict. */
  open(lane: number, from: HTMLElement): void;
}

const factRow = ({ name, value, against, window: [from, to] }: Fact): HTMLElement =>
  el(
    'tr',
    {},
    el('th', { scope: 'row' }, capital(name)),
    el('td', {}, shown(value)),
    el('td', {}, against === undefined ? '' : shown(against)),
    el('td', { class: 'diagnosis-steps' }, `${counted(from)}–${counted(to)}`),
  );

/** The table of what speaks for a verdict. */
const evidence = (facts: readonly Fact[]): HTMLElement =>
  el(
    'table',
    { class: 'diagnosis-evidence' },
    el(
      'thead',
      {},
      el('tr', {}, ...['Evidence', 'is', 'held against', 'steps'].map((text) => el('th', { scope: 'col' }, text))),
    ),
    el('tbody', {}, ...facts.map(factRow)),
  );

/** Makes the card. `verdictOf`: the newest verdict on a lane. */
export function createCard(
  { store, run, actions, say }: Context,
  verdictOf: (lane: number) => LiveVerdict | null,
): Card {
  const element = el('div', { class: 'diagnosis-card', popover: 'auto', role: 'dialog' });
  let asked = 0;

  const apply = (lane: number, remedy: Remedy): void => {
    element.hidePopover();
    const { lanes } = store.scene;
    actions.edit((scene) => besideCured(scene, lane, remedy));
    const beside = store.scene.lanes.length > lanes.length;
    run()?.restart();
    run()?.play();
    say(
      `${capital(remedy.name)}. ${beside ? 'Before and after run side by side from the start.' : 'The run starts again.'} Undo takes it back.`,
    );
  };

  const cureRow = (lane: number, remedy: Remedy): HTMLElement =>
    el(
      'li',
      { class: 'diagnosis-cure' },
      button(capital(remedy.name), () => apply(lane, remedy), { class: 'button button-small' }),
      el('p', {}, remedy.because),
    );

  /** Goes through the checklist, and reports each answer as it comes. */
  const checklist = (lane: number): HTMLElement => {
    const list = el('ol', { class: 'diagnosis-answers' });
    const bar = el('progress', { max: experiments.length, value: 0, hidden: true, 'aria-label': 'Experiments done' });
    const go = button(
      'Run the checklist',
      () => {
        const mine = ++asked;
        go.disabled = true;
        bar.hidden = false;
        list.replaceChildren();
        runExperiments(run()?.gpu ?? null, store.scene, lane, ({ question, answer, says }) => {
          if (mine === asked) {
            bar.value += 1;
            list.append(
              el(
                'li',
                { 'data-answer': answer },
                el('strong', {}, question),
                ` ${capital(answer)}.`,
                el('p', { class: 'note' }, says),
              ),
            );
          }
        })
          .catch((error: Error) => {
            list.append(el('li', { class: 'error' }, `The experiments could not be run: ${error.message}`));
          })
          .finally(() => {
            go.disabled = false;
            bar.hidden = true;
            bar.value = 0;
          });
      },
      {
        class: 'button button-small',
        title: 'Short runs: does it fall, with a tenth of the rate, with more, without noise?',
      },
    );
    return el(
      'section',
      { class: 'diagnosis-check', 'aria-label': 'Checklist' },
      el('div', { class: 'diagnosis-go' }, go, bar),
      list,
    );
  };

  const place = (from: HTMLElement): void => {
    const box = from.getBoundingClientRect();
    const { offsetWidth, offsetHeight } = element;
    const [wide, high] = [window.innerWidth, window.innerHeight];
    const left = box.left + offsetWidth <= wide - APART ? box.left : box.right - offsetWidth;
    element.style.left = `${Math.max(APART, Math.min(left, wide - APART - offsetWidth))}px`;
    element.style.top = `${Math.max(APART, Math.min(box.bottom + APART, high - APART - offsetHeight))}px`;
  };

  return {
    element,
    open(lane, from) {
      const found = verdictOf(lane);
      const { scene } = store;
      if (!found || !scene.lanes[lane]) {
        return;
      }
      const { diagnosis, judged, step } = found;
      const { verdict, facts, cause, shares, findings } = diagnosis;
      const remedies = remediesFor(diagnosis, { scene, lane, findings, place: found.place });
      const others = shares.map((one) => `${one.verdict.id} ${Math.round(100 * one.share)} %`).join(', ');
      element.setAttribute('aria-label', `Diagnosis of ${laneNames(scene)[lane]}`);
      element.replaceChildren(
        el(
          'div',
          { class: 'diagnosis-head' },
          sign(scene.lanes[lane]),
          el('h2', {}, laneNames(scene)[lane]),
          el(
            'span',
            { class: 'diagnosis-verdict', 'data-ill': !verdict.healthy },
            verdictIcon(verdict.id),
            verdict.name,
          ),
          iconButton('close', 'Close', () => element.hidePopover()),
        ),
        el('p', { class: 'diagnosis-cause' }, cause),
        el(
          'p',
          { class: 'note' },
          judged > 1
            ? `Of ${judged} particles at step ${counted(step)}: ${others}. The numbers are of a typical one.`
            : `At step ${counted(step)}.`,
        ),
        evidence(facts),
        remedies.length > 0
          ? el(
              'section',
              { 'aria-label': 'Cures' },
              el('div', { class: 'overline' }, 'What may help'),
              el('p', { class: 'note' }, 'Each starts the run again, with before and after side by side.'),
              el('ul', { class: 'diagnosis-cures' }, ...remedies.map((remedy) => cureRow(lane, remedy))),
            )
          : '',
        checklist(lane),
      );
      element.showPopover();
      place(from);
      element.querySelector<HTMLElement>('.diagnosis-cure button, .diagnosis-go button')?.focus();
    },
  };
}
