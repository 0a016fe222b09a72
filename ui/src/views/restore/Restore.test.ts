import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { asked, replies } from "../../ipc/__mocks__/call";
import { heard } from "../../ipc/__mocks__/events";
import type { Entered, PagesFound, RestoreFound, RestoringView } from "../../ipc/generated";
import { app } from "../../state/app.svelte";
import { session, status } from "../../testing/session";
import Recovered from "../redeem/Recovered.svelte";
import Restore from "./Restore.svelte";
import RestoreFoundView from "./RestoreFound.svelte";
import RestorePassword from "./RestorePassword.svelte";

vi.mock("../../ipc/call");
vi.mock("../../ipc/events");

const see = (testid: string) => screen.getByTestId(testid);
const click = (testid: string) => fireEvent.click(see(testid));

const nothing: RestoringView = {
  identity: false,
  wallet: false,
  folder: null,
  pages: null,
  whole: false,
};
const kit: RestoringView = {
  ...nothing,
  identity: true,
  wallet: true,
  folder: "/stick",
  whole: true,
};
const pages: PagesFound = {
  set: "0A1B-2C3D",
  gathered: 3,
  needed: 10,
  pages: [
    { read: 3, symbols: 20 },
    { read: 0, symbols: 20 },
  ],
  others: 0,
  whole: false,
  spoilt: false,
};
const entered = (restoring: RestoringView, ready = false): Entered => ({
  field: ready
    ? { state: "ready", identifier: "M7QS", source: "file", name: "sheet.pdf" }
    : { state: "empty" },
  set: null,
  restoring,
  unread: [],
});
const found = (over: Partial<RestoreFound> = {}): RestoreFound => ({
  identifier: "M7QS",
  email: "ada@example.org",
  date: 1000,
  items: 2,
  in_the_way: null,
  taken: false,
  ...over,
});

/** Simulates dropped files with Rust's answer to them. */
async function drop(view: Entered) {
  heard.get("entry")?.(view as never);
  await waitFor(() => undefined);
}

beforeEach(() => {
  asked.length = 0;
  replies.clear();
  app.accept(status());
  vi.stubGlobal("scrollTo", vi.fn());
  replies.set("restore_begin", () => entered(nothing));
  replies.set("enter_clear", () => entered(nothing));
});

describe("gathering what a wallet is restored from", () => {
  async function begin() {
    render(Restore, { kept: "nothing" });
    await screen.findByTestId("entry-text");
  }

  it("accepts the copy and the code in any order, and opens once both are there", async () => {
    await begin();
    await drop(entered(nothing, true));
    expect(see("primary")).toHaveProperty("disabled", true);
    await drop(entered({ ...kit, wallet: false, whole: false }, true));
    expect(see("restore-copy").textContent).toContain("wallet.age");
    await drop(entered(kit, true));
    expect(see("restore-copy").textContent).toContain("/stick");
    replies.set("restore_open", () => found());
    await click("primary");
    await waitFor(() => expect(app.route).toEqual({ name: "restore-found", found: found() }));
  });

  it("takes over the code that was entered on the page before", async () => {
    replies.set("enter_resume", () => entered(nothing, true));
    render(Restore, { kept: "code" });
    await screen.findByTestId("entry-scanned");
    const commands = asked.map(([command]) => command);
    expect(commands).toEqual(["restore_begin", "enter_resume"]);
    expect(see("missing").textContent).toContain("kit");
    await drop(entered(kit, true));
    expect(see("primary")).toHaveProperty("disabled", false);
  });

  it("says what is missing, and reads a kit from its folder", async () => {
    await begin();
    await waitFor(() => expect(see("restore-copy").textContent).toContain("missing"));
    replies.set("restore_folder", () => entered(kit));
    await click("restore-folder");
    await waitFor(() => expect(see("restore-copy").textContent).toContain("/stick"));
  });

  it("opens a copy that takes much memory only if the person says so", async () => {
    await begin();
    await drop(entered(kit, true));
    const opened = () => asked.filter(([command]) => command === "restore_open");
    replies.set("restore_open", () => {
      throw { code: "restore_costly", gibibytes: 1 };
    });
    await click("primary");
    await screen.findByTestId("restore-costly");
    expect(see("error").textContent).toContain("1 GB");
    replies.set("restore_open", () => found());
    await click("restore-costly");
    await waitFor(() => expect(app.route).toEqual({ name: "restore-found", found: found() }));
    expect(opened().map(([, request]) => request)).toEqual([{ costly: false }, { costly: true }]);
  });

  it("lists the parts read of each page until nothing is missing", async () => {
    await begin();
    await drop(entered({ ...nothing, pages }, true));
    expect(see("restore-pages").textContent).toContain("3 of 10");
    expect(screen.getByText("Page 2: 0 of 20")).toBeTruthy();
    expect(see("primary")).toHaveProperty("disabled", true);
    await drop(
      entered({ ...nothing, pages: { ...pages, gathered: 10, whole: true }, whole: true }, true),
    );
    expect(screen.queryByText("Page 2: 0 of 20")).toBeNull();
    expect(see("primary")).toHaveProperty("disabled", false);
  });

  it("reports pages of other sets, and offers to start again if they do not fit", async () => {
    await begin();
    await drop(entered({ ...nothing, pages: { ...pages, others: 1, spoilt: true } }));
    expect(see("restore-pages").textContent).toContain("0A1B-2C3D");
    replies.set("restore_forget_pages", () => entered(nothing));
    await click("restore-pages-again");
    await waitFor(() => expect(screen.queryByTestId("restore-spoilt")).toBeNull());
  });

  it("clears the error of the last code when another is entered", async () => {
    await begin();
    await drop(entered(kit, true));
    replies.set("restore_open", () => {
      throw { code: "code", outcome: { verdict: "opens_no_copy", identifier: "M7QS" } };
    });
    await click("primary");
    await screen.findByTestId("error");
    await drop(entered({ ...kit, folder: "/other" }, true));
    await waitFor(() => expect(screen.queryByTestId("error")).toBeNull());
  });

  it("discards everything on leaving", async () => {
    await begin();
    await click("back");
    expect(asked.map(([command]) => command)).toContain("restore_cancel");
  });
});

