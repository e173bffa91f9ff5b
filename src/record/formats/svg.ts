import type { Format } from '../format.ts';

/** The map as a drawing of vectors, for paper. */
export const svg: Format = {
  id: 'svg',
  async open({ sink }) {
    return {
      add: async (shot) => sink.write(new TextEncoder().encode(await shot.map()), 0),
      finish: async () => {},
      cancel() {},
    };
  },
};
