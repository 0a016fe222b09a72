import { expect, it } from "vitest";
import { bytes } from "./bytes";

it("writes sizes in the unit that fits", () => {
  const sizes = [0, 1, 999, 1_000, 312_499, 999_499, 1_048_576, 64_000_000];
  expect(sizes.map((size) => bytes(size, "en"))).toEqual([
    "0 bytes",
    "1 byte",
    "999 bytes",
    "1 kB",
    "312 kB",
    "999 kB",
    "1 MB",
    "64 MB",
  ]);
});
