import { describe, expect, it } from "vitest";
import { distinctTags, sameTag, typedTags } from "./tags";

describe("tags", () => {
  it("are trimmed, and empty ones and repetitions are dropped", () => {
    expect(typedTags(" money,, Daily ,MONEY,  , daily use")).toEqual([
      "money",
      "Daily",
      "daily use",
    ]);
    expect(typedTags("")).toEqual([]);
    expect(typedTags(" , ")).toEqual([]);
  });

  it("are the same in capitals, and the first spelling stays", () => {
    expect(sameTag("Money", "mONEY")).toBe(true);
    expect(sameTag("money", "moneys")).toBe(false);
    expect(distinctTags(["Work", "home", "work"])).toEqual(["Work", "home"]);
  });
});
