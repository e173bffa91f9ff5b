import type { Landscape } from '../compute/contract.ts';
import { determinant } from '../math/symmetric.ts';

/** Gradient and Hessian of a landscape where the domain is the unit square: steps along u and v are then alike. */
export class GradientField {
  readonly landscape: Landscape;
  readonly width: number;
  readonly height: number;
  /** Of the last `at`: the gradient along u and v. */
  readonly slope = new Float64Array(2);
  /** Of the last `bend`: the Hessian [uu, uv, vv]. */
  readonly curvature = new Float64Array(3);
  /** Of the last `measure`: what of the gradient along u and v is rounding. */
  readonly noise = new Float64Array(2);
  readonly #bounds = new Float64Array(3);

  constructor(landscape: Landscape) {
    const [xmin, xmax, ymin, ymax] = landscape.domain;
    this.landscape = landscape;
    this.width = xmax - xmin;
    this.height = ymax - ymin;
  }

  /** The place of u, v in the landscape's own coordinates. */
  place(u: number, v: number): [number, number] {
    const [xmin, , ymin] = this.landscape.domain;
    return [xmin + u * this.width, ymin + v * this.height];
  }

  /** Takes the gradient at a place and returns the loss there. */
  at(x: number, y: number): number {
    const { formula, parameters } = this.landscape;
    const value = formula.gradient(x, y, parameters, this.slope);
    this.slope[0] *= this.width;
    this.slope[1] *= this.height;
    return value;
  }

  /** Takes the Hessian at a place. */
  bend(x: number, y: number): void {
    const { formula, parameters } = this.landscape;
    formula.hessian(x, y, parameters, this.curvature);
    this.curvature[0] *= this.width * this.width;
    this.curvature[1] *= this.width * this.height;
    this.curvature[2] *= this.height * this.height;
  }

  /**
   * Takes gradient and Hessian at a place, and writes into `noise` how far the gradient may be off: by its own rounding in
   * float64, and by what the rounding of the place makes of it.
   */
  measure(x: number, y: number): void {
    const { formula, parameters } = this.landscape;
    this.at(x, y);
    this.bend(x, y);
    formula.rounding(x, y, parameters, this.#bounds);
    const [uu, uv, vv] = this.curvature;
    const [du, dv] = [(Math.abs(x) * EPSILON) / this.width, (Math.abs(y) * EPSILON) / this.height];
    const noise = (bound: number, along: number, across: number): number =>
      MARGIN * (bound * PER_BOUND + Math.abs(along) + Math.abs(across));
    this.noise[0] = noise(this.#bounds[1] * this.width, uu * du, uv * dv);
    this.noise[1] = noise(this.#bounds[2] * this.height, uv * du, vv * dv);
  }

  /** Whether the gradient at a place is zero as far as float64 can tell. */
  vanishes(x: number, y: number): boolean {
    this.measure(x, y);
    const [uu, uv, vv] = this.curvature.map(Math.abs);
    return (
      Math.abs(this.slope[0]) <= this.noise[0] + NOTHING * (uu + uv) &&
      Math.abs(this.slope[1]) <= this.noise[1] + NOTHING * (uv + vv)
    );
  }

  /** How far, in widths along u and v, a stationary point may be from where it was found. */
  uncertainty(x: number, y: number): [number, number] {
    this.measure(x, y);
    const [uu, uv, vv] = this.curvature.map(Math.abs);
    const det = Math.abs(determinant(this.curvature[0], this.curvature[1], this.curvature[2]));
    const [nu, nv] = this.noise;
    return [(vv * nu + uv * nv) / det, (uv * nu + uu * nv) / det];
  }
}

const EPSILON = 2 ** -52;

/** Near zero numbers lie closer than any place is known: this share of the domain is as good as none. */
const NOTHING = 2 ** -60;

/** From a bound in units of float32's rounding to one of float64's. */
const PER_BOUND = 2 ** -53;

/** The bounds are first order, and libraries of functions differ. */
const MARGIN = 16;
