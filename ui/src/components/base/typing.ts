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

/** Characters before the caret that are looked at. */
const longest = 64;

export function wordTyped({ value, selectionStart, selectionEnd }: TextControl): WordTyped | null {
  if (selectionStart === null || selectionStart !== selectionEnd) return null;
  if (/^\p{L}/u.test(value.slice(selectionStart))) return null;
  // No list has longer words.
  const before = value.slice(Math.max(0, selectionStart - longest), selectionStart);
  const start = /[\p{L}\p{M}]+$/u.exec(before)?.[0];
  return start === undefined ? null : { from: selectionStart - start.length, start };
}
