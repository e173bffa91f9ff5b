// Elementary functions in float32 that keep what they state, where WGSL's own promise little: its sin and cos are good to
// 2^-11 on [-pi, pi] only, tanh may overflow, exp loses digits with the size of its argument, pow of a negative number is
// undefined. Errors below are in u = 2^-24, half a unit in the last place of 1: "relative" to the result, or "absolute".
// src/formula/functions.ts states the same numbers for the bounds of rounding.
//
// No branches: on a GPU both sides would be computed anyway, and a compiler for a software GPU takes minutes over a few
// dozen. So `|` and `&` stand for `||` and `&&`, which branch. Limits are applied by comparisons, not by clamp(), which may
// turn a NaN into a number. Constants that are not finite do not compile, so they are made at run time.

var<private> notANumberBits: u32 = 0x7fc00000u;
var<private> infinityBits: u32 = 0x7f800000u;

fn notANumber() -> f32 {
  return bitcast<f32>(notANumberBits);
}

fn infinity() -> f32 {
  return bitcast<f32>(infinityBits);
}

// By the bits: a compiler may assume that x == x.
fn isNotANumber(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u;
}

// min and max in which a NaN wins, as in IEEE 754-2019's minimum and maximum. Exact.
fn minOf(a: f32, b: f32) -> f32 {
  return select(min(a, b), a + b, isNotANumber(a) | isNotANumber(b));
}

fn maxOf(a: f32, b: f32) -> f32 {
  return select(max(a, b), a + b, isNotANumber(a) | isNotANumber(b));
}

// The nearest whole number. On a software GPU round() costs as much as a whole polynomial.
fn nearestWhole(x: f32) -> f32 {
  return floor(x + 0.5);
}

// ---- Angles in turns: sin(2 pi t) and cos(2 pi t). What is left of whole turns is exact for |t| < 2^23, so that large
// angles lose nothing.

// Error: 3 relative, and 2 absolute. r (1/4 - r^2) P(r^2) has the zeros of sin(2 pi r) on [-1/2, 1/2]; P is minimax to 0.07
// relative.
fn sinTurn(t: f32) -> f32 {
  let r = t - nearestWhole(t);
  let z = r * r;
  let p = 25.132742 + z * (-64.835815 + z * (67.07646 + z * (-38.494064 + z * (14.041534 - 3.1487854 * z))));
  return (r * (0.25 - z)) * p;
}

// Error: 3 relative, and 2 absolute. The sine of what is left to the quarter turn, q in [-1/4, 1/4].
fn cosTurn(t: f32) -> f32 {
  let q = 0.25 - abs(t - nearestWhole(t));
  let z = q * q;
  return q * (6.2831855 + z * (-41.34168 + z * (81.602234 + z * (-76.57499 + z * 39.710915))));
}

fn sinCosTurn(t: f32) -> vec2f {
  return vec2f(sinTurn(t), cosTurn(t));
}

// ---- Angles in radians.

// Cody and Waite's reduction: x less whole turns, 2 pi in three parts of which the first two are exact in products with less
// than 2^13 turns.
fn withoutTurns(x: f32) -> f32 {
  let k = nearestWhole(x * 0.15915494);
  return ((x - k * 6.28125) - k * 0.0019350052) - k * 3.019916e-7;
}

// sin on [-pi, pi]: r (pi^2 - r^2) P(r^2) as in sinTurn.
fn sinReduced(r: f32) -> f32 {
  let z = r * r;
  let p = 0.10132118 + z * (-0.006620879 + z * (0.00017350462 + z * (-2.5221736e-6 + z * (2.3304297e-8 + z * -1.3237465e-10))));
  return (r * ((9.869604 - z) + 2.903716e-7)) * p;
}

// cos on [-pi, pi]: the sine of q = pi/2 - |r|, minimax to 0.08 relative.
fn cosReduced(r: f32) -> f32 {
  let q = (1.5707964 - abs(r)) - 4.371139e-8;
  let z = q * q;
  return q + q * (z * (-0.16666661 + z * (0.0083330879 + z * (-1.9811113e-4 + z * 2.6089324e-6))));
}

