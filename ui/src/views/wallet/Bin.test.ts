import { fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { asked, replies } from "../../ipc/__mocks__/call";
import type { HeldView, ItemOf, ItemSummary } from "../../ipc/generated";
import { app } from "../../state/app.svelte";
import { summary } from "../../testing/items";
import { session, status } from "../../testing/session";
import Bin from "./Bin.svelte";

vi.mock("../../ipc/call");
vi.mock("../../ipc/events");

const see = (id: string) => screen.getByTestId(id);
const press = (id: string) => fireEvent.click(see(id));
const rows = () => screen.getAllByTestId("bin-item");
const inRow = (at: number, id: string) => within(rows()[at] as HTMLElement).getByTestId(id);

/** Says yes, once the question says which copies stay. */
async function sure() {
  await screen.findByTestId("held");
  await press("dialog-delete-yes");
}

/** What the wallet holds, on Rust's side. */
let items: ItemSummary[] = [];

async function open(read_only = false) {
  app.accept(status({ session: session({ read_only }) }));
  render(Bin);
  await screen.findAllByTestId("bin-item");
}

const held: HeldView = {
  versions: 2,
  kits: [{ code: "M7QS", folder: "/stick" }],
  pages: { code: "M7QS", at: 1_700_000_000 },
  copies: ["my.wallet"],
};

beforeEach(() => {
  replies.clear();
  asked.length = 0;
  app.mayLeave = null;
  items = [
    summary({ id: "a", title: "In use" }),
    summary({ id: "b", title: "First", binned: 1000 }),
    summary({ id: "c", title: "Second", binned: 3000 }),
    summary({ id: "d", title: "Third", binned: 2000 }),
  ];
  replies.set("list_items", () => items);
  replies.set("held_elsewhere", () => held);
  replies.set("delete_item", ({ id }: ItemOf) => {
    items = items.filter((item) => item.id !== id);
  });
  replies.set("unbin_item", ({ id }: ItemOf) => {
    items = items.map((item) => (item.id === id ? { ...item, binned: null } : item));
  });
  replies.set("empty_bin", () => {
    items = items.filter((item) => item.binned === null);
  });
});

describe("the bin", () => {
  it("shows what is in it, the newest first", async () => {
    await open();
    const titles = rows().map((row) => row.textContent?.match(/First|Second|Third|In use/)?.[0]);
    expect(titles).toEqual(["Second", "Third", "First"]);
    expect(screen.getByText(/with a later change/)).toBeTruthy();
  });

  it("says that it is empty", async () => {
    items = items.slice(0, 1);
    app.accept(status({ session: session() }));
    render(Bin);
    await screen.findByTestId("bin-nothing");
    expect(screen.queryByTestId("bin-empty")).toBeNull();
  });

  it("is read again where that failed", async () => {
    replies.set("list_items", () => Promise.reject({ code: "internal" }));
    app.accept(status({ session: session() }));
    render(Bin);
    const again = await screen.findByTestId("error-again");
    expect(screen.queryByTestId("bin-nothing")).toBeNull();
    replies.set("list_items", () => items);
    await fireEvent.click(again);
    await screen.findAllByTestId("bin-item");
    expect(screen.queryByTestId("error")).toBeNull();
  });

  it("changes nothing in a wallet that is open for reading only", async () => {
    await open(true);
    for (const button of ["bin-back", "bin-delete"])
      expect(inRow(0, button)).toHaveProperty("disabled", true);
    expect(see("bin-empty")).toHaveProperty("disabled", true);
  });

  it("gives an item back, says so, and keeps the focus at its place", async () => {
    await open();
    const saves = app.saves;
    await fireEvent.click(inRow(1, "bin-back"));
    const said = await screen.findByTestId("bin-said");
    expect(said.textContent).toBe("“Third” is back in the list.");
    expect(said.parentElement?.getAttribute("role")).toBe("status");
    expect(asked).toContainEqual(["unbin_item", { id: "d" }]);
    expect(rows()).toHaveLength(2);
    await waitFor(() => expect(document.activeElement).toBe(inRow(1, "bin-back")));
    expect(app.saves).toBe(saves + 1);
  });

  it("deletes an item only after a question that names it and what remains", async () => {
    await open();
    await fireEvent.click(inRow(0, "bin-delete"));
    const dialog = await screen.findByTestId("dialog-delete");
    expect(dialog.textContent).toContain("Delete “Second” for good?");
    await screen.findByTestId("held");
    expect(asked).toContainEqual(["held_elsewhere", { ids: ["c"] }]);
    const said = within(dialog).getAllByRole("listitem");
    expect(said.map((line) => line.textContent)).toEqual([
      "2 earlier versions of this wallet have it. They go with your next saves.",
      "The recovery kit of M7QS in /stick may have it. It’s updated as soon as the app can write to it.",
      "The recovery pages of M7QS, made on November 14, 2023, have it for as long as they exist.",
      "The copy my.wallet may have it for as long as it exists.",
      "Copies of the wallet’s file and older recovery pages that you put elsewhere may have it, too.",
    ]);
    await press("dialog-cancel");
    expect(screen.queryByTestId("dialog-delete")).toBeNull();
    expect(items).toHaveLength(4);

    await fireEvent.click(inRow(0, "bin-delete"));
    await sure();
    await waitFor(() => expect(see("bin-said").textContent).toContain("“Second” is deleted"));
    expect(asked).toContainEqual(["delete_item", { id: "c" }]);
    expect(screen.queryByTestId("dialog-delete")).toBeNull();
    expect(rows()).toHaveLength(2);
  });

  it("is emptied only after a question", async () => {
    await open();
    await press("bin-empty");
    const dialog = await screen.findByTestId("dialog-delete");
    expect(dialog.textContent).toContain("Delete all 3 items in the bin for good?");
    await sure();
    await screen.findByTestId("bin-nothing");
    expect(items.map(({ id }) => id)).toEqual(["a"]);
    await waitFor(() => expect(document.activeElement?.tagName).toBe("H1"));
  });

  it("can be emptied although the copies cannot be looked up", async () => {
    await open();
    replies.set("held_elsewhere", () => Promise.reject({ code: "disk_failed" }));
    await press("bin-empty");
    await screen.findByTestId("error");
    expect(see("dialog-delete-yes")).toHaveProperty("disabled", false);
  });

  it("renders of a thousand items those near the window, and says how many there are", async () => {
    items = Array.from({ length: 1000 }, (_, at) =>
      summary({ id: `i${at}`, title: `Item ${at}`, binned: 5000 - at }),
    );
    await open();
    expect(rows().length).toBeLessThan(100);
    expect(rows()[2]?.closest("li")?.getAttribute("aria-setsize")).toBe("1000");
    expect(rows()[2]?.closest("li")?.getAttribute("aria-posinset")).toBe("3");
    // Shift and Tab come to it from below the list, and from there to the one before it.
    const last = rows().at(-1) as HTMLElement;
    within(last).getByTestId("bin-delete").focus();
    await screen.findByText("Item 998");
    await fireEvent.click(within(last).getByTestId("bin-back"));
    await waitFor(() => expect(screen.queryByText("Item 999")).toBeNull());
    const now = screen.getByText("Item 998").closest("[data-testid=bin-item]") as HTMLElement;
    await waitFor(() => expect(document.activeElement).toBe(within(now).getByTestId("bin-back")));
  });

  it("says in the question why an item was not deleted", async () => {
    await open();
    replies.set("delete_item", () => Promise.reject({ code: "disk_full" }));
    await fireEvent.click(inRow(0, "bin-delete"));
    await sure();
    await screen.findByTestId("error");
    expect(see("dialog-delete").contains(see("error"))).toBe(true);
    await press("dialog-cancel");
    await fireEvent.click(inRow(1, "bin-delete"));
    await screen.findByTestId("dialog-delete");
    expect(screen.queryByTestId("error")).toBeNull();
  });

  it("shows a change that the disk did not confirm, with a warning", async () => {
    await open();
    const unbin = replies.get("unbin_item");
    replies.set("unbin_item", (of) => {
      unbin?.(of);
      return Promise.reject({ code: "in_place" });
    });
    await fireEvent.click(inRow(0, "bin-back"));
    await waitFor(() => expect(rows()).toHaveLength(2));
    expect(see("error").dataset.code).toBe("in_place");
  });
});
