import type { CriticalPoint } from '../landscape/surface.ts';
import { type AxisLabel, axisLabels, type AxisView } from './axes.ts';
import type { HeightField } from './height-field.ts';
import type { Look } from './look.ts';
import { markerLabels, writeLabels } from './marker-labels.ts';
import { type MarkedPoint, type Marker, markersOf } from './markers.ts';

/** Everything that the annotations of a picture follow from. */
export interface Annotated extends AxisView {
  /** Where the sheet lies on the picture: left and top, in CSS pixels. */
  readonly at: readonly [number, number];
  /** What a saved picture calls it, and the colour of its sign; empty for none. */
  readonly name: string;
  readonly colour: string;
  readonly field: HeightField;
  readonly look: Look;
  /** Size of signs: 1 on a large picture, less on a small one. */
  readonly scale: number;
  /** Whether stationary points are marked. */
  readonly markers: boolean;
}

/** Sizes in CSS pixels: of a number, of an axis's name, half of a marker, and of lines with the casing under them. */
const NUMBER = 12;
const NAME = 17;
const HALF = 7;
const LINE = 1.6;
const CASING = 4;

/** In a narrower part of the picture numbers along the axes would say more than the ground. */
const LABELLED = 240;

/** How near a pointer must be to a marker, in CSS pixels. */
const REACH = 14;

/** Where a saved picture has the names of its parts, from their corners. */
const HEADING = 16;

/** What draws on a canvas, on the page or beside it. */
export type Pen = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

type Point = readonly [number, number];

/** A rectangle of the picture: left, top, width and height in CSS pixels. */
type Box = readonly [number, number, number, number];

/**
 * Axes and marked points over the picture, on a canvas of their own that is drawn anew only when something moved. It covers
 * no more than the panels leave free: where no GPU composes the page, its pixels cost as much as the picture's.
 */
export class Annotations {
  readonly #canvas = document.createElement('canvas');
  readonly #context = this.#canvas.getContext('2d') as CanvasRenderingContext2D;
  #points: readonly MarkedPoint[] = [];
  #markers: readonly Marker[] = [];
  #drawn = '';
  #version = 0;
  #covered: Box = [0, 0, 1, 1];
  #parts: readonly Annotated[] = [];

