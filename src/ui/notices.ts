import { iconButton } from './controls/button.ts';
import { el } from './dom.ts';

/** Milliseconds that a passing notice stays: long enough to read twice. */
const PASSING = 9000;

/** What is told outside of the controls: banners that are seen, and sentences for those who listen. */
export interface Notices {
  readonly element: HTMLElement;
  /**
   * Shows a sentence.
   * @param lasting stays until it is dismissed
   */
  show(sentence: string, lasting: boolean): void;
  /** Says a sentence without showing it. */
  say(sentence: string): void;
}

/** Makes the place for notices. */
export function createNotices(): Notices {
  const list = el('div', { class: 'notice-list' });
  const voice = el('p', { class: 'visually-hidden', role: 'status', 'aria-live': 'polite' });
  const element = el('div', { class: 'notices' }, list, voice);

  const say = (sentence: string): void => {
    // The same sentence twice is news again.
    voice.textContent = '';
    requestAnimationFrame(() => {
      voice.textContent = sentence;
    });
  };

  return {
    element,
    say,
    show(sentence, lasting) {
      const old = [...list.children].find((banner) => banner.firstElementChild?.textContent === sentence);
      old?.remove();
      const banner = el(
        'div',
        { class: 'notice', 'data-lasting': lasting },
        el('p', {}, sentence),
        iconButton('close', 'Dismiss', () => banner.remove()),
      );
      list.append(banner);
      say(sentence);
      if (!lasting) {
        window.setTimeout(() => banner.remove(), PASSING);
      }
    },
  };
}
