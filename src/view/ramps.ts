import type { PaletteId } from '../scene/palettes.ts';
import { fromOklab, parseHex, type Rgb, toOklab } from './oklab.ts';

/** The page's two looks. */
export type Theme = 'dark' | 'light';

/** Evenly spaced colours from the lowest loss to the highest. */
type Stops = readonly string[];

/**
 * Ramps by palette: `atlas` is one for each theme, the others are the same in both.
 * Source: batlow by F. Crameri (scientific colour maps), viridis by S. van der Walt and N. Smith, cividis by J. Nuñez, C. Anderton and R. Renslow.
 */
const STOPS: Readonly<Record<PaletteId, Stops | Readonly<Record<Theme, Stops>>>> = {
  atlas: {
    dark: ['#1c465c', '#225d66', '#3c736a', '#658566', '#939563', '#bea56f', '#deb78a', '#f0caa8', '#f6e1c5'],
    light: ['#356a84', '#44818c', '#5c958f', '#81a689', '#adb382', '#d2c08b', '#eacda4', '#f7dbbb', '#fbefd9'],
  },
  batlow: [
    '#011959', '#103f60', '#1c5a62', '#3c6d56', '#687b3e', '#9d892b', '#d29343', '#f8a17b', '#fdb7bc', '#faccfa',
  ],
  viridis: ['#440154', '#472d7b', '#3b528b', '#2c728e', '#21918c', '#28ae80', '#5ec962', '#addc30', '#fde725'],
  cividis: [
    '#00224e', '#123570', '#3b496c', '#575d6d', '#707173', '#8a8678', '#a59c74', '#c3b369', '#e1cc55', '#fee838',
  ],
  grey: ['#33383a', '#f4f2ec'],
};

/** A ramp's colour at a position 0 (low) … 1 (high), interpolated in OKLab. */
export type Ramp = (position: number) => Rgb;

/** The ramp of a palette in a theme; an unknown id is the atlas. */
export function rampOf(palette: string, theme: Theme): Ramp {
  const entry = STOPS[palette as PaletteId] ?? STOPS.atlas;
  const hexes = 'dark' in entry ? entry[theme] : entry;
  const stops = hexes.map((hex) => toOklab(parseHex(hex)));
  const last = stops.length - 1;
  return (position) => {
    const at = Math.min(1, Math.max(0, position)) * last;
    const k = Math.min(last - 1, Math.floor(at));
    const [from, to] = [stops[k], stops[k + 1]];
    const mix = (c: 0 | 1 | 2) => from[c] + (at - k) * (to[c] - from[c]);
    return fromOklab([mix(0), mix(1), mix(2)]);
  };
}
