import type { Critical } from '../../analysis/critical.ts';
import type { CriticalPoint, Domain } from '../../landscape/surface.ts';
import { surfaceOf } from '../../scene/resolve.ts';
import { button } from '../controls/button.ts';
import type { Context, Part } from '../context.ts';
import { el, setAttribute, setText, svg } from '../dom.ts';
import { several, shown } from '../format.ts';
import { icon } from '../icons.ts';

/** What the kinds of points are called, in the order in which they are counted, and their signs on a field of 12 × 12. */
const KINDS: readonly {
  readonly type: CriticalPoint['type'];
  readonly one: string;
  readonly many: string;
  readonly path: string;
}[] = [
  { type: 'minimum', one: 'minimum', many: 'minima', path: 'M1.5 2.5h9L6 10.5z' },
  { type: 'saddle', one: 'saddle', many: 'saddles', path: 'M2 2l8 8M10 2l-8 8' },
  { type: 'maximum', one: 'maximum', many: 'maxima', path: 'M1.5 9.5h9L6 1.5z' },
  { type: 'degenerate', one: 'degenerate point', many: 'degenerate points', path: 'M10 6a4 4 0 1 1-8 0 4 4 0 0 1 8 0z' },
];

/** Rows that are shown; nobody reads more, and the picture marks no more either. */
const MOST = 64;

/** How near the camera comes to a point; it stays where it is when it is nearer. */
const NEAR = 0.6;

/** Particles that start around a point, and how far from it, as a share of the domain's width. */
const AROUND = 16;
const RADIUS = 0.02;

/** What was found, in words: "4 minima, 4 saddles, 1 maximum". */
export function countsOf(points: readonly CriticalPoint[]): string {
  const counts = KINDS.flatMap(({ type, one, many }) => {
    const count = points.filter((point) => point.type === type).length;
    return count > 0 ? [several(count, one, many)] : [];
  });
  return counts.join(', ') || 'none';
}

/** Evenly spaced places around a point: a circle on a square domain, and as it is drawn on any other. */
export function ringAround({ x, y }: CriticalPoint, [xmin, xmax, ymin, ymax]: Domain): [number, number][] {
  return Array.from({ length: AROUND }, (_, k) => {
    // Off the axes, along which symmetric landscapes have their ridges.
    const angle = (2 * Math.PI * (k + 0.5)) / AROUND;
    return [x + RADIUS * (xmax - xmin) * Math.cos(angle), y + RADIUS * (ymax - ymin) * Math.sin(angle)];
  });
}

const signOf = (path: string): SVGSVGElement =>
  svg('svg', { viewBox: '0 0 12 12', class: 'point-sign', 'aria-hidden': 'true', focusable: 'false' }, svg('path', { d: path }));

/** A coordinate as it is read: what rounding leaves of a 0 is 0. */
const coordinate = (value: number, low: number, high: number): string =>
  shown(Math.abs(value) < 1e-9 * (high - low) ? 0 : value, 4);

/** Where a point lies, in words. */
const placeOf = ({ x, y }: CriticalPoint, [xmin, xmax, ymin, ymax]: Domain): string =>
  `${coordinate(x, xmin, xmax)}, ${coordinate(y, ymin, ymax)}`;

/** The stationary points that were found: how many of each kind, where they lie, and what to do about each. */
export function createStationaryList({ store, critical, actions, say }: Context): Part {
  const summary = el('span', { class: 'fold-summary' });
  const list = el('ul', { class: 'points' });
  const note = el('p', { class: 'note points-note' });
  const element = el(
    'details',
    { class: 'fold surface-points' },
    el('summary', {}, icon('chevron'), el('span', {}, 'Stationary points'), summary),
    list,
    note,
  );
  let listed: Critical | null | undefined;

  const flyTo = ({ x, y }: CriticalPoint): void => {
    const [xmin, xmax, ymin, ymax] = surfaceOf(store.scene).domain;
    const target = [(2 * (x - xmin)) / (xmax - xmin) - 1, (2 * (y - ymin)) / (ymax - ymin) - 1] as const;
    actions.edit((scene) => {
      const { view, distance } = scene.camera;
      // A profile's heights stay in sight only from as far as it was.
      const near = view === 'profile' ? distance : Math.min(NEAR, distance);
      return { ...scene, camera: { ...scene.camera, target, distance: near } };
    }, 'camera');
  };

  const rowOf = (point: CriticalPoint): HTMLElement => {
    const { one, path } = KINDS.find(({ type }) => type === point.type)!;
    const start = button(
      'Start around',
      () => actions.startParticles(ringAround(point, surfaceOf(store.scene).domain), `${AROUND} particles start around the ${one}.`),
      { class: 'button button-small point-start', hidden: true, title: `${AROUND} particles on a small circle around it` },
    );
    const pick = el(
      'button',
      {
        type: 'button',
        class: 'point-pick',
        'aria-expanded': 'false',
        title: 'Look at it',
        on: {
          click: () => {
            for (const row of list.querySelectorAll('.point')) {
              const own = row.contains(pick);
              setAttribute(row.querySelector('.point-pick')!, 'aria-expanded', String(own));
              row.querySelector<HTMLElement>('.point-start')!.hidden = !own;
            }
            flyTo(point);
            say(`The camera looks at the ${one}.`);
          },
        },
      },
      signOf(path),
      el('span', { class: 'visually-hidden' }, `${one} at`),
      el('span', { class: 'point-place' }, placeOf(point, surfaceOf(store.scene).domain)),
      el('span', { class: 'visually-hidden' }, 'loss'),
      el('span', { class: 'point-loss' }, shown(point.value, 4)),
      el('span', { class: 'point-curvature' }, `eigenvalues ${point.eigenvalues.map((value) => shown(value)).join(', ')}`),
    );
    return el('li', { class: 'point', 'data-type': point.type }, pick, start);
  };

  return {
    element,
    beat() {
      const found = critical();
      if (found === listed) {
        return;
      }
      listed = found;
      // A line breaks between kinds, not between a count and its kind.
      setText(summary, found ? countsOf(found.points).replace(/(\d) /g, '$1\u00a0') : 'searching …');
      const points = found?.points ?? [];
      list.replaceChildren(...points.slice(0, MOST).map(rowOf));
      const left = points.length > MOST ? [`The ${MOST} lowest of ${points.length} are listed.`] : [];
      setText(note, [...left, ...(found?.doubts ?? [])].join(' '));
      note.hidden = note.textContent === '';
    },
  };
}
