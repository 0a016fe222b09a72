import type { ShownCode } from "../ipc/generated";
import { m } from "../paraglide/messages";

/**
 * Names what is shown: a code, a sheet of a set, or a sheet that was made again or added. `before`
 * holds the letters that the set had before.
 */
export function shownTitle(shown: ShownCode, before: string): string {
  const { identifier, remade } = shown;
  const index = shown.sheets[shown.sheet]?.index ?? null;
  if (index === null) return m.shown_title({ identifier });
  if (!remade) return m.shown_title_sheet({ identifier, index });
  const words = before.includes(index) ? m.shown_title_remade : m.shown_title_further;
  return words({ identifier, index });
}
