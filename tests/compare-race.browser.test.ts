import type { Page } from 'puppeteer';
import { describe, expect, test } from 'vitest';
import { targetsOf } from '../src/analysis/targets.ts';
import { landscapeOf } from '../src/compute/engine/plan.ts';
import { Race } from '../src/compute/engine/race.ts';
import { DEFAULT_SCENE } from '../src/scene/defaults.ts';
import { encodeScene } from '../src/scene/link.ts';
import type { Scene } from '../src/scene/scene.ts';
import { openPage } from './support/browser.ts';

/** Two lanes of a short run: one that gets there, and one that is too slow. */
const SCENE: Scene = {
  ...DEFAULT_SCENE,
  lanes: [
    { ...DEFAULT_SCENE.lanes[0], name: 'Quick', hyper: { lr: 0.008 } },
    { ...DEFAULT_SCENE.lanes[3], name: 'Slow', hyper: { lr: 0.01 } },
  ],
  selected: 1,
  start: { ...DEFAULT_SCENE.start, count: 200 },
  steps: 40,
  race: { budget: 'steps', target: 1 },
  picture: { ...DEFAULT_SCENE.picture, views: 'each' },
};

const opened = async (scene: Scene, webgpu: boolean | 'absent' = true) => {
  const { page, errors } = await openPage({
    hash: encodeScene(scene),
    width: 1280,
    height: 720,
    reducedMotion: true,
    webgpu,
  });
  await page.waitForSelector('.board-done');
  await page.waitForFunction((n) => document.querySelectorAll('.board tbody tr').length === n, {}, scene.lanes.length);
  return { page, errors };
};

const sceneOf = (page: Page): Promise<Scene> => page.evaluate(() => JSON.parse(JSON.stringify(window.thalweg!.scene)));

const texts = (page: Page, selector: string): Promise<string[]> =>
  page.$$eval(selector, (elements) => elements.map((element) => element.textContent ?? ''));

/** A place of the page on a lane's curve, at a share of its length. */
const onCurve = (page: Page, lane: number, share: number): Promise<[number, number]> =>
  page.evaluate(
    (k, at) => {
      const curves = [...document.querySelectorAll<SVGPathElement>('.svg-chart path[stroke-linejoin]')];
      // The selected lane's is drawn last.
      const path = [...curves].sort(
        (a, b) => Number(a.getAttribute('stroke-width')) - Number(b.getAttribute('stroke-width')),
      )[k];
      const { x, y } = path.getPointAtLength(at * path.getTotalLength());
      const { left, top } = document.querySelector('.svg-chart')!.getBoundingClientRect();
      return [left + x, top + y] as [number, number];
    },
    lane,
    share,
  );

describe.each([
  ['on the GPU', true],
  ['without WebGPU', 'absent'],
] as const)('the race on the page %s', (_, webgpu) => {
  test('comes to what the reference comes to, and says who leads', async () => {
    const { page, errors } = await opened(SCENE, webgpu);
    const { losses, chosen } = targetsOf(landscapeOf(SCENE), 1);
    const race = await Race.create(null, SCENE, { budget: { kind: 'steps', n: SCENE.steps }, targets: losses });
    await race.advance(SCENE.steps);
    const shares = (await race.results()).map(
      ({ seen }) => seen.updates[chosen].filter((at) => at >= 0).length / SCENE.start.count,
    );
    race.dispose();
    expect(await texts(page, '.board-pick')).toEqual(['Quick', 'Slow']);
    const shown = (await texts(page, '.board td:nth-child(2) b')).map((text) => Number(text) / 100);
    // A particle or two may cross the target an update sooner or later in float32; percents have one decimal.
    shares.forEach((share, lane) => {
      expect(shown[lane], `share of lane ${lane}`).toBeGreaterThan(share - 0.012);
      expect(shown[lane], `share of lane ${lane}`).toBeLessThan(share + 0.012);
    });
    const [verdict] = await texts(page, '.board-verdict');
    expect(verdict).toContain('Quick reaches the target first');
    expect(verdict).toContain('Learning rates are as set');
    expect(errors).toEqual([]);
  });
});

