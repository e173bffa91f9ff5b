// Writes one row of the trail ring: where the followed particles are now; a diverged one is where it was last drawable.

struct Params {
  // The row's first place in the ring, and its length.
  start: u32,
  columns: u32,
  // Column c follows particle c * stride up to the column `added`, from there the added particles from `firstAdded` on.
  stride: u32,
  added: u32,
  firstAdded: u32,
  count: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> positions: array<vec2f>;
@group(0) @binding(2) var<storage, read> exits: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> trail: array<vec2f>;

@compute @workgroup_size(WORKGROUP)
fn record(@builtin(global_invocation_id) id: vec3u) {
  let column = id.x;
  let particle = select(column * params.stride, params.firstAdded + column - params.added, column >= params.added);
  if (column >= params.columns || particle >= params.count) {
    return;
  }
  let place = positions[particle];
  trail[params.start + column] = select(place, exits[particle].xy, leavesRange(place));
}
