import { describe, expect, it } from "vitest";
import type { CorrectionView, ProposalView, SlipView } from "../ipc/generated";
import { changes, type Drawn } from "./changes";
import { grouped } from "./groups";

const meant = "0M7QSSXW4K9D2PZT6ACDEFGHJKLMNPQRTUVWXYZ02345678903CDEFGHJKLM";

const proposal = (slip: SlipView | null, corrections: CorrectionView[] = []): ProposalView => ({
  identifier: "M7QS",
  index: null,
  corrected: meant,
  corrections,
  slip,
  sure: true,
});
/** "0M7Q[X] SXW4K": marked characters in brackets. */
const drawn = (groups: Drawn[][]) =>
  groups
    .map((group) =>
      group.map(({ character, marked }) => (marked ? `[${character}]` : character)).join(""),
    )
    .join(" ");
const seen = (view: ProposalView, text = "") =>
  changes(view, text).map(({ before, after }) => `${drawn(before)} > ${drawn(after)}`);

describe("a change in place", () => {
  it("marks the read and the meant characters, group by group", () => {
    const corrections = [
      { position: 2, read: "N", meant: "M" },
      { position: 5, read: null, meant: "S" },
      { position: 60, read: "N", meant: "M" },
    ];
    expect(seen(proposal(null, corrections))).toEqual([
      "0[N]7Q[?] > 0[M]7Q[S]",
      "HJKL[N] > HJKL[M]",
    ]);
  });

  it("leaves a gap where a character was left out", () => {
    const corrections = [{ position: 8, read: null, meant: "W" }];
    expect(seen(proposal({ kind: "missing", position: 8 }, corrections))).toEqual([
      "SX[\u00b7]4K > SX[W]4K",
    ]);
  });

  it("marks an extra character, even after the last one", () => {
    const inside = grouped(meant.slice(0, 7) + "Q" + meant.slice(7));
    expect(seen(proposal({ kind: "extra", position: 8 }), inside)).toEqual(["SX[Q]W4K > SXW4K"]);
    expect(seen(proposal({ kind: "extra", position: 61 }), grouped(`${meant}Q`))).toEqual([
      "HJKLM[Q] > HJKLM",
    ]);
  });

  it("shows swapped neighbours before and after, even across groups", () => {
    expect(seen(proposal({ kind: "neighbours_swapped", position: 2 }))).toEqual([
      "0[7][M]QS > 0[M][7]QS",
    ]);
    expect(seen(proposal({ kind: "neighbours_swapped", position: 10 }))).toEqual([
      "SXW4[9] [K]D2PZ > SXW4[K] [9]D2PZ",
    ]);
  });

  it("shows swapped groups side by side", () => {
    expect(seen(proposal({ kind: "groups_swapped", group: 2 }))).toEqual([
      "[9][D][2][P][Z] [S][X][W][4][K] > [S][X][W][4][K] [9][D][2][P][Z]",
    ]);
  });

  it("keeps a mistake next to a slip in its place", () => {
    const corrections = [{ position: 6, read: "5", meant: "S" }];
    expect(seen(proposal({ kind: "groups_swapped", group: 2 }, corrections))).toEqual([
      "[9][D][2][P][Z] [5][X][W][4][K] > [S][X][W][4][K] [9][D][2][P][Z]",
    ]);
  });

  it("shows a group that was typed twice, and one that was left out", () => {
    expect(seen(proposal({ kind: "group_twice", group: 2 }))).toEqual([
      "SXW4K [S][X][W][4][K] > SXW4K",
    ]);
    const five = [..."SXW4K"].map((character, at) => ({
      position: 6 + at,
      read: null,
      meant: character,
    }));
    expect(seen(proposal({ kind: "group_missing", group: 2 }, five))).toEqual([
      "[\u00b7][\u00b7][\u00b7][\u00b7][\u00b7] > [S][X][W][4][K]",
    ]);
  });
});
