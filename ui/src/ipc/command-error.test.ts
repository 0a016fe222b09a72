import { describe, expect, it } from "vitest";
import { asCommandError } from "./command-error";

describe("a rejected command", () => {
  it("keeps its code and details", () => {
    const error = { code: "wait", message: "m", details: { wait_seconds: 3 } };
    expect(asCommandError(error)).toEqual(error);
  });

  it("gets empty details if Rust sent none", () => {
    expect(asCommandError({ code: "locked", message: "m" }).details).toEqual({});
  });

  it("becomes an internal error if Tauri itself refused", () => {
    expect(asCommandError("Command x not found").code).toBe("internal");
  });
});
