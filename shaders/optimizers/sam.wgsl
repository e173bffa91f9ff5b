// Sharpness-aware minimization: the gradient a little uphill. The base's own file has `update`.
fn directed(
  place: vec2f, g: vec2f, sx: ptr<function, State>, sy: ptr<function, State>, hyper: Hyper, step: Step, c: Conditions,
) -> vec2f {
  let largest = max(max(abs(g.x), abs(g.y)), 1e-30);
  let unit = g / largest;
  let uphill = unit / (sqrt(dot(unit, unit)) + 1e-12 / largest);
  return conditioned(surfaceGradient(place + hyper.rho * uphill), c, 1u);
}
