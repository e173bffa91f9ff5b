// NAdam with L2 weight decay. `ofGradient` and `ofMean` hold the learning rate, the momenta and the bias corrections of
// both parts of the step, `floor` is eps times the root of v's correction. Quotients come first: they are near 1.
fn update(w: f32, g: f32, state: ptr<function, State>, hyper: Hyper, step: Step) -> f32 {
  let slope = decayed(g, w, hyper.weightDecay);
  let m = hyper.beta1 * (*state).m + hyper.oneMinusBeta1 * slope;
  let v = hyper.beta2 * (*state).v + hyper.oneMinusBeta2 * slope * slope;
  (*state).m = m;
  (*state).v = v;
  let size = sqrt(v) + step.floor;
  let stride = step.ofGradient * (slope / size) + step.ofMean * (m / size);
  return w - stride;
}
