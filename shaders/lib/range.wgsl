// The number range, watched by the bits: a shader compiler may assume that there are no NaNs, so x == x tells nothing.

// The size of 1e30 as bits without the sign; those of infinities and NaNs are larger still.
const RANGE_BITS = 0x7149f2cau;

fn outOfRange(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) > RANGE_BITS;
}

// Whether a particle there has left: a coordinate is beyond 1e30, infinite or NaN.
fn leavesRange(p: vec2f) -> bool {
  let bits = bitcast<vec2u>(p) & vec2u(0x7fffffffu);
  return max(bits.x, bits.y) > RANGE_BITS;
}
