import { bare, count, groupLength, split, type Field } from "./groups";

/** What a screen reader announces: a completed group, or the count after a longer paste. */
export type Aloud = { group: number; text: string } | { have: number };

/** Returns null within a group and on deletion, so that not every keystroke is announced. */
export function aloud(before: string, after: Field): Aloud | null {
  const have = count(after.text);
  if (have < count(before)) return null;
  const old = split(bare(before));
  const upToCaret = Math.floor(count(after.text.slice(0, after.caret)) / groupLength);
  const completed = split(bare(after.text))
    .slice(0, upToCaret)
    .map((text, at) => ({ group: at + 1, text }))
    .filter(({ group, text }) => text !== old[group - 1]);
  const [first] = completed;
  if (!first) return null;
  return completed.length === 1 ? first : { have };
}
