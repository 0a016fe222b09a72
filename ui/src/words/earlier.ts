import type { EarlierView } from "../ipc/generated";
import { m } from "../paraglide/messages";
import { toldApart } from "./time";

/** Lists the earlier versions of a wallet to choose from: the time of each, and what it holds. */
export function earlierOptions(versions: EarlierView[]) {
  const savedAt = toldApart(versions.flatMap(({ saved }) => saved ?? []));
  return versions.map((version) => ({
    value: version.version,
    title: version.saved === null ? m.copy_no_date() : m.copy_saved({ at: savedAt(version.saved) }),
    note: earlierWords(version),
  }));
}

/** Says what an earlier version holds, beside what the wallet holds now. */
export function earlierWords({ items, lacks, other, more }: EarlierView): string {
  const parts = [
    m.earlier_items({ count: items }),
    ...(lacks > 0 ? [m.earlier_lacks({ count: lacks })] : []),
    ...(other > 0 ? [m.earlier_other({ count: other })] : []),
    ...(more > 0 ? [m.earlier_more({ count: more })] : []),
  ];
  if (parts.length === 1) parts.push(m.earlier_same());
  return parts.join(", ");
}
