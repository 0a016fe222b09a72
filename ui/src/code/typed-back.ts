import { bare, codeLength, groupLength, split } from "./groups";

/** How a copy that was typed back compares with the code. */
export type Compared =
  | { kind: "unfinished" }
  | { kind: "same" }
  /** Groups of another content. */
  | { kind: "differs"; groups: DifferentGroup[] }
  /** Characters are missing or too many, as the groups from this one on show. */
  | { kind: "shifted"; from: number; have: number };

export interface DifferentGroup {
  /** From 1. */
  group: number;
  copy: string;
  code: string;
}

/** Letters that a code does not have, as a reader takes them. */
const taken: Record<string, string> = { O: "0", I: "L", "1": "L", B: "8" };

/** Compares what was typed back with the twelve groups; `finished` once the person stopped. */
export function compare(typed: string, groups: string[], finished: boolean): Compared {
  const copy = [...bare(typed)].map((character) => taken[character] ?? character).join("");
  if (copy.length < codeLength && !finished) return { kind: "unfinished" };
  const different = split(copy.padEnd(codeLength, " "))
    .slice(0, groups.length)
    .map((part, at) => ({ group: at + 1, copy: part.trim(), code: groups[at] ?? "" }))
    .filter(({ copy: part, code }) => part !== code);
  if (copy.length !== codeLength) {
    const from = different[0]?.group ?? Math.ceil(copy.length / groupLength);
    return { kind: "shifted", from, have: copy.length };
  }
  return different.length === 0 ? { kind: "same" } : { kind: "differs", groups: different };
}
