import type { Copied } from "../ipc/generated";
import { m } from "../paraglide/messages";

/** What was copied is in the clipboard, and until when. Both times are in UTC seconds. */
export function copiedWords(until: Copied["until"], now: number): string {
  const stays =
    until === null
      ? m.clipboard_at_once()
      : m.clipboard_left({ left: Math.max(0, Math.ceil(until - now)) });
  return `${m.clipboard_copied()} ${stays}`;
}
