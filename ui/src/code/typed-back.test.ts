import { describe, expect, it } from "vitest";
import { compare } from "./typed-back";

const groups = ["0ACDE", "SQPZR", "Y9X8G", "F2TVD", "W0S3J", "N54KH", "CE6MU", "A7LQP"];
const all = [...groups, "ZRY9X", "8GF2T", "VDW0S", "3JN54"];
const code = all.join(" ");

describe("a copy that is typed back", () => {
  it("is the same whatever its case, spaces and look-alikes", () => {
    expect(compare(code, all, false)).toEqual({ kind: "same" });
    expect(compare(code.toLowerCase().replaceAll(" ", "-"), all, false)).toEqual({ kind: "same" });
    expect(compare(code.replace("0A", "oA").replace("8", "b"), all, false)).toEqual({
      kind: "same",
    });
  });

  it("is unfinished until it is whole or the person stops", () => {
    expect(compare(code.slice(0, 20), all, false)).toEqual({ kind: "unfinished" });
    expect(compare(code.slice(0, 20), all, true)).toEqual({ kind: "shifted", from: 4, have: 17 });
  });

  it("names each group that differs", () => {
    const copy = code.replace("SQPZR", "SQPZP").replace("3JN54", "3JN45");
    expect(compare(copy, all, false)).toEqual({
      kind: "differs",
      groups: [
        { group: 2, copy: "SQPZP", code: "SQPZR" },
        { group: 12, copy: "3JN45", code: "3JN54" },
      ],
    });
  });

  it("says from which group characters are missing or extra", () => {
    const missing = code.replace("Y9X8G", "Y9XG");
    expect(compare(missing, all, true)).toEqual({ kind: "shifted", from: 3, have: 59 });
    expect(compare(`${code}Q`, all, false)).toEqual({ kind: "shifted", from: 13, have: 61 });
    expect(compare(code.replace("N54KH", "NN54KH"), all, false)).toMatchObject({ from: 6 });
  });
});
