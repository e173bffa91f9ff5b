import type { Format } from '../format.ts';
import { pngOf } from '../png.ts';

/** One picture of the landscape before nothing, as a PNG. */
export const png: Format = {
  id: 'png',

  async open({ recording: { width, height }, sink }) {
    return {
      add: async (shot) => sink.write(await pngOf(shot.cutOut(), width, height), 0),
      finish: async () => {},
      cancel() {},
    };
  },
};