test('what is pointed at stands out, a drag seeks, tabs go by keys, charts are saved', async () => {
  const { page, errors } = await opened(SCENE);
  await page.waitForSelector('.svg-chart path[stroke-linejoin]');
  await page.mouse.move(...(await onCurve(page, 0, 0.6)));
  await page.waitForSelector('.cell-lit[aria-label="Quick"]');
  await page.waitForSelector('.board-lit');
  expect(await texts(page, '.board-lit .board-pick')).toEqual(['Quick']);
  expect(await texts(page, '.chart-tip-near span')).toEqual(['Quick']);
  expect(
    await page.$$eval('.svg-chart svg > g[opacity]', (groups) => groups.map((g) => g.getAttribute('opacity')).sort()),
  ).toEqual(['0.22', '1']);
  // The picture's cell marks its curve.
  const cell = await (await page.$('.cell[aria-label="Slow"]'))!.boundingBox();
  await page.mouse.move(cell!.x + cell!.width / 2, cell!.y + cell!.height / 2);
  await page.waitForFunction(() => document.querySelector('.board-lit .board-pick')?.textContent === 'Slow');
  await page.mouse.move(2, 2);
  await page.waitForFunction(() => !document.querySelector('.board-lit'));

  const [x, y] = await onCurve(page, 1, 0.05);
  await page.mouse.move(x, y - 20);
  await page.mouse.down();
  await page.mouse.move(x + 30, y - 20, { steps: 3 });
  await page.mouse.up();
  const { step } = await page.evaluate(() => window.thalweg!.snapshot());
  expect(step).toBeGreaterThan(0);
  expect(step).toBeLessThan(SCENE.steps);
  await page.waitForFunction((n) => document.querySelector('.chart-now span')?.textContent === `now ${n}`, {}, step);

  await page.evaluate(() => {
    // What would be saved is kept.
    const kept: Blob[] = [];
    Object.assign(window, { kept });
    const make = URL.createObjectURL;
    URL.createObjectURL = (blob: Blob) => {
      kept.push(blob);
      return make(blob);
    };
    HTMLAnchorElement.prototype.click = () => undefined;
  });
  await page.focus('.strip-tab');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction(() => document.querySelector('.compare-chart h2')?.textContent === 'Loss');
  expect(await page.$eval('.strip-tab[aria-selected="true"]', (tab) => tab.textContent)).toBe('Loss');
  for (const format of ['csv', 'svg', 'png']) {
    await page.select('.compare-save select', format);
    await page.waitForFunction(
      (type) => (window as unknown as { kept: Blob[] }).kept.some((blob) => blob.type.includes(type)),
      {},
      format,
    );
  }
  const [csv, svg, png] = await page.evaluate(async () => {
    const { kept } = window as unknown as { kept: Blob[] };
    const of = (type: string) => kept.find((blob) => blob.type.includes(type))!;
    return [await of('csv').text(), await of('svg').text(), String((await createImageBitmap(of('png'))).width)];
  });
  expect(csv.split('\n')[0]).toBe('lane,update,loss,low,high');
  expect(csv).toMatch(/^Slow,40,/m);
  expect(svg).toContain('>Quick</text>');
  expect(svg).toContain('>Loss</text>');
  expect(Number(png)).toBe(3 * 760);
  expect(errors).toEqual([]);
});

test('a search tunes the lanes in one change that can be undone; terms, and one terrain for all', async () => {
  const { page, errors } = await opened(SCENE);
  const before = await sceneOf(page);
  await page.click('.tune-start');
  await page.waitForSelector('.tune-going:not([hidden]) button');
  await page.click('.tune-going button');
  await page.waitForSelector('.tune-start:not([hidden])');
  expect((await sceneOf(page)).lanes).toEqual(before.lanes);

  await page.click('.tune-start');
  await page.waitForFunction(() =>
    document.querySelector('.board-verdict')?.textContent?.includes('tuned by the same search'),
  );
  const { lanes } = await sceneOf(page);
  lanes.forEach((lane, k) => {
    expect(lane.hyper.lr, `rate of lane ${k}`).not.toBe(before.lanes[k].hyper.lr);
  });
  // A rate at which Adam is no longer slow.
  expect(lanes[1].hyper.lr).toBeGreaterThan(0.03);
  await page.waitForFunction(() =>
    document.querySelector('.compare-chart h2')?.textContent?.includes('over the learning rate'),
  );
  expect(await page.$$('.svg-chart circle')).toHaveLength(2);
  await page.click('.top-actions button[aria-label="Undo"]');
  expect((await sceneOf(page)).lanes).toEqual(before.lanes);
  await page.waitForFunction(() => document.querySelector('.board-verdict')?.textContent?.includes('as set'));

  // The board is written anew with the race's news, and its foot moves with it: the click is made once that stands still.
  await page.locator('.board-foot input[value="gradients"]').click();
  await page.waitForFunction(() => window.thalweg!.scene.race.budget === 'gradients');
  expect((await texts(page, '.terms'))[0]).toContain('equal budget');
  await page.locator('.apart').click();
  await page.waitForFunction(() => window.thalweg!.scene.picture.views === 'together');
  await page.waitForFunction(() => document.querySelector<HTMLElement>('.cells')?.hidden);
  expect(errors).toEqual([]);
});
