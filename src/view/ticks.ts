/** The least of 1, 2, 5 × 10ᵏ that is not below `least`. */
export function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5, 10].find((f) => f * power >= least * (1 - 1e-9));
  return (factor ?? 10) * power;
}

/** Round numbers from `low` to `high`, about `count` of them. */
export function niceTicks(low: number, high: number, count: number): number[] {
  const step = niceStep((high - low) / count);
  const ticks: number[] = [];
  for (let k = Math.ceil(low / step - 1e-9); k <= Math.floor(high / step + 1e-9); k += 1) {
    ticks.push(k * step);
  }
  return ticks;
}

/** A number as a label: at most `digits` significant digits, a true minus, a power of ten where that is shorter. */
export function tickText(value: number, digits = 3): string {
  if (value === 0) {
    return '0';
  }
  const size = Math.abs(value);
  const text =
    size >= 1e5 || size < 1e-3
      ? value.toExponential(digits - 1).replace(/\.?0+e/, 'e').replace('e+', 'e')
      : String(Number(value.toPrecision(digits)));
  return text.replaceAll('-', '−');
}
