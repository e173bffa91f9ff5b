// A line search by bisection to the strong Wolfe conditions, as src/descent/line-search.ts describes it.

// Unit roundoff.
const FLOAT32_UNIT = 0x1p-24;

const SEARCH_DECREASE = 1e-4;
const SEARCH_ROUNDING = 8 * FLOAT32_UNIT;
const SEARCH_TRIALS = 30;

struct Found {
  // Length along -d; 0 where nothing is lower.
  length: f32,
  // Gradients that it took.
  asked: f32,
}

// From `place` along -d, where the gradient is g; `first` is tried first, and the slope is to fall to
// `flatter` of what it is, in size.
fn searched(place: vec2f, d: vec2f, g: vec2f, first: f32, flatter: f32, c: Conditions) -> Found {
  let slope = dot(d, g);
  let loss = surfaceValue(place);
  var low = 0.0;
  var high = -1.0;
  var length = first;
  var asked = 1.0;
  for (var k = 0; k < SEARCH_TRIALS; k++) {
    let at = place - length * d;
    let there = surfaceValueGradient(at);
    asked += 1;
    let slopeThere = dot(d, conditioned(there.yz, c, u32(k) + 2u));
    let flat = abs(there.x - loss) <= SEARCH_ROUNDING * abs(loss) && slopeThere >= (2 * SEARCH_DECREASE - 1) * slope;
    let falls = (there.x <= loss - SEARCH_DECREASE * length * slope || flat) && !outOfRange(there.x) && !outOfRange(slopeThere) && !leavesRange(at);
    // A loss that falls out of the number range takes the particle with it.
    if (outOfRange(there.x) && !isNotANumber(there.x) && there.x < 0) {
      return Found(length, asked);
    }
    if (!falls || slopeThere < -flatter * slope) {
      high = length;
    } else if (slopeThere > flatter * slope) {
      low = length;
    } else {
      return Found(length, asked);
    }
    length = select(2 * length, 0.5 * (low + high), high >= 0);
  }
  return Found(low, asked);
}
