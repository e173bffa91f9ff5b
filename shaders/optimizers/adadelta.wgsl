// AdaDelta with L2 weight decay: v is the mean square of the gradient, a that of the steps. The gradient is divided
// before it is multiplied, so that nothing on the way leaves float32.
fn update(w: f32, g: f32, state: ptr<function, State>, hyper: Hyper, step: Step) -> f32 {
  let slope = decayed(g, w, hyper.weightDecay);
  let v = hyper.rho * (*state).v + hyper.oneMinusRho * slope * slope;
  let d = slope / sqrt(v + hyper.eps) * sqrt((*state).a + hyper.eps);
  (*state).v = v;
  (*state).a = hyper.rho * (*state).a + hyper.oneMinusRho * d * d;
  return w - step.rate * d;
}