  constructor(overlay: HTMLElement) {
    this.#canvas.className = 'annotations';
    this.#canvas.setAttribute('aria-hidden', 'true');
    overlay.append(this.#canvas);
  }

  set(points: readonly MarkedPoint[]): void {
    this.#points = points;
    this.#version += 1;
  }

  /** Something beside the camera has changed: heights, theme, size. */
  touch(): void {
    this.#version += 1;
  }

  /** The marked point under a place of the canvas, or null. */
  near(x: number, y: number): CriticalPoint | null {
    let [best, least]: [Marker | null, number] = [null, REACH];
    for (const marker of this.#markers) {
      const apart = Math.hypot(marker.x - x, marker.y - y);
      if (apart < least) [best, least] = [marker, apart];
    }
    return best?.point ?? null;
  }

  /** Draws the annotations of each part of a picture, if anything of them has changed. `pixelRatio`: device pixels of one of the page. */
  draw(parts: readonly Annotated[], pixelRatio: number): void {
    const key = `${this.#version} ${pixelRatio} ${parts.map(keyOf).join()}`;
    if (key === this.#drawn) {
      return;
    }
    this.#drawn = key;
    this.#parts = parts;
    this.#cover(parts, pixelRatio);
    const [left, top, width, height] = this.#covered;
    const pen = this.#context;
    pen.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
    pen.clearRect(0, 0, width, height);
    this.#markers = parts.flatMap((part) => {
      const [x, y] = [part.at[0] - left, part.at[1] - top];
      pen.save();
      pen.translate(x, y);
      pen.beginPath();
      pen.rect(0, 0, part.sheet.width, part.sheet.height);
      pen.clip();
      this.#drawAxes(part.sheet.width < LABELLED ? [] : axisLabels(part), part);
      const markers = part.markers ? this.#place(part) : [];
      for (const marker of markers) {
        this.#drawMarker(marker, part.look, part.scale);
      }
      const { width, insets } = part.sheet;
      writeLabels(pen, markerLabels(markers, width - insets.left - insets.right), part.look);
      pen.restore();
      return markers.map((marker) => ({ ...marker, x: marker.x + part.at[0], y: marker.y + part.at[1] }));
    });
  }

  /** Lays a picture and the annotations over it onto a whole canvas. `width`: CSS pixels of the picture. */
  lay(pen: Pen, picture: HTMLCanvasElement, width: number): void {
    const { canvas } = pen;
    pen.save();
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    pen.scale(canvas.width / width, canvas.width / width);
    pen.drawImage(this.#canvas, ...this.#covered);
    for (const part of this.#parts.filter(({ name }) => name !== '')) {
      head(pen, part);
    }
    pen.restore();
  }

  dispose(): void {
    this.#canvas.remove();
  }

  /** Lays the canvas over what panels leave free. */
  #cover(parts: readonly Annotated[], pixelRatio: number): void {
    const left = Math.min(...parts.map(({ at, sheet }) => at[0] + sheet.insets.left));
    const top = Math.min(...parts.map(({ at, sheet }) => at[1] + sheet.insets.top));
    const right = Math.max(...parts.map(({ at, sheet }) => at[0] + sheet.width - sheet.insets.right));
    const bottom = Math.max(...parts.map(({ at, sheet }) => at[1] + sheet.height - sheet.insets.bottom));
    const wide = Math.max(1, right - left);
    const high = Math.max(1, bottom - top);
    const [columns, rows] = [Math.round(wide * pixelRatio), Math.round(high * pixelRatio)];
    if (this.#canvas.width !== columns || this.#canvas.height !== rows) {
      this.#canvas.width = columns;
      this.#canvas.height = rows;
    }
    this.#covered = [left, top, wide, high];
    const { style } = this.#canvas;
    style.left = `${left}px`;
    style.top = `${top}px`;
    style.width = `${wide}px`;
    style.height = `${high}px`;
  }

  #place(annotated: Annotated): Marker[] {
    const { view } = annotated.camera;
    // From the side all lies behind the cut.
    return view === 'profile' ? [] : markersOf(this.#points, { ...annotated, occludes: view === '3d' });
  }

  #drawAxes(labels: readonly AxisLabel[], { look, camera, sheet }: Annotated): void {
    const pen = this.#context;
    const flat = camera.view !== '3d';
    pen.textBaseline = 'middle';
    pen.lineJoin = 'round';
    for (const { text, x, y, name, align, tick } of labels.filter((label) => isFree(label, sheet))) {
      pen.font = name ? `italic ${NAME}px "STIX Two Math", serif` : `${NUMBER}px "IBM Plex Mono", monospace`;
      pen.textAlign = align;
      if (tick && flat) {
        const [dx, dy] = [x - tick[0], y - tick[1]];
        const length = Math.hypot(dx, dy) || 1;
        pen.strokeStyle = look.quiet;
        pen.lineWidth = 1;
        pen.beginPath();
        pen.moveTo(tick[0] + dx / length, tick[1] + dy / length);
        pen.lineTo(tick[0] + (5 * dx) / length, tick[1] + (5 * dy) / length);
        pen.stroke();
      }
      pen.strokeStyle = look.halo;
      pen.lineWidth = 3;
      pen.globalAlpha = 0.7;
      pen.strokeText(text, x, y);
      pen.globalAlpha = 1;
      pen.fillStyle = name ? look.ink : look.quiet;
      pen.fillText(text, x, y);
    }
  }

  #drawMarker({ point, x, y, up, down }: Marker, look: Look, scale: number): void {
    const pen = this.#context;
    const half = HALF * scale;
    pen.lineJoin = 'round';
    pen.lineCap = 'round';
    if (point.type === 'saddle') {
      const path = new Path2D();
      line(path, up);
      line(path, down);
      for (const [end, before] of ends(up)) bar(path, end, before, 4 * scale);
      for (const [end, before] of ends(down)) arrow(path, end, before, 5 * scale);
      this.#stroke(path, look, scale);
      return;
    }
    const path = new Path2D();
    if (point.type === 'degenerate') {
      path.moveTo(x, y - half);
      path.lineTo(x + half, y);
      path.lineTo(x, y + half);
      path.lineTo(x - half, y);
    } else {
      // A minimum points down into its valley, a maximum up.
      const tip = point.type === 'minimum' ? half : -half;
      path.moveTo(x, y + tip);
      path.lineTo(x - half, y - tip * 0.75);
      path.lineTo(x + half, y - tip * 0.75);
    }
    path.closePath();
    this.#stroke(path, look, scale);
    pen.fillStyle = look.halo;
    pen.globalAlpha = 0.55;
    pen.fill(path);
    pen.globalAlpha = 1;
  }

  #stroke(path: Path2D, look: Look, scale: number): void {
    const pen = this.#context;
    pen.strokeStyle = look.halo;
    pen.lineWidth = CASING * scale;
    pen.stroke(path);
    pen.strokeStyle = look.ink;
    pen.lineWidth = LINE * scale;
    pen.stroke(path);
  }
}

