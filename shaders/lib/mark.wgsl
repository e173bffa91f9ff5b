// What a watch keeps of a particle: how it was when it was last counted.

struct Mark {
  place: vec2f,
  loss: f32,
  best: f32,
  spent: u32,
  // Targets reached.
  reached: u32,
  // Update after which it left the number range, plus 1; 0 while it has not.
  left: u32,
  // Length of its last update.
  moved: f32,
}

// The length of a vector whose square may be outside the number range.
fn norm(v: vec2f) -> f32 {
  let size = max(abs(v.x), abs(v.y));
  return size * length(v / max(size, 0x1p-126));
}
