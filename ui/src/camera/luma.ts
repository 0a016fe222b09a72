/** Length of the header in bytes: width and height, 32 bits each, little-endian. */
const head = 8;

/** Encodes a frame for Rust: the header, then one byte of luminance per pixel, row by row. */
export function frameOf(
  rgba: Uint8ClampedArray,
  width: number,
  height: number,
): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(head + width * height);
  const sizes = new DataView(frame.buffer);
  sizes.setUint32(0, width, true);
  sizes.setUint32(4, height, true);
  for (let to = head, at = 0; to < frame.length; to += 1, at += 4) {
    const red = rgba[at] as number;
    const green = rgba[at + 1] as number;
    const blue = rgba[at + 2] as number;
    frame[to] = (77 * red + 150 * green + 29 * blue) >> 8;
  }
  return frame;
}
