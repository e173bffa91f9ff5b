// The parameters that a surface's formula leaves open, four a row. Kernels fill them from a uniform once, at their entry: on
// a software GPU reading a uniform costs a dozen sums each time, so that there are no more rows than the formula needs.
var<private> surfaceParameters: array<vec4f, SURFACE_ROWS>;
