import type { VideoCodec } from 'mediabunny';

/** How much a level of a codec may carry, and how a codec with that level is called. */
interface Level {
  /** Units of a picture, and of a second, at most. */
  readonly picture: number;
  readonly rate: number;
  readonly names: readonly string[];
}

/** A codec's levels, ascending; what they count is a square of `unit` pixels a side. */
interface Levels {
  readonly unit: number;
  readonly levels: readonly Level[];
}

/** H.264 by its level: High profile, else Main, else Constrained Baseline. */
const avc = (level: number, picture: number, rate: number): Level => {
  const hex = level.toString(16).padStart(2, '0');
  return { picture, rate, names: [`avc1.6400${hex}`, `avc1.4d00${hex}`, `avc1.42e0${hex}`] };
};

/** VP9, profile 0, 8 bits. */
const vp9 = (level: number, picture: number, rate: number): Level => ({
  picture,
  rate,
  names: [`vp09.00.${level}.08`],
});

/** AV1, Main profile, Main tier, 8 bits; by the level's index. */
const av1 = (index: number, picture: number, rate: number): Level => ({
  picture,
  rate,
  names: [`av01.0.${String(index).padStart(2, '0')}M.08`],
});

/** Sources: ITU-T H.264, table A-1; VP9 bitstream specification, annex A; AV1 bitstream specification, annex A.3. */
const LEVELS = {
  avc: {
    unit: 16,
    levels: [
      avc(30, 1620, 40_500),
      avc(31, 3600, 108_000),
      avc(32, 5120, 216_000),
      avc(40, 8192, 245_760),
      avc(42, 8704, 522_240),
      avc(50, 22_080, 589_824),
      avc(51, 36_864, 983_040),
      avc(52, 36_864, 2_073_600),
      avc(60, 139_264, 4_177_920),
      avc(62, 139_264, 16_711_680),
    ],
  },
  vp9: {
    unit: 1,
    levels: [
      vp9(30, 552_960, 20_736_000),
      vp9(31, 983_040, 36_864_000),
      vp9(40, 2_228_224, 83_558_400),
      vp9(41, 2_228_224, 160_432_128),
      vp9(50, 8_912_896, 311_951_360),
      vp9(51, 8_912_896, 588_251_136),
      vp9(52, 8_912_896, 1_176_502_272),
      vp9(61, 35_651_584, 2_353_004_544),
      vp9(62, 35_651_584, 4_706_009_088),
    ],
  },
  av1: {
    unit: 1,
    levels: [
      av1(4, 665_856, 19_975_680),
      av1(5, 1_065_024, 31_950_720),
      av1(8, 2_359_296, 70_778_880),
      av1(9, 2_359_296, 141_557_760),
      av1(12, 8_912_896, 267_386_880),
      av1(13, 8_912_896, 534_773_760),
      av1(14, 8_912_896, 1_069_547_520),
      av1(17, 35_651_584, 2_139_095_040),
      av1(18, 35_651_584, 4_278_190_080),
    ],
  },
} as const satisfies Partial<Record<VideoCodec, Levels>>;

export type LevelledCodec = keyof typeof LEVELS;

/** What a codec is called that carries so much, the likeliest first; none where it is more than any level allows. */
export function codecNames(codec: LevelledCodec, width: number, height: number, fps: number): readonly string[] {
  const { unit, levels }: Levels = LEVELS[codec];
  const units = Math.ceil(width / unit) * Math.ceil(height / unit);
  return levels.filter(({ picture, rate }) => units <= picture && units * fps <= rate).flatMap(({ names }) => names);
}
