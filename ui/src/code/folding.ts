/**
 * Folds text as `folding.rs` does, for what a field shows before Rust has read it: compatibility
 * forms, decimal digits of every script, and no unseen characters.
 */
export function folded(text: string): string {
  return text.replace(unseen, "").normalize("NFKC").replace(digits, asciiDigit);
}

/** Control characters other than white space, and those that nobody sees. */
const unseen = /\p{Default_Ignorable_Code_Point}|(?!\s)\p{Cc}|[\ufff9-\ufffb]/gu;
const digits = /\p{Nd}/gu;
const digit = /^\p{Nd}$/u;

/** The decimal digits of a script are ten code points in a row, from zero to nine. */
function asciiDigit(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  let before = 0;
  while (before < code && digit.test(String.fromCodePoint(code - before - 1))) before += 1;
  return String(before % 10);
}
