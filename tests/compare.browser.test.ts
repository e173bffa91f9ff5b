import type { Page } from 'puppeteer';
import { describe, expect, test } from 'vitest';
import { LANE_COLOURS } from '../src/scene/colours.ts';
import { DEFAULT_SCENE } from '../src/scene/defaults.ts';
import { encodeScene } from '../src/scene/link.ts';
import type { Scene } from '../src/scene/scene.ts';
import { openPage } from './support/browser.ts';

/** Colours whose hues lie far apart, on a grey ground: whose pixel it is can be told. */
const HUES = [0, 2, 4, 5];
const SCENE: Scene = {
  ...DEFAULT_SCENE,
  lanes: DEFAULT_SCENE.lanes.map((lane, i) => ({ ...lane, colour: HUES[i] })),
  start: { ...DEFAULT_SCENE.start, count: 256 },
  picture: { ...DEFAULT_SCENE.picture, views: 'each', palette: 'grey', markers: false, contours: false, theme: 'dark' },
};

const opened = async (scene: Scene = SCENE, wish: Parameters<typeof openPage>[0] = {}) => {
  const opened = await openPage({ hash: encodeScene(scene), width: 1280, height: 720, reducedMotion: true, ...wish });
  await opened.page.waitForSelector('.cell');
  return opened;
};

/** Frames go by: cells are laid out, cameras and marks come to rest. */
const frames = (page: Page, count = 20) =>
  page.evaluate(async (n) => {
    await window.thalweg!.snapshot();
    for (let k = 0; k < n; k += 1) await new Promise(requestAnimationFrame);
  }, count);

/** A cell in the picture: how many pixels have the hue of each colour, how the ground's brightness spreads, and a small copy. */
interface Seen {
  readonly hues: readonly number[];
  readonly spread: number;
  readonly copy: readonly number[];
}

const seen = async (page: Page): Promise<Seen[]> => {
  await frames(page);
  return page.evaluate(
    async (colours) => {
      const hueOf = (r: number, g: number, b: number): number => {
        const [top, low] = [Math.max(r, g, b), Math.min(r, g, b)];
        const at = top === r ? (g - b) / (top - low) : top === g ? 2 + (b - r) / (top - low) : 4 + (r - g) / (top - low);
        return (60 * at + 360) % 360;
      };
      const wanted = colours.map((hex) => {
        const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
        return hueOf(r, g, b);
      });
      const picture = await createImageBitmap(await window.thalweg!.image());
      const scale = picture.width / window.innerWidth;
      return [...document.querySelectorAll('.cell')].map((cell) => {
        const box = cell.getBoundingClientRect();
        // Without the heading.
        const [x, y, w, h] = [box.left, box.top + 40, box.width, box.height - 48].map((v) => Math.round(v * scale));
        const canvas = document.createElement('canvas');
        [canvas.width, canvas.height] = [w, h];
        const pen = canvas.getContext('2d', { willReadFrequently: true })!;
        pen.drawImage(picture, x, y, w, h, 0, 0, w, h);
        const { data } = pen.getImageData(0, 0, w, h);
        const hues = wanted.map(() => 0);
        const light: number[] = [];
        for (let i = 0; i < data.length; i += 4) {
          const [r, g, b] = [data[i], data[i + 1], data[i + 2]];
          const [top, low] = [Math.max(r, g, b), Math.min(r, g, b)];
          light.push((r + g + b) / 3);
          if (top > 90 && (top - low) / top > 0.4) {
            const hue = hueOf(r, g, b);
            wanted.forEach((other, k) => {
              if (Math.abs(((hue - other + 540) % 360) - 180) < 12) hues[k] += 1;
            });
          }
        }
        const mean = light.reduce((sum, v) => sum + v, 0) / light.length;
        pen.drawImage(picture, x, y, w, h, 0, 0, 48, 30);
        const copy = Array.from(pen.getImageData(0, 0, 48, 30).data).filter((_, i) => i % 4 === 1);
        return { hues, spread: Math.sqrt(light.reduce((sum, v) => sum + (v - mean) ** 2, 0) / light.length), copy };
      });
    },
    HUES.map((colour) => LANE_COLOURS[colour].hex),
  );
};

