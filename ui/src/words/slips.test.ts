import { describe, expect, it } from "vitest";
import { changes } from "../code/changes";
import type { CorrectionView, ProposalView, SlipView } from "../ipc/generated";
import {
  correctionWords,
  mistakeWords,
  question,
  slipLines,
  slipWords,
  spokenAlone,
  unreadLine,
} from "./slips";

const meant = "0M7QSSXW4K9D2PZT6ACDEFGHJKLMNPQRTUVWXYZ02345678903CDEFGHJKLM";
const proposal = (over: Partial<ProposalView> = {}): ProposalView => ({
  identifier: "M7QS",
  index: null,
  corrected: meant,
  corrections: [],
  slip: null,
  sure: true,
  ...over,
});

/** The words for a slip: its headline, then its lines. */
function told(slip: SlipView, text = meant, corrections: CorrectionView[] = []): string[] {
  const view = proposal({ slip, corrections });
  const lines = changes(view, text).flatMap((change) => slipLines(view, change, text));
  return [slipWords(slip), ...lines];
}

describe("a slip", () => {
  it("says what was left out, and where", () => {
    const slip: SlipView = { kind: "missing", position: 8 };
    const corrections = [{ position: 8, read: null, meant: "W" }];
    expect(told(slip, meant, corrections)).toEqual(["One character is missing: group 2, place 3."]);
    expect(corrections.map((one) => correctionWords(one, slip))).toEqual([
      "Group 2, place 3: W was left out (character 8 of 60)",
    ]);
    expect(mistakeWords(proposal({ slip, corrections }))).toEqual([]);
  });

  it("names the extra character", () => {
    const text = `${meant.slice(0, 7)}Q${meant.slice(7)}`;
    expect(told({ kind: "extra", position: 8 }, text)).toEqual([
      "One character too many, in group 2.",
      "Group 2: Q isn’t on the sheet (character 8 of the 61 typed)",
    ]);
  });

  it("gives both places of a swap", () => {
    expect(told({ kind: "neighbours_swapped", position: 7 })).toEqual([
      "Two neighbouring characters were swapped.",
      "Group 2, places 2 and 3: X, W instead of W, X",
    ]);
    expect(told({ kind: "neighbours_swapped", position: 10 })).toEqual([
      "Two neighbouring characters were swapped.",
      "Group 2, place 5, and the next group, place 1: K, 9 instead of 9, K",
    ]);
    expect(told({ kind: "groups_swapped", group: 3 })).toEqual([
      "Groups 3 and 4 were swapped.",
      "Group 3: 9, D, 2, P, Z",
      "Group 4: T, 6, A, C, D",
    ]);
  });

  it("spells a group that was typed twice or left out", () => {
    expect(told({ kind: "group_twice", group: 5 })).toEqual([
      "Group 5 was typed twice.",
      "Group 5: E, F, G, H, J",
    ]);
    const five = [..."EFGHJ"].map((meant, at) => ({ position: 21 + at, read: null, meant }));
    expect(told({ kind: "group_missing", group: 5 }, meant, five)).toEqual([
      "Group 5 was left out.",
      "Group 5: E, F, G, H, J",
    ]);
    const slip: SlipView = { kind: "group_missing", group: 5 };
    expect(mistakeWords(proposal({ slip, corrections: five }))).toEqual([]);
  });
});

describe("a proposal", () => {
  it("counts wrong and unread characters apart from the slip", () => {
    const corrections = [
      { position: 2, read: "N", meant: "M" },
      { position: 8, read: null, meant: "W" },
      { position: 30, read: null, meant: "P" },
    ];
    expect(mistakeWords(proposal({ corrections }))).toEqual([
      "One character looks wrong.",
      "2 characters couldn’t be read.",
    ]);
    const slip: SlipView = { kind: "missing", position: 8 };
    expect(mistakeWords(proposal({ corrections, slip }))).toEqual([
      "One more character looks wrong.",
      "One character couldn’t be read.",
    ]);
  });

  it("merges many unread characters of a group", () => {
    const corrections = [47, 48, 49, 50, 53].map((position) => ({
      position,
      read: null,
      meant: meant[position - 1] ?? "",
    }));
    const lines = changes(proposal({ corrections }), "").map((change) => [
      unreadLine(change, null),
      spokenAlone(change, null).length,
    ]);
    expect(lines).toEqual([
      [expect.stringMatching(/^Group 10, places 2, 3, 4,? and 5: 8, 9, 0, 3 \(not read\)$/), 0],
      [null, 1],
    ]);
  });

  it("asks about a code or a sheet, and offers an unsure one", () => {
    expect(question(proposal())).toBe("Did you mean code M7QS, like this?");
    expect(question(proposal({ index: "D" }))).toBe(
      "Did you mean sheet D of code M7QS, like this?",
    );
    expect(question(proposal({ sure: false }))).toBe("One code fits: M7QS.");
  });
});
