// Counter-based random numbers: a pure function of four keys (seed, stream, particle, step), never of time, thread
// order or frame. Bit for bit the same as src/math/random.ts.
// Source: M. Jarzynski and M. Olano, "Hash Functions for GPU Rendering", JCGT 9(3), 2020: pcg4d.

// Four independent hashes of the four keys.
fn randomHash(key: vec4u) -> vec4u {
  var v = key * 1664525u + 1013904223u;
  v.x += v.y * v.w;
  v.y += v.z * v.x;
  v.z += v.x * v.y;
  v.w += v.y * v.z;
  v ^= v >> vec4u(16u);
  v.x += v.y * v.w;
  v.y += v.z * v.x;
  v.z += v.x * v.y;
  v.w += v.y * v.z;
  return v;
}

// A hash as a number in [0, 1), exact.
fn randomUniform(bits: u32) -> f32 {
  return f32(bits >> 8u) * 0x1p-24;
}
