// Nesterov's momentum, in PyTorch's form, with L2 weight decay.
fn update(w: f32, g: f32, state: ptr<function, State>, hyper: Hyper, step: Step) -> f32 {
  let slope = decayed(g, w, hyper.weightDecay);
  let b = hyper.momentum * (*state).b + slope;
  (*state).b = b;
  return w - step.rate * (slope + hyper.momentum * b);
}
