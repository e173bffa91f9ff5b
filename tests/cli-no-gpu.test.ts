import { describe, expect, it, vi } from 'vitest';
import { answerOf, thalweg } from './support/command.ts';

// A machine whose drivers offer nothing.
vi.mock('webgpu', () => ({ create: () => ({ requestAdapter: () => Promise.resolve(null) }) }));

describe('without a GPU', () => {
  it('auto runs the reference and says so', async () => {
    const { status, out, err } = await thalweg('run', '--steps', '2');
    expect(status).toBe(0);
    expect(JSON.parse(out).device).toBe('reference');
    expect(err).toMatch(/^thalweg: no GPU, [^\n]+\n$/);
    expect(JSON.parse(out)).toEqual(await answerOf('run', '--steps', '2', '--device', 'reference'));
  });

  it.each(['run --device gpu', 'evaluate --at 1,2 --device gpu', 'schedule --device gpu', 'verify'])(
    '%s cannot be done: one sentence and status 1',
    async (line) => {
      const { status, out, err } = await thalweg(...line.split(' '));
      expect({ status, out }).toEqual({ status: 1, out: '' });
      expect(err).toMatch(/^thalweg: There is no GPU: [^\n]+\n$/);
    },
  );

  it('the reference asks for none', async () => {
    const { status, err } = await thalweg('evaluate', '--at', '1,2');
    expect({ status, err }).toEqual({ status: 0, err: '' });
  });

  it('doctor says so, and what to do', async () => {
    const answer = await answerOf('doctor');
    expect(answer).toMatchObject({ adapter: null, limits: null, codecs: expect.any(Object) });
    expect(Object.keys(answer)).toEqual(expect.arrayContaining(['browser', 'python', 'vulkan']));
    expect(answer.missing).toContainEqual({ what: 'a WebGPU adapter', advice: expect.stringMatching(/install/) });
  });
});