// Error: 3 relative, and 5 absolute for |x| <= 1e4; growing with |x| beyond.
fn sinOf(x: f32) -> f32 {
  return sinReduced(withoutTurns(x));
}

// Error: as sinOf.
fn cosOf(x: f32) -> f32 {
  return cosReduced(withoutTurns(x));
}

fn sinCosOf(x: f32) -> vec2f {
  let r = withoutTurns(x);
  return vec2f(sinReduced(r), cosReduced(r));
}

// Error: 10 relative for |x| <= 1e3. Reduced to [-pi/4, pi/4], so that it keeps its digits near the poles too.
fn tanOf(x: f32) -> f32 {
  let k = nearestWhole(x * 0.63661977);
  let r = (((x - k * 1.5703125) - k * 0.000483751297) - k * 7.54953362e-8) - k * 2.56334415e-12;
  let z = r * r;
  let sine = r + r * (z * (-0.16666655 + z * (0.008332178 + z * -1.951730e-4)));
  let cosine = (1.0 - 0.5 * z) + (z * z) * (0.041666646 + z * (-0.0013887367 + z * 2.443845e-5));
  let isOdd = k - 2.0 * floor(0.5 * k) == 1.0;
  return select(sine, -cosine, isOdd) / select(cosine, sine, isOdd);
}

// ---- Arcs.

// atan on [0, 1], minimax to 0.05 relative.
fn atanReduced(t: f32) -> f32 {
  let z = t * t;
  let low = z * (-0.33333299 + z * (0.19998549 + z * (-0.14264241 + z * 0.10952181)));
  let high = -0.084034368 + z * (0.057957359 + z * (-0.031177614 + z * (0.010914481 - 0.0017935936 * z)));
  return t + t * (low + (z * z) * (z * z) * z * high);
}

// Error: 8 relative. atan2(0, 0) is 0.
fn atan2Of(y: f32, x: f32) -> f32 {
  let ax = abs(x);
  let ay = abs(y);
  let large = max(ax, ay);
  let t = atanReduced(select(min(ax, ay) / large, 0.0, large == 0.0));
  let octant = select(t, 1.5707964 - t, ay > ax);
  let half = select(octant, 3.1415927 - octant, x < 0.0);
  return select(select(half, -half, y < 0.0), x + y, isNotANumber(x + y));
}

// Error: 6 relative.
fn atanOf(x: f32) -> f32 {
  let a = abs(x);
  let steep = a > 1.0;
  let t = atanReduced(select(a, 1.0 / a, steep));
  return select(1.0, -1.0, x < 0.0) * select(t, 1.5707964 - t, steep);
}

// asin on [0, 1/2], minimax to 0.09 relative.
fn asinReduced(t: f32) -> f32 {
  let z = t * t;
  return t + t * (z * (0.16666754 + z * (0.074952416 + z * (0.045477096 + z * (0.024147611 + z * 0.042218547)))));
}

// Error: 8 relative. Beyond [-1, 1]: NaN.
fn asinOf(x: f32) -> f32 {
  let a = abs(x);
  let steep = a > 0.5;
  let t = asinReduced(select(a, sqrtOf(0.5 - 0.5 * a), steep));
  return select(1.0, -1.0, x < 0.0) * select(t, 1.5707964 - 2.0 * t, steep);
}

// Error: 8 relative. Beyond [-1, 1]: NaN.
fn acosOf(x: f32) -> f32 {
  let a = abs(x);
  let steep = a > 0.5;
  let t = asinReduced(select(a, sqrtOf(0.5 - 0.5 * a), steep));
  let flat = 1.5707964 - select(t, -t, x < 0.0);
  return select(flat, select(2.0 * t, 3.1415927 - 2.0 * t, x < 0.0), steep);
}

// ---- Powers.

// Error: 9 relative, from WGSL's own root. Of negative numbers: NaN.
fn sqrtOf(x: f32) -> f32 {
  return select(sqrt(x), notANumber(), x < 0.0);
}

// 2^k for a whole number k in [-126, 127], exact.
fn powerOfTwo(k: i32) -> f32 {
  return bitcast<f32>((k + 127) << 23u);
}

