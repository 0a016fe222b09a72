import { describe, expect, it } from "vitest";
import { aloud } from "./aloud";

const after = (marked: string) => ({ text: marked.replace("|", ""), caret: marked.indexOf("|") });

describe("what is said of a typed code", () => {
  it("is a group when its last character is typed", () => {
    expect(aloud("0M7QS SXW4", after("0M7QS SXW4K|"))).toEqual({ group: 2, text: "SXW4K" });
  });

  it("is nothing inside a group", () => {
    expect(aloud("0M7QS SXW", after("0M7QS SXW4|"))).toBeNull();
    expect(aloud("0M7QS SXW4K", after("0MX|7Q SSXW4 K"))).toBeNull();
  });

  it("is the corrected group, not those shifted after it", () => {
    expect(aloud("0M7QX W4KA", after("0M7QS |XW4KA"))).toEqual({ group: 1, text: "0M7QS" });
  });

  it("is nothing while characters are deleted", () => {
    expect(aloud("0M7QS SXW4K 9", after("0M7QS SXW4K|"))).toBeNull();
  });

  it("is the count after a paste", () => {
    expect(aloud("0M", after("0M7QS SXW4K 9D|"))).toEqual({ have: 12 });
  });
});
