// The number range, watched by the bits: a shader compiler may assume that there are no NaNs, so x == x tells nothing.

// The size of 1e30 as bits without the sign; those of infinities and NaNs are larger still. All are positive as whole
// numbers with a sign, which every processor compares directly.
const RANGE_BITS = 0x7149f2ca;

// Likewise of the largest number of float32.
const LARGEST_BITS = 0x7f7fffff;

fn outOfRange(x: f32) -> bool {
  return (bitcast<i32>(x) & 0x7fffffff) > RANGE_BITS;
}

// Whether a number is infinite or NaN.
fn isNotFinite(x: f32) -> bool {
  return (bitcast<i32>(x) & 0x7fffffff) > LARGEST_BITS;
}

// The size of the larger coordinate as such bits.
fn sizeBits(p: vec2f) -> i32 {
  let bits = bitcast<vec2i>(p) & vec2i(0x7fffffff);
  return max(bits.x, bits.y);
}

// Whether a particle there has left: a coordinate is beyond 1e30, infinite or NaN.
fn leavesRange(p: vec2f) -> bool {
  return sizeBits(p) > RANGE_BITS;
}
