import type { PagesView } from "../ipc/generated";
import { m } from "../paraglide/messages";
import { date } from "./time";

/** What still opens with the sheet of a code that ends: copies that no program can end. */
export function copiesLeft(
  identifier: string,
  kits: readonly string[],
  pages: PagesView | null,
): string[] {
  const left = kits.map((folder) => m.copies_kit({ folder }));
  if (pages?.identifier === identifier) left.push(m.copies_pages({ at: date(pages.at) }));
  return left;
}
