/** A box of an MP4 file. Source: ISO/IEC 14496-12. */
export interface Box {
  readonly type: string;
  readonly body: Buffer;
}

/** The boxes side by side in some bytes. */
export function boxesOf(bytes: Buffer): Box[] {
  const found: Box[] = [];
  for (let at = 0; at + 8 <= bytes.length; ) {
    const short = bytes.readUInt32BE(at);
    const long = short === 1;
    const size = long ? Number(bytes.readBigUInt64BE(at + 8)) : short;
    found.push({
      type: bytes.toString('latin1', at + 4, at + 8),
      body: bytes.subarray(at + (long ? 16 : 8), at + size),
    });
    at += size;
  }
  return found;
}

/** Bytes before the boxes in a box that has some: version and flags, a count, or a sample's fields. */
const HEADS: Readonly<Record<string, number>> = { stsd: 8, avc1: 78 };

/** The box at a path such as moov/trak/mdia. */
export function boxAt(bytes: Buffer, path: string): Buffer {
  return path.split('/').reduce((within, type) => {
    const box = boxesOf(within).find((candidate) => candidate.type === type);
    if (!box) throw new Error(`There is no ${type} of ${path}.`);
    return box.body.subarray(HEADS[type] ?? 0);
  }, bytes);
}
