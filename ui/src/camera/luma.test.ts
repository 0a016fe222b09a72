import { describe, expect, it } from "vitest";
import { frameOf } from "./luma";

const pixels = (...colours: [number, number, number][]) =>
  new Uint8ClampedArray(colours.flatMap((colour) => [...colour, 255]));

describe("a frame for Rust", () => {
  it("begins with its width and height, little-endian", () => {
    const frame = frameOf(new Uint8ClampedArray(4 * 258 * 3), 258, 3);
    expect([...frame.slice(0, 8)]).toEqual([2, 1, 0, 0, 3, 0, 0, 0]);
    expect(frame).toHaveLength(8 + 258 * 3);
  });

  it("has a byte of luminance for each pixel, row by row", () => {
    const rgba = pixels(
      [255, 255, 255],
      [0, 0, 0],
      [255, 0, 0],
      [0, 255, 0],
      [0, 0, 255],
      [9, 9, 9],
    );
    expect([...frameOf(rgba, 3, 2).slice(8)]).toEqual([255, 0, 76, 149, 28, 9]);
  });
});
