import { describe, expect, it } from 'vitest';
import { codecNames } from '../src/record/levels.ts';
import { nv12Bytes, toNv12 } from '../src/record/nv12.ts';
import { MemorySink } from '../src/record/sink.ts';
import { captionsText, readCaptions } from '../src/ui/record/captions.ts';

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
