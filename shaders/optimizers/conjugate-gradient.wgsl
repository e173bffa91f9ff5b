// Nonlinear conjugate gradients of Polak and Ribiere. `before` is the last gradient, `heading` the last direction, `promise`
// of x what the last step was expected to gain, and `asked` of x counts gradients.
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
  let first = select(clamp((*sx).promise / slope, 1e-10, 1e10), step.first, step.start == 1);
  let found = searched(place, d, g, first, 0.1, c);
  *sx = State(g.x, d.x, found.length * slope, (*sx).asked + found.asked);
  *sy = State(g.y, d.y, 0, 0);
  return found.length * d;
}

fn update(w: f32, g: f32, state: ptr<function, State>, hyper: Hyper, step: Step) -> f32 {
  return w - g;
}
