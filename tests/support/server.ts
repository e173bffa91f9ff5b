import { afterAll } from 'vitest';
import { ensureBuilt } from '../../scripts/build.js';
import { serve } from '../../scripts/serve.js';

let running: Promise<{ url: string; close: () => Promise<void> }> | undefined;

/** The address of the built page, served as `npm start` serves it; one server a test file, built anew when sources changed. */
export const pageAddress = async (): Promise<string> => {
  running ??= ensureBuilt('page').then((root) => serve({ root, ports: [0] }));
  return (await running).url;
};

afterAll(async () => {
  await (await running)?.close();
});
