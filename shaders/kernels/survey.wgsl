// Measures watched particles: of each measure, a key whose order as an unsigned integer is the order of the values, for
// select.wgsl to find ranks among; and sums over the particles.
// Slots: the surface (surfaceGradient), and the measures (measured), generated from src/compute/measures.ts.

struct Params {
  count: u32,
  goals: u32,
  unused: vec2u,
  // Places to which distances are measured, two an element.
  goal: array<vec4f, GOAL_PAIRS>,
}

struct Sums {
  // Gradients that were spent: the lower and the upper word of their sum.
  spent: atomic<u32>,
  spentUpper: atomic<u32>,
  diverged: atomic<u32>,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<uniform> surfaceUniform: array<vec4f, SURFACE_ROWS>;
@group(0) @binding(2) var<storage, read> marks: array<Mark>;
// Measure m of particle i at m * count + i.
@group(0) @binding(3) var<storage, read_write> keys: array<u32>;
@group(0) @binding(4) var<storage, read_write> sums: Sums;

// Infinite where there is none.
fn nearestGoal(place: vec2f) -> f32 {
  var least = infinity();
  for (var k = 0u; k < params.goals; k++) {
    let pair = params.goal[k / 2u];
    least = minOf(least, norm(place - select(pair.xy, pair.zw, k % 2u == 1u)));
  }
  return least;
}

@compute @workgroup_size(WORKGROUP)
fn survey(@builtin(global_invocation_id) id: vec3u) {
  let i = id.x;
  if (i >= params.count) {
    return;
  }
  surfaceParameters = surfaceUniform;
  let mark = marks[i];
  let gone = mark.left > 0u;
  let values = measured(mark);
  for (var m = 0u; m < MEASURES; m++) {
    keys[m * params.count + i] = select(keyOf(values[m]), WORST_KEY, gone || outOfRange(values[m]));
  }
  atomicAdd(&sums.diverged, u32(gone));
  let before = atomicAdd(&sums.spent, mark.spent);
  if (before + mark.spent < before) {
    atomicAdd(&sums.spentUpper, 1u);
  }
}
