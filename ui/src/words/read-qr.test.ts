import { describe, expect, it } from "vitest";
import type { FileProblem, Mistaken, QrKind } from "../ipc/generated";
import { fileProblems } from "./files";
import { noTextWords } from "./read-qr";

const kinds: QrKind[] = ["words", "one_time"];
const secrets: (Mistaken | null)[] = ["phrase", "share", "key", "one_time", "digits", null];

describe.each(kinds)("a file that gives nothing for a field of type %s", (kind) => {
  it.each(Object.keys(fileProblems) as FileProblem[])("is named, with a way out: %s", (problem) => {
    const { happened, next } = noTextWords(kind, { state: "unread", name: "a.png", problem });
    expect(happened).toMatch(/^a\.png: .+\.$/);
    expect(next).toMatch(/\.$/);
  });

  it("has words of its own for each other secret", () => {
    const said = secrets.map((what) => noTextWords(kind, { state: "other", what }).happened);
    expect(new Set(said).size).toBe(secrets.length);
  });
});

it("says of a code of this app that it belongs in no field", () => {
  const { happened, next } = noTextWords("words", { state: "ours" });
  expect(happened).toContain("backup code");
  expect(next).toContain("SeedQR");
});
