import { atOnce } from '../../math/at-once.ts';
import { saveFile } from '../files.ts';
import { token } from '../theme.ts';
import type { Figure } from './figure.ts';
import { nameText, sheet } from './pen.ts';

/** How a figure can be saved. */
export const CHART_FORMATS = ['svg', 'png', 'csv'] as const;
export type ChartFormat = (typeof CHART_FORMATS)[number];

/** A saved picture's size, the head above the plot, and its margin, in its own pixels. */
const WIDTH = 760;
const HEIGHT = 420;
const HEAD = 64;
const MARGIN = 20;

/** Pixels of a saved bitmap for each of the picture's. */
const DENSITY = 3;

/** A figure as a file of its own, with its title, on the page's ground. */
function svgText(figure: Figure, selected: number): string {
  const { element } = atOnce(figure.draw(WIDTH - 2 * MARGIN, HEIGHT, selected));
  element.setAttribute('x', String(MARGIN));
  element.setAttribute('y', String(HEAD));
  const whole = sheet(
    WIDTH,
    HEAD + HEIGHT + MARGIN / 2,
    figure.title,
    nameText(MARGIN, 30, figure.title, 17, '--ink', 600),
    nameText(MARGIN, 50, figure.note, 13, '--ink-2'),
    element,
  );
  whole.style.background = token('--panel-solid');
  return new XMLSerializer().serializeToString(whole);
}

async function pngOf(figure: Figure, selected: number): Promise<Blob> {
  const image = new Image();
  const address = URL.createObjectURL(new Blob([svgText(figure, selected)], { type: 'image/svg+xml' }));
  image.src = address;
  await image.decode().finally(() => URL.revokeObjectURL(address));
  const canvas = new OffscreenCanvas(image.width * DENSITY, image.height * DENSITY);
  const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
  context.fillStyle = token('--panel-solid');
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.convertToBlob({ type: 'image/png' });
}

const CONTENTS: Readonly<Record<ChartFormat, (figure: Figure, selected: number) => Promise<Blob> | Blob>> = {
  svg: (figure, selected) => new Blob([svgText(figure, selected)], { type: 'image/svg+xml' }),
  png: pngOf,
  csv: (figure) => new Blob([figure.csv()], { type: 'text/csv' }),
};

/** Hands a figure to the person as a file. Rejects where the browser cannot make it. */
export async function saveChart(figure: Figure, selected: number, format: ChartFormat): Promise<void> {
  const name = figure.title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  saveFile(await CONTENTS[format](figure, selected), `thalweg-${name}.${format}`);
}
