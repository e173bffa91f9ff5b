import { Vector3 } from 'three/webgpu';
import type { CriticalPoint, Domain } from '../landscape/surface.ts';
import type { HeightField, Spot } from './height-field.ts';
import { castRay } from './pick.ts';
import { type Projection, rayThrough, type Sheet, type Stage, toPage } from './projection.ts';

/** A stationary point to be marked. */
export interface MarkedPoint extends CriticalPoint {
  /** Unit vector [x, y] along the eigenvector of the Hessian's lower eigenvalue. */
  readonly low: readonly [number, number];
}

/** A stationary point as it is drawn: where on the page, in CSS pixels, and the ends of a saddle's arms. */
export interface Marker {
  readonly point: MarkedPoint;
  readonly x: number;
  readonly y: number;
  /** The way up and the way down, each from one end over the point to the other; for saddles. */
  readonly up: readonly (readonly [number, number])[];
  readonly down: readonly (readonly [number, number])[];
}

/** More than these would be a texture. */
const MOST = 64;

/** Half the length of a saddle's arms, as a share of the stage's longer side, and points along them. */
const ARM = 0.042;
const PIECES = 6;

/** A marker lies on the surface if a ray of sight meets it no more than this before, in world units. */
const DEPTH = 0.012;

/** What markers are placed by. */
export interface MarkerView {
  readonly projection: Projection;
  readonly sheet: Sheet;
  readonly stage: Stage;
  readonly domain: Domain;
  readonly field: HeightField;
  /** A ridge in front hides a marker; seen from above none does. */
  readonly occludes: boolean;
}

/** Places markers on the page; those behind a ridge, outside the domain, or beyond a number that can be read are left out. */
export function markersOf(points: readonly MarkedPoint[], view: MarkerView): Marker[] {
  const { projection, sheet, stage, domain, field, occludes } = view;
  if (points.length > MOST) return [];
  const [xmin, xmax, ymin, ymax] = domain;
  const [ex, ez] = stage.extent;
  const spot: Spot = { height: 0, du: 0, dv: 0 };
  const world = (x: number, y: number): Vector3 => {
    const [u, v] = [(x - xmin) / (xmax - xmin), (y - ymin) / (ymax - ymin)];
    return new Vector3((2 * u - 1) * ex, field.at(u, v, spot).height * stage.relief, (1 - 2 * v) * ez);
  };
  const page = (x: number, y: number): [number, number] => toPage(projection, sheet, world(x, y));
  const longer = Math.max(xmax - xmin, ymax - ymin);
  const arm = (x: number, y: number, [dx, dy]: readonly [number, number]): [number, number][] =>
    Array.from({ length: 2 * PIECES + 1 }, (_, k) => {
      const reach = ((k - PIECES) / PIECES) * ARM * longer;
      return page(x + reach * dx, y + reach * dy);
    });
  return points.flatMap((point) => {
    const { x, y, type, low } = point;
    if (x < xmin || x > xmax || y < ymin || y > ymax) return [];
    const place = world(x, y);
    const [px, py] = toPage(projection, sheet, place);
    if (occludes) {
      const { from, along } = rayThrough(projection, sheet, px, py);
      const hit = castRay(field, stage, from, along);
      if (hit && hit.distance < from.distanceTo(place) - DEPTH) return [];
    }
    if (type !== 'saddle') return [{ point, x: px, y: py, up: [], down: [] }];
    return [{ point, x: px, y: py, up: arm(x, y, [-low[1], low[0]]), down: arm(x, y, low) }];
  });
}
