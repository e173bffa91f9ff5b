// Keeps, for a race, when each particle was first at or below each of several losses, and where it was last within its budget.
// It runs after each update. Targets come in descending order, so that a particle passes them one after the other and only the
// next one has to be looked at.
// Slot: the surface (surfaceValueGradient). What is kept: shaders/lib/mark.wgsl.

struct Params {
  count: u32,
  // Updates done; with 0, what was seen before is forgotten.
  step: u32,
  targets: u32,
  // Gradients that each update costs.
  each: u32,
  // Where in `state` the variable begins that counts in x how many gradients a search asked for; NONE where none does.
  asked: u32,
  // Gradients that a particle may spend.
  budget: u32,
  unused: vec2u,
  // Four targets an element.
  levels: array<vec4f, TARGET_ROWS>,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<uniform> surfaceUniform: array<vec4f, SURFACE_ROWS>;
@group(0) @binding(2) var<storage, read> positions: array<vec2f>;
// Two particles an element: x0, y0, x1, y1.
@group(0) @binding(3) var<storage, read> state: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> marks: array<Mark>;
// Target k of particle i at k * count + i: updates and gradients by then.
@group(0) @binding(5) var<storage, read_write> hits: array<vec2u>;

const NONE = 0xffffffffu;

// Of a particle that was never in the number range.
const NO_BEST = 0x1.fffffep+127;

@compute @workgroup_size(WORKGROUP)
fn watch(@builtin(global_invocation_id) id: vec3u) {
  let i = id.x;
  if (i >= params.count) {
    return;
  }
  var mark = marks[i];
  if (params.step == 0u) {
    mark = Mark(vec2f(0), 0, NO_BEST, 0, 0, 0, 0);
  }
  var spent = params.step * params.each;
  if (params.asked != NONE) {
    let pair = state[params.asked + i / 2u];
    spent += u32(select(pair.x, pair.z, i % 2u == 1u));
  }
  if (mark.left > 0u || spent > params.budget) {
    return;
  }
  surfaceParameters = surfaceUniform;
  mark.moved = select(norm(positions[i] - mark.place), 0.0, params.step == 0u);
  mark.place = positions[i];
  mark.loss = surfaceValueGradient(mark.place).x;
  mark.spent = spent;
  if (leavesRange(mark.place) || outOfRange(mark.loss)) {
    mark.left = params.step + 1u;
  } else {
    mark.best = min(mark.best, mark.loss);
    while (mark.reached < params.targets && mark.loss <= params.levels[mark.reached / 4u][mark.reached % 4u]) {
      hits[mark.reached * params.count + i] = vec2u(params.step, spent);
      mark.reached += 1u;
    }
  }
  marks[i] = mark;
}
