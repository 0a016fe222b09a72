import { describe, expect, it } from "vitest";
import type { RereadView, SetView, ShareProblem } from "../ipc/generated";
import { entryWords } from "./entry";

const set: SetView = {
  identifier: "M7QS",
  needed: 2,
  sheets: [{ index: "A", source: "typed", name: null }],
};
const reread = (over: RereadView) => {
  const words = entryWords({ state: "reread", ...over }, null, false);
  return `${words?.happened} ${words?.next}`;
};

describe("the message under the field", () => {
  it("names another secret that was entered, and says where the code is", () => {
    const words = entryWords({ state: "mistaken", what: "phrase" }, null, false);
    expect(words).toMatchObject({ tone: "wrong", problem: "phrase" });
    expect(words?.happened).toContain("words of a wallet");
    expect(words?.next).toContain("recovery sheet");
  });

  it("is nothing while a code is being typed", () => {
    expect(entryWords({ state: "typing", have: 12 }, null, false)).toBeNull();
    expect(entryWords({ state: "typing", have: 59 }, null, true)).toMatchObject({
      tone: "plain",
      happened: "That’s 59 of 60 characters.",
      next: "One more to go.",
    });
  });

  it.each(["foreign", "other_threshold", "repeated", "surplus", "contradicts"] as ShareProblem[])(
    "says why a sheet is refused (%s), and what to do",
    (problem) => {
      const words = entryWords(
        { state: "share_refused", identifier: "M7QS", index: "D", problem },
        set,
        false,
      );
      expect(words?.happened).toMatch(/heet D .*\.$/);
      expect(words?.next).toMatch(/\.$/);
      expect(words?.tone).toBe(problem === "repeated" || problem === "surplus" ? "plain" : "wrong");
    },
  );

  it("says how many characters are too many, and which groups to look at first", () => {
    expect(reread({ unreadable: 0, wrong: 6, too_many: 1, groups: [4] })).toBe(
      "At least 6 characters are wrong. That’s at least one too many to tell what was meant. " +
        "Check group 4 on the sheet first. Where you’re not sure, type ?.",
    );
    expect(reread({ unreadable: 16, wrong: 0, too_many: 3, groups: [] })).toBe(
      "16 characters couldn’t be read. That’s at least 3 too many to tell what was meant. " +
        "Compare each group with the sheet. Where you’re not sure, type ?.",
    );
    expect(reread({ unreadable: 9, wrong: 1, too_many: 3, groups: [2, 5] })).toMatch(
      /^9 characters couldn’t be read\. At least one other is wrong\./,
    );
  });
});
