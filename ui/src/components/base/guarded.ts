import { on } from "svelte/events";
import { commands } from "../../ipc/generated";
import { clipboard } from "../../state/clipboard.svelte";
import { replaceTyped, type TextControl } from "./typing";

/** What is selected in a control. */
interface Selected {
  box: TextControl;
  start: number;
  end: number;
  text: string;
}

/**
 * Has Rust copy what is copied or cut in this element, so that it is cleared from the clipboard
 * again. Nothing is dragged out of it.
 */
export function guarded(node: HTMLElement): () => void {
  const stops = [
    on(node, "copy", copied),
    on(node, "cut", cut),
    on(node, "dragstart", (event) => event.preventDefault()),
  ];
  return () => stops.forEach((stop) => stop());
}

function selectedIn(target: EventTarget | null): Selected | null {
  const typed = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
  if (!typed || target.selectionStart === null || target.selectionEnd === null) return null;
  const { selectionStart: start, selectionEnd: end } = target;
  return { box: target, start, end, text: target.value.slice(start, end) };
}

function copyText(text: string): Promise<boolean> {
  return clipboard.copy(() => commands.copy_text({ text }));
}

function copied(event: ClipboardEvent): void {
  event.preventDefault();
  const text = selectedIn(event.target)?.text ?? document.getSelection()?.toString() ?? "";
  if (text !== "") void copyText(text);
}

async function cut(event: ClipboardEvent): Promise<void> {
  event.preventDefault();
  const selected = selectedIn(event.target);
  if (!selected || selected.text === "" || selected.box.readOnly) return;
  const { box, start, end, text } = selected;
  const held = await copyText(text);
  // What could not be copied stays, and so does what has changed meanwhile.
  const same = document.activeElement === box && box.value.slice(start, end) === text;
  if (held && same) replaceTyped(box, start, end, "");
}
