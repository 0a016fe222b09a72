import { listed } from "./listed";
import type { LogView } from "../ipc/generated";
import { m } from "../paraglide/messages";

/** Categories of the filter. */
export type LogKind = "code" | "access" | "failed" | "sign_in";

export const kindOf: Record<LogView["event"], LogKind> = {
  created: "access",
  issued: "code",
  confirmed: "code",
  discarded: "code",
  checked: "code",
  redeemed: "code",
  sheets_made: "code",
  failed_tries: "failed",
  revoked: "code",
  expired: "code",
  restored: "access",
  pages_made: "code",
  password_changed: "access",
  email_changed: "access",
  from_earlier: "access",
  two_step_on: "access",
  two_step_off: "access",
  signed_in: "sign_in",
};

interface Of {
  identifier: string;
  count: number;
  /** The letters of the sheets, as a list in words. */
  letters: string;
}

const told: Record<LogView["event"], (of: Of) => string> = {
  created: () => m.log_created(),
  issued: m.log_issued,
  confirmed: m.log_confirmed,
  discarded: m.log_discarded,
  checked: m.log_checked,
  redeemed: m.log_redeemed,
  sheets_made: m.log_sheets_made,
  failed_tries: m.log_failed_tries,
  revoked: m.log_revoked,
  expired: m.log_expired,
  restored: m.log_restored,
  pages_made: m.log_pages_made,
  password_changed: () => m.log_password_changed(),
  email_changed: () => m.log_email_changed(),
  from_earlier: () => m.log_from_earlier(),
  two_step_on: () => m.log_two_step_on(),
  two_step_off: () => m.log_two_step_off(),
  signed_in: () => m.log_signed_in(),
};

export function logWords({ event, identifier, count, sheets }: LogView): string {
  const letters = sheets ?? "";
  return told[event]({
    identifier: identifier ?? "",
    count: count ?? (letters.length || 1),
    letters: listed(letters),
  });
}
