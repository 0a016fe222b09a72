import type { CorrectionView, ProposalView, SlipView } from "../ipc/generated";
import { bare, groupLength, place } from "./groups";

/** One character of a drawn group. */
export interface Drawn {
  character: string;
  marked: boolean;
}

/** A change in one group, or in two joined by a slip: as typed and as meant. */
export interface Change {
  /** The groups, from 1. */
  groups: number[];
  before: Drawn[][];
  after: Drawn[][];
  /** The characters that differ once the slip is undone. */
  corrections: CorrectionView[];
}

/** Placeholder for a character that was not typed. */
const absent = "\u00b7";
const unreadable = "?";

/**
 * Lists where a proposal differs from what was typed, group by group. The typed groups are derived
 * from the proposal, because a slip shifts the text; only an extra character comes from the text.
 */
export function changes(proposal: ProposalView, text: string): Change[] {
  const { corrected, corrections, slip } = proposal;
  const places = slip ? slipPlaces(slip) : [];
  const marks = new Set([...places, ...corrections.map(({ position }) => position)]);
  const after = [...corrected].map((character, at) => ({ character, marked: marks.has(at + 1) }));
  const straight = after.map((drawn) => ({ ...drawn }));
  for (const { position, read } of corrections) {
    const drawn = straight[position - 1];
    if (drawn) drawn.character = read ?? (leftOut(slip, position) ? absent : unreadable);
  }
  const before = slip ? swappedBack(slip, straight) : straight;

  return unitsOf(marks, slip).map((groups) => ({
    groups,
    before: asTyped(slip, groups, before, text),
    after: groups.map((group) => groupOf(after, group)),
    corrections: corrections.filter(({ position }) => groups.includes(place(position).group)),
  }));
}

/** Whether the slip left out the character that is meant at this position. */
export function leftOut(slip: SlipView | null, position: number): boolean {
  if (slip?.kind === "missing") return slip.position === position;
  return slip?.kind === "group_missing" && slip.group === place(position).group;
}

/** Returns the group, from 1, that contains an extra character. */
export function groupOfExtra(position: number): number {
  return Math.min(place(position).group, 12);
}

function slipPlaces(slip: SlipView): number[] {
  switch (slip.kind) {
    case "missing":
      return [slip.position];
    case "neighbours_swapped":
      return [slip.position, slip.position + 1];
    case "groups_swapped":
      return [...positionsOf(slip.group), ...positionsOf(slip.group + 1)];
    case "group_missing":
      return positionsOf(slip.group);
    case "extra":
    case "group_twice":
      return [];
  }
}

function positionsOf(group: number): number[] {
  return Array.from({ length: groupLength }, (_, at) => (group - 1) * groupLength + at + 1);
}

function groupOf(code: Drawn[], group: number): Drawn[] {
  return code.slice((group - 1) * groupLength, group * groupLength);
}

/** Undoes a swap, to show what was typed. */
function swappedBack(slip: SlipView, straight: Drawn[]): Drawn[] {
  const swap = (at: number, length: number) => [
    ...straight.slice(0, at),
    ...straight.slice(at + length, at + 2 * length),
    ...straight.slice(at, at + length),
    ...straight.slice(at + 2 * length),
  ];
  if (slip.kind === "neighbours_swapped") return swap(slip.position - 1, 1);
  if (slip.kind === "groups_swapped") return swap((slip.group - 1) * groupLength, groupLength);
  return straight;
}

/** Returns the groups to draw; groups joined by a slip come together. */
function unitsOf(marks: Set<number>, slip: SlipView | null): number[][] {
  const groups = new Set(Array.from(marks, (position) => place(position).group));
  let joined: number[] = [];
  if (slip?.kind === "extra") groups.add(groupOfExtra(slip.position));
  if (slip?.kind === "group_twice") groups.add(slip.group);
  if (slip?.kind === "groups_swapped") joined = [slip.group, slip.group + 1];
  if (slip?.kind === "neighbours_swapped") {
    const first = place(slip.position).group;
    if (place(slip.position + 1).group !== first) joined = [first, first + 1];
  }
  for (const group of joined) groups.delete(group);
  const units = Array.from(groups, (group) => [group]);
  if (joined.length > 0) units.push(joined);
  return units.toSorted(([one = 0], [other = 0]) => one - other);
}

function asTyped(slip: SlipView | null, groups: number[], before: Drawn[], text: string) {
  const drawn = groups.map((group) => groupOf(before, group));
  const [group = 0] = groups;
  const [first = []] = drawn;
  if (slip?.kind === "group_twice" && slip.group === group) {
    return [first, first.map(({ character }) => ({ character, marked: true }))];
  }
  if (slip?.kind === "extra" && groupOfExtra(slip.position) === group) {
    const character = [...bare(text)][slip.position - 1] ?? unreadable;
    const at = slip.position - 1 - (group - 1) * groupLength;
    return [first.toSpliced(at, 0, { character, marked: true })];
  }
  return drawn;
}
