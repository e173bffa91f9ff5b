// Gradient clipping, as torch's clip_grad_norm_ and clip_grad_value_.

// g * min(1, limit / (|g| + 1e-6)). The norm is formed from g over its larger entry, and halved, so that nothing on the
// way leaves float32; for the same reason g is divided by it before the limit comes in.
fn clipNorm(g: vec2f, limit: f32) -> vec2f {
  let largest = max(max(abs(g.x), abs(g.y)), 1e-30);
  let unit = g / largest;
  let half = 0.5 * largest * sqrt(dot(unit, unit)) + 0.5e-6;
  return select(0.5 * g / half * limit, g, 0.5 * limit > half);
}

// g * length / (|g| + 1e-6), and g itself for the length 0.
fn normalized(g: vec2f, length: f32) -> vec2f {
  let largest = max(max(abs(g.x), abs(g.y)), 1e-30);
  let unit = g / largest;
  let half = 0.5 * largest * sqrt(dot(unit, unit)) + 0.5e-6;
  return select(0.5 * g / half * length, g, length == 0);
}

// Each entry within [-limit, limit]. By comparisons rather than clamp(), which may turn a NaN into a limit.
fn clipValue(g: vec2f, limit: f32) -> vec2f {
  let bound = vec2f(limit);
  return select(select(g, -bound, g < -bound), bound, g > bound);
}
