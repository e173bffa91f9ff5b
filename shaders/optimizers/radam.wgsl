// RAdam with L2 weight decay. Until v is to be trusted, `trust` is 0 and `floor` 1, so that the step is along m alone;
// then 1 and eps. `size` holds the learning rate, the bias corrections and the rectification.
fn update(w: f32, g: f32, state: ptr<function, State>, hyper: Hyper, step: Step) -> f32 {
  let slope = decayed(g, w, hyper.weightDecay);
  let m = hyper.beta1 * (*state).m + hyper.oneMinusBeta1 * slope;
  let v = hyper.beta2 * (*state).v + hyper.oneMinusBeta2 * slope * slope;
  (*state).m = m;
  (*state).v = v;
  return w - step.size * (m / (step.trust * sqrt(v) + step.floor));
}
