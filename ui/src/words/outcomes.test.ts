import { describe, expect, it } from "vitest";
import { outcomeWords } from "./outcomes";
import type { CodeOutcome } from "../ipc/generated";

const identifier = "M7QS";
const at = 1_777_817_520;

const outcomes: CodeOutcome[] = [
  {
    verdict: "works",
    remembered: true,
    identifier,
    expires: null,
    email: "ada@example.org",
    unfinished: false,
    kit: null,
  },
  {
    verdict: "works",
    remembered: true,
    identifier,
    expires: at,
    email: "ada@example.org",
    unfinished: true,
    kit: { kit: "away" },
  },
  { verdict: "ended", how: "used", identifier, at, newest: null },
  { verdict: "ended", how: "used", identifier, at, newest: "A0JC" },
  { verdict: "ended", how: "expired", identifier, at, newest: null },
  { verdict: "ended", how: "revoked", identifier, at, newest: null },
  { verdict: "ended", how: "replaced", identifier, at, newest: "A0JC" },
  { verdict: "ended", how: "discarded", identifier, at, newest: null },
  { verdict: "ended", how: "recovered", identifier, at, newest: null },
  { verdict: "other_wallet", identifier, wallet_id: "w2", email: "joint@example.org" },
  { verdict: "unknown", identifier, wait_seconds: 4 },
  { verdict: "candidate_wrong", identifier },
  { verdict: "sheets", identifier, needed: 3, letters: "AC", live: true, expires: at },
  { verdict: "sheets", identifier, needed: 2, letters: "A", live: false, expires: null },
  { verdict: "opens_no_copy", identifier },
  { verdict: "without_keychain", identifier },
  { verdict: "without_slot", identifier },
  { verdict: "clock_behind", last: at },
];

describe("an outcome", () => {
  it("names another sheet only where one works", () => {
    const how = "replaced" as const;
    const ended = { verdict: "ended", how, identifier, at } as const;
    expect(outcomeWords({ ...ended, newest: "A0JC" }).next).toContain("code A0JC");
    expect(outcomeWords({ ...ended, newest: null }).next).toContain(
      "No other confirmed code works",
    );
  });

  it.each(outcomes)("($verdict) has a title, what happened and what to do", (outcome) => {
    const said = outcomeWords(outcome);
    for (const line of [said.title, said.happened, said.next]) {
      expect(line).not.toBe("");
      expect(line).not.toMatch(/undefined|NaN|[{}]/);
    }
  });
});
