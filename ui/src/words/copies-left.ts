import type { KitView, PagesView } from "../ipc/generated";
import { m } from "../paraglide/messages";
import { date } from "./time";

/** A kit of a code that ends. */
export type EndingKit = Pick<KitView, "folder" | "problem"> & {
  /** Its files are gone already. */
  deleted?: boolean;
};

/** What still opens with the sheet of a code that ends: copies that no program can end. */
export function copiesLeft(
  identifier: string,
  kits: readonly EndingKit[],
  pages: PagesView | null,
): string[] {
  const left = kits.map(({ folder, problem, deleted }) => {
    if (deleted) return m.copies_kit_deleted({ folder });
    return problem === "ahead" ? m.copies_kit_ahead({ folder }) : m.copies_kit({ folder });
  });
  if (pages?.identifier === identifier) {
    const at = date(pages.at);
    const kept = kits.some(({ problem }) => problem === "ahead");
    left.push(kept ? m.copies_pages_too({ at }) : m.copies_pages({ at }));
  }
  return left;
}
