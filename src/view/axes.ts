import { Vector3 } from 'three/webgpu';
import type { Domain } from '../landscape/surface.ts';
import type { CameraChoice } from '../scene/scene.ts';
import { legendTicks } from './legend.ts';
import { type Projection, type Sheet, type Stage, toPage } from './projection.ts';
import type { Relief } from './relief.ts';
import { niceStep, tickText } from './ticks.ts';

/** A text of an axis at a place of the page, in CSS pixels. */
export interface AxisLabel {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  /** An axis's name rather than a number. */
  readonly name: boolean;
  readonly align: 'left' | 'center' | 'right';
  /** Where a tick of the page begins, beside a flat picture; in 3D ticks hang on the plinth. */
  readonly tick: readonly [number, number] | null;
}

/** CSS pixels from an edge to the middle of its numbers, and to its name. */
const NUMBERS = 16;
const NAME = 36;

/** Least CSS pixels between the middles of two numbers, a letter's width included. */
const APART = 14;
const LETTER = 7;

/** About so many numbers along an edge. */
const COUNT = 6;

/** Distance between two numbers along an axis of a domain: as on the plinth. */
export const axisStep = (width: number): number => niceStep(width / COUNT);

/** What an axis's labels follow from. */
export interface AxisView {
  readonly projection: Projection;
  readonly sheet: Sheet;
  readonly stage: Stage;
  readonly domain: Domain;
  readonly relief: Relief;
  readonly camera: CameraChoice;
}

/** An edge of the stage with numbers along it. */
interface Edge {
  readonly name: string;
  /** Numbers and how far along the edge, 0 … 1. */
  readonly ticks: readonly (readonly [number, number])[];
  /** The world place so far along. */
  at(share: number): Vector3;
  /** Which way the labels go from the edge, in world units. */
  readonly away: Vector3;
}

function numbers(low: number, high: number): (readonly [number, number])[] {
  const step = axisStep(high - low);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, k) => {
    const value = (first + k) * step;
    return [value, (value - low) / (high - low)] as const;
  });
}

/** The edges that face the viewer. */
function edgesOf({ projection, stage, domain, relief, camera }: AxisView): Edge[] {
  const [ex, ez] = stage.extent;
  const [xs, ys] = [numbers(domain[0], domain[1]), numbers(domain[2], domain[3])];
  const alongX = (z: number, y: number, away: Vector3): Edge => ({
    name: 'x',
    ticks: xs,
    at: (share) => new Vector3((2 * share - 1) * ex, y, z),
    away,
  });
  const alongY = (x: number, y: number, away: Vector3): Edge => ({
    name: 'y',
    ticks: ys,
    at: (share) => new Vector3(x, y, (1 - 2 * share) * ez),
    away,
  });
  if (camera.view === 'map') {
    return [alongX(ez, 0, new Vector3(0, 0, 1)), alongY(-ex, 0, new Vector3(-1, 0, 0))];
  }
  if (camera.view === 'profile') {
    const losses = legendTicks(relief)
      .filter(({ value }) => value >= relief.low && value <= relief.high)
      .map(({ value }) => [value, relief.height(value)] as const);
    const height: Edge = {
      name: 'loss',
      ticks: losses,
      at: (share) => new Vector3(-ex, share * stage.relief, ez),
      away: new Vector3(-1, 0, 0),
    };
    return [alongX(ez, stage.foot, new Vector3(0, -1, 0)), height];
  }
  const { x, z } = projection.eye;
  const [sideX, sideZ] = [Math.sign(x) || 1, Math.sign(z) || 1];
  const edges: Edge[] = [];
  if (Math.abs(z) > ez) edges.push(alongX(sideZ * ez, stage.foot, new Vector3(0, 0, sideZ)));
  if (Math.abs(x) > ex) edges.push(alongY(sideX * ex, stage.foot, new Vector3(sideX, 0, 0)));
  return edges;
}

/** Numbers and names along the edges that face the viewer; of numbers without room every other one is left out. */
export function axisLabels(view: AxisView): AxisLabel[] {
  const { projection, sheet, camera } = view;
  const flat = camera.view !== '3d';
  return edgesOf(view).flatMap(({ name, ticks, at, away }) => {
    const page = (point: Vector3): [number, number] => toPage(projection, sheet, point);
    const [from, to] = [page(at(0)), page(at(1))];
    const middle = at(0.5);
    const [mx, my] = page(middle);
    const [ax, ay] = page(middle.clone().addScaledVector(away, 0.01));
    const length = Math.hypot(ax - mx, ay - my) || 1;
    const [dx, dy] = [(ax - mx) / length, (ay - my) / length];
    const align = Math.abs(dx) < 0.35 ? 'center' : dx > 0 ? 'left' : 'right';
    const places = ticks.map(([value, share]) => ({ text: tickText(value), page: page(at(share)) }));
    const room = (k: number): boolean => {
      const kept = places.filter((_, i) => i % k === 0);
      return kept.every((place, i) => {
        const next = kept[i + 1];
        if (!next) return true;
        const [wide, high] = [Math.abs(next.page[0] - place.page[0]), Math.abs(next.page[1] - place.page[1])];
        const letters = (place.text.length + next.text.length) / 2;
        return wide > letters * LETTER + APART || high > APART + 4;
      });
    };
    const every = [1, 2, 4, 8].find(room) ?? places.length;
    const labels = places
      .filter((_, i) => i % every === 0)
      .map(
        ({ text, page: [x, y] }): AxisLabel => ({
          text,
          x: x + NUMBERS * dx,
          y: y + NUMBERS * dy,
          name: false,
          align,
          tick: flat ? [x, y] : null,
        }),
      );
    const across = flat ? NAME : NAME + 2;
    const spot = flat ? (name === 'x' ? to : [to[0], to[1]]) : [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
    const named: AxisLabel = flat
      ? name === 'x'
        ? { text: name, x: spot[0] + 16, y: spot[1] + NUMBERS, name: true, align: 'left', tick: null }
        : { text: name, x: spot[0] - NUMBERS, y: spot[1] - 18, name: true, align: 'right', tick: null }
      : { text: name, x: spot[0] + across * dx, y: spot[1] + across * dy, name: true, align: 'center', tick: null };
    return [...labels, named];
  });
}
