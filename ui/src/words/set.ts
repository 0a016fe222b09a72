import type { SetOf } from "../ipc/generated";
import { m } from "../paraglide/messages";

/** States the consequence of a set's size in one line. */
export function setWords({ needed, sheets }: SetOf): string {
  if (needed === sheets) return m.set_all({ sheets });
  return needed === 2 ? m.set_any_two({ sheets }) : m.set_any({ sheets, needed });
}
