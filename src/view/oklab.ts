/** A colour as red, green, blue in 0…1, sRGB-encoded. */
export type Rgb = readonly [number, number, number];

/** Reads `#rrggbb`. */
export function parseHex(hex: string): Rgb {
  const bits = Number.parseInt(hex.slice(1), 16);
  return [(bits >> 16) / 255, ((bits >> 8) & 255) / 255, (bits & 255) / 255];
}

/** Writes a colour as CSS `rgb(r g b)`. */
export function toCss(colour: Rgb): string {
  return `rgb(${colour.map((c) => Math.round(255 * Math.min(1, Math.max(0, c)))).join(' ')})`;
}

/** From sRGB-encoded to OKLab: lightness 0…1 and two opponent axes. Source: B. Ottosson, "A perceptual color space for image processing", 2020. */
export function toOklab(colour: Rgb): Rgb {
  const [r, g, b] = colour.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** The inverse of `toOklab`; colours outside sRGB are clipped. */
export function fromOklab([lightness, a, b]: Rgb): Rgb {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  const encode = (c: number) => (c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055);
  const [red, green, blue] = linear.map((c) => encode(Math.min(1, Math.max(0, c))));
  return [red, green, blue];
}
