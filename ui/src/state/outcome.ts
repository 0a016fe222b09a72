import type { CheckOutcome, CommandError, ErrorCode, KitCheckView } from "../ipc/generated";

/** The outcome of an entered code, the same for check, redeem and restore. */
export type Outcome =
  | {
      kind: "works";
      identifier: string;
      expires: number | null;
      email: string;
      unfinished: boolean;
      /** Result of checking its kit; null without one. */
      kit: KitCheckView | null;
    }
  | { kind: "used" | "expired" | "revoked"; identifier: string; at: number }
  | { kind: "other-wallet"; identifier: string; walletId: string; email: string }
  | { kind: "unknown"; identifier: string; waitSeconds: number }
  | { kind: "candidate-wrong" | "without-keychain" | "without-slot"; identifier: string }
  | {
      kind: "sheets";
      identifier: string;
      needed: number;
      letters: string;
      live: boolean;
      expires: number | null;
    }
  | { kind: "clock-behind"; last: number };

export function outcomeOfCheck(check: CheckOutcome): Outcome {
  const { identifier } = check;
  switch (check.verdict) {
    case "works": {
      const { expires, email, unfinished, kit } = check;
      return { kind: "works", identifier, expires, email, unfinished, kit };
    }
    case "used":
    case "expired":
    case "revoked":
      return { kind: check.verdict, identifier, at: check.at };
    case "other_wallet":
      return { kind: "other-wallet", identifier, walletId: check.wallet_id, email: check.email };
    case "unknown":
      return { kind: "unknown", identifier, waitSeconds: 0 };
    case "candidate_wrong":
      return { kind: "candidate-wrong", identifier };
    case "sheets": {
      const { needed, letters, live, expires } = check;
      return { kind: "sheets", identifier, needed, letters, live, expires };
    }
    case "without_keychain":
      return { kind: "without-keychain", identifier };
    case "without_slot":
      return { kind: "without-slot", identifier };
  }
}

/** The errors that are outcomes of a code. */
export type OutcomeCode = Extract<
  ErrorCode,
  | "code_used"
  | "code_expired"
  | "code_revoked"
  | "code_unknown"
  | "candidate_wrong"
  | "code_without_keychain"
  | "code_without_slot"
  | "clock_behind"
>;

/** Returns the outcome that an error reports, or null if the error is of another kind. */
export function outcomeOfError({ code, details }: CommandError): Outcome | null {
  const identifier = details.identifier ?? "";
  const at = details.at ?? 0;
  switch (code) {
    case "code_used":
      return { kind: "used", identifier, at };
    case "code_expired":
      return { kind: "expired", identifier, at };
    case "code_revoked":
      return { kind: "revoked", identifier, at };
    case "code_unknown":
      return { kind: "unknown", identifier, waitSeconds: details.wait_seconds ?? 0 };
    case "candidate_wrong":
      return { kind: "candidate-wrong", identifier };
    case "code_without_keychain":
      return { kind: "without-keychain", identifier };
    case "code_without_slot":
      return { kind: "without-slot", identifier };
    case "clock_behind":
      return { kind: "clock-behind", last: details.last ?? 0 };
    default:
      return null;
  }
}
