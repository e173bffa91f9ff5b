import { parseHex, type Rgb } from './oklab.ts';
import type { Theme } from './ramps.ts';

/** Colours and light of a theme, as the mock-ups fix them. Colours are sRGB-encoded: the picture is put out as it is computed. */
export interface Look {
  /** Background, in the middle and at the edge. */
  readonly page: readonly [Rgb, Rgb];
  /** Neutral stone of the cut sides; how much of the ramp's tint shows in it. */
  readonly stone: Rgb;
  readonly stoneTint: number;
  /** Lines on the cut sides, and the rim where the terrain ends. */
  readonly strata: Rgb;
  readonly tick: Rgb;
  /** How much the sides differ with the light, and the shade of the foot. */
  readonly sideContrast: number;
  readonly footShade: number;
  readonly rim: Rgb;
  /** Strengths of key light, ambient light, soft shadow and ambient occlusion. */
  readonly key: number;
  readonly ambient: number;
  readonly shadow: number;
  readonly occlusion: number;
  /** The plinth's shadow on the ground. */
  readonly ground: number;
  /** Thickness of minor and bold contours, in CSS pixels. */
  readonly contours: readonly [number, number];
  /** Rim of a particle, and the strength of the casing under a trail. */
  readonly casing: Rgb;
  readonly casingStrength: number;
  /** Labels and markers over the picture: text, quieter text, and the halo behind both. */
  readonly ink: string;
  readonly quiet: string;
  readonly halo: string;
}

/** The two looks. */
export const LOOKS: Readonly<Record<Theme, Look>> = {
  dark: {
    page: [parseHex('#182227'), parseHex('#0a0f12')],
    stone: parseHex('#20282c'),
    stoneTint: 0.24,
    strata: parseHex('#65757a'),
    tick: parseHex('#8b9a9e'),
    sideContrast: 0.22,
    footShade: 0.9,
    rim: parseHex('#f4ece0'),
    key: 1.02,
    ambient: 0.38,
    shadow: 0.52,
    occlusion: 0.72,
    ground: 0.5,
    contours: [1, 1.6],
    casing: parseHex('#11181b'),
    casingStrength: 0.35,
    ink: '#ece8de',
    quiet: '#9aa3a3',
    halo: '#0d1316',
  },
  light: {
    page: [parseHex('#faf7f0'), parseHex('#ebe5d8')],
    stone: parseHex('#cfc9bd'),
    stoneTint: 0.2,
    strata: parseHex('#8d887c'),
    tick: parseHex('#6d685d'),
    sideContrast: 0.1,
    footShade: 0.92,
    rim: parseHex('#4c473f'),
    key: 0.86,
    ambient: 0.56,
    shadow: 0.4,
    occlusion: 0.75,
    ground: 0.2,
    contours: [0.9, 1.5],
    casing: parseHex('#fffcf2'),
    casingStrength: 0.55,
    ink: '#1e2425',
    quiet: '#5d6461',
    halo: '#faf7f0',
  },
};
