// BFGS. `own` and `cross` are a row of the inverse Hessian, `before` the last gradient, `step` the last step, and `asked` of x
// counts gradients. A matrix of zeros stands for steepest descent.

// Steps shorter than this share of the place are rounding and teach nothing.
const BFGS_SHORTEST = 16 * FLOAT32_UNIT;

fn directed(
  place: vec2f, g: vec2f, sx: ptr<function, State>, sy: ptr<function, State>, hyper: Hyper, step: Step, c: Conditions,
) -> vec2f {
  var own = vec2f((*sx).own, (*sy).own);
  var cross = (*sx).cross;
  let s = vec2f((*sx).step, (*sy).step);
  let y = g - vec2f((*sx).before, (*sy).before);
  let curvature = dot(s, y);
  if (curvature > 0 && dot(s, s) > BFGS_SHORTEST * BFGS_SHORTEST * dot(place, place)) {
    // The first curvature that is seen is the best guess of all.
    own = select(own, vec2f(curvature / dot(y, y)), own.x == 0);
    let h = vec2f(own.x * y.x + cross * y.y, cross * y.x + own.y * y.y);
    let rho = 1 / curvature;
    let weight = rho * (1 + rho * dot(y, h));
    cross = cross - rho * (s.x * h.y + h.x * s.y) + weight * s.x * s.y;
    own = own - 2 * rho * s * h + weight * s * s;
  }
  var d = vec2f(own.x * g.x + cross * g.y, cross * g.x + own.y * g.y);
  let descends = dot(d, g);
  if (!(descends > 0) || outOfRange(descends)) {
    own = vec2f(0);
    cross = 0;
    d = g;
  }
  let found = searched(place, d, g, step.first, 0.9, c);
  let taken = found.length * d;
  // Where nothing is lower, what led there is of no use.
  own = select(own, vec2f(0), found.length == 0);
  cross = select(cross, 0.0, found.length == 0);
  *sx = State(own.x, cross, g.x, -taken.x, (*sx).asked + found.asked);
  *sy = State(own.y, cross, g.y, -taken.y, 0);
  return taken;
}

fn update(w: f32, g: f32, state: ptr<function, State>, hyper: Hyper, step: Step) -> f32 {
  return w - g;
}
