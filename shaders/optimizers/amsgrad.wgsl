// AMSGrad with L2 weight decay: Adam over the largest uncorrected mean square so far. `size` and `floor` hold the bias
// corrections, as in Adam.
fn update(w: f32, g: f32, state: ptr<function, State>, hyper: Hyper, step: Step) -> f32 {
  let slope = decayed(g, w, hyper.weightDecay);
  let m = hyper.beta1 * (*state).m + hyper.oneMinusBeta1 * slope;
  let v = hyper.beta2 * (*state).v + hyper.oneMinusBeta2 * slope * slope;
  let vmax = max((*state).vmax, v);
  (*state).m = m;
  (*state).v = v;
  (*state).vmax = vmax;
  return w - step.size * (m / (sqrt(vmax) + step.floor));
}
