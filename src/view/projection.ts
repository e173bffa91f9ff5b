import { type CoordinateSystem, Matrix4, Vector3, Vector4 } from 'three/webgpu';
import type { Domain } from '../landscape/surface.ts';
import type { CameraChoice } from '../scene/scene.ts';

/** Edges of the picture that panels cover, in CSS pixels. */
export interface Insets {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

/** What is looked at: half its width and depth, the relief's height and the plinth's foot, in world units. */
export interface Stage {
  readonly extent: readonly [number, number];
  readonly relief: number;
  readonly foot: number;
}

/** A narrow domain is drawn at least so wide, in units of the longer side. */
const NARROWEST = 0.4;

/** Width and depth of a domain as it is drawn; the longer one is 1. */
export function extentOf([xmin, xmax, ymin, ymax]: Domain): [number, number] {
  const longer = Math.max(xmax - xmin, ymax - ymin);
  return [Math.max(NARROWEST, (xmax - xmin) / longer), Math.max(NARROWEST, (ymax - ymin) / longer)];
}

/** The page as far as a projection asks, in CSS pixels. */
export interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly insets: Insets;
}

/** From the world to the page and back. */
export interface Projection {
  readonly viewProjection: Matrix4;
  readonly inverse: Matrix4;
  /** See Frame.eye. */
  readonly eye: Vector4;
  /** CSS pixels of a world unit at the target, along x and up the screen. */
  readonly scale: readonly [number, number];
}

/** Distance of the eye from the middle at distance 1: as far as a lens of 19° sees the whole terrain on a full page. */
const REACH = 4.3;

/** Space for labels around a map or a profile, in CSS pixels. */
const MARGIN = { left: 64, right: 28, top: 28, bottom: 56 };

const RADIANS = Math.PI / 180;

type View = CameraChoice['view'];

interface Fit {
  /** Pixels of a world unit. */
  readonly scale: number;
  /** Where the middle of the stage goes, in pixels from the middle of the page, y upwards. */
  readonly shift: readonly [number, number];
}

/** Middle of the free rectangle in pixels from the middle of the page, y upwards, and its size. */
function freeRectangle({ width, height, insets }: Sheet) {
  const free = {
    width: Math.max(40, width - insets.left - insets.right),
    height: Math.max(40, height - insets.top - insets.bottom),
  };
  return { ...free, x: (insets.left - insets.right) / 2, y: (insets.bottom - insets.top) / 2 };
}

/** The eye's direction from the target. */
function direction({ azimuth, elevation }: CameraChoice): Vector3 {
  const [a, e] = [azimuth * RADIANS, elevation * RADIANS];
  return new Vector3(Math.cos(e) * Math.cos(a), Math.sin(e), -Math.cos(e) * Math.sin(a));
}

/**
 * Fits the stage's turned outline into the free rectangle. It is that of all azimuths together, so that an orbit does not breathe.
 */
function fitTurning(camera: CameraChoice, stage: Stage, sheet: Sheet): Fit {
  const free = freeRectangle(sheet);
  const radius = 0.97 * Math.hypot(...stage.extent);
  const [sin, cos] = [Math.sin(camera.elevation * RADIANS), Math.cos(camera.elevation * RADIANS)];
  let [right, top, bottom] = [0, -Infinity, Infinity];
  for (let turn = 0; turn < 24; turn += 1) {
    const [side, depth] = [radius * Math.cos((turn * Math.PI) / 12), radius * Math.sin((turn * Math.PI) / 12)];
    for (const height of [stage.foot, stage.relief * 0.95]) {
      const nearness = REACH / (REACH - (height * sin - depth * cos));
      right = Math.max(right, side * nearness);
      const up = (height * cos + depth * sin) * nearness;
      top = Math.max(top, up);
      bottom = Math.min(bottom, up);
    }
  }
  const scale = Math.min(free.width / (2 * right), free.height / (top - bottom));
  return { scale, shift: [free.x, free.y - (scale * (top + bottom)) / 2] };
}

function perspective(camera: CameraChoice, stage: Stage, sheet: Sheet, system: CoordinateSystem): Projection {
  const { scale, shift } = fitTurning(camera, stage, sheet);
  const focal = scale * REACH;
  const distance = REACH * camera.distance;
  const target = new Vector3(camera.target[0] * stage.extent[0], 0, -camera.target[1] * stage.extent[1]);
  const eye = direction(camera).multiplyScalar(distance).add(target);
  const near = Math.max(0.02, distance - 1.6 - Math.hypot(target.x, target.z));
  const { width, height } = sheet;
  const projection = new Matrix4().makePerspective(
    (near * (-width / 2 - shift[0])) / focal,
    (near * (width / 2 - shift[0])) / focal,
    (near * (height / 2 - shift[1])) / focal,
    (near * (-height / 2 - shift[1])) / focal,
    near,
    distance + 4,
    system,
  );
  const perUnit = focal / distance;
  return finish(projection, eye, target, new Vector3(0, 1, 0), new Vector4(eye.x, eye.y, eye.z, 1), [perUnit, perUnit]);
}

