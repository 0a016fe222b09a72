import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { asked, replies } from "../../ipc/__mocks__/call";
import type { ItemSummary, Wanted } from "../../ipc/generated";
import { app } from "../../state/app.svelte";
import { forgetListing } from "../../state/listing.svelte";
import { choose } from "../../testing/choose";
import { summary } from "../../testing/items";
import { active, code, session, status } from "../../testing/session";
import Items from "./Items.svelte";

vi.mock("../../ipc/call");
vi.mock("../../ipc/events");

const see = (id: string) => screen.getByTestId(id);
const press = (id: string) => fireEvent.click(see(id));
const search = (value: string) => fireEvent.input(see("search"), { target: { value } });
const titles = () => screen.queryAllByTestId("item").map((it) => it.querySelector(".title"));
const listed = () => titles().map((it) => it?.textContent?.trim());
const searches = () =>
  asked.filter(([command]) => command === "find_items").map(([, request]) => request as Wanted);

const three = [
  summary({ id: "a", title: "Bank", tags: ["Money"] }),
  summary({ id: "b", kind: "note", title: "Attic" }),
  summary({ id: "c", kind: "card", title: "Zoo", tags: ["money", "fun"], favourite: true }),
];

async function open(items: ItemSummary[], read_only = false) {
  const open = status({ session: session({ read_only, code: code({ unfinished: active() }) }) });
  replies.set("list_items", () => items);
  replies.set("status", () => open);
  app.accept(open);
  const view = render(Items);
  await waitFor(() => expect(asked.map(([command]) => command)).toContain("list_items"));
  return view;
}

async function openThree() {
  const view = await open(three);
  await screen.findAllByTestId("item");
  return view;
}

beforeEach(() => {
  replies.clear();
  asked.length = 0;
  app.mayLeave = null;
  forgetListing();
});

describe("a wallet that is open for reading only", () => {
  it("shows its items and says why nothing can be added", async () => {
    await open(three, true);
    await screen.findAllByTestId("item");
    expect(app.route).toEqual({ name: "items" });
    expect(listed()).toContain("Bank");
    expect(see("read-only").textContent).toContain("can’t be written to");
    expect(see("add-item")).toHaveProperty("disabled", true);
    // Nothing on the list could be done.
    expect(screen.queryByTestId("todos")).toBeNull();
  });

  it("is told apart from every other one", async () => {
    await openThree();
    expect(screen.queryByTestId("read-only")).toBeNull();
    expect(see("add-item")).toHaveProperty("disabled", false);
  });
});

describe("the list", () => {
  it("has the favourites first, then the titles in order", async () => {
    await openThree();
    expect(listed()).toEqual(["Zoo", "Attic", "Bank"]);
    expect(screen.getAllByRole("img", { name: "Favourite" })).toHaveLength(1);
    expect(see("search-hidden")).toBeTruthy();
  });

  it("leads to an item, and to the bin where something is in it", async () => {
    await open([...three, summary({ id: "d", title: "Old", binned: 1 })]);
    await screen.findAllByTestId("item");
    expect(listed()).not.toContain("Old");
    expect(see("open-bin").textContent).toContain("Bin (1 item)");
    await fireEvent.click(screen.getAllByTestId("item")[1] as HTMLElement);
    expect(app.route).toEqual({ name: "item", id: "b", kind: "note", title: "Attic" });
    await press("open-bin");
    expect(app.route).toEqual({ name: "bin" });
  });

  it("invites where there is nothing yet", async () => {
    await open([]);
    await screen.findByTestId("items-empty");
    expect(screen.queryByTestId("search")).toBeNull();
    await press("add-item");
    expect(app.route).toEqual({ name: "new-item" });
  });

  it("is read again where that failed", async () => {
    const open = status({ session: session() });
    app.accept(open);
    replies.set("status", () => open);
    replies.set("list_items", () => Promise.reject({ code: "internal" }));
    render(Items);
    const again = await screen.findByTestId("error-again");
    expect(screen.queryByTestId("items-empty")).toBeNull();
    replies.set("list_items", () => three);
    await fireEvent.click(again);
    await screen.findAllByTestId("item");
    expect(screen.queryByTestId("error")).toBeNull();
  });
});

