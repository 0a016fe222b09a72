import { listed } from "./listed";
import type { CodeOutcome, EndView, KitCheckView } from "../ipc/generated";
import { m } from "../paraglide/messages";
import { dateAndTime, moment, relative } from "./time";

interface OutcomeWords {
  title: string;
  happened: string;
  next: string;
  why?: string;
  whyLabel?: string;
}

const endedTitles: Record<EndView, (of: { identifier: string }) => string> = {
  used: m.outcome_used_title,
  expired: m.outcome_expired_title,
  revoked: m.outcome_revoked_title,
  replaced: m.outcome_replaced_title,
  discarded: m.outcome_discarded_title,
  recovered: m.outcome_recovered_title,
};

const endedWords: Record<EndView, (of: { at: string }) => string> = {
  used: m.outcome_used,
  expired: m.outcome_expired,
  revoked: m.outcome_revoked,
  replaced: m.outcome_replaced,
  discarded: m.outcome_discarded,
  recovered: m.outcome_recovered,
};

/** Says what happened to the code, what to do, and (folded) why. */
export function outcomeWords(outcome: CodeOutcome): OutcomeWords {
  const whyLabel = m.why();
  switch (outcome.verdict) {
    case "works":
      return {
        title: m.outcome_works_title({ identifier: outcome.identifier }),
        happened:
          outcome.expires === null
            ? m.outcome_works()
            : m.outcome_works_until({ at: moment(outcome.expires) }),
        next: [
          outcome.unfinished
            ? m.outcome_works_unfinished({ email: outcome.email })
            : m.outcome_works_next({ email: outcome.email }),
          ...kitWords(outcome.kit),
        ].join(" "),
      };
    case "ended": {
      const { identifier, how, newest } = outcome;
      return {
        title: endedTitles[how]({ identifier }),
        happened: endedWords[how]({ at: withAgo(outcome.at) }),
        next: [
          newest === null ? m.outcome_no_newest() : m.outcome_newest({ identifier: newest }),
          ...(how === "used" ? [m.outcome_used_by_other()] : []),
        ].join(" "),
      };
    }
    case "other_wallet":
      return {
        title: m.outcome_other_title({ identifier: outcome.identifier }),
        happened: m.outcome_other({ email: outcome.email }),
        next: m.outcome_other_next(),
      };
    case "unknown":
      return {
        title: m.outcome_unknown_title(),
        happened: m.outcome_unknown({ identifier: outcome.identifier }),
        next: m.outcome_unknown_next(),
        why: m.outcome_unknown_why(),
        whyLabel,
      };
    case "candidate_wrong":
      return {
        title: m.outcome_candidate_title(),
        happened: m.outcome_candidate({ identifier: outcome.identifier }),
        next: m.outcome_candidate_next(),
        why: m.outcome_candidate_why(),
        whyLabel,
      };
    case "sheets": {
      const { identifier, needed, expires } = outcome;
      const count = outcome.letters.length;
      const letters = listed(outcome.letters);
      return {
        title: m.outcome_sheets_title({ count, letters }),
        happened: m.outcome_sheets({ count, identifier, needed }),
        next: [
          outcome.live
            ? expires === null
              ? m.outcome_sheets_live({ identifier })
              : m.outcome_sheets_live_until({ identifier, at: moment(expires) })
            : m.outcome_sheets_dead({ identifier }),
          m.outcome_sheets_next({ needed }),
        ].join(" "),
      };
    }
    case "opens_no_copy":
      return {
        title: m.outcome_no_copy_title(),
        happened: m.outcome_no_copy({ identifier: outcome.identifier }),
        next: m.outcome_no_copy_next(),
      };
    case "without_keychain":
      return {
        title: m.outcome_without_keychain_title(),
        happened: m.outcome_without_keychain({ identifier: outcome.identifier }),
        next: m.outcome_without_keychain_next(),
        why: m.outcome_without_keychain_why(),
        whyLabel,
      };
    case "without_slot":
      return {
        title: m.outcome_without_slot_title(),
        happened: m.outcome_without_slot({ identifier: outcome.identifier }),
        next: m.outcome_without_slot_next(),
      };
    case "clock_behind":
      return {
        title: m.outcome_clock_title(),
        happened: m.outcome_clock({ last: dateAndTime(outcome.last) }),
        next: m.outcome_clock_next(),
        why: m.outcome_clock_why(),
        whyLabel,
      };
  }
}

function kitWords(kit: KitCheckView | null): string[] {
  switch (kit?.kit) {
    case "opens":
      return [m.outcome_kit_opens({ at: dateAndTime(kit.date) })];
    case "away":
      return [m.outcome_kit_away()];
    case "unread":
      return [m.outcome_kit_unread()];
    case "does_not_open":
      return [m.outcome_kit_does_not_open()];
    case "lacks_files":
      return [m.outcome_kit_lacks_files()];
    case undefined:
      return [];
  }
}

function withAgo(at: number): string {
  return m.moment_with_ago({ at: dateAndTime(at), ago: relative(at) });
}
