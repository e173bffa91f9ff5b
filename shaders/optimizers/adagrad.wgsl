// AdaGrad with L2 weight decay. `rate` is lr/(1 + (t - 1) lrDecay); `start` is what the sum of squares begins with at
// the first update, 0 later.
fn update(w: f32, g: f32, state: ptr<function, State>, hyper: Hyper, step: Step) -> f32 {
  let slope = decayed(g, w, hyper.weightDecay);
  let v = ((*state).v + step.start) + slope * slope;
  (*state).v = v;
  // A sum beyond float32 would divide the step to nothing: it takes the particle out of the number range.
  return w - step.rate * (slope / (sqrt(v) + hyper.eps));
}
