/** Veltkamp's splitter for float64: 2²⁷ + 1. */
const SPLITTER = 2 ** 27 + 1;

/** What rounding took from a·b, exactly, away from the ends of the number range (Dekker 1971). */
function productError(a: number, b: number, product: number): number {
  const high = (value: number): number => {
    const scaled = SPLITTER * value;
    return scaled - (scaled - value);
  };
  const [ah, bh] = [high(a), high(b)];
  const [al, bl] = [a - ah, b - bh];
  return al * bl - (product - ah * bh - al * bh - ah * bl);
}

/** The determinant xx·yy - xy² of a symmetric matrix, to the last bits even where the products nearly cancel. */
export function determinant(xx: number, xy: number, yy: number): number {
  const [first, second] = [xx * yy, xy * xy];
  const exact = first - second + (productError(xx, yy, first) - productError(xy, xy, second));
  return Number.isFinite(exact) ? exact : first - second;
}

/** Eigenvalues of a symmetric matrix, ascending; the smaller in size does not suffer from the larger. */
export function eigenvalues(xx: number, xy: number, yy: number): [number, number] {
  const mean = (xx + yy) / 2;
  const spread = Math.hypot((xx - yy) / 2, xy);
  const far = mean >= 0 ? mean + spread : mean - spread;
  const near = far === 0 ? 0 : determinant(xx, xy, yy) / far;
  return near < far ? [near, far] : [far, near];
}

/** Unit eigenvector of a symmetric matrix for its smaller (ascending) eigenvalue; the other one is at right angles to it. */
export function lowEigenvector(xx: number, xy: number, yy: number): [number, number] {
  // Half the angle of (xx - yy, 2xy) is the direction of the larger eigenvalue.
  const angle = Math.atan2(2 * xy, xx - yy) / 2 + Math.PI / 2;
  return [Math.cos(angle), Math.sin(angle)];
}
