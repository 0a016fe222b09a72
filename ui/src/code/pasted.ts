import { commands } from "../ipc/generated";

type Paste = ClipboardEvent & { currentTarget: HTMLTextAreaElement | HTMLInputElement };

/** Inserts a pasted code as Rust spells it: without label, numbers and unseen characters. */
export async function pasteCode(event: Paste): Promise<void> {
  const text = event.clipboardData?.getData("text/plain") ?? "";
  // A picture is for the page.
  if (text === "") return;
  event.preventDefault();
  const field = event.currentTarget;
  const spelled = await commands.spell_pasted({ text }).catch(() => text);
  const [from, to] = [field.selectionStart ?? 0, field.selectionEnd ?? field.value.length];
  field.setRangeText(spelled, from, to, "end");
  field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste" }));
}
