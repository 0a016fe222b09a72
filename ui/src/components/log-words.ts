import type { LogView } from "../ipc/generated";
import { m } from "../paraglide/messages";

/** What the filter tells apart. */
export type LogKind = "code" | "access" | "failed";

export const kindOf: Record<LogView["event"], LogKind> = {
  created: "access",
  issued: "code",
  confirmed: "code",
  discarded: "code",
  checked: "code",
  redeemed: "code",
  failed_tries: "failed",
  revoked: "code",
  expired: "code",
  password_changed: "access",
  two_step_on: "access",
  two_step_off: "access",
};

const told: Record<LogView["event"], (of: { identifier: string; count: number }) => string> = {
  created: () => m.log_created(),
  issued: m.log_issued,
  confirmed: m.log_confirmed,
  discarded: m.log_discarded,
  checked: m.log_checked,
  redeemed: m.log_redeemed,
  failed_tries: m.log_failed_tries,
  revoked: m.log_revoked,
  expired: m.log_expired,
  password_changed: () => m.log_password_changed(),
  two_step_on: () => m.log_two_step_on(),
  two_step_off: () => m.log_two_step_off(),
};

export function logWords({ event, identifier, count }: LogView): string {
  return told[event]({ identifier: identifier ?? "", count: count ?? 1 });
}
