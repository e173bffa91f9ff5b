import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codecNames } from '../src/record/levels.ts';
import { nv12Bytes, toNv12 } from '../src/record/nv12.ts';
import { MemorySink } from '../src/record/sink.ts';
import { DEFAULT_SCENE } from '../src/scene/defaults.ts';
import { parseScene } from '../src/scene/schema.ts';
import { captionsText, readCaptions } from '../src/ui/record/captions.ts';
import { movedCaption, movedView } from '../src/ui/record/timing.ts';

describe('pixels as video stores them', () => {
  const stored = (...colours: readonly (readonly [number, number, number])[]): number[] => {
    const out = new Uint8Array(nv12Bytes(2, 2));
    toNv12(Uint8ClampedArray.from(colours.flatMap(([r, g, b]) => [r, g, b, 255])), 2, 2, out);
    return [...out];
  };
  const even = (colour: readonly [number, number, number]): number[] => stored(colour, colour, colour, colour);

  // BT.709, limited range, from the recommendation's own equations.
  it.each<[string, readonly [number, number, number], readonly [number, number, number]]>([
    ['black', [0, 0, 0], [16, 128, 128]],
    ['white', [255, 255, 255], [235, 128, 128]],
    ['grey', [128, 128, 128], [126, 128, 128]],
    ['red', [255, 0, 0], [63, 102, 240]],
    ['green', [0, 255, 0], [173, 42, 26]],
    ['blue', [0, 0, 255], [32, 240, 118]],
  ])('%s', (_, colour, [y, cb, cr]) => {
    expect(even(colour)).toEqual([y, y, y, y, cb, cr]);
  });

  it('each pixel has its own luma, four have one chroma', () => {
    const [black, white] = [
      [0, 0, 0],
      [255, 255, 255],
    ] as const;
    expect(stored(black, white, [255, 0, 0], [0, 255, 0]).slice(0, 4)).toEqual([16, 235, 63, 173]);
    expect(stored(black, white, [255, 0, 0], [0, 255, 0]).slice(4)).toEqual([
      Math.round((128 + 128 + 102 + 42) / 4),
      Math.round((128 + 128 + 240 + 26) / 4),
    ]);
  });
});

describe('codecs are named by the least level that carries the film', () => {
  it.each([
    ['avc', 1920, 1080, 30, 'avc1.640028'],
    ['avc', 1920, 1080, 60, 'avc1.64002a'],
    ['avc', 3840, 2160, 30, 'avc1.640033'],
    ['avc', 3840, 2160, 60, 'avc1.640034'],
    ['vp9', 1920, 1080, 60, 'vp09.00.41.08'],
    ['av1', 3840, 2160, 60, 'av01.0.13M.08'],
  ] as const)('%s %i × %i at %i', (codec, width, height, fps, name) => {
    expect(codecNames(codec, width, height, fps)[0]).toBe(name);
  });

  it('or not at all', () => {
    expect(codecNames('avc', 8192, 8192, 60)).toEqual([]);
  });
});

describe('captions as they are typed', () => {
  it('are read, and written as they are read', () => {
    const text = '0-2.5 Same starts\n3-4 And off they go';
    const captions = readCaptions(`  ${text.replace('-', ' – ')}\n\n`);
    expect(captions).toEqual([
      { from: 0, to: 2.5, text: 'Same starts' },
      { from: 3, to: 4, text: 'And off they go' },
    ]);
    expect(captionsText(captions as never)).toBe(text);
  });

  it.each([
    ['Same starts', /Line 1: write seconds and text/],
    ['0-1 a\n2-1 b', /Line 2: it ends after it begins/],
    ['0-9999 a', /within 3600 seconds/],
    [`0-1 ${'a'.repeat(201)}`, /Line 1 has 201 characters; 200 are the most/],
    [Array.from({ length: 65 }, () => '0-1 a').join('\n'), /65 captions; 64 are the most/],
  ])('%j', (text, sentence) => {
    expect(readCaptions(text)).toMatch(sentence);
  });
});

it('a sink in memory takes pieces in any order, and grows', async () => {
  const sink = new MemorySink();
  await sink.write(Uint8Array.of(4, 5), 3);
  await sink.write(Uint8Array.of(1, 2, 3), 0);
  await sink.write(new Uint8Array(2 ** 21).fill(7), 5);
  const bytes = new Uint8Array(await sink.blob('x/y').arrayBuffer());
  expect([...bytes.subarray(0, 7)]).toEqual([1, 2, 3, 4, 5, 7, 7]);
  expect(bytes).toHaveLength(5 + 2 ** 21);
});

describe('what is moved along the timeline', () => {
  const second = fc.double({ min: 0, max: 60, noNaN: true }).map((value) => Math.round(100 * value) / 100);
  const by = fc.double({ min: -4000, max: 4000, noNaN: true });
  const sound = (film: object): boolean => parseScene({ ...DEFAULT_SCENE, film: { ...DEFAULT_SCENE.film, ...film } }).fault === null;

  it('leaves a film that can be saved and opened, views in their order', () => {
    fc.assert(
      fc.property(fc.uniqueArray(second, { minLength: 1, maxLength: 5 }), fc.nat(), by, (times, pick, shift) => {
        const path = times
          .sort((a, b) => a - b)
          .map((at) => ({ at, azimuth: 1, elevation: 2, distance: 3, target: [0, 0] as const }));
        const index = pick % path.length;
        const moved = movedView(path, index, path[index].at + shift);
        expect(sound({ path: moved })).toBe(true);
        expect(moved.filter((_, k) => k !== index)).toEqual(path.filter((_, k) => k !== index));
      }),
    );
  });

  it('keeps a caption’s length when all of it is moved, and its other end when one is', () => {
    fc.assert(
      fc.property(second, second, by, fc.constantFrom('from', 'to', 'whole'), (from, length, shift, part) => {
        const was = { from, to: Math.round(100 * (from + length + 0.1)) / 100, text: 'A' };
        const [now] = movedCaption([was], 0, shift, part);
        expect(sound({ captions: [now] })).toBe(true);
        if (part === 'whole') expect(now.to - now.from).toBeCloseTo(was.to - was.from, 9);
        else expect(part === 'from' ? now.to : now.from).toBe(part === 'from' ? was.to : was.from);
      }),
    );
  });
});
