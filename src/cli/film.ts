import { existsSync } from 'node:fs';
import puppeteer, { type Browser, type Page } from 'puppeteer';
import { SOFTWARE_GPU } from '../../scripts/browser.js';
import { ensureBuilt } from '../../scripts/build.js';
import { ensureBrowser } from '../../scripts/devices.js';
import { serve } from '../../scripts/serve.js';
import type { Recording } from '../scene/recording.ts';
import type { Scene } from '../scene/scene.ts';
import type { DeviceChoice } from './device.ts';
import { FailureError } from './errors.ts';
import type { WriteAt } from './output.ts';

/** Milliseconds that a page may take until it is there. */
const START = 60_000;

/** A graphics card of this machine, as a headless browser finds it. */
const CARD_GPU = [
  '--enable-unsafe-webgpu',
  ...(process.platform === 'linux' ? ['--enable-features=Vulkan', '--use-angle=vulkan'] : []),
];

/** On Linux a card is seen here; elsewhere the browser has one, or draws in software by itself. */
const hasCard = (): boolean => process.platform !== 'linux' || existsSync('/dev/dri') || existsSync('/dev/nvidia0');

/** Milliseconds of a frame: updates, drawing, encoding, and how long the encoder stood without one. */
export type FrameTook = Readonly<Record<'simulate' | 'draw' | 'encode' | 'wait', number>>;

/** What is filmed, and who takes it. */
export interface FilmOrder {
  readonly scene: Scene;
  readonly recording: Recording;
  readonly device: DeviceChoice;
  readonly write: WriteAt;
  /**
   * Told how many frames are done, the milliseconds that the last one took, and by what to ask for the bytes of the page's heap
   * that are in use; the next frame waits until it resolves.
   */
  progress(done: number, took: FrameTook, heap: () => Promise<number>): void | Promise<void>;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** The recorder's page as it is seen from here; the page itself has the types. */
interface PageRecorder {
  adapter(): Promise<string | null>;
  record(scene: Scene, recording: Recording, options: { device: 'gpu' | 'cpu' }): Promise<unknown>;
}

/** A browser with the recorder's page in it. */
interface Stage {
  readonly browser: Browser;
  readonly page: Page;
}

async function openStage(executablePath: string, address: string, args: readonly string[]): Promise<Stage> {
  const browser = await puppeteer
    .launch({
      executablePath,
      headless: true,
      // Without a sandbox only where there can be none: for root.
      args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), ...args],
      protocolTimeout: 0,
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    })
    .catch(() => {
      throw new FailureError(
        `The browser ${executablePath} did not start: point CHROME_PATH at another Chrome or Chromium.`,
      );
    });
  try {
    const page = await browser.newPage();
    await page.goto(address, { timeout: START });
    await page.waitForFunction(() => 'thalwegRecorder' in window, { timeout: START });
    return { browser, page };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

const adapterOf = ({ page }: Stage): Promise<string | null> =>
  page.evaluate(() => (window as unknown as { thalwegRecorder: PageRecorder }).thalwegRecorder.adapter());

/** Bytes of a page's heap that are in use, rubbish apart. */
async function heapOf(page: Page): Promise<number> {
  const devtools = await page.createCDPSession();
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  await devtools.detach();
  return usedSize;
}

/** A stage on the device that is asked for: the card where there is one, else the software GPU that browsers bring. */
async function stageOn(
  device: DeviceChoice,
  open: (args: readonly string[]) => Promise<Stage>,
): Promise<Stage & { readonly gpu: boolean }> {
  if (device === 'reference') {
    return { ...(await open(SOFTWARE_GPU)), gpu: false };
  }
  for (const args of hasCard() ? [CARD_GPU, SOFTWARE_GPU] : [SOFTWARE_GPU]) {
    const stage = await open(args);
    if ((await adapterOf(stage)) !== null) {
      return { ...stage, gpu: true };
    }
    await stage.browser.close();
  }
  if (device === 'gpu') {
    throw new FailureError('The browser offers no GPU; --device reference needs none.');
  }
  return { ...(await open(SOFTWARE_GPU)), gpu: false };
}

/**
 * Films a scene with the page's own recorder in a headless browser.
 * @throws Error (rejects) with a sentence where it cannot be done
 */
export async function film({ scene, recording, device, write, progress, signal }: FilmOrder): Promise<void> {
  const [root, executablePath] = await Promise.all([ensureBuilt('page'), ensureBrowser()]);
  const server = await serve({ root, ports: [0] });
  let stage: (Stage & { readonly gpu: boolean }) | null = null;
  const stop = (): void => void stage?.browser.close();
  try {
    stage = await stageOn(device, (args) => openStage(executablePath, `${server.url}record.html`, args));
    signal.addEventListener('abort', stop);
    signal.throwIfAborted();
    const { page, gpu } = stage;
    const crashed = new Promise<never>((_, reject) => {
      page.on('error', () =>
        reject(new FailureError('The browser’s page broke down in mid-recording: try a smaller size.')),
      );
    });
    await page.exposeFunction('thalwegWrite', (base64: string, position: number) =>
      write(Buffer.from(base64, 'base64'), position),
    );
    const heap = () => heapOf(page);
    await page.exposeFunction('thalwegProgress', (frame: number, took: FrameTook) => progress(frame, took, heap));
    const done = page.evaluate(
      async (what, how, on) => {
        try {
          await (window as unknown as { thalwegRecorder: PageRecorder }).thalwegRecorder.record(what, how, {
            device: on,
          });
          return null;
        } catch (error) {
          return error instanceof Error ? error.message : String(error);
        }
      },
      scene,
      recording,
      gpu ? ('gpu' as const) : ('cpu' as const),
    );
    const fault = await Promise.race([done, crashed]);
    signal.throwIfAborted();
    if (fault !== null) {
      throw new FailureError(fault);
    }
  } catch (error) {
    throw signal.aborted ? new FailureError('The recording was ended; there is no file.') : error;
  } finally {
    signal.removeEventListener('abort', stop);
    await stage?.browser.close().catch(() => {});
    await server.close();
  }
}
