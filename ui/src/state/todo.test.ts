import { describe, expect, it } from "vitest";
import { active, code, session } from "../testing/session";
import { todos } from "./todo";

const day = 86_400;
const now = 1_000 * day;
const kinds = (over: Parameters<typeof session>[0]) =>
  todos(session(over), now).map(({ kind }) => kind);

describe("the to-dos of a wallet", () => {
  it("are empty if all is well", () => {
    expect(kinds({ code: code({ active: active({ checked: now - day }) }) })).toEqual([]);
  });

  it("ask for a code if there is none", () => {
    expect(kinds({ code: code() })).toEqual(["no-code"]);
  });

  it("ask to finish an unfinished code, not to issue another", () => {
    expect(kinds({ code: code({ unfinished: active() }) })).toEqual(["unfinished"]);
  });

  it("report a keychain that does not respond, and do not ask for a code", () => {
    expect(kinds({ code: code({ trouble: { code: "keychain_locked" } }) })).toEqual([
      "keychain-trouble",
    ]);
  });

  it("know the copies with which a code still works that the keychain lost", () => {
    const lost = { code: code({ lost_with_keychain: "K2ZP" }) };
    const pages = { identifier: "K2ZP", at: 1, newer: 0 };
    const copies = (of: Parameters<typeof session>[0]) =>
      todos(session(of), now).find((todo) => todo.kind === "lost-with-keychain");
    expect(copies(lost)).toMatchObject({ copies: false });
    expect(copies({ ...lost, pages })).toMatchObject({ copies: true });
    const kit = { identifier: "K2ZP", folder: "/stick", live: true, problem: null };
    expect(copies({ ...lost, kits: [kit] })).toMatchObject({ copies: true });
    expect(copies({ ...lost, kits: [{ ...kit, live: false }] })).toMatchObject({ copies: false });
  });

  it("ask for a new code if the keychain lost the old one", () => {
    expect(kinds({ code: code({ lost_with_keychain: "K2ZP" }) })).toEqual(["lost-with-keychain"]);
  });

  it("report when a short code ends, but do not ask to check its sheet", () => {
    const short = active({ issued: now, expires: now + 7200, checked: null });
    expect(kinds({ code: code({ active: short }) })).toEqual(["expires"]);
  });

  it("ask to check a lasting sheet that was never checked, or not for a year", () => {
    const fresh = active({ checked: null, issued: now - day });
    expect(kinds({ code: code({ active: fresh }) })).toEqual([]);
    expect(
      kinds({ code: code({ active: active({ checked: null, issued: now - 8 * day }) }) }),
    ).toEqual(["never-checked"]);
    expect(kinds({ code: code({ active: active({ checked: now - 366 * day }) }) })).toEqual([
      "check-is-old",
    ]);
  });

  it("report missing two-step verification and a weaker keychain", () => {
    const well = code({ active: active({ checked: now }) });
    expect(kinds({ two_step: "later", weaker_keychain: true, code: well })).toEqual([
      "two-step",
      "weaker-keychain",
    ]);
  });

  it("report an older file, and ask for no check of a code that does not open it", () => {
    const older = code({ active: active({ expires: now + day, checked: null }), older_file: true });
    expect(kinds({ code: older })).toEqual(["older-file"]);
  });
});
