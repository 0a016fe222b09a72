import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { asked, replies } from "../../ipc/__mocks__/call";
import { app } from "../../state/app.svelte";
import { session, status } from "../../testing/session";
import { earlierWords } from "../../words/earlier";
import Earlier from "./Earlier.svelte";

vi.mock("../../ipc/call");

const version = (name: string) => ({
  version: name,
  saved: 1_800_000_000,
  items: 2,
  lacks: 1,
  other: 0,
  more: 0,
});

beforeEach(() => {
  asked.length = 0;
  replies.clear();
  app.accept(status({ session: session({ two_step: "later" }) }));
  replies.set("status", () => app.status);
});
afterEach(cleanup);

describe("the earlier versions", () => {
  it("say what each holds beside the present one", () => {
    const differs = { ...version("a"), lacks: 3, other: 1, more: 2 };
    expect(earlierWords(differs)).toBe(
      "2 items, 3 of today’s items missing, 1 item in another version, 2 items that aren’t in the wallet today",
    );
    expect(earlierWords({ ...version("a"), items: 1, lacks: 0 })).toBe(
      "1 item, the same items as today",
    );
  });

  it("say that there is none, and offer nothing then", async () => {
    replies.set("earlier_versions", () => []);
    render(Earlier);
    await screen.findByTestId("earlier-none");
    expect(screen.queryByTestId("primary")).toBeNull();
  });

  it("become a wallet for the password, and are looked for again when one is gone", async () => {
    replies.set("earlier_versions", () => [version("a"), version("b")]);
    replies.set("restore_earlier", () => {
      throw { code: "earlier_gone" };
    });
    render(Earlier);
    await fireEvent.click(await screen.findByTestId("earlier-b"));
    await fireEvent.input(screen.getByTestId("password"), { target: { value: "the password" } });
    replies.set("earlier_versions", () => [version("c")]);
    await fireEvent.click(screen.getByTestId("primary"));
    await fireEvent.click(await screen.findByTestId("earlier-c"));
    expect(asked).toContainEqual([
      "restore_earlier",
      { version: "b", password: "the password", digits: null },
    ]);
    replies.set("restore_earlier", () => null);
    await fireEvent.click(screen.getByTestId("primary"));
    await screen.findByTestId("view-earlier-done");
  });
});
