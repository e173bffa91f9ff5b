// Adam with L2 weight decay. The bias corrections are in `size` and `floor`: lr m^/(sqrt(v^) + eps) is
// size m/(sqrt(v) + floor). The quotient comes first, since it is near 1 while size * m may leave float32.
fn update(w: f32, g: f32, state: ptr<function, State>, hyper: Hyper, step: Step) -> f32 {
  let slope = decayed(g, w, hyper.weightDecay);
  let m = hyper.beta1 * (*state).m + hyper.oneMinusBeta1 * slope;
  let v = hyper.beta2 * (*state).v + hyper.oneMinusBeta2 * slope * slope;
  (*state).m = m;
  (*state).v = v;
  return w - step.size * (m / (sqrt(v) + step.floor));
}
