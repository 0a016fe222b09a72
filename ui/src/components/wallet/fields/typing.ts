/** What a person types in. */
export type TextControl = HTMLInputElement | HTMLTextAreaElement;

/** Replaces a part of what is typed, as if the person had typed it: Ctrl+Z takes it back. */
export function replaceTyped(box: TextControl, start: number, end: number, text: string): void {
  box.focus();
  box.setSelectionRange(start, end);
  const done =
    text === "" ? document.execCommand("delete") : document.execCommand("insertText", false, text);
  if (done) return;
  box.setRangeText(text, start, end, "end");
  box.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

/** The word that is being typed: it ends at the caret, and nothing of it follows. */
export interface WordTyped {
  from: number;
  start: string;
}

export function wordTyped({ value, selectionStart, selectionEnd }: TextControl): WordTyped | null {
  if (selectionStart === null || selectionStart !== selectionEnd) return null;
  if (/^\p{L}/u.test(value.slice(selectionStart))) return null;
  const start = /[\p{L}\p{M}]+$/u.exec(value.slice(0, selectionStart))?.[0];
  return start === undefined ? null : { from: selectionStart - start.length, start };
}

/** Where a word stands in what was typed, as a number of letters from its start. */
interface Span {
  start: number;
  end: number;
}

/**
 * Where the word of a place (from 1) stands in a text that these words were read out of; null where
 * the letters of the text are not divided as the words are.
 */
export function spanOf(text: string, words: readonly string[], place: number): Span | null {
  const runs = [...text.matchAll(/[\p{L}\p{M}]+/gu)];
  const run = runs.length === words.length ? runs[place - 1] : undefined;
  return run ? { start: run.index, end: run.index + run[0].length } : null;
}
