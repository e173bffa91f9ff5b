// Nonlinear conjugate gradients of Polak and Ribiere. `before` is the last gradient, `heading` the last direction, `length`
// of x how much of it was taken, and `asked` of x counts gradients.

// The first place that is tried is at most so many times as far as the last step went.
const CG_GROWTH = 10.0;

fn directed(
  place: vec2f, g: vec2f, sx: ptr<function, State>, sy: ptr<function, State>, hyper: Hyper, step: Step, c: Conditions,
) -> vec2f {
  let p = vec2f((*sx).before, (*sy).before);
  let past = dot(p, p);
  let beta = select(0.0, max(0.0, dot(g, g - p) / past), past > 0);
  var d = g + beta * vec2f((*sx).heading, (*sy).heading);
  let ahead = dot(d, g);
  d = select(g, d, ahead > 0 && !outOfRange(ahead));
  let slope = dot(d, g);
  let h = vec2f((*sx).heading, (*sy).heading);
  let last = (*sx).length;
  // To the bottom, by the curvature along the last step; where that had none, as much as it was expected to gain.
  let newton = slope / dot(d, d) * (last * dot(h, h) / dot(h, p - g));
  let wanted = select(last * dot(h, p) / slope, newton, newton > 0 && !outOfRange(newton));
  let trial = min(wanted, CG_GROWTH * last * length(h) / length(d));
  let first = select(step.first, trial, trial > 0 && !outOfRange(trial));
  let found = searched(place, d, g, first, 0.1, c);
  *sx = State(g.x, d.x, found.length, (*sx).asked + found.asked);
  *sy = State(g.y, d.y, 0, 0);
  return found.length * d;
}

fn update(w: f32, g: f32, state: ptr<function, State>, hyper: Hyper, step: Step) -> f32 {
  return w - g;
}