describe("what was found", () => {
  const here = { wallet_id: "w1", email: "ada@example.org", same: true, redeemable: true };

  it("continues with the password if no wallet is in the way", async () => {
    render(RestoreFoundView, { found: found() });
    await click("primary");
    expect(app.route).toMatchObject({ name: "restore-password", place: null });
  });

  it("asks what to do about an existing wallet, and keeps both by default", async () => {
    const inTheWay = found({ in_the_way: here });
    render(RestoreFoundView, { found: inTheWay });
    await click("primary");
    expect(app.route).toMatchObject({ place: { what: "beside" } });
    await click("place-replacing");
    await click("primary");
    expect(app.route).toMatchObject({ place: { what: "replacing", wallet_id: "w1" } });
    await click("restore-redeem");
    expect(app.route).toEqual({ name: "redeem-enter", walletId: "w1" });
  });

  it("is restored with a new password", async () => {
    const done = { kept_aside: "x.wallet.replaced", remembered: false, code_lives: false };
    replies.set("restore_commit", () => ({ session: session({ recovered: true }), ...done }));
    replies.set("password_strength", () => ({
      score: 4,
      length: 20,
      needed: 15,
      warning: null,
      suggestions: [],
    }));
    render(RestorePassword, { found: found(), place: null });
    await fireEvent.input(see("new-password"), { target: { value: "a second life for it" } });
    await fireEvent.input(see("new-password-again"), {
      target: { value: "a second life for it" },
    });
    await waitFor(() => expect(see("primary")).toHaveProperty("disabled", false));
    await click("primary");
    const restored = { ...done, replacedOther: false };
    await waitFor(() => expect(app.route).toEqual({ name: "recovered", restored }));
  });

  it("reports what was set aside, and what the keychain does not remember", () => {
    app.accept(status({ session: session({ recovered: true }) }));
    const done = { kept_aside: "x.wallet.replaced", remembered: false };
    render(Recovered, { restored: { ...done, code_lives: false, replacedOther: false } });
    expect(see("restored-aside").textContent).toContain("x.wallet.replaced");
    expect(see("restored-aside").textContent).not.toContain("backup code");
    expect(see("restored-code").textContent).toContain("its kit or pages. Destroy");
    expect(screen.queryByTestId("restored-not-remembered")).not.toBeNull();
  });

  it("beside the wallet that its code opens keeps the sheet, and says so", () => {
    app.accept(status({ session: session({ recovered: true }) }));
    const done = { kept_aside: null, remembered: true };
    render(Recovered, { restored: { ...done, code_lives: true, replacedOther: false } });
    expect(see("restored-code").textContent).toContain("Keep the sheet");
  });

  it("in the place of another wallet of the same e-mail says what opens that one", () => {
    app.accept(status({ session: session({ recovered: true }) }));
    const done = { kept_aside: "x.wallet.moved", remembered: true };
    render(Recovered, { restored: { ...done, code_lives: false, replacedOther: true } });
    expect(see("restored-aside").textContent).toContain("its own backup code open it");
  });
});