// Error: 4 relative. Beyond 88.73 infinity, below -104 zero. x = k log 2 + r; e^r is minimax to 0.06.
fn expOf(x: f32) -> f32 {
  let y = select(select(x, 100.0, x > 100.0), -110.0, x < -110.0);
  let k = nearestWhole(y * 1.442695);
  let r = (y - k * 0.693359375) + k * 2.1219444e-4;
  let e = 1.0 + (r + (r * r) * (0.5 + r * (0.16666518 + r * (0.041666206 + r * (0.0083688824 + r * 0.0013950476)))));
  // In two steps: the first alone would leave the range before the result does.
  let half = i32(k) >> 1u;
  return e * powerOfTwo(half) * powerOfTwo(i32(k) - half);
}

// Error: 6 relative. log(0) is -infinity, of negative numbers NaN. x = 2^k (1 + f) with 1 + f between the square roots of
// 1/2 and 2; log(1 + f) is minimax to 0.1 relative.
fn logOf(x: f32) -> f32 {
  let isSmall = x < 1.1754944e-38;
  let bits = bitcast<i32>(select(x, x * 16777216.0, isSmall));
  let k = (bits - 0x3f3504f3) >> 23u;
  let f = bitcast<f32>(bits - (k << 23u)) - 1.0;
  let n = f32(k) - select(0.0, 24.0, isSmall);
  let low = 0.33333331 + f * (-0.25000823 + f * (0.20001227 + f * -0.16623357));
  let high = 0.14201762 + f * (-0.13160194 + f * (0.1276155 + f * -0.076344296));
  let z = f * f;
  let tail = (f * z) * (low + (z * z) * high) - n * 2.1219444e-4;
  let result = n * 0.693359375 + (f + (tail - 0.5 * z));
  let special = select(select(notANumber(), -infinity(), x == 0.0), x, x > 0.0);
  return select(special, result, (x > 0.0) & (x <= 0x1.fffffep+127));
}

// Error: 4 + 4 |b log a| relative. A negative number to a power that is not whole is NaN.
fn powOf(a: f32, b: f32) -> f32 {
  let size = expOf(b * logOf(abs(a)));
  let isOdd = b - 2.0 * floor(0.5 * b) == 1.0;
  let ofNegative = select(notANumber(), select(size, -size, isOdd), b == floor(b));
  return select(select(size, ofNegative, a < 0.0), 1.0, b == 0.0);
}

// ---- Hyperbolic functions and the logistic curve.

// Error: 12 relative.
fn sinhOf(x: f32) -> f32 {
  let a = abs(x);
  let z = x * x;
  let near = x + x * (z * (0.16666667 + z * (0.0083333506 + z * (1.9836066e-4 + z * 2.8174397e-6))));
  // Half the exponent twice: e^a overflows before sinh does.
  let e = expOf(0.5 * a);
  let far = (0.5 * e) * e - (0.5 / e) / e;
  return select(select(far, -far, x < 0.0), near, a < 1.0);
}

// Error: 12 relative.
fn coshOf(x: f32) -> f32 {
  let e = expOf(0.5 * abs(x));
  return (0.5 * e) * e + (0.5 / e) / e;
}

// Error: 12 relative.
fn tanhOf(x: f32) -> f32 {
  let a = abs(x);
  let z = x * x;
  let near = x + x * (z * (-0.33333284 + z * (0.13331491 + z * (-0.053743497 + z * (0.020650579 - 0.005717037 * z)))));
  let far = 1.0 - 2.0 / (1.0 + expOf(2.0 * select(a, 20.0, a > 20.0)));
  return select(select(far, -far, x < 0.0), near, a < 0.625);
}

// 1/cosh^2, the slope of tanh; 1 - tanh^2 would be 0 where tanh rounds to 1. Error: 22 relative.
fn sech2Of(x: f32) -> f32 {
  let e = expOf(-abs(x));
  let s = (2.0 * e) / (1.0 + e * e);
  return s * s;
}

// 1/(1 + e^-x). Error: 12 relative.
fn logisticOf(x: f32) -> f32 {
  let e = expOf(-abs(x));
  return select(1.0, e, x < 0.0) / (1.0 + e);
}
