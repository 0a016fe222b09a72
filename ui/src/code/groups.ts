import { folded } from "./folding";

/** A code has 60 characters, printed in twelve groups of five. */
export const codeLength = 60;
export const groupLength = 5;

/** Groups in a row, on the sheet and on the screen alike. */
const rowLength = 3;

/** Locates a group on the sheet; all numbers count from 1. */
export function onSheet(group: number): { row: number; place: number } {
  return { row: Math.ceil(group / rowLength), place: ((group - 1) % rowLength) + 1 };
}

/** Separators of groups: white space, hyphens, dashes, quotation marks and middle dots. */
const separators = /[\s\p{Pd}\p{Pi}\p{Pf}\u2212"'`\u201a\u201e\u00b7\u2022]/gu;

/** Folds the text, strips separators and converts to upper case. */
export function bare(text: string): string {
  return folded(text).replace(separators, "").toUpperCase();
}

/** Formats the characters in groups of five, separated by spaces. */
export function grouped(text: string): string {
  return split(bare(text)).join(" ");
}

/** Splits into groups of five; the last may be shorter. */
export function split(code: string): string[] {
  const characters = [...code];
  const groups: string[] = [];
  for (let at = 0; at < characters.length; at += groupLength) {
    groups.push(characters.slice(at, at + groupLength).join(""));
  }
  return groups;
}

export interface Field {
  text: string;
  caret: number;
}

/**
 * Regroups the text of a field after an edit and keeps the caret after the same character.
 * Deleting the space between two groups deletes the character before it, or with `forward` (the
 * Delete key) the one after it.
 */
export function reformed(edited: Field, before: string, forward = false): Field {
  let left = bare(edited.text.slice(0, edited.caret));
  let right = bare(edited.text.slice(edited.caret));
  const spaceDeleted = edited.text.length === before.length - 1 && left + right === bare(before);
  if (spaceDeleted && forward) right = right.slice(1);
  else if (spaceDeleted) left = left.slice(0, -1);
  const text = grouped(left + right);
  let caret = 0;
  for (let passed = 0; passed < left.length && caret < text.length; caret += 1) {
    if (text[caret] !== " ") passed += 1;
  }
  // After a full group, the caret moves to the start of the next one.
  if (text[caret] === " " && !spaceDeleted) caret += 1;
  return { text, caret };
}

/** Draws dots for the characters that are still to be typed. */
export function outline(text: string): string {
  const typed = count(text);
  if (typed >= codeLength) return "";
  return split("\u00b7".repeat(codeLength))
    .join(" ")
    .slice([...grouped(text)].length);
}

/** Converts a position from 1 to 60 to its group and the place within it. */
export function place(position: number): { group: number; character: number } {
  return {
    group: Math.ceil(position / groupLength),
    character: ((position - 1) % groupLength) + 1,
  };
}

/** Number of characters without separators, not of UTF-16 units. */
export function count(text: string): number {
  return [...bare(text)].length;
}

/** Spells a group for a screen reader: "A, 7, S, Q, 2". */
export function spelled(group: string): string {
  return [...group].join(", ");
}
