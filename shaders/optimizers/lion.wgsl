// Lion with decoupled weight decay: `decay` is lr * weightDecay.
fn update(w: f32, g: f32, state: ptr<function, State>, hyper: Hyper, step: Step) -> f32 {
  let mixed = hyper.beta1 * (*state).m + hyper.oneMinusBeta1 * g;
  let c = sign(mixed);
  (*state).m = hyper.beta2 * (*state).m + hyper.oneMinusBeta2 * g;
  (*state).c = c;
  // The sign of what is not a number may be anything, so that is looked for by its bits.
  return select((w - step.decay * w) - step.rate * c, mixed, (bitcast<u32>(mixed) & 0x7fffffffu) > 0x7f800000u);
}
