import { bare, codeLength, groupLength, split } from "./groups";

/** Result of comparing a copy with the code. */
export type Compared =
  | { kind: "unfinished" }
  | { kind: "same" }
  /** Some groups differ. */
  | { kind: "differs"; groups: DifferentGroup[] }
  /** Characters are missing or extra; the groups differ from this one on. */
  | { kind: "shifted"; from: number; have: number };

export interface DifferentGroup {
  /** From 1. */
  group: number;
  copy: string;
  code: string;
}

/** Look-alikes that a code does not contain, and what they are read as. */
const taken: Record<string, string> = { O: "0", I: "L", "1": "L", B: "8" };

/** Compares a copy with the twelve groups; `finished` once the person stopped typing. */
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