describe("the filters", () => {
  it("leave what is of a kind, or has a tag in whatever capitals", async () => {
    await openThree();
    await choose(see("filter-kind"), "note");
    expect(listed()).toEqual(["Attic"]);
    await choose(see("filter-kind"), "all");
    expect(listed()).toHaveLength(3);
    const tags = [...(see("filter-tag") as HTMLSelectElement).options].map((it) => it.value);
    expect(tags).toHaveLength(3);
    expect(tags.map((tag) => tag.toLowerCase())).toEqual(["", "fun", "money"]);
    await choose(see("filter-tag"), tags[2] as string);
    expect(listed()).toEqual(["Zoo", "Bank"]);
    await choose(see("filter-kind"), "note");
    expect(see("search-nothing").textContent).toBe("No item matches these filters.");
    expect(searches()).toEqual([]);
  });

  it("hold for what is found too, and are named where nothing is", async () => {
    await openThree();
    replies.set("find_items", () => [0, 1]);
    await search("ada");
    await waitFor(() => expect(listed()).toEqual(["Bank", "Attic"]));
    await choose(see("filter-kind"), "card");
    expect(see("search-nothing").textContent).toBe("Nothing found for “ada” with these filters.");
  });

  it("stay while an item is shown beside the list and saved", async () => {
    const view = await openThree();
    await choose(see("filter-kind"), "note");
    await view.rerender({ chosen: "b" });
    app.saves += 1;
    await waitFor(() =>
      expect(asked.filter(([command]) => command === "list_items")).toHaveLength(2),
    );
    expect(listed()).toEqual(["Attic"]);
    expect(screen.getByTestId("item").getAttribute("aria-current")).toBe("true");
  });

  it("let go of a tag that no item has any more", async () => {
    await openThree();
    await choose(see("filter-tag"), "fun");
    expect(listed()).toEqual(["Zoo"]);
    replies.set("list_items", () => three.slice(0, 2));
    app.saves += 1;
    await waitFor(() => expect(listed()).toEqual(["Attic", "Bank"]));
  });
});

describe("the search", () => {
  it("shows what Rust finds by its places in the list, the best first", async () => {
    await openThree();
    replies.set("find_items", () => [1, 2, 3]);
    await search(" safe ");
    await waitFor(() => expect(listed()).toEqual(["Attic", "Zoo"]));
    expect(searches()).toEqual([{ wanted: "safe", hidden: false }]);
    await search("  ");
    expect(listed()).toEqual(["Zoo", "Attic", "Bank"]);
  });

  it("looks through hidden texts only when that is asked for", async () => {
    await openThree();
    replies.set("find_items", ({ hidden }: Wanted) => (hidden ? [0] : []));
    await search("4711");
    await waitFor(() =>
      expect(see("search-nothing").textContent).toBe("Nothing found for “4711”."),
    );
    expect(see("search-nothing").parentElement?.getAttribute("role")).toBe("status");
    await press("search-hidden");
    await waitFor(() => expect(listed()).toEqual(["Bank"]));
    expect(screen.queryByTestId("search-nothing")).toBeNull();
    expect(searches().at(-1)).toEqual({ wanted: "4711", hidden: true });
  });

  it("waits for a pause in typing before it looks through hidden texts", async () => {
    await openThree();
    await press("search-hidden");
    replies.set("find_items", () => [0]);
    await search("4");
    await search("47");
    expect(searches()).toEqual([]);
    // Nothing is said to be missing yet.
    expect(screen.queryByTestId("search-nothing")).toBeNull();
    await waitFor(() => expect(listed()).toEqual(["Bank"]));
    expect(searches()).toEqual([{ wanted: "47", hidden: true }]);
  });

  it("draws the kind and the star of each item that it finds", async () => {
    await openThree();
    const drawn = () =>
      screen.getAllByTestId("item").map((it) => it.querySelector("svg")?.classList.item(1));
    expect(drawn()).toEqual(["lucide-credit-card", "lucide-notebook-text", "lucide-user-round"]);
    replies.set("find_items", () => [0, 1]);
    await search("ada");
    await waitFor(() => expect(drawn()).toEqual(["lucide-user-round", "lucide-notebook-text"]));
    expect(screen.queryByRole("img", { name: "Favourite" })).toBeNull();
  });

  it("takes the newest answer only", async () => {
    await openThree();
    const answers = new Map<string, (places: number[]) => void>();
    replies.set(
      "find_items",
      ({ wanted }: Wanted) => new Promise((done) => answers.set(wanted, done)),
    );
    await search("one");
    await search("two");
    answers.get("two")?.([1]);
    await waitFor(() => expect(listed()).toEqual(["Attic"]));
    answers.get("one")?.([0]);
    await new Promise((done) => setTimeout(done, 20));
    expect(listed()).toEqual(["Attic"]);
  });

  it("shows what was found in the list that it searched, until it has searched the next", async () => {
    await openThree();
    replies.set("find_items", () => [1]);
    await search("safe");
    await waitFor(() => expect(listed()).toEqual(["Attic"]));
    let answer: (places: number[]) => void = () => undefined;
    replies.set("find_items", () => new Promise<number[]>((done) => (answer = done)));
    // The first one is gone, and the others have other places.
    replies.set("list_items", () => three.slice(1));
    app.saves += 1;
    await waitFor(() => expect(searches()).toHaveLength(2));
    expect(listed()).toEqual(["Attic"]);
    answer([0, 1]);
    await waitFor(() => expect(listed()).toEqual(["Attic", "Zoo"]));
  });

  it("says why it failed, and tries again", async () => {
    await openThree();
    replies.set("find_items", () => Promise.reject({ code: "internal" }));
    await search("one");
    const again = await screen.findByTestId("error-again");
    expect(listed()).toEqual([]);
    expect(screen.queryByTestId("search-nothing")).toBeNull();
    replies.set("find_items", () => [0]);
    await fireEvent.click(again);
    await waitFor(() => expect(listed()).toEqual(["Bank"]));
    expect(screen.queryByTestId("error")).toBeNull();
  });
});

