import { el, freshId, setAttribute } from '../dom.ts';

/** A row of words, one of which is chosen and shown in a panel. */
export interface Tabs {
  readonly element: HTMLElement;
  /** Shows the choice without telling anybody. */
  set(id: string): void;
  /** Offers a choice, or does not. */
  offer(id: string, offered: boolean): void;
}

/** Makes a row of tabs for one panel, whose contents follow the choice; arrows go from one to the next. */
export function createTabs(
  label: string,
  tabs: readonly { readonly id: string; readonly text: string }[],
  panel: HTMLElement,
  choose: (id: string) => void,
): Tabs {
  panel.id ||= freshId('panel');
  panel.setAttribute('role', 'tabpanel');
  const buttons = tabs.map(({ id, text }) =>
    el(
      'button',
      {
        type: 'button',
        role: 'tab',
        id: freshId('tab'),
        class: 'strip-tab',
        'aria-controls': panel.id,
        on: {
          click: () => {
            set(id);
            choose(id);
          },
        },
      },
      text,
    ),
  );
  const element = el(
    'div',
    {
      class: 'strip',
      role: 'tablist',
      'aria-label': label,
      on: {
        keydown: (event) => {
          const offered = buttons.filter((one) => !one.hidden);
          const at = offered.indexOf(event.target as HTMLButtonElement);
          const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
          const button = next === undefined ? undefined : offered[(next + offered.length) % offered.length];
          if (button) {
            event.preventDefault();
            button.focus();
            button.click();
          }
        },
      },
    },
    ...buttons,
  );

  function set(id: string): void {
    buttons.forEach((button, k) => {
      const on = tabs[k].id === id;
      setAttribute(button, 'aria-selected', String(on));
      button.tabIndex = on ? 0 : -1;
      if (on) {
        setAttribute(panel, 'aria-labelledby', button.id);
        // Only the row itself moves, not the page around it.
        element.scrollLeft = Math.min(
          button.offsetLeft,
          Math.max(element.scrollLeft, button.offsetLeft + button.offsetWidth - element.clientWidth),
        );
      }
    });
  }
  set(tabs[0].id);
  return {
    element,
    set,
    offer(id, offered) {
      buttons[tabs.findIndex((tab) => tab.id === id)].hidden = !offered;
    },
  };
}
