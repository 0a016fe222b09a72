import { describe, expect, it } from "vitest";
import { asCommandError, waitOf } from "./command-error";

describe("a rejected command", () => {
  it("keeps its code and fields", () => {
    const error = { code: "wait", wait_seconds: 3 };
    expect(asCommandError(error)).toEqual(error);
  });

  it("has no other fields if Rust sent none", () => {
    expect(asCommandError({ code: "locked" })).toEqual({ code: "locked" });
  });

  it("becomes an internal error if Tauri itself refused", () => {
    expect(asCommandError("Command x not found").code).toBe("internal");
  });
});

describe("the wait after an error", () => {
  it("ends its seconds from now", () => {
    expect(waitOf({ code: "wrong_password", wait_seconds: 4 }, 1000)).toBe(1004);
    expect(waitOf({ code: "first_password", wait_seconds: 2 }, 1000)).toBe(1002);
  });

  it("is null if there is none", () => {
    expect(waitOf({ code: "wrong_password", wait_seconds: 0 }, 1000)).toBeNull();
    expect(waitOf({ code: "disk_full" }, 1000)).toBeNull();
    expect(waitOf(null)).toBeNull();
  });
});
