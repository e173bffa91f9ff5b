import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ThalwegLandscape } from '../src/embed.ts';
import { openPage } from './support/browser.ts';
import { pageAddress } from './support/server.ts';

/** Somebody else's page: another origin, with no policy of ours. */
let host: Server;
let hostAddress: string;

beforeAll(async () => {
  const address = await pageAddress();
  const page = `<!doctype html><title>Host</title><body style="margin:0">
    <script type="module" src="${address}thalweg-landscape.js"></script>
    <thalweg-landscape id="one" scene="https://elsewhere.example/#n=16&l=(adam)&steps=50&v=1" controls theme="light" style="width:480px"></thalweg-landscape>
    <iframe id="other" style="width:320px;height:180px" src="${address}embed.html?parent=https://elsewhere.example#n=16&v=1"></iframe>`;
  host = createServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html' });
    response.end(page);
  });
  await new Promise<void>((resolve) => {
    host.listen(0, '127.0.0.1', resolve);
  });
  hostAddress = `http://127.0.0.1:${(host.address() as AddressInfo).port}/`;
});

afterAll(() => {
  host.closeAllConnections();
  host.close();
});

test('a landscape in another page does what it is asked, by that page alone', async () => {
  const { page, errors } = await openPage({ path: 'record.html', reducedMotion: true });
  await page.goto(hostAddress);
  const did = await page.evaluate(async () => {
    await customElements.whenDefined('thalweg-landscape');
    const one = document.getElementById('one') as ThalwegLandscape;
    await one.ready;
    await one.step(7);
    const { step, lanes } = await one.snapshot();
    const scene = await one.getScene();
    const said = await one.setScene({ ...scene, seed: -1 }).catch((error: Error) => error.message);
    await one.setScene({ ...scene, steps: 60 });
    const { steps } = await one.getScene();
    const image = await one.image();
    return { step, particles: lanes[0].positions.length, theme: scene.picture.theme, said, steps, type: image.type };
  });
  expect(did).toEqual({
    step: 7,
    particles: 16,
    theme: 'light',
    said: expect.stringMatching(/seed is -1; it must be/),
    steps: 60,
    type: 'image/png',
  });

  // The other one expects a page of another origin around it.
  const other = page
    .frames()
    .find((frame) => frame.url().includes('elsewhere.example') && frame.url().includes('embed.html?parent=https'))!;
  await other.waitForFunction(() => document.documentElement.dataset.thalweg === 'ready');
  const answers = await page.evaluate(async () => {
    const heard: unknown[] = [];
    const frame = (document.getElementById('other') as HTMLIFrameElement).contentWindow!;
    window.addEventListener('message', ({ source, data }) => {
      if (source === frame) heard.push(data);
    });
    frame.postMessage({ thalweg: 1, call: 'step', argument: 3 }, '*');
    // A question to the first one is answered after that.
    await (document.getElementById('one') as ThalwegLandscape).snapshot();
    return heard;
  });
  expect(answers).toEqual([]);
  expect(await other.evaluate(async () => (await window.thalweg!.snapshot()).step)).toBe(0);
  expect(errors).toEqual([]);
});
