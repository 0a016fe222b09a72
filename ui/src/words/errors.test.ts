import { describe, expect, it } from "vitest";
import type { ErrorOf } from "../ipc/command-error";
import { errors, errorWords } from "./errors";
import type { CodeOutcome, CommandError } from "../ipc/generated";

const identifier = "M7QS";
const at = 1_777_817_520;
const wait_seconds = 4;

/** The fields of every code that has some; the type checker keeps the map complete. */
const fields: {
  [Code in CommandError["code"] as keyof ErrorOf<Code> extends "code" ? never : Code]: Omit<
    ErrorOf<Code>,
    "code"
  >;
} = {
  wrong_password: { wait_seconds },
  wrong_digits: { wait_seconds },
  file_too_large: { most: 1_048_576 },
  files_full: { free: 312_000 },
  wait: { wait_seconds },
  not_started: { problem: "read_only", path: "/home/ada" },
  password_not_present: { wait_seconds },
  first_password: { wait_seconds },
  password_too_short: { have: 12, need: 15 },
  dies_sooner: { identifier, old_expires: null, new_expires: at },
  sheets_missing: { have: 1, need: 2 },
  code: { outcome: { verdict: "ended", how: "used", identifier, at, newest: null } },
  print_remote_service: { server: "print.example.org" },
  print_given_up: { problem: "paper_jam" },
  print_not_in_time: { problem: "paper_out" },
  file_there: { name: "Recovery sheet.pdf" },
  restore_costly: { gibibytes: 4 },
  not_deleted: { codes_ended: false },
  delete_in_place: { codes_ended: true },
  pages_too_large: { size: 300_000, most: 262_144 },
};
const outcomes: CodeOutcome[] = [
  { verdict: "ended", how: "used", identifier, at, newest: null },
  { verdict: "ended", how: "expired", identifier, at, newest: null },
  { verdict: "ended", how: "revoked", identifier, at, newest: "A0JC" },
  { verdict: "unknown", identifier, wait_seconds },
  { verdict: "candidate_wrong", identifier },
  { verdict: "opens_no_copy", identifier },
  { verdict: "without_keychain", identifier },
  { verdict: "without_slot", identifier },
  { verdict: "clock_behind", last: at },
];
const codes = Object.keys(errors) as CommandError["code"][];
const sample = (code: CommandError["code"]) =>
  ({ code, ...(code in fields ? fields[code as keyof typeof fields] : {}) }) as CommandError;
const every = [
  ...codes.map(sample),
  ...outcomes.map((outcome): CommandError => ({ code: "code", outcome })),
  { code: "print_given_up", problem: null } satisfies CommandError,
  { code: "print_not_in_time", problem: null } satisfies CommandError,
];

describe("every error", () => {
  it.each(every)("$code says what happened and what to do", (error) => {
    const said = errorWords(error);
    expect(said.happened).toMatch(/\S+.*[.]$/);
    expect(said.next).toMatch(/\S+.*[.]$/);
    expect(said.happened + said.next).not.toMatch(/undefined|NaN|[{}]/);
  });

  it("past the point of no return never says that nothing has changed", () => {
    const past = codes.filter((code) => /in_place|first_password|not_noted/.test(code));
    expect(past).toHaveLength(11);
    for (const code of past) {
      const said = errorWords(sample(code));
      expect(said.happened + said.next).not.toMatch(/nothing (has changed|was)/i);
    }
  });

  it("with an unknown code is shown as an internal one", () => {
    const newer = { code: "from_the_future" } as unknown as CommandError;
    expect(errorWords(newer)).toEqual(errorWords({ code: "internal" }));
  });
});
