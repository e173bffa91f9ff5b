/** What an element is made with: attributes (null or false: left out; true: without a value) and listeners by event. */
export interface Making {
  readonly [attribute: string]: string | number | boolean | null | undefined | Listeners;
  readonly on?: Listeners;
}

type Listeners = { readonly [K in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[K]) => void };

/** What may stand in an element; null is nothing. */
export type Child = Node | string | null;

const SVG = 'http://www.w3.org/2000/svg';

function furnish(element: Element, making: Making, children: readonly Child[]): void {
  for (const [name, value] of Object.entries(making)) {
    if (value === null || value === undefined || value === false || name === 'on') {
      continue;
    }
    element.setAttribute(name, value === true ? '' : String(value));
  }
  for (const [event, listener] of Object.entries(making.on ?? {})) {
    element.addEventListener(event, listener as EventListener);
  }
  element.append(...children.filter((child) => child !== null));
}

/** Makes an element with its attributes, listeners and contents; text is only ever text. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  making: Making = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  furnish(element, making, children);
  return element;
}

/** The same for a picture's elements. */
export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  making: Making = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG, tag);
  furnish(element, making, children);
  return element;
}

/** Puts a text in an element, touching the page only when it differs: called once a frame. */
export function setText(element: Node, text: string): void {
  const { firstChild } = element;
  // The same node with another text is laid out again, a new one is styled too.
  if (firstChild instanceof Text && firstChild.nextSibling === null) {
    if (firstChild.data !== text) {
      firstChild.data = text;
    }
  } else if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** Sets an attribute only when it differs, or takes it away. */
export function setAttribute(element: Element, name: string, value: string | null): void {
  if (element.getAttribute(name) === value) {
    return;
  }
  if (value === null) {
    element.removeAttribute(name);
  } else {
    element.setAttribute(name, value);
  }
}

/** A name for an element that another one refers to. */
export function freshId(stem: string): string {
  lastId += 1;
  return `${stem}-${lastId}`;
}

let lastId = 0;
