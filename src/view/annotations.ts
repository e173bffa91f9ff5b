import type { CriticalPoint } from '../landscape/surface.ts';
import { type AxisLabel, axisLabels, type AxisView } from './axes.ts';
import type { HeightField } from './height-field.ts';
import type { Look } from './look.ts';
import { type MarkedPoint, type Marker, markersOf } from './markers.ts';

/** Everything that the annotations of a picture follow from. */
export interface Annotated extends AxisView {
  readonly field: HeightField;
  readonly pixelRatio: number;
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

/** How near a pointer must be to a marker, in CSS pixels. */
const REACH = 14;

type Point = readonly [number, number];

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
  /** Left, top, width and height of the canvas, in shares of the picture's. */
  #covered: readonly [number, number, number, number] = [0, 0, 1, 1];

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

  draw(annotated: Annotated): void {
    const { projection, sheet, pixelRatio, look } = annotated;
    const { insets } = sheet;
    const panels = `${insets.left} ${insets.top} ${insets.right} ${insets.bottom}`;
    const key = `${this.#version} ${pixelRatio} ${sheet.width} ${sheet.height} ${panels} ${projection.viewProjection.elements.join()}`;
    if (key === this.#drawn) {
      return;
    }
    this.#drawn = key;
    this.#cover(annotated);
    const { left, top } = sheet.insets;
    const pen = this.#context;
    pen.setTransform(pixelRatio, 0, 0, pixelRatio, -left * pixelRatio, -top * pixelRatio);
    pen.clearRect(left, top, sheet.width, sheet.height);
    this.#drawAxes(axisLabels(annotated), annotated);
    this.#markers = annotated.markers ? this.#place(annotated) : [];
    for (const marker of this.#markers) {
      this.#drawMarker(marker, look, annotated.scale);
    }
  }

  /** A picture with the annotations over it, as a PNG in the picture's resolution; null when the browser cannot make one. */
  over(picture: HTMLCanvasElement): Promise<Blob | null> {
    const sheet = document.createElement('canvas');
    sheet.width = picture.width;
    sheet.height = picture.height;
    const pen = sheet.getContext('2d');
    pen?.drawImage(picture, 0, 0);
    const [x, y, width, height] = this.#covered;
    pen?.drawImage(this.#canvas, x * sheet.width, y * sheet.height, width * sheet.width, height * sheet.height);
    return new Promise((resolve) => sheet.toBlob(resolve, 'image/png'));
  }

  dispose(): void {
    this.#canvas.remove();
  }

  /** Lays the canvas over what panels leave free. */
  #cover({ sheet: { width, height, insets }, pixelRatio }: Annotated): void {
    const wide = Math.max(1, width - insets.left - insets.right);
    const high = Math.max(1, height - insets.top - insets.bottom);
    const [columns, rows] = [Math.round(wide * pixelRatio), Math.round(high * pixelRatio)];
    if (this.#canvas.width !== columns || this.#canvas.height !== rows) {
      this.#canvas.width = columns;
      this.#canvas.height = rows;
    }
    this.#covered = [insets.left / width, insets.top / height, wide / width, high / height];
    const { style } = this.#canvas;
    style.left = `${insets.left}px`;
    style.top = `${insets.top}px`;
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
