import { codeLength, place } from "../code/groups";
import { listed } from "./listed";
import { fileProblems } from "./files";
import type { Words } from "./words";
import type {
  EntryView,
  Mistaken,
  RereadView,
  SetView,
  ShareProblem,
  Source,
  Unread,
} from "../ipc/generated";
import { m } from "../paraglide/messages";

/** The message under the field: what happened, then what to do. */
export interface EntryWords {
  /** Something has to be corrected, something was accepted, or neither. */
  tone: "wrong" | "right" | "plain";
  happened: string;
  next?: string;
  testid?: string;
  /** Distinguishes problems of one kind. */
  problem?: string;
}

/**
 * Returns the message for a state of the field, or null while there is nothing to say.
 * `short` is set if Enter was pressed before the code was complete.
 */
export function entryWords(
  field: EntryView,
  set: SetView | null,
  short: boolean,
): EntryWords | null {
  switch (field.state) {
    case "empty":
    case "proposal":
      return null;
    case "typing":
      return short ? unfinished(field.have) : null;
    case "illegal": {
      const { group, character } = place(field.position);
      const words = { character: field.character, group, place: character };
      if (field.unseen) {
        const number = (field.character.codePointAt(0) ?? 0).toString(16).toUpperCase();
        const unseen = m.entry_illegal_unseen({ ...words, number: number.padStart(4, "0") });
        return wrong(unseen, m.entry_illegal_unseen_next());
      }
      return wrong(m.entry_illegal(words), m.entry_illegal_next());
    }
    case "too_long":
      return wrong(
        m.entry_too_long({ have: field.have, length: codeLength }),
        m.entry_too_long_next(),
      );
    case "reread":
      return { ...reread(field), testid: "entry-reread" };
    case "mistaken":
      return { ...wrong(mistakes[field.what](), m.entry_mistaken_next()), problem: field.what };
    case "newer_version":
      return wrong(m.entry_newer_version(), m.entry_newer_version_next());
    case "file_problem": {
      const { happened, next } = unreadWords(field, field.identifiers);
      return { ...wrong(happened, next), problem: field.problem };
    }
    case "share_refused": {
      const { identifier, index, problem } = field;
      const ours = set?.identifier ?? identifier;
      const words = refusals[problem]({ identifier, index, ours });
      return { ...words, testid: "entry-share-refused", problem };
    }
    case "added": {
      const { identifier, index, missing: count } = field;
      const next = m.entry_set_missing({ count, identifier });
      return { tone: "right", happened: m.entry_added({ index }), next };
    }
    case "ready":
      if (field.source !== "typed") return null;
      return { tone: "right", happened: m.entry_ready({ identifier: field.identifier }) };
  }
}

/** Says why a file or picture gave no code. */
export function unreadWords({ name, problem }: Unread, identifiers: string[] = []): Words {
  const { happened, next } = fileProblems[problem](identifiers);
  return { happened: `${name ?? m.entry_picture()}: ${happened}`, next };
}

/** Says where a code or a sheet was read from. */
export const readFrom: Record<Source, (name: string) => string | null> = {
  typed: () => null,
  file: (name) => m.entry_read_from({ name }),
  camera: () => m.entry_read_from_camera(),
  clipboard: () => m.entry_read_from_clipboard(),
  set: () => null,
};

/** The same, for a list of sheets. */
export const sheetFrom: Record<Source, (name: string) => string | null> = {
  typed: () => m.entry_set_typed(),
  file: (name) => m.entry_set_from({ name }),
  camera: () => m.entry_set_camera(),
  clipboard: () => m.entry_set_clipboard(),
  set: () => null,
};

const wrong = (happened: string, next: string): EntryWords => ({ tone: "wrong", happened, next });
const plain = (happened: string, next: string): EntryWords => ({ tone: "plain", happened, next });

type Refused = (sheet: { identifier: string; index: string; ours: string }) => EntryWords;

/** Words for every reason why a sheet is refused. */
const refusals: Record<ShareProblem, Refused> = {
  foreign: (sheet) => wrong(m.entry_foreign(sheet), m.entry_foreign_next(sheet)),
  other_threshold: (sheet) => wrong(m.entry_other_threshold(sheet), m.entry_other_threshold_next()),
  repeated: (sheet) => plain(m.entry_repeated(sheet), m.entry_repeated_next()),
  surplus: (sheet) => plain(m.entry_surplus(sheet), m.entry_surplus_next()),
  contradicts: (sheet) => wrong(m.entry_contradicts(sheet), m.entry_contradicts_next()),
};

/** Other secrets that are entered for a code. */
const mistakes: Record<Mistaken, () => string> = {
  phrase: m.entry_mistaken_phrase,
  share: m.entry_mistaken_share,
  key: m.entry_mistaken_key,
  one_time: m.entry_mistaken_one_time,
  digits: m.entry_mistaken_digits,
};

function unfinished(have: number): EntryWords {
  const missing = codeLength - have;
  return plain(m.entry_short({ have, length: codeLength }), m.entry_short_next({ missing }));
}

/** Says how many mistakes are too many, and where to look first. */
function reread({ unreadable, wrong: count, too_many, groups }: RereadView): EntryWords {
  const happened = [
    unreadable > 0 ? m.entry_unread({ count: unreadable }) : null,
    count > 0 && unreadable > 0 ? m.entry_reread_others({ count }) : null,
    count > 0 && unreadable === 0 ? m.entry_reread_wrong({ count }) : null,
    m.entry_reread_too_many({ count: too_many }),
  ];
  const next = [
    groups.length > 0
      ? m.entry_reread_groups({ count: groups.length, groups: listed(groups) })
      : m.entry_reread_all(),
    m.entry_reread_next(),
  ];
  return wrong(happened.filter(Boolean).join(" "), next.join(" "));
}
