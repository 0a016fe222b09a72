import { describe, expect, it } from "vitest";
import type { OutcomeCode } from "../state/outcome";
import { errors, errorWords } from "./errors";
import type { ErrorCode } from "../ipc/generated";

const details = {
  wait_seconds: 4,
  have: 12,
  need: 15,
  identifier: "M7QS",
  at: 1_777_817_520,
  last: 1_777_817_520,
};

/** Errors that take their words from outcomes. */
const outcomes: Record<OutcomeCode, true> = {
  code_used: true,
  code_expired: true,
  code_revoked: true,
  code_unknown: true,
  candidate_wrong: true,
  code_without_keychain: true,
  code_without_slot: true,
  clock_behind: true,
};
const codes = [...Object.keys(errors), ...Object.keys(outcomes)] as ErrorCode[];

describe("every error", () => {
  it.each(codes)("%s says what happened and what to do", (code) => {
    const said = errorWords({ code, message: "", details });
    expect(said.happened).toMatch(/\S+.*[.]$/);
    expect(said.next).toMatch(/\S+.*[.]$/);
    expect(said.happened + said.next).not.toMatch(/undefined|NaN|[{}]/);
  });

  it("has words even if its details are missing", () => {
    for (const code of codes) {
      expect(() => errorWords({ code, message: "", details: {} })).not.toThrow();
    }
  });

  it("with an unknown code is shown as an internal one", () => {
    const newer = { code: "from_the_future" as ErrorCode, message: "", details: {} };
    expect(errorWords(newer)).toEqual(errorWords({ code: "internal", message: "", details: {} }));
  });
});
