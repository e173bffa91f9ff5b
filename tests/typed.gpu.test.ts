import { describe, expect, it } from 'vitest';
import { createReferenceSwarm } from '../src/compute/reference/swarm.ts';
import { createGpuSwarm } from '../src/compute/swarm/swarm.ts';
import { checkUpdates } from '../src/cli/verify/updates.ts';
import type { Optimizer } from '../src/descent/optimizer.ts';
import { hyperDefaults, optimizers } from '../src/descent/optimizers/index.ts';
import { compileRecurrences } from '../src/descent/typed/compile.ts';
import { testDevice } from './support/device.ts';

const written = optimizers.filter((optimizer): optimizer is Optimizer & { text: string } => optimizer.text !== undefined);

describe.each(written.map(({ id, text }) => [id, text] as const))('%s as text', (_, text) => {
  it('does each update to a few ulps in float32', async () => {
    const check = await checkUpdates(await testDevice(), compileRecurrences(text));
    console.log(_, check);
    expect(check.ok, JSON.stringify(check)).toBe(true);
  });
});