/** What a parallel projection shows: where it looks from, what is up, and the size of the stage so seen. */
interface Flat {
  readonly from: Vector3;
  readonly up: Vector3;
  readonly middle: Vector3;
  readonly size: readonly [number, number];
  /** Whether both directions have one scale. */
  readonly even: boolean;
}

const FLAT: Readonly<Record<Exclude<View, '3d'>, (stage: Stage) => Flat>> = {
  map: ({ extent }) => ({
    from: new Vector3(0, 1, 0),
    up: new Vector3(0, 0, -1),
    middle: new Vector3(0, 0, 0),
    size: [2 * extent[0], 2 * extent[1]],
    even: true,
  }),
  profile: ({ extent, relief }) => ({
    from: new Vector3(0, 0, 1),
    up: new Vector3(0, 1, 0),
    middle: new Vector3(0, relief / 2, 0),
    size: [2 * extent[0], 1.08 * relief],
    even: false,
  }),
};

function parallel(flat: Flat, camera: CameraChoice, stage: Stage, sheet: Sheet, system: CoordinateSystem): Projection {
  const free = freeRectangle(sheet);
  const room = [free.width - MARGIN.left - MARGIN.right, free.height - MARGIN.top - MARGIN.bottom];
  const shift = [free.x + (MARGIN.left - MARGIN.right) / 2, free.y + (MARGIN.bottom - MARGIN.top) / 2];
  const fits = room.map((pixels, k) => Math.max(10, pixels) / flat.size[k] / camera.distance);
  const [x, y] = flat.even ? [Math.min(...fits), Math.min(...fits)] : fits;
  const target = flat.middle.clone();
  target.x += camera.target[0] * stage.extent[0];
  if (flat.even) {
    target.z -= camera.target[1] * stage.extent[1];
  }
  const { width, height } = sheet;
  const projection = new Matrix4().makeOrthographic(
    (-width / 2 - shift[0]) / x,
    (width / 2 - shift[0]) / x,
    (height / 2 - shift[1]) / y,
    (-height / 2 - shift[1]) / y,
    0.1,
    8,
    system,
  );
  const eye = flat.from.clone().multiplyScalar(4).add(target);
  return finish(projection, eye, target, flat.up, new Vector4(flat.from.x, flat.from.y, flat.from.z, 0), [x, y]);
}

function finish(projection: Matrix4, eye: Vector3, target: Vector3, up: Vector3, eye4: Vector4, scale: readonly [number, number]): Projection {
  const world = new Matrix4().lookAt(eye, target, up).setPosition(eye);
  const viewProjection = projection.multiply(world.invert());
  return { viewProjection, inverse: viewProjection.clone().invert(), eye: eye4, scale };
}

/** The projection of a camera that frames the stage in the part of the page that panels leave free. */
export function projectionOf(camera: CameraChoice, stage: Stage, sheet: Sheet, system: CoordinateSystem): Projection {
  return camera.view === '3d'
    ? perspective(camera, stage, sheet, system)
    : parallel(FLAT[camera.view](stage), camera, stage, sheet, system);
}

/** A point's place on the page in CSS pixels from the upper left. */
export function toPage(projection: Projection, sheet: Sheet, point: Vector3): [number, number] {
  const clip = new Vector4(point.x, point.y, point.z, 1).applyMatrix4(projection.viewProjection);
  return [((clip.x / clip.w + 1) / 2) * sheet.width, ((1 - clip.y / clip.w) / 2) * sheet.height];
}

/** The ray of sight through a place on the page: from the near plane on, its direction of length 1. */
export function rayThrough(projection: Projection, sheet: Sheet, x: number, y: number): { from: Vector3; along: Vector3 } {
  const [ndcX, ndcY] = [(2 * x) / sheet.width - 1, 1 - (2 * y) / sheet.height];
  const from = new Vector3(ndcX, ndcY, 0).applyMatrix4(projection.inverse);
  const to = new Vector3(ndcX, ndcY, 0.9).applyMatrix4(projection.inverse);
  return { from, along: to.sub(from).normalize() };
}
