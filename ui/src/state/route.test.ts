import { describe, expect, it } from "vitest";
import { active, code, covered, session, status } from "../testing/session";
import { back, beginning, issuing, needsSession, opened, type Purpose, type Route } from "./route";

describe("the first route", () => {
  it("is the first start if there is no wallet", () => {
    expect(beginning(status({ wallets: [] }))).toEqual({ name: "start" });
  });

  it("is sign-in if there is one, with the wallet that was open last", () => {
    expect(beginning(status())).toEqual({ name: "sign-in", walletId: "w1" });
    const of = (last_wallet: string) => beginning(status({ last_wallet }));
    expect(of("w2")).toEqual({ name: "sign-in", walletId: "w2" });
    expect(of("gone")).toEqual({ name: "sign-in", walletId: "w1" });
  });

  it("is the same without a keychain, which is asked about where a code is issued", () => {
    const keychain = { kind: "missing", private_file: true, choice_lost: false } as const;
    expect(beginning(status({ wallets: [], keychain }))).toEqual({ name: "start" });
    const open = status({ session: session(), keychain });
    const then: Route = { name: "identity", purpose: "issue" };
    expect(issuing(open)).toEqual({ name: "keychain", then });
    expect(issuing(status({ session: session() }))).toEqual(then);
    expect(back({ name: "keychain", then }, open)).toEqual({ name: "backup-code" });
  });

  it("is the wallet if one is still open", () => {
    expect(beginning(status({ session: session() }))).toEqual({ name: "items" });
  });
});

describe("a code on the screen", () => {
  it("is covered while its wallet is locked, whatever else is to be asked", () => {
    const missing = { kind: "missing", private_file: true, choice_lost: false } as const;
    const locked = status({ covered: covered(), keychain: missing });
    expect(beginning(locked)).toEqual({ name: "covered", code: covered() });
    expect(needsSession({ name: "covered", code: covered() })).toBe(false);
    expect(back({ name: "covered", code: covered() }, locked)).toBeNull();
  });

  it("is gone on with once its wallet is open again", () => {
    const unfinished = code({ unfinished: active() });
    const issued = session({ shown: "issued", code: unfinished });
    expect(opened(issued)).toEqual({ name: "issue", shown: true });
    const remade = session({ shown: "remade" });
    expect(opened(remade)).toEqual({ name: "remake", resume: false, shown: true });
  });
});

describe("an item", () => {
  it("leads back to its line in the list", () => {
    const open = status({ session: session() });
    const item = { name: "item", kind: "note", title: "Safe" } as const;
    expect(back({ ...item, id: "n1" }, open)).toEqual({ name: "items", from: "n1" });
    expect(back({ ...item, id: null }, open)).toEqual({ name: "items" });
  });
});

describe("an opened wallet", () => {
  it("shows its items", () => {
    expect(opened(session())).toEqual({ name: "items" });
  });

  it("asks about an unfinished code first", () => {
    expect(opened(session({ code: code({ unfinished: active() }) }))).toEqual({
      name: "unfinished",
    });
  });

  it("reports a recovery before anything else", () => {
    const recovered = session({ recovered: true, two_step: "off_after_recovery" });
    expect(opened(recovered)).toEqual({ name: "recovered" });
  });
});

describe("views", () => {
  it("of a wallet need it open, and no other does", () => {
    const open: Route[] = [
      { name: "items" },
      { name: "issue" },
      { name: "remake", resume: false },
      { name: "check" },
    ];
    const shut: Route[] = [{ name: "start" }, { name: "redeem-enter", walletId: null }];
    expect(open.every(needsSession)).toBe(true);
    expect(shut.some(needsSession)).toBe(false);
  });

  it("lead back with their parameters", () => {
    const accepted = { identifier: "M7QS", walletId: "w2", email: "", until: 0 };
    expect(back({ name: "create-password", email: "a@b" }, status())).toEqual({
      name: "create-email",
      email: "a@b",
    });
    expect(back({ name: "redeem-password", accepted }, status())).toEqual({
      name: "redeem-plan",
      accepted,
    });
    expect(back({ name: "redeem-plan", accepted }, status())).toEqual({
      name: "redeem-enter",
      walletId: "w2",
    });
    expect(back({ name: "redeem-wallet", walletId: "w2" }, status())).toEqual({
      name: "sign-in",
      walletId: "w2",
    });
  });

  it("that confirm the identity lead back to their origin", () => {
    const open = status({ session: session() });
    const of = (purpose: Purpose) => back({ name: "identity", purpose }, open);
    expect(of("issue")).toEqual({ name: "backup-code" });
    expect(of("remake")).toEqual({ name: "backup-code" });
    expect(of("turn-off-two-step")).toEqual({ name: "settings" });
  });

  it("that hold a code have no way back: they ask first", () => {
    const open = status({ session: session() });
    expect(back({ name: "issue" }, open)).toBeNull();
    expect(back({ name: "remake", resume: false }, open)).toBeNull();
  });
});
