import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { asked, replies } from "../../ipc/__mocks__/call";
import type { LostWallet, Status } from "../../ipc/generated";
import { app } from "../../state/app.svelte";
import { status } from "../../testing/session";
import SignIn from "./SignIn.svelte";

vi.mock("../../ipc/call");
vi.mock("../../ipc/events");

const copies = [
  { file: "w1.wallet.1", saved: 1_777_817_520, codes: ["M7QS", "Q9XY"] },
  { file: "w1.wallet.2", saved: null, codes: [] },
];
const lost: LostWallet = {
  id: "w1",
  email: "ada@example.org",
  why: { reason: "damaged" },
  copies,
};
const wallet = { id: "w1", email: "ada@example.org", saved: 1_777_817_520 };
const see = (id: string) => screen.getByTestId(id);

function open(over: Partial<Status>) {
  app.accept(status(over));
  render(SignIn, { walletId: null });
}

beforeEach(() => {
  replies.clear();
  asked.length = 0;
  // The native dialog is not part of the simulated document.
  HTMLDialogElement.prototype.showModal = vi.fn();
  HTMLDialogElement.prototype.close = vi.fn();
});

describe("a recovery that was interrupted", () => {
  const wallets = [wallet, { ...wallet, id: "w2" }];
  const at = 1_777_817_520;

  it("is mentioned for the wallet that is chosen, with what to try", async () => {
    replies.set("interrupted", ({ wallet_id }: { wallet_id: string }) =>
      wallet_id === "w2" ? { at, in_place: false } : null,
    );
    open({ wallets });
    await waitFor(() => expect(asked).toContainEqual(["interrupted", { wallet_id: "w1" }]));
    expect(screen.queryByTestId("interrupted")).toBeNull();
    await fireEvent.click(see("wallet-w2"));
    const words = (await screen.findByTestId("interrupted")).textContent;
    expect(words).toContain("may not have been finished");
    expect(words).toContain("use the backup code again");
  });

  it("names the new password where its file is here", async () => {
    replies.set("interrupted", () => ({ at, in_place: true }));
    open({ wallets: [wallet] });
    const words = (await screen.findByTestId("interrupted")).textContent;
    expect(words).toContain("gave this wallet a new password");
    expect(words).not.toContain("backup code again");
  });

  it("is not mentioned while nobody can tell", async () => {
    replies.set("interrupted", () => Promise.reject({ code: "internal" }));
    open({ wallets: [wallet] });
    await waitFor(() => expect(asked.length).toBe(1));
    await Promise.resolve();
    expect(screen.queryByTestId("interrupted")).toBeNull();
    expect(screen.queryByTestId("error")).toBeNull();
  });
});

describe("a wallet whose file is damaged", () => {
  it("is one line and one button, and no password can be typed for it", () => {
    open({ wallets: [], lost: [lost] });
    expect(app.route).toEqual({ name: "sign-in", walletId: null });
    expect(see("lost").textContent).toContain("The wallet file of ada@example.org is damaged.");
    expect(screen.queryByTestId("password")).toBeNull();
    expect(screen.queryByTestId("dialog-copy")).toBeNull();
  });

  it("shows its copies by date, what opens them and what is lost", async () => {
    open({ wallets: [], lost: [lost] });
    await fireEvent.click(see("lost-use"));
    const words = see("dialog-copy").textContent;
    expect(words).toContain("doesn’t hold what was saved after its date");
    expect(words).toContain("The damaged file is kept");
    expect(words).toContain("backup code M7QS and Q9XY");
    expect(words).toContain("Date unknown");
    expect((see("copy-w1.wallet.1") as HTMLInputElement).checked).toBe(true);
  });

  it("goes on with the copy that was chosen", async () => {
    open({ wallets: [], lost: [lost] });
    await fireEvent.click(see("lost-use"));
    await fireEvent.click(see("copy-w1.wallet.2"));
    replies.set("use_older_copy", () => status({ wallets: [wallet] }));
    await fireEvent.click(see("dialog-copy-yes"));
    await waitFor(() => expect(screen.queryByTestId("dialog-copy")).toBeNull());
    const request = { wallet_id: "w1", file: "w1.wallet.2" };
    expect(asked).toContainEqual(["use_older_copy", request]);
    expect(app.route).toEqual({ name: "sign-in", walletId: "w1" });
    expect(screen.queryByTestId("lost")).toBeNull();
    expect(see("password")).toBeTruthy();
  });

  it("stays as it is when the disk refuses, and says why", async () => {
    open({ wallets: [], lost: [lost] });
    await fireEvent.click(see("lost-use"));
    replies.set("use_older_copy", () => Promise.reject({ code: "wallet_read_only" }));
    await fireEvent.click(see("dialog-copy-yes"));
    expect((await screen.findByTestId("error")).dataset.code).toBe("wallet_read_only");
    expect(see("lost")).toBeTruthy();
  });

  it("and is found to be so only by its password offers its copies then", async () => {
    open({ wallets: [wallet] });
    replies.set("sign_in", () => Promise.reject({ code: "wallet_damaged" }));
    replies.set("status", () => status({ wallets: [wallet], lost: [lost] }));
    await fireEvent.input(see("password"), { target: { value: "a password of that time" } });
    await fireEvent.click(see("primary"));
    expect(await screen.findByTestId("lost")).toBeTruthy();
    expect(see("error").dataset.code).toBe("wallet_damaged");
  });
});

describe("a wallet whose password does not open it", () => {
  it("offers the copies that another password may open, without a word of damage", async () => {
    open({ wallets: [wallet] });
    const refused: LostWallet = { ...lost, why: { reason: "password" } };
    replies.set("sign_in", () => Promise.reject({ code: "wrong_password", wait_seconds: 1 }));
    replies.set("status", () => status({ wallets: [wallet], lost: [refused] }));
    await fireEvent.input(see("password"), { target: { value: "a password of another day" } });
    await fireEvent.click(see("primary"));
    expect((await screen.findByTestId("lost")).textContent).not.toContain("damaged");
    await fireEvent.click(see("lost-use"));
    expect(see("dialog-copy").textContent).toContain("The present file is kept");
  });
});

describe("copies beside a wallet", () => {
  it("are told in one quiet line, each with what it is", () => {
    const copy = { id: "w1", saved: 1_777_817_520 };
    open({
      wallets: [wallet],
      beside: [
        { ...copy, file: "w1 (1).wallet", compared: "same" },
        { ...copy, file: "w1 - Copy.wallet", compared: "older" },
        { ...copy, file: "w1 (conflicted copy).wallet", compared: "apart" },
        { ...copy, file: "w1 copy.wallet", compared: "apart", saved: null },
      ],
    });
    expect((see("beside") as HTMLDetailsElement).open).toBe(false);
    const said = screen.getAllByTestId("beside-copy").map((line) => line.textContent);
    expect(said[0]).toBe("w1 (1).wallet: the same as the wallet ada@example.org.");
    expect(said[1]).toContain("an older version of the wallet");
    expect(said[2]).toContain("By their dates it was saved");
    expect(said[3]).not.toContain("dates");
  });

  it("are not spoken of where there are none", () => {
    open({});
    expect(screen.queryByTestId("beside")).toBeNull();
    expect(screen.queryByTestId("lost")).toBeNull();
  });
});
