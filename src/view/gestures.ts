/** What a hand does to the picture; places in CSS pixels of the page (clientX, clientY). */
export interface Hand {
  /** A drag begins at a place, or another finger joins it: what coasts stops. */
  grab(x: number, y: number): void;
  /** Drag with the main button or one finger. */
  orbit(dx: number, dy: number): void;
  /** Drag with another button or with two fingers. */
  pan(dx: number, dy: number): void;
  /** Wheel or pinch at a place: below 1 comes nearer. */
  zoom(factor: number, x: number, y: number): void;
  /** All let go; the speed of the last drag in CSS pixels a second. */
  release(vx: number, vy: number): void;
}

/** A press that moves less than this is no drag. */
const SLACK = 5;

/** Only what moved within so many milliseconds before letting go coasts on. */
const FLICK = 80;

/** Wheel pixels that halve or double the distance, about 500. */
const WHEEL = Math.LN2 / 500;

interface Contact {
  readonly start: readonly [number, number];
  x: number;
  y: number;
}

/** Listens to mouse, pen and fingers on an element. Returns what stops it. */
export function listen(element: HTMLElement, hand: Hand): () => void {
  const contacts = new Map<number, Contact>();
  const moves: { time: number; x: number; y: number }[] = [];
  let mode: 'none' | 'press' | 'orbit' | 'pan' | 'pinch' = 'none';
  let button = 0;

  const down = (event: PointerEvent) => {
    element.setPointerCapture(event.pointerId);
    contacts.set(event.pointerId, { start: [event.clientX, event.clientY], x: event.clientX, y: event.clientY });
    hand.grab(event.clientX, event.clientY);
    button = event.button;
    moves.length = 0;
    mode = contacts.size > 1 ? 'pinch' : 'press';
  };
  const move = (event: PointerEvent) => {
    const contact = contacts.get(event.pointerId);
    if (!contact) {
      return;
    }
    const [dx, dy] = [event.clientX - contact.x, event.clientY - contact.y];
    const span = spread(contacts);
    contact.x = event.clientX;
    contact.y = event.clientY;
    if (mode === 'press' && Math.hypot(contact.x - contact.start[0], contact.y - contact.start[1]) > SLACK) {
      mode = button === 0 && !event.ctrlKey && !event.altKey ? 'orbit' : 'pan';
    }
    if (mode === 'pinch' && contacts.size === 2) {
      const [x, y, now] = middle(contacts);
      hand.zoom(span / Math.max(1, now), x, y);
      hand.pan(dx / 2, dy / 2);
    } else if (mode === 'orbit' || mode === 'pan') {
      moves.push({ time: event.timeStamp, x: contact.x, y: contact.y });
      hand[mode](dx, dy);
    }
  };
  const up = (event: PointerEvent) => {
    if (!contacts.delete(event.pointerId)) {
      return;
    }
    if (contacts.size === 0) {
      const recent = moves.filter(({ time }) => event.timeStamp - time < FLICK);
      const [first, last] = [recent[0], recent[recent.length - 1]];
      const seconds = first && last ? (last.time - first.time) / 1000 : 0;
      const coasts = mode === 'orbit' && seconds > 0;
      hand.release(coasts ? (last.x - first.x) / seconds : 0, coasts ? (last.y - first.y) / seconds : 0);
      mode = 'none';
    }
  };
  const wheel = (event: WheelEvent) => {
    event.preventDefault();
    const pixels = event.deltaY * (event.deltaMode === 1 ? 18 : event.deltaMode === 2 ? 400 : 1);
    // A pinch on a touchpad arrives as a wheel with Ctrl, in small numbers.
    hand.zoom(Math.exp(pixels * WHEEL * (event.ctrlKey ? 6 : 1)), event.clientX, event.clientY);
  };
  const menu = (event: Event) => event.preventDefault();

  element.style.touchAction = 'none';
  const stop = new AbortController();
  const { signal } = stop;
  element.addEventListener('pointerdown', down, { signal });
  element.addEventListener('pointermove', move, { signal });
  element.addEventListener('pointerup', up, { signal });
  element.addEventListener('pointercancel', up, { signal });
  element.addEventListener('wheel', wheel, { signal, passive: false });
  element.addEventListener('contextmenu', menu, { signal });
  return () => stop.abort();
}

function middle(contacts: ReadonlyMap<number, Contact>): [number, number, number] {
  const [a, b] = [...contacts.values()];
  return [(a.x + b.x) / 2, (a.y + b.y) / 2, Math.hypot(a.x - b.x, a.y - b.y)];
}

function spread(contacts: ReadonlyMap<number, Contact>): number {
  return contacts.size === 2 ? middle(contacts)[2] : 0;
}