describe("a list of 10,000 items", () => {
  const many = Array.from({ length: 10_000 }, (_, at) =>
    summary({ id: `i${at}`, title: `Item ${String(at).padStart(5, "0")}` }),
  );
  const row = (title: string) => screen.getByText(title).closest("li");

  it("renders the rows near the window, and says how many there are", async () => {
    await open(many);
    const shown = await screen.findAllByTestId("item");
    expect(shown.length).toBeLessThan(100);
    expect(row("Item 00003")?.getAttribute("aria-setsize")).toBe("10000");
    expect(row("Item 00003")?.getAttribute("aria-posinset")).toBe("4");
    // Shift and Tab come to it from below the list.
    expect(row("Item 09999")?.getAttribute("aria-posinset")).toBe("10000");
    expect(screen.queryByText("Item 05000")).toBeNull();
  });

  it("gives the focus to the item that was left, and keeps that row and those beside it", async () => {
    replies.set("list_items", () => many);
    app.accept(status({ session: session() }));
    const view = render(Items, { from: "i5000" });
    const left = () => screen.getByText("Item 05000").closest("button");
    await waitFor(() => expect(document.activeElement).toBe(left()));
    document.dispatchEvent(new Event("scroll"));
    await view.rerender({ from: undefined, chosen: "i5000" });
    expect(document.activeElement).toBe(left());
    expect(row("Item 04999")).toBeTruthy();
    expect(row("Item 05001")).toBeTruthy();
  });

  it("shows other rows in the elements of the rows before them", async () => {
    await open(many);
    const first = (await screen.findAllByTestId("item"))[0];
    replies.set("find_items", () => [7000, 12, 9]);
    await search("seven");
    await waitFor(() => expect(listed()).toEqual(["Item 07000", "Item 00012", "Item 00009"]));
    expect(screen.getAllByTestId("item")[0]).toBe(first);
    expect(row("Item 00009")?.getAttribute("aria-setsize")).toBe("3");
    await fireEvent.click(screen.getAllByTestId("item")[1] as HTMLElement);
    expect(app.route).toMatchObject({ name: "item", id: "i12" });
  });

  it("gives it to the heading where that item is not listed", async () => {
    await openThree();
    app.accept(status({ session: session() }));
    const view = render(Items, { from: "gone" });
    await waitFor(() => expect(document.activeElement).toBe(view.container.querySelector("h1")));
  });
});

describe("what the list was narrowed to", () => {
  it("stays while the person is elsewhere, and goes at lock", async () => {
    const view = await openThree();
    replies.set("find_items", () => [1, 0]);
    await search("ada");
    await waitFor(() => expect(listed()).toEqual(["Attic", "Bank"]));
    await choose(see("filter-kind"), "note");
    view.unmount();

    const again = await openThree();
    expect(see("search")).toHaveProperty("value", "ada");
    expect(see("filter-kind")).toHaveProperty("value", "note");
    expect(listed()).toEqual(["Attic"]);
    again.unmount();

    app.forget();
    await openThree();
    expect(see("search")).toHaveProperty("value", "");
    expect(listed()).toHaveLength(3);
  });
});

describe("an item that was just moved to the bin", () => {
  async function binOne() {
    const view = await openThree();
    await view.rerender({ binned: { id: "d", title: "Old" } });
    const notice = await screen.findByTestId("binned");
    expect(notice.textContent).toContain("“Old” is in the bin.");
    expect(notice.closest("[role=status]")).toBeTruthy();
    return view;
  }

  it("comes back at once", async () => {
    await binOne();
    replies.set("list_items", () => [...three, summary({ id: "d", title: "Old" })]);
    await press("undo");
    await waitFor(() => expect(listed()).toContain("Old"));
    expect(asked).toContainEqual(["unbin_item", { id: "d" }]);
    expect(screen.queryByTestId("binned")).toBeNull();
    expect(see("unbinned").textContent).toBe("“Old” is back in the list.");
    expect(document.activeElement?.tagName).toBe("H1");
  });

  it("stays there where that failed", async () => {
    await binOne();
    replies.set("unbin_item", () => Promise.reject({ code: "disk_full" }));
    await press("undo");
    await screen.findByTestId("error");
    expect(see("undo")).toBeTruthy();
    expect(screen.queryByTestId("unbinned")).toBeNull();
  });

  it("is spoken of until the next action", async () => {
    const view = await binOne();
    await search("safe");
    expect(screen.queryByTestId("binned")).toBeNull();
    await view.rerender({ binned: { id: "e", title: "Older" } });
    await screen.findByTestId("binned");
    await view.rerender({ binned: undefined, chosen: "a" });
    await waitFor(() => expect(screen.queryByTestId("binned")).toBeNull());
  });
});
