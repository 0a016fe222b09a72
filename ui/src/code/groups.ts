/** A code has 60 characters, printed in twelve groups of five. */
export const codeLength = 60;
export const groupLength = 5;

/** Groups in a row, on the sheet and on the screen alike. */
const rowLength = 3;

/** Where a group stands on the sheet; all three counted from 1. */
export function onSheet(group: number): { row: number; place: number } {
  return { row: Math.ceil(group / rowLength), place: ((group - 1) % rowLength) + 1 };
}

/** What separates groups on paper and in pasted text: spaces, line breaks, hyphens, dashes, and marks that no eye sees. */
const separators =
  /[\s\-\u00ad\u2010-\u2015\u2212\ufe58\ufe63\uff0d]|\u200b|\u200c|\u200d|\u200e|\u200f|\u2060/g;

/** The characters without their separators, in upper case. Length is counted in characters, not UTF-16 units. */
export function bare(text: string): string {
  return text.replace(separators, "").toUpperCase();
}

/** The characters in groups of five with a space between; none at the end. */
export function grouped(text: string): string {
  return split(bare(text)).join(" ");
}

/** The groups of five themselves; the last may be shorter. */
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
 * What a field shows after an edit: the groups formed anew, the caret behind the same character as before.
 * Deleting the space between two groups deletes the character beside it, as the person meant: the one
 * before it, or with `forward` (the Delete key) the one after it.
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
  // Behind a full group the next character belongs to the next one.
  if (text[caret] === " " && !spaceDeleted) caret += 1;
  return { text, caret };
}

/** What is still to be typed, drawn as dots in the places where it will stand. */
export function outline(text: string): string {
  const typed = count(text);
  if (typed >= codeLength) return "";
  return grouped("\u00b7".repeat(codeLength)).slice([...grouped(text)].length);
}

/** A position of 1 to 60 as a person finds it on the sheet. */
export function place(position: number): { group: number; character: number } {
  return {
    group: Math.ceil(position / groupLength),
    character: ((position - 1) % groupLength) + 1,
  };
}

/** How many characters stand in a text, its separators apart. */
export function count(text: string): number {
  return [...bare(text)].length;
}

/** A group as a screen reader shall spell it: "A, 7, S, Q, 2". */
export function spelled(group: string): string {
  return [...group].join(", ");
}
