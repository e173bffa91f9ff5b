// What is done to gradients and around updates, in numbers.

// What a gradient that is asked for is conditioned by.
struct Conditions {
  // Clipping by norm and by value (enormous: none), the length of all (0: as they are), and the noise's sigma.
  limits: vec4f,
  // 2/nu of the noise, 0 for a normal.
  tail: f32,
  // Keys of the noise.
  seed: u32,
  particle: u32,
  step: u32,
}

// What guards a run; each with a value that does nothing.
struct Rules {
  // Decay of the average, and 1 less that.
  decay: f32,
  rest: f32,
  // A loss above the best by so many gains is a spike; none for a negative number.
  recover: f32,
  // Where a particle stops: slopes below, updates without progress.
  slope: f32,
  patience: f32,
  tail: f32,
  unused: vec2f,
  // xmin, ymin, xmax, ymax
  bounds: vec4f,
}
