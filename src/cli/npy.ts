const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0];
/** The header ends on a multiple of this, so that data may be mapped into memory. */
const ALIGNMENT = 64;

/**
 * Header of an NPY file, version 1.0, of little-endian float64 in C order.
 * Source: numpy.lib.format, "Format Version 1.0".
 */
export const npyHeader = (shape: readonly number[]): Uint8Array => {
  const dimensions = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '<f8', 'fortran_order': False, 'shape': (${dimensions}), }`;
  const prefix = MAGIC.length + 2;
  const length = Math.ceil((prefix + text.length + 1) / ALIGNMENT) * ALIGNMENT - prefix;
  const bytes = new Uint8Array(prefix + length).fill(0x20);
  bytes.set(MAGIC);
  bytes[MAGIC.length] = length & 0xff;
  bytes[MAGIC.length + 1] = length >> 8;
  bytes.set(new TextEncoder().encode(text), prefix);
  bytes[bytes.length - 1] = 0x0a;
  return bytes;
};

/** Numbers as little-endian float64, whatever this machine's order. */
export const npyNumbers = (values: ArrayLike<number>): Uint8Array => {
  const view = new DataView(new ArrayBuffer(values.length * 8));
  for (let i = 0; i < values.length; i++) view.setFloat64(i * 8, values[i], true);
  return new Uint8Array(view.buffer);
};
