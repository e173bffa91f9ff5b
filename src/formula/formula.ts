/**
 * What a compiled formula offers: the one interface through which everything above this folder meets a loss that was
 * written as text. All derivatives are exact (symbolic), never differences.
 */
export interface Formula {
  /** The source text, as typed. */
  readonly text: string;
  /** Parameter names in the order in which `parameters` arrays below hold their values; at most 16. */
  readonly parameters: readonly string[];
  /** f(x, y), IEEE double arithmetic throughout: log(-1) is NaN, 1/0 is Infinity. */
  value(x: number, y: number, parameters: ArrayLike<number>): number;
  /** Writes [∂f/∂x, ∂f/∂y] into `out` and returns f(x, y). */
  gradient(x: number, y: number, parameters: ArrayLike<number>, out: Float64Array): number;
  /** Writes [fxx, fxy, fyy] into `out`. */
  hessian(x: number, y: number, parameters: ArrayLike<number>, out: Float64Array): void;
  /**
   * Writes first-order bounds of the float32 rounding error of [f, fx, fy], in units of u = 2⁻²⁴, into `out`:
   * a running error analysis of the very expressions that `wgsl` evaluates (for a sum, the sum of its terms' sizes),
   * with the stated accuracy of each library function.
   */
  rounding(x: number, y: number, parameters: ArrayLike<number>, out: Float64Array): void;
  /** The same of [fxx, fxy, fyy]. */
  hessianRounding(x: number, y: number, parameters: ArrayLike<number>, out: Float64Array): void;
  /**
   * WGSL text that fills the surface slots:
   * `fn surfaceValue(p: vec2f) -> f32`, `fn surfaceGradient(p: vec2f) -> vec2f`,
   * `fn surfaceValueGradient(p: vec2f) -> vec3f` (f, fx, fy), `fn surfaceHessian(p: vec2f) -> vec3f` (xx, xy, yy).
   * It reads parameter k as `surfaceParameters[k / 4][k % 4]`, of a module-scope array of rows that the kernel declares,
   * and may call the functions of shaders/lib/math.wgsl.
   */
  readonly wgsl: string;
  /** Presentation MathML of f, an element `<math>…</math>` built from known element names and escaped text only. */
  readonly mathml: string;
}
