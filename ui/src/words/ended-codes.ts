import type { EndedCodeView } from "../ipc/generated";
import { m } from "../paraglide/messages";
import { dateAndTime } from "./time";

const told: Record<EndedCodeView["state"], (said: { at: string }) => string> = {
  used: m.earlier_used,
  expired: m.earlier_expired,
  revoked: m.earlier_revoked,
  replaced: m.earlier_replaced,
  discarded: m.earlier_discarded,
  recovered: m.earlier_recovered,
};

/** "used on 3 May 2026, 14:12" */
export function endedCodeWords({ state, at }: EndedCodeView): string {
  return told[state]({ at: dateAndTime(at) });
}
