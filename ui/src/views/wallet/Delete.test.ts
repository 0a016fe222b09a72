import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { asked, replies } from "../../ipc/__mocks__/call";
import { app } from "../../state/app.svelte";
import { session, status } from "../../testing/session";
import Delete from "./Delete.svelte";

vi.mock("../../ipc/call");

const nothing = { codes: [], kits: [], pages: null, copies: [] };

beforeEach(() => {
  asked.length = 0;
  replies.clear();
  app.accept(status({ session: session() }));
  replies.set("what_remains", () => nothing);
});
afterEach(cleanup);

const button = () => screen.getByTestId<HTMLButtonElement>("primary");
const type = (text: string) =>
  fireEvent.input(screen.getByTestId("delete-email"), { target: { value: text } });

describe("deleting a wallet", () => {
  it("takes the address, typed, and says what remains", async () => {
    replies.set("what_remains", () => ({
      codes: ["ABCD", "WXYZ"],
      kits: [{ code: "ABCD", folder: "/stick/backup-kit-ABCD" }],
      pages: "ABCD",
      copies: ["mine.wallet"],
    }));
    replies.set("delete_wallet", () => ({ codes_ended: true }));
    render(Delete);
    const remains = await screen.findByTestId("remains");
    for (const part of ["/stick/backup-kit-ABCD", "pages", "sheet of code WXYZ", "mine.wallet"]) {
      expect(remains.textContent).toContain(part);
    }
    await type("somebody@example.org");
    expect(button().disabled).toBe(true);
    await type(app.session?.email ?? "");
    expect(button().disabled).toBe(false);
    expect(remains.textContent).not.toContain("sheet of code ABCD");
    await fireEvent.click(button());
    // The page goes at once.
    await vi.waitFor(() => expect(app.status).toBeNull());
  });

  it("says that codes may live where the keychain did not take their end", async () => {
    replies.set("delete_wallet", () => ({ codes_ended: false }));
    render(Delete);
    await screen.findByTestId("remains");
    await type(app.session?.email ?? "");
    await fireEvent.click(button());
    await screen.findByTestId("deleted-codes-live");
  });

  it("that fails keeps the page and says so, and one that the disk did not confirm is done", async () => {
    replies.set("delete_wallet", () => {
      throw { code: "not_deleted", codes_ended: true };
    });
    render(Delete);
    await screen.findByTestId("remains");
    await type(app.session?.email ?? "");
    await fireEvent.click(button());
    await screen.findByTestId("error");
    expect(screen.getByTestId("view-delete")).toBeTruthy();
    replies.set("delete_wallet", () => {
      throw { code: "delete_in_place", codes_ended: false };
    });
    await fireEvent.click(button());
    await screen.findByTestId("view-deleted");
    await screen.findByTestId("error");
    await screen.findByTestId("deleted-codes-live");
  });
});
