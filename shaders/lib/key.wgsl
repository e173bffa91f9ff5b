// Floats as unsigned integers of the same order.

// The key of +infinity: what has left the number range comes last, as the worst of all.
const WORST_KEY = 0xff800000u;

// Monotone: a < b as floats when and only when the keys are so as integers. Source: Herf, "Radix tricks" (2001).
fn keyOf(value: f32) -> u32 {
  let bits = bitcast<u32>(value);
  return select(bits ^ 0x80000000u, ~bits, (bits >> 31u) == 1u);
}
