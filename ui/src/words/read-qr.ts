import { fileProblems } from "./files";
import { said, type Words } from "./words";
import type { FileProblem, Mistaken, QrKind, ReadQr } from "../ipc/generated";
import { m } from "../paraglide/messages";

/** A file or a frame without a text for the field. */
export type NoText = Exclude<ReadQr, { state: "read" }>;

/** Says why a file or a frame gave nothing for a field of this type. */
export function noTextWords(kind: QrKind, read: NoText): Words {
  switch (read.state) {
    case "unread": {
      const { happened } = fileProblems[read.problem]([]);
      const next = nextOf[read.problem] ?? m.read_qr_unread_next;
      return said(`${read.name ?? m.entry_picture()}: ${happened}`, next());
    }
    case "ours":
      return said(m.read_qr_ours(), wanted[kind]());
    case "other":
      return said(read.what ? others[kind][read.what]() : m.read_qr_other(), wanted[kind]());
  }
}

/** What to do about a file whose problem is not the picture itself. */
const nextOf: Partial<Record<FileProblem, () => string>> = {
  unsupported: m.file_unsupported_next,
  heic: m.read_qr_heic_next,
  encrypted_pdf: m.read_qr_encrypted_pdf_next,
  unreadable_file: m.file_unreadable_next,
  no_scanner: m.read_qr_no_scanner_next,
  unprotected: m.read_qr_unprotected_next,
};

const wanted: Record<QrKind, () => string> = {
  words: m.read_qr_wanted_words,
  one_time: m.read_qr_wanted_one_time,
};

const otherSecrets = {
  share: m.read_qr_share,
  key: m.read_qr_key,
  digits: m.read_qr_digits,
};

/** Other secrets than the wanted one; of the wanted kind, those that can't be used. */
const others: Record<QrKind, Record<Mistaken, () => string>> = {
  words: { ...otherSecrets, phrase: m.read_qr_phrase_unfinished, one_time: m.read_qr_one_time },
  one_time: { ...otherSecrets, phrase: m.read_qr_phrase, one_time: m.read_qr_one_time_unusable },
};
