import type { Context } from '../context.ts';
import { el } from '../dom.ts';

/** A press that moves less than this many pixels, and lasts less than so many milliseconds, is a click. */
const CLICK_PIXELS = 5;
const CLICK_TIME = 600;

/** Particles of a cloud. */
const CLOUD = 64;

/** Half-width of a cloud that was clicked rather than dragged, as a share of the terrain's. */
const SMALL_CLOUD = 0.03;

/** The angle between neighbours that fills a disc evenly, as in a sunflower. */
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

type Point = readonly [number, number];

/**
 * Places that fill an ellipse evenly.
 * @param radius half-widths along x and y
 */
export function cloud([x, y]: Point, radius: Point, count = CLOUD): Point[] {
  return Array.from({ length: count }, (_, k) => {
    const r = Math.sqrt((k + 0.5) / count);
    const angle = k * GOLDEN_ANGLE;
    return [x + radius[0] * r * Math.cos(angle), y + radius[1] * r * Math.sin(angle)];
  });
}

/**
 * Starts particles where the terrain is clicked, and a cloud of them where it is dragged with Shift held. Every other drag
 * is the camera's.
 */
export function listenToPointer(stage: HTMLElement, { run, view, actions }: Context): void {
  const ring = el('div', { class: 'cloud-ring', hidden: true, 'aria-hidden': 'true' });
  stage.append(ring);
  let press: { readonly x: number; readonly y: number; readonly time: number; readonly cloud: boolean } | null = null;
  let fingers = 0;

  const startCloud = (x: number, y: number, radius: number): void => {
    const centre = view()?.pick(x, y);
    const domain = run()?.landscape.domain;
    if (!centre || !domain) {
      return;
    }
    const [width, height] = [domain[1] - domain[0], domain[3] - domain[2]];
    // How far the drag reaches on the ground, whichever way the camera looks: the farthest of four directions that hits.
    const reach = [0, 1, 2, 3].map((k) => {
      const angle = (k * Math.PI) / 2;
      const rim = view()?.pick(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
      return rim ? Math.hypot((rim.x - centre.x) / width, (rim.y - centre.y) / height) : 0;
    });
    const share = radius > CLICK_PIXELS ? Math.max(SMALL_CLOUD, Math.min(0.5, ...reach.filter((r) => r > 0))) : SMALL_CLOUD;
    actions.startParticles(cloud([centre.x, centre.y], [share * width, share * height]), 'A cloud of particles starts.');
  };

  const down = (event: PointerEvent): void => {
    fingers += 1;
    press = null;
    if (fingers > 1 || event.button !== 0) {
      return;
    }
    press = { x: event.clientX, y: event.clientY, time: event.timeStamp, cloud: event.shiftKey };
    if (event.shiftKey) {
      event.stopPropagation();
      event.preventDefault();
      stage.setPointerCapture(event.pointerId);
    }
  };

  const move = (event: PointerEvent): void => {
    if (!press?.cloud) {
      return;
    }
    event.stopPropagation();
    const radius = Math.hypot(event.clientX - press.x, event.clientY - press.y);
    const box = stage.getBoundingClientRect();
    ring.hidden = radius <= CLICK_PIXELS;
    ring.style.left = `${press.x - box.left}px`;
    ring.style.top = `${press.y - box.top}px`;
    ring.style.width = `${2 * radius}px`;
    ring.style.height = `${2 * radius}px`;
  };

  const up = (event: PointerEvent): void => {
    fingers = Math.max(0, fingers - 1);
    ring.hidden = true;
    const pressed = press;
    press = null;
    if (!pressed) {
      return;
    }
    const moved = Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y);
    if (pressed.cloud) {
      event.stopPropagation();
      startCloud(pressed.x, pressed.y, moved);
    } else if (moved <= CLICK_PIXELS && event.timeStamp - pressed.time <= CLICK_TIME) {
      const place = view()?.pick(event.clientX, event.clientY);
      if (place) {
        actions.startParticles([[place.x, place.y]], 'A particle starts in every lane.');
      }
    }
  };

  const cancel = (): void => {
    fingers = Math.max(0, fingers - 1);
    press = null;
    ring.hidden = true;
  };

  // Before the camera hears of it, so that a cloud does not turn the picture.
  stage.addEventListener('pointerdown', down, { capture: true });
  stage.addEventListener('pointermove', move, { capture: true });
  stage.addEventListener('pointerup', up, { capture: true });
  stage.addEventListener('pointercancel', cancel, { capture: true });
}
