// RMSProp with L2 weight decay: v is the mean square of the gradient, about its average a when centered (centered = 1;
// else a stays 0). `intake` is (1 - alpha), times alpha when centered, which is the recurrence of E[g^2] - a^2 without
// the difference; `follow` is 1 - alpha when centered, else 0.
fn update(w: f32, g: f32, state: ptr<function, State>, hyper: Hyper, step: Step) -> f32 {
  let slope = decayed(g, w, hyper.weightDecay);
  let deviation = slope - hyper.centered * (*state).a;
  let v = hyper.alpha * (*state).v + hyper.intake * deviation * deviation;
  let b = hyper.momentum * (*state).b + slope / (sqrt(v) + hyper.eps);
  (*state).a += hyper.follow * deviation;
  (*state).v = v;
  (*state).b = b;
  return w - step.rate * b;
}
