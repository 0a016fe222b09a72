import type { ShownCode } from "../ipc/generated";

/** Sixty characters whose groups tell sheets apart. */
export const groupsOf = (letter: string) =>
  Array.from({ length: 12 }, (_, at) => `${letter}000${"023456789ACD"[at] ?? ""}`);

/** A shown set of three sheets. */
export function shownSet(over: Partial<ShownCode> = {}): ShownCode {
  const sheet = over.sheet ?? 0;
  return {
    identifier: "M7QS",
    threshold: 2,
    in_set: 3,
    sheets: [..."ACD"].map((index, at) => ({ index, ask_group: at + 3, kept: false })),
    sheet,
    groups: over.covered ? [] : groupsOf("ACD"[sheet] ?? ""),
    covered: false,
    issued: 1000,
    expires: null,
    cover_seconds: 120,
    replaces: null,
    kit: false,
    pages: false,
    remade: false,
    ...over,
  };
}
