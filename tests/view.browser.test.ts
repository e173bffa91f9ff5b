import type { Page } from 'puppeteer';
import { describe, expect, test } from 'vitest';
import { DEFAULT_SCENE } from '../src/scene/defaults.ts';
import { encodeScene } from '../src/scene/link.ts';
import type { Scene } from '../src/scene/scene.ts';
import { openPage } from './support/browser.ts';

/** One lane, few particles: what is seen is the ground, and what is told apart are single signs. */
const SCENE: Scene = { ...DEFAULT_SCENE, lanes: [DEFAULT_SCENE.lanes[0]], selected: 0, start: { ...DEFAULT_SCENE.start, count: 64 }, steps: 1000 };

const [WIDE, HIGH] = [192, 108];

/** The picture's pixels as a small sheet, row by row, RGB 0 … 255. */
const pixels = (page: Page): Promise<number[]> =>
  page.evaluate(
    async (width, height) => {
      const picture = await createImageBitmap(await window.thalweg!.image());
      const canvas = document.createElement('canvas');
      canvas.width = width;
      canvas.height = height;
      const pen = canvas.getContext('2d')!;
      pen.drawImage(picture, 0, 0, width, height);
      return Array.from(pen.getImageData(0, 0, width, height).data).filter((_, i) => i % 4 !== 3);
    },
    WIDE,
    HIGH,
  );

const show = async (page: Page, scene: Scene): Promise<number[]> => {
  await page.evaluate(async (value) => {
    window.thalweg!.scene = value;
    window.thalweg!.pause();
    await window.thalweg!.snapshot();
    // The camera flies, and marks are looked for, while frames go by.
    for (let k = 0; k < 90; k += 1) await new Promise(requestAnimationFrame);
  }, scene);
  return pixels(page);
};

/** Share of the pixels that differ clearly. */
const differing = (a: readonly number[], b: readonly number[]): number => {
  let count = 0;
  for (let i = 0; i < a.length; i += 3) {
    const apart = Math.abs(a[i] - b[i]) + Math.abs(a[i + 1] - b[i + 1]) + Math.abs(a[i + 2] - b[i + 2]);
    if (apart > 40) count += 1;
  }
  return count / (a.length / 3);
};

const withView = (view: Scene['camera']['view']): Scene => ({ ...SCENE, camera: { ...SCENE.camera, view } });

describe('the picture', () => {
  test('is the same on both roads, but for float32 and another rasterizer', async () => {
    const gpu = await openPage({ hash: encodeScene(SCENE), reducedMotion: true });
    const cpu = await openPage({ hash: encodeScene(SCENE), reducedMotion: true, webgpu: 'absent' });
    for (const view of ['3d', 'map'] as const) {
      const [one, other] = [await show(gpu.page, withView(view)), await show(cpu.page, withView(view))];
      // Contours and rims fall on other pixels of the small sheet.
      expect(differing(one, other)).toBeLessThan(0.06);
    }
    expect([...gpu.errors, ...cpu.errors]).toEqual([]);
  });

  test('has three views, two themes, contours, heights, marks, gradient fields and plateaus that each can be seen', async () => {
    const { page, errors } = await openPage({ hash: encodeScene(SCENE), reducedMotion: true });
    const base = await show(page, SCENE);
    const picture = (change: Partial<Scene['picture']>): Scene => ({ ...SCENE, picture: { ...SCENE.picture, ...change } });
    const map = withView('map');
    const easom: Scene = { ...map, surface: { id: 'easom', params: {} } };
    const changes: readonly (readonly [string, Scene, number, Scene?])[] = [
      ['map', map, 0.2],
      ['profile', withView('profile'), 0.15],
      ['light', picture({ theme: 'light' }), 0.5],
      ['no contours', picture({ contours: false }), 0.01],
      ['linear heights', picture({ height: 'linear' }), 0.05],
      ['palette', { ...map, picture: { ...map.picture, palette: 'viridis' } }, 0.2, map],
      // Nine marks on the map, each of some tens of pixels of the page.
      // Thin lines, on a sheet a fifth as wide as the page.
      ['arrows', { ...map, picture: { ...map.picture, field: 'arrows' } }, 0.005, map],
      ['flow lines', { ...map, picture: { ...map.picture, field: 'flow' } }, 0.02, map],
      ['flow lines in 3D', picture({ field: 'flow' }), 0.01],
      ['plateaus', { ...easom, picture: { ...easom.picture, plateaus: true } }, 0.05, easom],
      ['no marks', { ...map, picture: { ...map.picture, markers: false } }, 0.002, map],
    ];
    const shown = new Map<Scene, number[]>();
    for (const [name, scene, least, from] of changes) {
      const before = from ? (shown.get(from) ?? (await show(page, from))) : base;
      if (from) shown.set(from, before);
      expect(differing(before, await show(page, scene)), name).toBeGreaterThan(least);
    }
    expect(errors).toEqual([]);
  });

  test('a particle is drawn in its lane’s colour where it is, with its trail behind it', async () => {
    const { page } = await openPage({ hash: encodeScene(SCENE), reducedMotion: true });
    const start = { count: 1, spawn: 'points', points: [[0, 0]] } as const;
    // A long valley of its own, seen from above, so that places on the page are known: y = 0 is the middle row.
    const scene: Scene = {
      ...withView('map'),
      surface: { formula: '(x - 4)^2/20 + y^2', params: {} },
      domain: [-5, 5, -5, 5],
      start,
      lanes: [{ ...SCENE.lanes[0], hyper: { lr: 0.4 } }],
      picture: { ...SCENE.picture, markers: false, contours: false, theme: 'dark' },
    };
    const before = await show(page, scene);
    await page.evaluate(async () => {
      window.thalweg!.step(40);
      await window.thalweg!.snapshot();
      for (let k = 0; k < 30; k += 1) await new Promise(requestAnimationFrame);
    });
    const after = await pixels(page);
    const changed = (from: number, to: number): number => {
      let count = 0;
      for (let row = 0; row < HIGH; row += 1) {
        for (let column = Math.round(from * WIDE); column < to * WIDE; column += 1) {
          const k = 3 * (row * WIDE + column);
          if (Math.abs(before[k] - after[k]) + Math.abs(before[k + 1] - after[k + 1]) + Math.abs(before[k + 2] - after[k + 2]) > 24) count += 1;
        }
      }
      return count;
    };
    const [{ positions }] = (await page.evaluate(() => window.thalweg!.snapshot())).lanes;
    expect(positions[0][0]).toBeGreaterThan(2.5);
    // Half of the page is left of the start, and nothing happened there; to the right are the trail and the particle.
    expect(changed(0, 0.46)).toBe(0);
    expect(changed(0.5, 1)).toBeGreaterThan(10);
  });
});
