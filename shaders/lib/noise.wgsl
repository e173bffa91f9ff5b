// Noise on gradients, normal or Student's t, as src/descent/conditioning/noise.ts has it.

const NOISE_STREAM = 0x100u;

// e^x - 1 for x >= 0. Error: 6 relative. Below 1/2 by its series, where the difference would cancel.
fn expMinusOne(x: f32) -> f32 {
  let series = x * (1 + x * (0.5 + x * (1.0 / 6 + x * (1.0 / 24 + x * (1.0 / 120 + x * (1.0 / 720 + x / 5040))))));
  return select(expOf(x) - 1, series, x < 0.5);
}

fn noised(g: vec2f, c: Conditions, ask: u32) -> vec2f {
  let bits = randomHash(vec4u(c.seed, NOISE_STREAM + ask, c.particle, c.step));
  let log = -logOf(1 - randomUniform(bits.x));
  let square = select(2 * log, 2 * expMinusOne(c.tail * log) / c.tail, c.tail > 0);
  let turn = sinCosTurn(randomUniform(bits.y));
  return g + c.limits.w * sqrt(square) * turn.yx;
}
