// The parameters that a surface's formula leaves open. Kernels fill them from a uniform once, at their entry: on a
// software GPU reading a uniform costs a dozen sums each time.
var<private> surfaceParameters: array<vec4f, 4>;