/** Share of the copies' pixels that differ clearly. */
const differing = (a: Seen, b: Seen): number => a.copy.filter((v, i) => Math.abs(v - b.copy[i]) > 16).length / a.copy.length;

const sceneOf = (page: Page): Promise<Scene> => page.evaluate(() => JSON.parse(JSON.stringify(window.thalweg!.scene)));

/** A place in a cell, in shares of its size. */
const placeIn = (page: Page, cell: number, x: number, y: number) =>
  page.evaluate(
    (k, across, down) => {
      const { left, top, width, height } = document.querySelectorAll('.cell')[k].getBoundingClientRect();
      return [left + across * width, top + down * height] as [number, number];
    },
    cell,
    x,
    y,
  );

const drag = async (page: Page, cell: number) => {
  const [x, y] = await placeIn(page, cell, 0.5, 0.5);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 140, y + 20, { steps: 4 });
  await page.mouse.up();
};

describe.each([
  ['on the GPU', true],
  ['without WebGPU', 'absent'],
] as const)('Compare %s', (_, webgpu) => {
  test('every cell shows the terrain and its own lane alone', async () => {
    const { page, errors } = await opened(SCENE, { webgpu });
    await page.evaluate(() => window.thalweg!.step(12));
    const cells = await seen(page);
    expect(cells).toHaveLength(4);
    cells.forEach(({ hues, spread }, k) => {
      expect(spread, `spread of cell ${k}`).toBeGreaterThan(25);
      expect(hues[k], `own pixels of cell ${k}: ${hues}`).toBeGreaterThan(60);
      for (const other of [0, 1, 2, 3].filter((i) => i !== k)) {
        expect(hues[other], `pixels of lane ${other} in cell ${k}: ${hues}`).toBeLessThan(0.05 * hues[k]);
      }
    });
    expect(errors).toEqual([]);
  });
});

/** Nothing but the ground. */
const GROUND: Scene = {
  ...SCENE,
  lanes: SCENE.lanes.map((lane) => ({ ...lane, hyper: { ...lane.hyper, lr: 1e-9 } })),
  start: { count: 1, spawn: 'points', points: [[0, 0]] },
};

test('cameras go together; one is unlinked and linked again', async () => {
  const { page, errors } = await opened(GROUND);
  const before = await seen(page);
  expect(differing(before[0], before[3])).toBeLessThan(0.03);
  await drag(page, 1);
  const turned = await seen(page);
  const { camera } = await sceneOf(page);
  expect(camera.azimuth).not.toBe(GROUND.camera.azimuth);
  expect(differing(before[0], turned[0])).toBeGreaterThan(0.1);
  expect(differing(turned[0], turned[1])).toBeLessThan(0.03);

  await page.click('.cell:nth-child(3) .cell-link');
  await drag(page, 2);
  const unlinked = await seen(page);
  expect((await sceneOf(page)).camera).toEqual(camera);
  expect(differing(unlinked[0], turned[0])).toBeLessThan(0.03);
  expect(differing(unlinked[2], unlinked[0])).toBeGreaterThan(0.1);
  // A lane that moves takes its camera along.
  await page.evaluate(() => {
    const { lanes, ...scene } = window.thalweg!.scene;
    window.thalweg!.scene = { ...scene, lanes, picture: { ...scene.picture, views: 'one' } };
    window.thalweg!.scene = { ...scene, lanes };
  });
  expect(differing((await seen(page))[2], unlinked[2])).toBeLessThan(0.03);

  await page.click('.cell:nth-child(3) .cell-link');
  const linked = await seen(page);
  expect(differing(linked[2], linked[0])).toBeLessThan(0.03);
  expect(errors).toEqual([]);
});

