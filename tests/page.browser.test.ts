import { describe, expect, test } from 'vitest';
import type { Page } from 'puppeteer';
import { DEFAULT_SCENE } from '../src/scene/defaults.ts';
import { encodeScene } from '../src/scene/link.ts';
import type { Scene } from '../src/scene/scene.ts';
import { openPage, untilSettled } from './support/browser.ts';

/** Small enough for a software GPU and for the CPU. */
const SMALL: Scene = { ...DEFAULT_SCENE, start: { ...DEFAULT_SCENE.start, count: 256 }, speed: 30 };

const hashOf = (scene: Scene) => encodeScene(scene);

/** Positions and losses of all lanes at some step, by the page's own handle. */
const at = (page: Page, step: number) =>
  page.evaluate(async (updates) => {
    const handle = window.thalweg!;
    handle.pause();
    handle.reset();
    handle.step(updates);
    return handle.snapshot();
  }, step);

/** Mean colour and how far the pixels of the picture spread around it, each channel 0 … 255. */
const pixels = (page: Page) =>
  page.evaluate(async () => {
    const picture = await createImageBitmap(await window.thalweg!.image());
    const canvas = document.createElement('canvas');
    canvas.width = 160;
    canvas.height = 90;
    const context = canvas.getContext('2d')!;
    context.drawImage(picture, 0, 0, 160, 90);
    const { data } = context.getImageData(0, 0, 160, 90);
    const mean = [0, 1, 2].map((c) => data.reduce((sum, v, i) => (i % 4 === c ? sum + v : sum), 0) / (data.length / 4));
    const spread = [0, 1, 2].map((c) =>
      Math.sqrt(data.reduce((sum, v, i) => (i % 4 === c ? sum + (v - mean[c]) ** 2 : sum), 0) / (data.length / 4)),
    );
    return { width: picture.width, height: picture.height, mean, spread, data: Array.from(data) };
  });

const WAYS = [
  ['with WebGPU', { webgpu: true }, 'gpu', null],
  ['in a browser without WebGPU', { webgpu: 'absent' }, 'reference', /browser has no WebGPU/],
  ['without an adapter', { webgpu: false }, 'reference', /offers no GPU/],
  ['on an insecure origin', { webgpu: true, insecure: true }, 'reference', /not secure/],
] as const;

describe.each(WAYS)('the page %s', (_, wish, device, reason) => {
  test('runs, draws and says what it runs on', async () => {
    const { page, errors, requests, origin } = await openPage({ ...wish, hash: hashOf(SMALL) });
    expect(await page.evaluate(() => document.documentElement.dataset.thalweg)).toBe('ready');
    const start = await at(page, 0);
    expect(start.device).toBe(device);
    const later = await at(page, 60);
    expect(later.step).toBe(60);
    for (const [i, lane] of later.lanes.entries()) {
      expect(lane.positions).toHaveLength(256);
      // Downhill: the median loss of every lane fell by more than half.
      expect(lane.median).toBeLessThan(start.lanes[i].median / 2);
    }
    // Every formula of the panel is set as mathematics.
    expect(await page.evaluate(() => document.querySelectorAll('[data-tex]:not(:has(math))').length)).toBe(0);
    const { mean, spread } = await pixels(page);
    // A terrain, rather than one colour: the picture's pixels differ by more than a uniform ground's would.
    expect(Math.max(...spread)).toBeGreaterThan(20);
    expect(Math.max(...mean)).toBeGreaterThan(10);
    const text = await page.evaluate(() => document.body.innerText);
    if (reason) {
      expect(text).toMatch(reason);
    }
    expect(errors).toEqual([]);
    expect(requests.map((request) => new URL(request).origin).filter((other) => other !== origin)).toEqual([]);
  });
});

test('the link reproduces the run, bit for bit', async () => {
  const first = await openPage({ hash: hashOf(SMALL) });
  const original = await at(first.page, 80);
  const link = await first.page.evaluate(() => JSON.stringify(window.thalweg!.scene));
  const second = await openPage({ hash: hashOf(JSON.parse(link)), width: 700, height: 500, theme: 'light' });
  expect(await at(second.page, 80)).toEqual(original);
});

test('a changed learning rate changes the path, and the change in mid-run is played again from the link', async () => {
  const { page } = await openPage({ hash: hashOf(SMALL) });
  const plain = await at(page, 50);
  const edited: Scene = {
    ...SMALL,
    edits: [{ step: 20, change: { kind: 'hyper', lane: 0, key: 'lr', value: 0.0005 } }],
  };
  await page.evaluate((scene) => {
    window.thalweg!.scene = scene;
  }, edited);
  const changed = await at(page, 50);
  expect(changed.lanes[0].positions).not.toEqual(plain.lanes[0].positions);
  expect(changed.lanes[1].positions).toEqual(plain.lanes[1].positions);
  const other = await openPage({ hash: hashOf(edited) });
  expect(await at(other.page, 50)).toEqual(changed);
});

test('particles change the picture, and so does another surface', async () => {
  const { page } = await openPage({ hash: hashOf(SMALL) });
  const differs = (a: readonly number[], b: readonly number[]) =>
    a.reduce((count, v, i) => count + Number(Math.abs(v - b[i]) > 12), 0);
  await at(page, 0);
  const start = await pixels(page);
  await at(page, 100);
  const later = await pixels(page);
  expect(differs(start.data, later.data)).toBeGreaterThan(200);
  await page.evaluate((scene) => {
    window.thalweg!.scene = scene;
  }, { ...SMALL, surface: { id: 'saddle', params: {} } } as Scene);
  await at(page, 0);
  expect(differs(start.data, (await pixels(page)).data)).toBeGreaterThan(2000);
});

