import { leftOut, groupOfExtra, type Change } from "../code/changes";
import { bare, count, place, spelled, split } from "../code/groups";
import { listed } from "./listed";
import type { CorrectionView, ProposalView, SlipView } from "../ipc/generated";
import { m } from "../paraglide/messages";

/** Headline of a slip. */
export function slipWords(slip: SlipView): string {
  switch (slip.kind) {
    case "missing": {
      const { group, character } = place(slip.position);
      return m.slip_missing({ group, place: character });
    }
    case "extra":
      return m.slip_extra({ group: groupOfExtra(slip.position) });
    case "neighbours_swapped":
      return m.slip_neighbours();
    case "groups_swapped":
      return m.slip_groups({ group: slip.group, next: slip.group + 1 });
    case "group_twice":
      return m.slip_group_twice({ group: slip.group });
    case "group_missing":
      return m.slip_group_missing({ group: slip.group });
  }
}

/** Counts the mistakes besides the slip: wrong and unreadable characters. */
export function mistakeWords({ corrections, slip }: ProposalView): string[] {
  const unread = corrections.filter(
    ({ read, position }) => read === null && !leftOut(slip, position),
  );
  const wrong = corrections.filter(({ read }) => read !== null);
  const words: string[] = [];
  if (wrong.length > 0) {
    const looks = slip ? m.entry_also_wrong : m.entry_wrong;
    words.push(looks({ count: wrong.length }));
  }
  if (unread.length > 0) words.push(m.entry_unread({ count: unread.length }));
  return words;
}

/** Asks the person to accept the proposal. */
export function question({ identifier, index, sure }: ProposalView): string {
  if (index === null) return (sure ? m.entry_mean : m.entry_fits)({ identifier });
  return (sure ? m.entry_mean_sheet : m.entry_fits_sheet)({ identifier, index });
}

/** Describes the slip at its place on the sheet; empty if this change is not the slip. */
export function slipLines({ slip, corrected }: ProposalView, { groups }: Change, text: string) {
  if (slip === null || !groups.includes(groupOfSlip(slip))) return [];
  switch (slip.kind) {
    case "missing":
      // Covered by the line for the missing character.
      return [];
    case "extra": {
      const { position } = slip;
      const character = [...bare(text)][position - 1] ?? "?";
      const group = groupOfExtra(position);
      return [m.slip_extra_line({ group, character, position, have: count(text) })];
    }
    case "neighbours_swapped": {
      const { group, character } = place(slip.position);
      const pair = [...corrected.slice(slip.position - 1, slip.position + 1)];
      const meant = pair.join(", ");
      const read = pair.toReversed().join(", ");
      const next = groups.length > 1 ? 1 : character + 1;
      const line = groups.length > 1 ? m.slip_neighbours_edge : m.slip_neighbours_line;
      return [line({ group, place: character, next, meant, read })];
    }
    case "groups_swapped":
    case "group_twice":
    case "group_missing":
      return groups.map((number) => {
        const group = split(corrected)[number - 1] ?? "";
        return m.code_group({ number, spelled: spelled(group) });
      });
  }
}

function groupOfSlip(slip: SlipView): number {
  if (slip.kind === "extra") return groupOfExtra(slip.position);
  return "group" in slip ? slip.group : place(slip.position).group;
}

/** Unread characters of a group are merged into one line from this number on. */
const many = 3;

/** Merges the unread characters of a group into one line, or returns null if they are few. */
export function unreadLine(change: Change, slip: SlipView | null): string | null {
  const unread = unreadTogether(change, slip);
  const [first] = unread;
  if (!first) return null;
  return m.entry_correction_unread_many({
    group: place(first.position).group,
    places: listed(unread.map(({ position }) => place(position).character)),
    meant: unread.map(({ meant }) => meant).join(", "),
  });
}

/** Returns the corrections that need a line of their own. */
export function spokenAlone(change: Change, slip: SlipView | null): CorrectionView[] {
  const together = unreadTogether(change, slip);
  return change.corrections.filter(
    (correction) =>
      !together.includes(correction) &&
      !(slip?.kind === "group_missing" && leftOut(slip, correction.position)),
  );
}

function unreadTogether({ groups, corrections }: Change, slip: SlipView | null) {
  const unread = corrections.filter(
    ({ read, position }) => read === null && !leftOut(slip, position),
  );
  return groups.length === 1 && unread.length >= many ? unread : [];
}

/** Describes one corrected character. */
export function correctionWords(correction: CorrectionView, slip: SlipView | null): string {
  const { position, read, meant } = correction;
  const { group, character } = place(position);
  const where = { group, place: character, meant, position };
  if (leftOut(slip, position)) return m.entry_correction_left_out(where);
  if (read === null) return m.entry_correction_unread(where);
  return m.entry_correction({ ...where, read });
}
