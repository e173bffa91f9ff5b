import type { Formula } from '../../src/formula/formula.ts';

type Parts = (x: number, y: number, out: Float64Array) => number;

function handWritten(text: string, gradient: Parts): Formula {
  const scratch = new Float64Array(2);
  const refuse = () => {
    throw new Error(`${text} is written by hand, for values and gradients only.`);
  };
  return {
    text,
    parameters: [],
    value: (x, y) => gradient(x, y, scratch),
    gradient: (x, y, _parameters, out) => gradient(x, y, out),
    hessian: refuse,
    rounding: refuse,
    wgsl: '',
    mathml: '',
  };
}

/** The surfaces of golden/optimizers.json, by id, with derivatives worked out by hand. */
export const formulas: Readonly<Record<string, Formula>> = {
  'parabola-valley': handWritten('x^2', (x, _y, out) => {
    out[0] = 2 * x;
    out[1] = 0;
    return x * x;
  }),
  'quadratic-bowl': handWritten('0.5*(x^2+10*y^2)', (x, y, out) => {
    out[0] = x;
    out[1] = 10 * y;
    return 0.5 * (x * x + 10 * y * y);
  }),
  rosenbrock: handWritten('(1-x)^2+100*(y-x^2)^2', (x, y, out) => {
    const across = y - x * x;
    out[0] = -2 * (1 - x) - 400 * x * across;
    out[1] = 200 * across;
    return (1 - x) ** 2 + 100 * across * across;
  }),
  himmelblau: handWritten('(x^2+y-11)^2+(x+y^2-7)^2', (x, y, out) => {
    const a = x * x + y - 11;
    const b = x + y * y - 7;
    out[0] = 4 * x * a + 2 * b;
    out[1] = 2 * a + 4 * y * b;
    return a * a + b * b;
  }),
  saddle: handWritten('x^2-y^2', (x, y, out) => {
    out[0] = 2 * x;
    out[1] = -2 * y;
    return x * x - y * y;
  }),
  beale: handWritten('(1.5-x+x*y)^2+(2.25-x+x*y^2)^2+(2.625-x+x*y^3)^2', (x, y, out) => {
    const a = 1.5 - x + x * y;
    const b = 2.25 - x + x * y * y;
    const c = 2.625 - x + x * y * y * y;
    out[0] = 2 * a * (y - 1) + 2 * b * (y * y - 1) + 2 * c * (y * y * y - 1);
    out[1] = 2 * a * x + 4 * b * x * y + 6 * c * x * y * y;
    return a * a + b * b + c * c;
  }),
};
