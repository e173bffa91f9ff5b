import { saveFile } from '../files.ts';
import { token } from '../theme.ts';
import { type Chart, chartCsv } from './chart.ts';

/** How a chart can be saved. */
export const CHART_FORMATS = ['svg', 'png', 'csv'] as const;
export type ChartFormat = (typeof CHART_FORMATS)[number];

/** Pixels of a saved picture for each of the page's. */
const DENSITY = 3;

/** A drawing as a file of its own, on the page's ground. */
function svgText(drawing: SVGSVGElement): string {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  copy.style.background = token('--panel-solid');
  return new XMLSerializer().serializeToString(copy);
}

async function pngOf(drawing: SVGSVGElement): Promise<Blob> {
  const image = new Image();
  const address = URL.createObjectURL(new Blob([svgText(drawing)], { type: 'image/svg+xml' }));
  image.src = address;
  await image.decode().finally(() => URL.revokeObjectURL(address));
  const canvas = new OffscreenCanvas(image.width * DENSITY, image.height * DENSITY);
  const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
  context.fillStyle = token('--panel-solid');
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.convertToBlob({ type: 'image/png' });
}

const CONTENTS: Readonly<Record<ChartFormat, (chart: Chart, drawing: SVGSVGElement) => Promise<Blob> | Blob>> = {
  svg: (_, drawing) => new Blob([svgText(drawing)], { type: 'image/svg+xml' }),
  png: (_, drawing) => pngOf(drawing),
  csv: (chart) => new Blob([chartCsv(chart)], { type: 'text/csv' }),
};

/** Hands a chart to the person as a file. Rejects where the browser cannot make it. */
export async function saveChart(chart: Chart, drawing: SVGSVGElement, format: ChartFormat): Promise<void> {
  const name = chart.title.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  saveFile(await CONTENTS[format](chart, drawing), `thalweg-${name}.${format}`);
}