test('a click in a cell starts a particle where it points, and one on its heading selects the lane', async () => {
  const { page, errors } = await opened({ ...GROUND, camera: { ...GROUND.camera, view: 'map' } });
  await frames(page);
  // The middle of the map: room for its labels is left at the left and below.
  const clicked = async (cell: number): Promise<readonly [number, number]> => {
    const [x, y] = await placeIn(page, cell, 0.5, 0.5);
    await page.mouse.click(x + 18, y + 8 - 14);
    await page.waitForFunction((n) => window.thalweg!.scene.start.points.length === n, {}, cell + 1);
    const { start } = await sceneOf(page);
    return start.points[start.points.length - 1];
  };
  for (const cell of [1, 2, 3]) {
    const [x, y] = await clicked(cell);
    expect(Math.hypot(x, y), `cell ${cell}: ${x}, ${y}`).toBeLessThan(0.15);
  }
  const { lanes } = await page.evaluate(() => window.thalweg!.snapshot());
  expect(lanes.map(({ positions }) => positions.length)).toEqual([4, 4, 4, 4]);
  await page.click('.cell:nth-child(2) .cell-pick');
  const scene = await sceneOf(page);
  expect(scene.selected).toBe(1);
  expect(scene.start.points).toHaveLength(4);
  // Between two cells there is nothing.
  const [right, middle] = await placeIn(page, 0, 1, 0.5);
  await page.mouse.click(right + 4, middle);
  await frames(page);
  expect((await sceneOf(page)).start.points).toHaveLength(4);
  expect(errors).toEqual([]);
});

test('Explore and back: the picture is as it was, and lanes that are off have no cell', async () => {
  const { page, errors } = await openPage({ hash: encodeScene({ ...GROUND, picture: { ...GROUND.picture, views: 'one' } }), width: 1280, height: 720, reducedMotion: true });
  const copy = async (): Promise<number[]> => {
    await frames(page, 40);
    return page.evaluate(async () => {
      const picture = await createImageBitmap(await window.thalweg!.image());
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [160, 90];
      const pen = canvas.getContext('2d')!;
      pen.drawImage(picture, 0, 0, 160, 90);
      return Array.from(pen.getImageData(0, 0, 160, 90).data);
    });
  };
  const apart = (a: readonly number[], b: readonly number[]) => a.filter((v, i) => Math.abs(v - b[i]) > 8).length / a.length;
  const first = await copy();
  await page.click('.modes input[value="each"]');
  await page.waitForSelector('.cell');
  expect(apart(first, await copy())).toBeGreaterThan(0.1);
  await page.evaluate(() => {
    const { scene } = window.thalweg!;
    window.thalweg!.scene = { ...scene, lanes: scene.lanes.map((lane, i) => ({ ...lane, on: i !== 1 })) };
  });
  await page.waitForFunction(() => document.querySelectorAll('.cell').length === 3);
  expect(await page.$$eval('.cell', (cells) => cells.map((cell) => cell.getAttribute('aria-label')))).toEqual(['Gradient descent', 'RMSProp', 'Adam']);
  await page.keyboard.press('e');
  await page.waitForFunction(() => document.querySelectorAll('.cell').length === 0);
  await page.evaluate(() => {
    const { scene } = window.thalweg!;
    window.thalweg!.scene = { ...scene, lanes: scene.lanes.map((lane) => ({ ...lane, on: true })) };
  });
  expect(apart(first, await copy())).toBeLessThan(0.01);
  expect(errors).toEqual([]);
});

test('on a phone the cells stand between bar and sheet, two by two', async () => {
  const { page, errors } = await opened(SCENE, { width: 390, height: 844, touch: true });
  await frames(page);
  const boxes = await page.evaluate(() => {
    const box = (selector: string) => [...document.querySelectorAll(selector)].map((element) => element.getBoundingClientRect().toJSON() as DOMRect);
    return { cells: box('.cell'), bar: box('.modes')[0], sheet: box('.sheet')[0], wide: document.documentElement.scrollWidth };
  });
  expect(boxes.wide).toBe(390);
  expect(boxes.cells).toHaveLength(4);
  for (const cell of boxes.cells) {
    expect(cell.left).toBeGreaterThanOrEqual(0);
    expect(cell.right).toBeLessThanOrEqual(390);
    expect(cell.top).toBeGreaterThanOrEqual(boxes.bar.bottom);
    expect(cell.bottom).toBeLessThanOrEqual(boxes.sheet.top);
    expect(cell.width).toBeGreaterThan(150);
    expect(cell.height).toBeGreaterThan(120);
  }
  expect(errors).toEqual([]);
});
