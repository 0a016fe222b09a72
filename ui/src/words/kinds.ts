import type { FieldType, ItemKind } from "../ipc/generated";
import { m } from "../paraglide/messages";

/** The kinds of items, in the order in which a new one is chosen from. */
export const kinds: readonly ItemKind[] = [
  "account",
  "seed_phrase",
  "card",
  "key",
  "codes",
  "file",
  "note",
];

export const kindName: Record<ItemKind, () => string> = {
  account: m.kind_account,
  seed_phrase: m.kind_seed_phrase,
  card: m.kind_card,
  key: m.kind_key,
  codes: m.kind_codes,
  file: m.kind_file,
  note: m.kind_note,
};

export const kindHint: Record<ItemKind, () => string> = {
  account: m.kind_account_hint,
  seed_phrase: m.kind_seed_phrase_hint,
  card: m.kind_card_hint,
  key: m.kind_key_hint,
  codes: m.kind_codes_hint,
  file: m.kind_file_hint,
  note: m.kind_note_hint,
};

export const typeName: Record<FieldType, () => string> = {
  text: m.field_text,
  secret: m.field_secret,
  words: m.field_words,
  one_time: m.field_one_time,
  codes: m.field_codes,
  key: m.field_key,
  address: m.field_address,
  date: m.field_date,
  file: m.field_file,
};

/** The name of a field, which the one text of a note has none of. */
export function fieldName(label: string): string {
  return label.trim() === "" ? m.item_text() : label;
}

/** The fields that a new item of a kind begins with. */
export function template(kind: ItemKind): { kind: FieldType; label: string }[] {
  switch (kind) {
    case "account":
      return [
        { kind: "text", label: m.label_user_name() },
        { kind: "secret", label: m.label_password() },
        { kind: "address", label: m.label_address() },
        { kind: "one_time", label: m.label_one_time() },
        { kind: "text", label: m.label_notes() },
      ];
    case "seed_phrase":
      return [
        { kind: "words", label: m.label_words() },
        { kind: "secret", label: m.label_passphrase() },
        { kind: "text", label: m.label_device() },
      ];
    case "card":
      return [
        { kind: "secret", label: m.label_number() },
        { kind: "secret", label: m.label_pin() },
        { kind: "date", label: m.label_valid_until() },
      ];
    case "key":
      return [
        { kind: "key", label: m.label_key() },
        { kind: "text", label: m.label_belongs_to() },
      ];
    case "codes":
      return [
        { kind: "codes", label: m.label_codes() },
        { kind: "address", label: m.label_address() },
      ];
    case "file":
      return [
        { kind: "file", label: m.label_file() },
        { kind: "text", label: m.label_notes() },
      ];
    case "note":
      return [{ kind: "secret", label: "" }];
  }
}
