import type { FieldView, ItemSummary, ItemView, Revealed } from "../ipc/generated";

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
  return { number, label: `Field ${number}`, kind: "text", text: "", about: null, ...over };
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
