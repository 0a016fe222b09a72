import { describe, expect, it } from "vitest";
import { outcomeWords } from "./outcomes";
import type { CheckOutcome, CommandError } from "../ipc/generated";
import { outcomeOfCheck, outcomeOfError } from "../state/outcome";

const identifier = "M7QS";
const at = 1_777_817_520;

const checks: CheckOutcome[] = [
  {
    verdict: "works",
    identifier,
    expires: null,
    email: "ada@example.org",
    unfinished: false,
    kit: null,
  },
  {
    verdict: "works",
    identifier,
    expires: at,
    email: "ada@example.org",
    unfinished: true,
    kit: { kit: "away" },
  },
  { verdict: "used", identifier, at },
  { verdict: "expired", identifier, at },
  { verdict: "revoked", identifier, at },
  { verdict: "other_wallet", identifier, wallet_id: "w2", email: "joint@example.org" },
  { verdict: "unknown", identifier },
  { verdict: "candidate_wrong", identifier },
  { verdict: "sheets", identifier, needed: 3, letters: "AC", live: true, expires: at },
  { verdict: "sheets", identifier, needed: 2, letters: "A", live: false, expires: null },
  { verdict: "without_keychain", identifier },
  { verdict: "without_slot", identifier },
];

const error = (code: CommandError["code"], details: CommandError["details"] = {}) =>
  outcomeOfError({ code, message: "", details: { identifier, at, ...details } });

describe("an outcome", () => {
  it.each(checks)("of checking ($verdict) has a title, what happened and what to do", (check) => {
    const said = outcomeWords(outcomeOfCheck(check));
    for (const line of [said.title, said.happened, said.next]) {
      expect(line).not.toBe("");
      expect(line).not.toMatch(/undefined|NaN|[{}]/);
    }
  });

  it("of redeeming is the same as of checking", () => {
    expect(error("code_used")).toEqual({ kind: "used", identifier, at });
    expect(error("code_expired")).toEqual({ kind: "expired", identifier, at });
    expect(error("code_revoked")).toEqual({ kind: "revoked", identifier, at });
    expect(error("candidate_wrong")).toEqual({ kind: "candidate-wrong", identifier });
    expect(error("code_without_keychain")).toEqual({ kind: "without-keychain", identifier });
  });

  it("of an unknown code carries its wait", () => {
    expect(error("code_unknown", { wait_seconds: 4 })).toEqual({
      kind: "unknown",
      identifier,
      waitSeconds: 4,
    });
  });

  it("is null for an error that is not an outcome", () => {
    expect(error("keychain_locked")).toBeNull();
    expect(error("wait")).toBeNull();
  });
});
