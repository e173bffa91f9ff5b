// AdaMax with L2 weight decay. `size` is lr/(1 - beta1^t). There are no squares, so that all of float32 serves.
fn update(w: f32, g: f32, state: ptr<function, State>, hyper: Hyper, step: Step) -> f32 {
  let slope = decayed(g, w, hyper.weightDecay);
  let m = hyper.beta1 * (*state).m + hyper.oneMinusBeta1 * slope;
  let u = max(hyper.beta2 * (*state).u, abs(slope) + hyper.eps);
  (*state).m = m;
  (*state).u = u;
  return w - step.size * (m / u);
}
