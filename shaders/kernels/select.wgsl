// Order statistics: for each of several rows, the key of some rank in a column of keys, exactly. It is found digit by digit (radix
// selection, 8 bits a pass): `histogram` counts the next digit among the keys that match what is known so far, `choose`
// settles it, one workgroup a row.

struct Row {
  // The key, as far as it is known, and what is left of the rank among the keys that match.
  key: u32,
  rank: u32,
  // Digits settled, the most significant first.
  digits: u32,
  column: u32,
}

@group(0) @binding(0) var<storage, read> keys: array<u32>;
@group(0) @binding(1) var<storage, read_write> counts: array<atomic<u32>>;
@group(0) @binding(2) var<storage, read_write> rows: array<Row>;
@group(0) @binding(3) var<uniform> size: vec4u;

@compute @workgroup_size(WORKGROUP)
fn histogram(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let row = rows[id.y];
  let shift = 24u - 8u * row.digits;
  let base = row.column * size.x;
  for (var i = id.x; i < size.x; i += groups.x * WORKGROUP) {
    let key = keys[base + i];
    // In two shifts, since by 32 at once is not defined.
    if (((key ^ row.key) >> shift) >> 8u == 0u) {
      atomicAdd(&counts[id.y * 256u + ((key >> shift) & 0xffu)], 1u);
    }
  }
}

// One thread a row: it is a few hundred counts, and without barriers the kernel compiles quickly everywhere.
@compute @workgroup_size(1)
fn choose(@builtin(workgroup_id) id: vec3u) {
  let base = id.x * 256u;
  var row = rows[id.x];
  var digit = 0u;
  loop {
    let here = atomicLoad(&counts[base + digit]);
    if (row.rank < here || digit == 255u) {
      break;
    }
    row.rank -= here;
    digit += 1u;
  }
  row.key |= digit << (24u - 8u * row.digits);
  row.digits += 1u;
  rows[id.x] = row;
  for (var k = 0u; k < 256u; k++) {
    atomicStore(&counts[base + k], 0u);
  }
}