describe('what is broken is answered', () => {
  const damaged = [
    ['a damaged link', 's=rosenbrok&v=1', /rosenbrok/],
    ['a hostile link', `v=1&__proto__=(polluted:1)&s=<img src=x onerror=alert(1)>`, /link/i],
    ['a link that asks for no particles', 'n=0&v=1', /particle/i],
  ] as const;

  test.each(damaged)('%s', async (_, hash, says) => {
    const { page, errors } = await openPage({ hash });
    expect(await page.evaluate(() => document.documentElement.dataset.thalweg)).toBe('ready');
    expect(await page.evaluate(() => document.body.innerText)).toMatch(says);
    expect(errors).toEqual([]);
  });

  test('a scene with NaN, zero particles or a rate out of range is refused in one sentence, and the old one stays', async () => {
    const { page, errors } = await openPage({ hash: hashOf(SMALL) });
    const bad = [
      { ...SMALL, start: { ...SMALL.start, count: 0 } },
      { ...SMALL, start: { count: 1, spawn: 'points', points: [[null, 0]] } },
      { ...SMALL, surface: { formula: 'x^2 +', params: {} } },
      { ...SMALL, lanes: [{ ...SMALL.lanes[0], hyper: { lr: 'fast' } }] },
    ];
    for (const scene of bad) {
      const told = await page.evaluate((value) => {
        try {
          window.thalweg!.scene = value as never;
          return null;
        } catch (error) {
          return String((error as Error).message);
        }
      }, scene as never);
      expect(told).toMatch(/^[A-Z].*\.$/);
      expect(told).not.toMatch(/\n/);
    }
    expect((await at(page, 3)).lanes).toHaveLength(4);
    expect(errors).toEqual([]);
  });

  test('a learning rate of 1e30 sends everybody away, counted', async () => {
    const lanes = [{ ...SMALL.lanes[0], hyper: { lr: 1e30 } }];
    const { page, errors } = await openPage({ hash: hashOf({ ...SMALL, lanes, selected: 0 }) });
    const { lanes: found } = await at(page, 20);
    expect(found[0].counts.diverged).toBe(256);
    expect((await pixels(page)).spread[0]).toBeGreaterThan(10);
    expect(errors).toEqual([]);
  });

  test('a start outside the domain runs and is counted as outside', async () => {
    const start = { count: 1, spawn: 'points', points: [[40, 40]] } as const;
    const lanes = [{ ...SMALL.lanes[0], hyper: { lr: 1e-9 } }];
    const { page, errors } = await openPage({ hash: hashOf({ ...SMALL, start, lanes, selected: 0 }) });
    const { lanes: found } = await at(page, 5);
    expect(found[0].counts).toEqual({ particles: 1, converged: 0, diverged: 0, outside: 1 });
    expect(errors).toEqual([]);
  });

  test('a window of no size and back again', async () => {
    const { page, errors } = await openPage({ hash: hashOf(SMALL) });
    await page.evaluate(() => {
      document.documentElement.style.display = 'none';
    });
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    await page.evaluate(() => {
      document.documentElement.style.display = '';
    });
    await page.setViewport({ width: 500, height: 400 });
    await at(page, 5);
    const { width, spread } = await pixels(page);
    expect(width).toBeGreaterThan(0);
    expect(Math.max(...spread)).toBeGreaterThan(15);
    expect(errors).toEqual([]);
  });

  test('a lost device comes back to the same step and the same numbers', async () => {
    const { page, errors } = await openPage({ path: '', hash: hashOf(SMALL), early: true });
    await page.evaluateOnNewDocument(() => {
      const request = GPUAdapter.prototype.requestDevice;
      GPUAdapter.prototype.requestDevice = async function (...words) {
        const device = await request.apply(this, words);
        (window as unknown as { devices: GPUDevice[] }).devices ??= [];
        (window as unknown as { devices: GPUDevice[] }).devices.push(device);
        return device;
      };
    });
    await page.reload({ waitUntil: 'domcontentloaded' });
    await page.waitForFunction(() => document.documentElement.dataset.thalweg === 'ready');
    const before = await at(page, 40);
    await page.evaluate(() => (window as unknown as { devices: GPUDevice[] }).devices[0].destroy());
    await page.waitForFunction(
      () =>
        (window as unknown as { devices: GPUDevice[] }).devices.length > 1 &&
        document.documentElement.dataset.thalweg === 'ready',
    );
    const after = await page.evaluate(() => window.thalweg!.snapshot());
    expect(after).toEqual(before);
    expect((await pixels(page)).spread[0]).toBeGreaterThan(10);
    expect(await page.evaluate(() => document.body.innerText)).toMatch(/device/i);
    expect(errors).toEqual([]);
  });

  test('a device that refuses a kernel: the CPU computes instead, and the page says why', async () => {
    const { page } = await openPage({ hash: hashOf(SMALL), early: true });
    await page.evaluateOnNewDocument(() => {
      const create = GPUDevice.prototype.createShaderModule;
      GPUDevice.prototype.createShaderModule = function (descriptor) {
        const spoiled = descriptor.label?.startsWith('descend') ? `${descriptor.code}\n!` : descriptor.code;
        return create.call(this, { ...descriptor, code: spoiled });
      };
    });
    await page.reload({ waitUntil: 'domcontentloaded' });
    await untilSettled(page);
    expect((await at(page, 10)).device).toBe('reference');
    expect(await page.evaluate(() => document.body.innerText)).toMatch(/shader descend .* does not compile.*CPU computes/);
    expect(await page.evaluate(() => document.querySelectorAll('canvas.picture').length)).toBe(1);
    expect((await pixels(page)).spread[0]).toBeGreaterThan(10);
  });
});
