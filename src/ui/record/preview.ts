import { el } from '../dom.ts';

/** CSS pixels of the longer side. */
const LONGER = 400;

/** A small picture of the frame that was recorded last. */
export interface Preview {
  readonly element: HTMLElement;
  /** Frames will have so many pixels. */
  fit(width: number, height: number): void;
  /** RGBA row by row. */
  readonly show: (pixels: Uint8ClampedArray) => void;
}

/** Makes it. */
export function createPreview(): Preview {
  const element = el('canvas', { class: 'record-preview', 'aria-hidden': 'true' });
  let frame = new OffscreenCanvas(1, 1);
  return {
    element,
    fit(width, height) {
      frame = new OffscreenCanvas(width, height);
      const scale = LONGER / Math.max(width, height);
      element.width = Math.round(width * scale * window.devicePixelRatio);
      element.height = Math.round(height * scale * window.devicePixelRatio);
      element.style.aspectRatio = `${width} / ${height}`;
    },
    show(pixels) {
      const pen = frame.getContext('2d') as OffscreenCanvasRenderingContext2D;
      pen.putImageData(new ImageData(new Uint8ClampedArray(pixels), frame.width, frame.height), 0, 0);
      const own = element.getContext('2d');
      if (own) {
        own.imageSmoothingQuality = 'high';
        own.drawImage(frame, 0, 0, element.width, element.height);
      }
    },
  };
}
