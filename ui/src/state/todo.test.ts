import { describe, expect, it } from "vitest";
import { active, code, session } from "../testing/session";
import { todos } from "./todo";

const day = 86_400;
const now = 1_000 * day;
const kinds = (over: Parameters<typeof session>[0]) =>
  todos(session(over), now).map(({ kind }) => kind);

describe("what a wallet asks of its owner", () => {
  it("is nothing where all is well", () => {
    expect(kinds({ code: code({ active: active({ checked: now - day }) }) })).toEqual([]);
  });

  it("is a code where there is none", () => {
    expect(kinds({ code: code() })).toEqual(["no-code"]);
  });

  it("is to finish the unfinished code, and not another", () => {
    expect(kinds({ code: code({ unfinished: active() }) })).toEqual(["unfinished"]);
  });

  it("is to look at a keychain that does not answer, and not to issue what it would refuse", () => {
    expect(kinds({ code: code({ trouble: "keychain_locked" }) })).toEqual(["keychain-trouble"]);
  });

  it("is a new code where the keychain lost the old one's part", () => {
    expect(kinds({ code: code({ lost_with_keychain: "K2ZP" }) })).toEqual(["lost-with-keychain"]);
  });

  it("is told when a short code ends, but not to check its sheet", () => {
    const short = active({ issued: now, expires: now + 7200, checked: null });
    expect(kinds({ code: code({ active: short }) })).toEqual(["expires"]);
  });

  it("is to check a lasting sheet that was never checked, or not for a year", () => {
    expect(kinds({ code: code({ active: active({ checked: null }) }) })).toEqual(["never-checked"]);
    expect(kinds({ code: code({ active: active({ checked: now - 366 * day }) }) })).toEqual([
      "check-is-old",
    ]);
  });

  it("is two-step verification where it is off, a weaker keychain, an older file", () => {
    const well = code({ active: active({ checked: now }), older_file: true });
    expect(kinds({ two_step: "later", weaker_keychain: true, code: well })).toEqual([
      "older-file",
      "two-step",
      "weaker-keychain",
    ]);
  });
});
