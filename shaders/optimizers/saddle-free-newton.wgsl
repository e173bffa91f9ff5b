// Saddle-free Newton: the gradient in the Hessian's eigenvectors, each part over the size of its eigenvalue.
fn directed(
  place: vec2f, g: vec2f, sx: ptr<function, State>, sy: ptr<function, State>, hyper: Hyper, step: Step, c: Conditions,
) -> vec2f {
  let h = surfaceHessian(place);
  let half = 0.5 * (h.x - h.z);
  let mean = 0.5 * (h.x + h.z);
  let largest = max(abs(half), abs(h.y));
  // Below it a quotient may be anything, and the eigenvectors do not matter.
  let round = largest < 1e-30;
  let unit = select(vec2f(half, h.y) / largest, vec2f(1, 0), round);
  let size = sqrt(dot(unit, unit));
  let spread = select(largest * size, 0.0, round);
  // The eigenvalue larger in size does not cancel, and the other follows from the determinant.
  let far = mean + select(-spread, spread, mean >= 0);
  let near = select((h.x * (h.z / far)) - h.y * (h.y / far), 0.0, far == 0);
  let low = max(abs(min(near, far)), hyper.damping);
  let high = max(abs(max(near, far)), hyper.damping);
  // Half the angle of (half, h.y) is the direction of the larger eigenvalue; which half is no matter.
  let cosine = unit.x / size;
  let sine = unit.y / size;
  let wide = sqrt(0.5 * (1 + abs(cosine)));
  let narrow = 0.5 * sine / wide;
  let u = select(vec2f(abs(narrow), select(-wide, wide, sine >= 0)), vec2f(wide, narrow), cosine >= 0);
  let across = dot(u, g) / high;
  let along = (u.x * g.y - u.y * g.x) / low;
  let d = across * u + along * vec2f(-u.y, u.x);
  // A shader's max may drop a NaN of the Hessian.
  return select(d, vec2f(infinity()), leavesRange(h.xy) || outOfRange(h.z));
}

fn update(w: f32, g: f32, state: ptr<function, State>, hyper: Hyper, step: Step) -> f32 {
  return w - step.rate * g;
}
