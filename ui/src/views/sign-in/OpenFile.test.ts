import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { asked, replies } from "../../ipc/__mocks__/call";
import { app } from "../../state/app.svelte";
import { status } from "../../testing/session";
import OpenFile from "./OpenFile.svelte";

vi.mock("../../ipc/call");

const found = {
  wallet_id: "w9",
  email: "eve@example.org",
  saved: 1_800_000_000,
  codes: 2,
  same_email: false,
  file_name: "old.wallet",
  folder: "/stick",
};

beforeEach(() => {
  asked.length = 0;
  replies.clear();
  app.accept(status());
  replies.set("status", () => app.status);
  render(OpenFile);
});
afterEach(cleanup);

const press = () => fireEvent.click(screen.getByTestId("primary"));

describe("a wallet file from elsewhere", () => {
  it("is shown with its warnings before it is brought here, and then signed in to", async () => {
    replies.set("choose_wallet_file", () => found);
    replies.set("take_wallet_file", () => "opened");
    await press();
    await screen.findByTestId("found-wallet");
    expect(screen.getByTestId("found-codes").textContent).toContain("2 backup codes");
    expect(screen.queryByTestId("found-same-email")).toBeNull();
    expect(asked.map(([command]) => command)).not.toContain("take_wallet_file");
    await press();
    await screen.findByTestId("view-file-opened");
    await press();
    expect(app.route).toEqual({ name: "sign-in", walletId: "w9" });
  });

  it("is told apart from another wallet of its e-mail", async () => {
    replies.set("choose_wallet_file", () => ({ ...found, same_email: true, codes: 0 }));
    await press();
    await screen.findByTestId("found-same-email");
    expect(screen.queryByTestId("found-codes")).toBeNull();
  });

  it("is one of the copies that are offered for a damaged wallet", async () => {
    replies.set("choose_wallet_file", () => found);
    replies.set("take_wallet_file", () => "offered");
    await press();
    await screen.findByTestId("found-wallet");
    await press();
    const done = await screen.findByTestId("view-file-opened");
    expect(done.textContent).toContain("among the copies");
  });

  it("that is none says so, and a cancelled choice changes nothing", async () => {
    replies.set("choose_wallet_file", () => null);
    await press();
    expect(screen.queryByTestId("found-wallet")).toBeNull();
    replies.set("choose_wallet_file", () => {
      throw { code: "not_a_wallet" };
    });
    await press();
    await screen.findByTestId("error");
    expect(screen.getByTestId("view-open-file")).toBeTruthy();
  });
});
