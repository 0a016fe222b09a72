import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { asked, replies } from "../../ipc/__mocks__/call";
import { heard } from "../../ipc/__mocks__/events";
import type { CommandError } from "../../ipc/generated";
import { app } from "../../state/app.svelte";
import { beginRedeem } from "../../state/redeem";
import { Task } from "../../state/task.svelte";
import { secondsNow } from "../../time/seconds";
import { session, status } from "../../testing/session";
import RedeemEnter from "./RedeemEnter.svelte";
import RedeemOutcome from "./RedeemOutcome.svelte";
import RedeemPassword from "./RedeemPassword.svelte";

vi.mock("../../ipc/call");
vi.mock("../../ipc/events");

const accepted = {
  identifier: "M7QS",
  walletId: "w1",
  email: "ada@example.org",
  until: secondsNow() + 900,
};
const see = (id: string) => screen.getByTestId(id);
const primary = () => see("primary") as HTMLButtonElement;
const fail = (error: CommandError) => replies.set("redeem_commit", () => Promise.reject(error));

beforeEach(() => {
  replies.clear();
  asked.length = 0;
  HTMLDialogElement.prototype.showModal = vi.fn();
  HTMLDialogElement.prototype.close = vi.fn();
  app.accept(status());
  app.route = { name: "redeem-password", accepted };
  replies.set("password_strength", () => ({
    score: 4,
    length: 20,
    needed: 15,
    warning: null,
    suggestions: [],
  }));
});

async function commit() {
  await waitFor(() => expect(primary().disabled).toBe(false));
  await fireEvent.click(primary());
}

async function open() {
  render(RedeemPassword, { accepted });
  await fireEvent.input(see("new-password"), { target: { value: "a second life for it" } });
  await fireEvent.input(see("new-password-again"), {
    target: { value: "a second life for it" },
  });
  await commit();
}

describe("a code that is judged", () => {
  it("and refused leads to its outcome, as Rust reports it", async () => {
    const outcome = { verdict: "unknown", identifier: "M7QS", wait_seconds: 4 } as const;
    replies.set("redeem_begin", () => ({ step: "refused", outcome }));
    const route = await beginRedeem(new Task(), "w1");
    expect(route).toEqual({ name: "redeem-outcome", walletId: "w1", outcome });
  });

  it("and cannot be judged leaves the error in the task", async () => {
    replies.set("redeem_begin", () => Promise.reject({ code: "keychain_locked" }));
    const task = new Task();
    expect(await beginRedeem(task, "w1")).toBeNull();
    expect(task.error).toEqual({ code: "keychain_locked" });
  });

  it("against a file without its slot offers the copies that have one, and continues with one", async () => {
    const outcome = { verdict: "without_slot", identifier: "M7QS" } as const;
    replies.set("redeem_begin", () => ({ step: "refused", outcome }));
    const wallet = { id: "w1", email: "ada@example.org", saved: null };
    const copies = [{ file: "w1.wallet.1", saved: null, codes: ["M7QS"] }];
    const why = { reason: "code", identifier: "M7QS" } as const;
    const lost = [{ id: "w1", email: "ada@example.org", why, copies }];
    replies.set("status", () => status({ wallets: [wallet], lost }));
    await beginRedeem(new Task(), "w1");
    render(RedeemOutcome, { walletId: "w1", outcome });
    expect((await screen.findByTestId("lost")).textContent).toContain("M7QS");
    await fireEvent.click(see("lost-use"));
    replies.set("use_older_copy", () => status({ wallets: [wallet] }));
    const { identifier, walletId: wallet_id, email } = accepted;
    replies.set("redeem_begin", () => ({
      step: "accepted",
      identifier,
      wallet_id,
      email,
      seconds: 900,
    }));
    await fireEvent.click(see("dialog-copy-yes"));
    await waitFor(() => expect(app.route?.name).toBe("redeem-plan"));
  });

  it("against a damaged file offers its copies, and other errors are not hidden by them", async () => {
    const wallet = { id: "w1", email: "ada@example.org", saved: null };
    const copies = [{ file: "w1.wallet.1", saved: null, codes: ["M7QS"] }];
    const why = { reason: "code", identifier: "M7QS" } as const;
    const lost = [{ id: "w1", email: "ada@example.org", why, copies }];
    app.accept(status({ wallets: [wallet], lost }));
    replies.set("status", () => status({ wallets: [wallet], lost }));
    const field = { state: "ready", identifier: "M7QS", source: "typed", name: null };
    const entered = { field, set: null, restoring: null, unread: [] };
    replies.set("enter_clear", () => ({ ...entered, field: { state: "empty" } }));
    replies.set("redeem_begin", () => Promise.reject({ code: "wallet_damaged" }));
    render(RedeemEnter, { walletId: "w1" });
    await screen.findByTestId("entry-text");
    heard.get("entry")?.(entered as never);
    await commit();
    expect((await screen.findByTestId("lost")).textContent).toContain("M7QS");
    expect(screen.queryByTestId("error")).toBeNull();
    replies.set("redeem_begin", () => Promise.reject({ code: "keychain_locked" }));
    await commit();
    expect((await screen.findByTestId("error")).dataset.code).toBe("keychain_locked");
    expect(screen.queryByTestId("lost")).toBeNull();
  });

  it("again at the commit leads to its outcome", async () => {
    const outcome = {
      verdict: "ended",
      how: "used",
      identifier: "M7QS",
      at: 1_777_817_520,
      newest: null,
    } as const;
    fail({ code: "code", outcome });
    await open();
    await waitFor(() =>
      expect(app.route).toEqual({ name: "redeem-outcome", walletId: "w1", outcome }),
    );
  });
});

describe("a redemption that is in place but not confirmed", () => {
  it("keeps the password and the choice for the next try", async () => {
    fail({ code: "redeem_in_place" });
    await open();
    await screen.findByTestId("error");
    expect(see("error").textContent).toContain("your new password is set");
    expect(see("new-password")).toHaveProperty("value", "a second life for it");
    replies.set("redeem_commit", () => ({ session: session({ recovered: true }), kits: [] }));
    await commit();
    await waitFor(() => expect(app.route?.name).toBe("recovered"));
  });

  it("asks for the first password, after its wait, and not for another", async () => {
    fail({ code: "first_password", wait_seconds: 4 });
    await open();
    await screen.findByTestId("error");
    expect(see("error").textContent).toContain("Type that one, not another.");
    expect(see("new-password")).toHaveProperty("value", "");
    expect(primary().disabled).toBe(true);
  });

  it("leads to sign-in once its time is up, and never says that the code is unused", async () => {
    fail({ code: "redeem_in_place" });
    await open();
    await screen.findByTestId("error");
    fail({ code: "acceptance_over" });
    await commit();
    await screen.findByTestId("redeem-in-place-over");
    expect(screen.queryByTestId("error")).toBeNull();
    await fireEvent.click(primary());
    expect(asked.map(([command]) => command)).toContain("redeem_cancel");
    expect(app.route).toEqual({ name: "sign-in", walletId: "w1" });
  });
});
