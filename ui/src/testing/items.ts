import type {
  DraftView,
  FieldAbout,
  FieldJudged,
  FieldView,
  ItemSummary,
  ItemView,
  Revealed,
} from "../ipc/generated";

/** A line of the list, as Rust reports it. */
export function summary(over: Partial<ItemSummary> = {}): ItemSummary {
  return {
    id: "a1",
    kind: "account",
    title: "Exchange",
    tags: [],
    favourite: false,
    changed: 1000,
    binned: null,
    ...over,
  };
}

export function field(number: number, over: Partial<FieldView> = {}): FieldView {
  return {
    number,
    label: `Field ${number}`,
    kind: "text",
    text: "",
    file: null,
    about: null,
    ...over,
  };
}

export function hidden(number: number, label: string): FieldView {
  return field(number, { label, kind: "secret", text: null });
}

/** An account whose password is hidden. */
export function account(over: Partial<ItemView> = {}): ItemView {
  return {
    ...summary(),
    version: 7,
    created: 500,
    fields: [field(1, { label: "User name", text: "ada" }), hidden(2, "Password")],
    next_field: 5,
    earlier: [],
    ...over,
  };
}

/** A note, whose only text is hidden. */
export function note(over: Partial<ItemView> = {}): ItemView {
  const fields = [hidden(1, "")];
  return account({ id: "n1", kind: "note", title: "Safe", fields, next_field: 2, ...over });
}

/** A hidden text that is shown. */
export function revealed(text: string, over: Partial<Revealed> = {}): Revealed {
  return { text, words: [], codes: [], ...over };
}

type AboutOf<Type extends FieldAbout["type"]> = Extract<FieldAbout, { type: Type }>;

/** What is known of a phrase: a whole one, in English. */
export function phrase(over: Partial<AboutOf<"words">> = {}): AboutOf<"words"> {
  return { type: "words", verdict: "bip39", count: 12, language: "english", unknown: [], ...over };
}

/** What is known of a key for one-time passwords. */
export function oneTime(over: Partial<AboutOf<"one_time">> = {}): AboutOf<"one_time"> {
  return {
    type: "one_time",
    problem: null,
    issuer: null,
    account: null,
    algorithm: "SHA-1",
    digits: 6,
    period: 30,
    ...over,
  };
}

/** What Rust says of a field while it is typed. */
export function judged(over: Partial<FieldJudged> = {}): FieldJudged {
  return { about: null, near: [], tidy: null, ...over };
}

/** What was typed into an account and not saved. */
export function draft(over: Partial<DraftView> = {}): DraftView {
  return {
    id: "a1",
    kind: "account",
    title: "Exchange",
    tags: [],
    favourite: false,
    fields: [field(1, { label: "User name", text: "grace" }), hidden(2, "Password")],
    next_field: 6,
    typed: 1000,
    added: false,
    changed_since: null,
    ...over,
  };
}