/** All of a part that its annotations follow from, but for what `touch` tells. */
function keyOf({ projection, sheet: { width, height, insets }, at, name, colour }: Annotated): string {
  const { left, top, right, bottom } = insets;
  return `${at} ${width} ${height} ${left} ${top} ${right} ${bottom} ${projection.viewProjection.elements.join()} ${colour} ${name}`;
}

/** Writes what a part of the picture is called into its corner. */
function head(pen: Pen, { at: [left, top], name, colour, look }: Annotated): void {
  pen.fillStyle = colour;
  pen.beginPath();
  pen.arc(left + HEADING + 6, top + HEADING + 6, 6, 0, 2 * Math.PI);
  pen.fill();
  pen.font = '600 16px "Source Sans 3", sans-serif';
  pen.textAlign = 'left';
  pen.textBaseline = 'middle';
  pen.fillStyle = look.ink;
  pen.fillText(name, left + HEADING + 22, top + HEADING + 6);
}

/** Whether a label lies where no panel is. */
function isFree({ x, y }: AxisLabel, { width, height, insets }: Annotated['sheet']): boolean {
  const inside = x > insets.left && x < width - insets.right;
  return inside && y > insets.top && y < height - insets.bottom - NUMBER / 2;
}

function line(path: Path2D, points: readonly Point[]): void {
  points.forEach(([x, y], k) => {
    if (k === 0) path.moveTo(x, y);
    else path.lineTo(x, y);
  });
}

/** The two ends of a line, each with the point before it. */
function ends(points: readonly Point[]): (readonly [Point, Point])[] {
  const last = points.length - 1;
  return [
    [points[0], points[1]],
    [points[last], points[last - 1]],
  ];
}

/** A short bar across the end of a line, of half length `half`. */
function bar(path: Path2D, [x, y]: Point, [bx, by]: Point, half: number): void {
  const length = Math.hypot(x - bx, y - by) || 1;
  const [nx, ny] = [(-half * (y - by)) / length, (half * (x - bx)) / length];
  path.moveTo(x - nx, y - ny);
  path.lineTo(x + nx, y + ny);
}

/** An arrow's head at the end of a line. */
function arrow(path: Path2D, [x, y]: Point, [bx, by]: Point, size: number): void {
  const length = Math.hypot(x - bx, y - by) || 1;
  const [dx, dy] = [(size * (x - bx)) / length, (size * (y - by)) / length];
  path.moveTo(x - dx - 0.7 * dy, y - dy + 0.7 * dx);
  path.lineTo(x, y);
  path.lineTo(x - dx + 0.7 * dy, y - dy - 0.7 * dx);
}
