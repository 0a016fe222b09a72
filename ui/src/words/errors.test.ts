import { describe, expect, it } from "vitest";
import { asCommandError } from "../ipc/call";
import { errors, fileProblems, words } from "./errors";
import type { ErrorCode } from "../ipc/generated";

const details = {
  wait_seconds: 4,
  have: 12,
  need: 15,
  identifier: "M7QS",
  at: 1_777_817_520,
  last: 1_777_817_520,
};

describe("every error", () => {
  it.each(Object.keys(errors) as ErrorCode[])("%s says what happened and what to do", (code) => {
    const said = words({ code, message: "", details });
    expect(said.happened).toMatch(/\S+.*[.]$/);
    expect(said.next).toMatch(/\S+.*[.]$/);
    expect(said.happened + said.next).not.toMatch(/undefined|NaN|[{}]/);
  });

  it("has words even where its details are missing", () => {
    for (const code of Object.keys(errors) as ErrorCode[]) {
      expect(() => words({ code, message: "", details: {} })).not.toThrow();
    }
  });

  it("of an unknown code is told as an internal one", () => {
    const newer = { code: "from_the_future" as ErrorCode, message: "", details: {} };
    expect(words(newer)).toEqual(words({ code: "internal", message: "", details: {} }));
  });
});

describe("every file problem", () => {
  it.each(Object.entries(fileProblems))("%s names the way out", (_name, problem) => {
    const said = problem(["M7QS", "K2ZP"]);
    expect(said.happened).not.toBe("");
    expect(said.next).toMatch(/[.]$/);
  });
});

describe("a rejected command", () => {
  it("keeps its code and details", () => {
    const error = { code: "wait", message: "m", details: { wait_seconds: 3 } };
    expect(asCommandError(error)).toEqual(error);
  });

  it("gets empty details where Rust sent none", () => {
    expect(asCommandError({ code: "locked", message: "m" }).details).toEqual({});
  });

  it("becomes an internal error where Tauri itself refused", () => {
    expect(asCommandError("Command x not found").code).toBe("internal");
  });
});
