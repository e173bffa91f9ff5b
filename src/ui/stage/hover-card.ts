import type { Landscape } from '../../compute/contract.ts';
import type { Context, Part } from '../context.ts';
import { el, setText, svg } from '../dom.ts';
import { shown } from '../format.ts';

/** Milliseconds that the pointer must rest before anything is said. */
const REST = 220;

/** What the terrain is like at a place. */
export interface Spot {
  readonly loss: number;
  readonly gradient: readonly [number, number];
  /** The Hessian's eigenvalues, the smaller first. */
  readonly curvature: readonly [number, number];
}

/** Loss, gradient and principal curvatures of the landscape at a place. */
export function spotOf({ formula, parameters }: Landscape, x: number, y: number): Spot {
  const gradient = new Float64Array(2);
  const hessian = new Float64Array(3);
  const loss = formula.gradient(x, y, parameters, gradient);
  formula.hessian(x, y, parameters, hessian);
  const [xx, xy, yy] = hessian;
  const mean = (xx + yy) / 2;
  const spread = Math.hypot((xx - yy) / 2, xy);
  return { loss, gradient: [gradient[0], gradient[1]], curvature: [mean - spread, mean + spread] };
}

/** What a marked point is called. */
const KINDS = { minimum: 'Minimum', maximum: 'Maximum', saddle: 'Saddle', degenerate: 'Degenerate point' } as const;

/** A card beside the resting pointer: the loss there, the way down, and how the ground is curved. */
export function createHoverCard(stage: HTMLElement, { run, view }: Context): Part {
  const kind = el('p', { class: 'hover-kind', hidden: true });
  const curvatureTerm = el('dt', {}, 'curvature');
  const place = el('dd');
  const loss = el('dd');
  const slope = el('dd');
  const curvature = el('dd');
  const arrow = svg(
    'svg',
    { viewBox: '-10 -10 20 20', class: 'hover-arrow', 'aria-hidden': 'true' },
    svg('path', { d: 'M-7 0H6M1.5-4.5L6 0L1.5 4.5', class: 'icon-line' }),
  );
  const element = el(
    'div',
    { class: 'hover-card', hidden: true, 'aria-hidden': 'true' },
    kind,
    el(
      'dl',
      {},
      ...[
        ['place', place],
        ['loss', loss],
        ['gradient', slope],
      ].flatMap(([term, value]) => [el('dt', {}, term as string), value as HTMLElement]),
      curvatureTerm,
      curvature,
    ),
  );
  let x = 0;
  let y = 0;
  let since = 0;
  let state: 'away' | 'moving' | 'shown' = 'away';

  const hide = (next: typeof state): void => {
    state = next;
    element.hidden = true;
  };

  stage.addEventListener('pointermove', (event) => {
    if (event.pointerType !== 'mouse' || event.buttons !== 0) {
      hide('away');
      return;
    }
    // A hand that trembles a little still rests.
    if (state !== 'shown' || Math.hypot(event.clientX - x, event.clientY - y) > 4) {
      x = event.clientX;
      y = event.clientY;
      since = event.timeStamp;
      hide('moving');
    }
  });
  stage.addEventListener('pointerleave', () => hide('away'));
  stage.addEventListener('pointerdown', () => hide('away'), { capture: true });

  const show = (): void => {
    const landscape = run()?.landscape;
    const spot = view()?.pick(x, y);
    if (!landscape || !spot) {
      state = 'away';
      return;
    }
    state = 'shown';
    // Near a marked point that very point is meant.
    const at = spot.marked ?? spot;
    const facts = spotOf(landscape, at.x, at.y);
    kind.hidden = !spot.marked;
    setText(kind, spot.marked ? KINDS[spot.marked.type] : '');
    setText(curvatureTerm, spot.marked ? 'eigenvalues' : 'curvature');
    const [gx, gy] = facts.gradient;
    setText(place, `${shown(at.x)}, ${shown(at.y)}`);
    setText(loss, shown(facts.loss, 4));
    slope.replaceChildren(...(spot.marked ? ['0'] : [arrow, shown(Math.hypot(gx, gy))]));
    // The way down as on the map: x to the right, y up.
    arrow.style.rotate = `${Math.atan2(gy, -gx)}rad`;
    setText(curvature, `${shown(facts.curvature[0])}, ${shown(facts.curvature[1])}`);
    element.hidden = false;
    const box = stage.getBoundingClientRect();
    const left = x - box.left + 18;
    const top = y - box.top + 18;
    element.style.left = `${left + element.offsetWidth > box.width - 8 ? left - 36 - element.offsetWidth : left}px`;
    element.style.top = `${top + element.offsetHeight > box.height - 8 ? top - 36 - element.offsetHeight : top}px`;
  };

  return {
    element,
    frame() {
      if (state === 'moving' && performance.now() - since >= REST) {
        show();
      }
    },
  };
}
