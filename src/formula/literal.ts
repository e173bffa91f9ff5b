/** The largest float32 number: a literal beyond it does not compile, though it would round to it. */
const LARGEST = 2 ** 128 - 2 ** 104;

/** The decimal with the fewest digits that is the same number in float32, itself within float32's range. */
function shortest(single: number): number {
  for (let digits = 1; digits <= 9; digits++) {
    const decimal = Number(single.toPrecision(digits));
    if (Math.fround(decimal) === single && Math.abs(decimal) <= LARGEST) return decimal;
  }
  return single;
}

/**
 * A number as WGSL of type f32. A shader in which a constant is not finite does not compile, so that such numbers are made
 * at run time, by functions of shaders/lib/math.wgsl.
 */
export function literal(value: number): string {
  const single = Math.fround(value);
  if (Number.isNaN(single)) return 'notANumber()';
  if (Math.abs(single) === Number.POSITIVE_INFINITY) return single > 0 ? 'infinity()' : '-infinity()';
  const text = Object.is(single, -0) ? '-0' : String(shortest(single));
  return /[.e]/.test(text) ? text : `${text}.0`;
}
