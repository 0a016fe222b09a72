import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { asked, replies } from "../../ipc/__mocks__/call";
import type { ItemView, ReadItem, FieldAt } from "../../ipc/generated";
import { app } from "../../state/app.svelte";
import { watchShortcuts } from "../../state/shortcuts.svelte";
import { account, draft, field, hidden, note, revealed } from "../../testing/items";
import { session, status } from "../../testing/session";
import Item from "./Item.svelte";

vi.mock("../../ipc/call");
vi.mock("../../ipc/events");

const see = (id: string) => screen.getByTestId(id);
const press = (id: string) => fireEvent.click(see(id));
const count = (command: string) => asked.filter(([name]) => name === command).length;

/** The versions of an account: its name, address and password were others. */
const present = account({
  fields: [
    field(1, { label: "User name", text: "ada" }),
    hidden(2, "Password"),
    field(3, { label: "Address", kind: "address", text: "https://example.org" }),
  ],
  earlier: [
    { version: 5, changed: 900 },
    { version: 3, changed: 800 },
  ],
});
const versions: Record<number, ItemView> = {
  3: account({ version: 3, changed: 800, title: "The oldest" }),
  5: account({
    version: 5,
    changed: 900,
    title: "Old exchange",
    fields: [
      field(1, { label: "User name", text: "ada" }),
      hidden(2, "Password"),
      field(3, { label: "Address", kind: "address", text: "https://example.com" }),
      field(4, { label: "Notes", text: "gone since" }),
    ],
  }),
};

function answerItem(now: ItemView) {
  replies.set("read_item", ({ version }: ReadItem) => (version === null ? now : versions[version]));
}

function answer(now: ItemView) {
  answerItem(now);
  replies.set("read_draft", () => null);
  replies.set("reveal_field", ({ version, number }: FieldAt) =>
    revealed(`text ${number} of ${version ?? "now"}`),
  );
}

async function open(now = present, read_only = false) {
  const open = status({ session: session({ read_only }) });
  app.accept(open);
  replies.set("status", () => open);
  answer(now);
  render(Item, { id: now.id, kind: now.kind, title: now.title });
  await screen.findByTestId("item-edit");
}

async function lookAt(version: number) {
  await press("item-history");
  await fireEvent.click(await screen.findByTestId(`version-${version}`));
  await press("dialog-look");
  await screen.findByTestId("view-item-version");
}

beforeEach(() => {
  replies.clear();
  asked.length = 0;
  app.mayLeave = null;
});

describe("an item", () => {
  it("shows what is in plain sight, and hides the rest until it is asked for", async () => {
    await open(account({ tags: ["money"], favourite: true }));
    expect(see("shown-1").textContent).toContain("ada");
    expect(screen.queryByTestId("shown-2")).toBeNull();
    expect(see("hidden-2").textContent).toContain("Hidden");
    expect(screen.getByText("money")).toBeTruthy();
    expect(screen.getByLabelText("Favourite")).toBeTruthy();
    expect(count("reveal_field")).toBe(0);

    await press("reveal-2");
    expect((await screen.findByTestId("shown-2")).textContent).toContain("text 2 of now");
    await press("reveal-2");
    await screen.findByTestId("hidden-2");
    expect(document.body.textContent).not.toContain("text 2 of now");
  });

  it("writes a date as people do, and keeps a text that is none", async () => {
    const date = (number: number, text: string) => field(number, { kind: "date", text });
    await open(account({ fields: [date(1, "2026-05-03"), date(2, "someday"), date(3, "")] }));
    expect(see("shown-1").textContent).toMatch(/May/);
    expect(see("shown-2").textContent).toContain("someday");
    expect(see("shown-3").textContent).toContain("Nothing yet");
  });

  it("is read again where that failed", async () => {
    app.accept(status({ session: session() }));
    replies.set("read_item", () => Promise.reject({ code: "internal" }));
    render(Item, { id: "a1", kind: "account", title: "Exchange" });
    const again = await screen.findByTestId("error-again");
    expect(screen.queryByTestId("item-edit")).toBeNull();
    answer(present);
    await fireEvent.click(again);
    expect(await screen.findByTestId("shown-1")).toBeTruthy();
    expect(screen.queryByTestId("error")).toBeNull();
  });

  it("cannot be changed in a wallet that is open for reading only", async () => {
    await open(present, true);
    expect(see("read-only")).toBeTruthy();
    expect(see("item-edit")).toHaveProperty("disabled", true);
    expect(see("item-bin")).toHaveProperty("disabled", true);
    await lookAt(5);
    expect(see("primary")).toHaveProperty("disabled", true);
    expect(see("restore-3")).toHaveProperty("disabled", true);
  });
});

describe("a code of another service", () => {
  it("is ticked off, and what is left is seen at once", async () => {
    const codes = (left: number, used: number) =>
      account({
        fields: [
          field(1, { kind: "codes", text: null, about: { type: "codes", left, used } }),
          field(2, { text: "other" }),
        ],
      });
    await open(codes(2, 0));
    const lines = (state: "left" | "used") =>
      revealed("", {
        codes: [
          { text: "1111", state },
          { text: "2222", state: "left" },
        ],
      });
    replies.set("reveal_field", () => lines("left"));
    await press("reveal-1");
    await screen.findByTestId("codes-1");
    replies.set("tick_code", () => {
      replies.set("reveal_field", () => lines("used"));
      answerItem(codes(1, 1));
    });
    await press("code-used-1-0");
    await waitFor(() => expect(see("about-1").textContent).toContain("1 left, 1 used"));
    expect(see("code-used-1-0")).toHaveProperty("checked", true);
  });
});

describe("what is copied by keys", () => {
  it("goes through Rust, in the item and in its editor", async () => {
    replies.set("copy_text", () => ({ until: null }));
    await open();
    document.getSelection()?.selectAllChildren(see("shown-1"));
    expect(await fireEvent.copy(see("shown-1"))).toBe(false);
    await press("item-edit");
    const box = (await screen.findByTestId("field-3")) as HTMLInputElement;
    box.setSelectionRange(8, 15);
    expect(await fireEvent.copy(box)).toBe(false);
    const copied = asked.filter(([name]) => name === "copy_text").map(([, request]) => request);
    expect(copied).toEqual([{ text: "ada" }, { text: "example" }]);
  });
});

describe("editing", () => {
  it("keeps hidden texts out of the page", async () => {
    await open();
    await press("item-edit");
    await screen.findByTestId("view-item-edit");
    expect(see("masked-2")).toBeTruthy();
    expect(count("reveal_field")).toBe(0);
  });

  it("shows the only text of a note at once", async () => {
    await open(note());
    const stop = watchShortcuts();
    await fireEvent.keyDown(window, { key: "e", ctrlKey: true });
    stop();
    const text = (await screen.findByTestId("field-1")) as HTMLTextAreaElement;
    expect(text.value).toBe("text 1 of now");
    expect(asked).toContainEqual(["reveal_field", { id: "n1", version: null, number: 1 }]);
    // Nothing has changed by that.
    expect(app.mayLeave?.(() => undefined)).toBe(true);
  });

  it("does not begin where that text cannot be read", async () => {
    await open(note());
    replies.set("reveal_field", () => Promise.reject({ code: "internal" }));
    await press("item-edit");
    await screen.findByTestId("error");
    expect(screen.queryByTestId("view-item-edit")).toBeNull();
  });
});

describe("what was typed before and not saved", () => {
  const line = { id: "a1", kind: "account" as const, title: "Exchange", typed: 1000, added: false };
  beforeEach(() => {
    replies.set("list_drafts", () => [line]);
    replies.set("forget_draft", () => undefined);
  });

  it("is offered on the page of its item, and typed on by whoever edits it", async () => {
    await open();
    replies.set("read_draft", () => draft());
    expect((await screen.findByTestId("drafts")).textContent).toContain("aren’t saved");
    await press("item-edit");
    await screen.findByTestId("draft-resumed");
    expect((see("field-1") as HTMLInputElement).value).toBe("grace");
  });

  it("is discarded after a question", async () => {
    await open();
    await fireEvent.click(await screen.findByTestId("draft-discard"));
    const dialog = await screen.findByTestId("dialog-draft");
    expect(dialog.textContent).toContain("“Exchange” stays as it was saved.");
    await press("dialog-cancel");
    expect(count("forget_draft")).toBe(0);
    await press("draft-discard");
    await screen.findByTestId("dialog-draft");
    replies.set("list_drafts", () => []);
    await press("dialog-draft-discard");
    await waitFor(() => expect(screen.queryByTestId("drafts")).toBeNull());
    expect(asked).toContainEqual(["forget_draft", { id: "a1" }]);
  });

  it("of a new item is opened at once, without an item", async () => {
    const of = status({ session: session() });
    app.accept(of);
    replies.set("status", () => of);
    replies.set("read_item", () => Promise.reject({ code: "item_not_found" }));
    const fields = [field(1, { text: "typed" })];
    replies.set("read_draft", () => draft({ id: "n", title: "", added: true, fields }));
    render(Item, { id: "n", kind: "account", title: "Account without a title", resume: true });
    await screen.findByTestId("view-item-edit");
    expect((see("field-1") as HTMLInputElement).value).toBe("typed");
    expect((see("item-title") as HTMLInputElement).value).toBe("");
    expect(screen.queryByTestId("error")).toBeNull();
    expect(count("read_item")).toBe(0);
  });

  it("keeps nobody from editing where it is damaged, and everybody where it cannot be read", async () => {
    await open();
    replies.set("read_draft", () => Promise.reject({ code: "disk_failed" }));
    await press("item-edit");
    await screen.findByTestId("error");
    expect(screen.queryByTestId("view-item-edit")).toBeNull();
    replies.set("read_draft", () => Promise.reject({ code: "drafts_damaged" }));
    await press("item-edit");
    await screen.findByTestId("view-item-edit");
  });
});

describe("an earlier version", () => {
  it("is the newest one unless another is chosen", async () => {
    await open();
    await press("item-history");
    await screen.findByTestId("dialog-history");
    expect(see("version-5")).toHaveProperty("checked", true);
    await press("dialog-cancel");
    expect(screen.queryByTestId("view-item-version")).toBeNull();
    await lookAt(3);
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("The oldest");
    expect(document.activeElement?.tagName).toBe("H1");
  });

  it("never shows a text of another version", async () => {
    await open();
    await press("reveal-2");
    await screen.findByText("text 2 of now");
    await lookAt(5);
    expect(see("hidden-2")).toBeTruthy();
    await press("reveal-2");
    await screen.findByText("text 2 of 5");
    expect(asked).toContainEqual(["reveal_field", { id: "a1", version: 5, number: 2 }]);
    await press("back");
    await screen.findByTestId("view-item");
    expect(see("hidden-2")).toBeTruthy();
    await lookAt(3);
    expect(see("hidden-2")).toBeTruthy();
  });

  it("that cannot be read leaves the present one on the page", async () => {
    await open();
    replies.set("read_item", () => Promise.reject({ code: "item_not_found" }));
    await press("item-history");
    await fireEvent.click(await screen.findByTestId("dialog-look"));
    await screen.findByTestId("error");
    expect(see("view-item")).toBeTruthy();
    // The text that is revealed now is the present one.
    await press("reveal-2");
    await screen.findByText("text 2 of now");
  });

  it("is restored as a whole", async () => {
    await open();
    await lookAt(5);
    answer(account({ version: 8, title: "Old exchange" }));
    const saves = app.saves;
    await press("primary");
    const said = await screen.findByTestId("item-restored");
    expect(said.textContent).toBe("Restored. What it held before is an earlier version.");
    expect(said.parentElement?.getAttribute("role")).toBe("status");
    expect(asked).toContainEqual(["restore_version", { id: "a1", version: 5 }]);
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Old exchange");
    expect(see("view-item")).toBeTruthy();
    expect(app.saves).toBe(saves + 1);
  });

  it("offers each field that differs, or that cannot be compared", async () => {
    await open();
    await lookAt(5);
    const offered = screen.getAllByTestId(/^restore-/).map((it) => it.dataset.testid);
    expect(offered).toEqual(["restore-2", "restore-3", "restore-4"]);
    await press("restore-2");
    await screen.findByTestId("item-restored");
    expect(asked).toContainEqual(["restore_field", { id: "a1", version: 5, number: 2 }]);
    expect(count("restore_version")).toBe(0);
    expect(see("view-item")).toBeTruthy();
  });

  it("stays on the page where it cannot be restored", async () => {
    await open();
    await lookAt(5);
    replies.set("restore_version", () => Promise.reject({ code: "disk_full" }));
    await press("primary");
    await screen.findByTestId("error");
    expect(see("view-item-version")).toBeTruthy();
    expect(screen.queryByTestId("item-restored")).toBeNull();
  });

  it("that is restored but not confirmed is there, and the page says so", async () => {
    await open();
    await lookAt(5);
    replies.set("restore_version", () => Promise.reject({ code: "in_place" }));
    await press("primary");
    await screen.findByTestId("item-restored");
    expect(see("error").dataset.code).toBe("in_place");
  });

  it("tells versions of one minute apart", async () => {
    const earlier = [
      { version: 5, changed: 900 },
      { version: 3, changed: 901 },
    ];
    await open(account({ earlier }));
    await press("item-history");
    const [first, second] = (await screen.findAllByText(/^As of/)).map((it) => it.textContent);
    expect(first).not.toBe(second);
  });
});

describe("moving to the bin", () => {
  it("leads to the list, which offers to undo it", async () => {
    await open();
    await press("item-bin");
    await waitFor(() =>
      expect(app.route).toEqual({ name: "items", binned: { id: "a1", title: "Exchange" } }),
    );
    expect(asked).toContainEqual(["bin_item", { id: "a1" }]);
  });

  it("stays on the page with the reason where it failed", async () => {
    await open();
    app.go({ name: "item", id: "a1", kind: "account", title: "Exchange" });
    for (const code of ["disk_full", "in_place"]) {
      replies.set("bin_item", () => Promise.reject({ code }));
      await press("item-bin");
      await waitFor(() => expect(see("error").dataset.code).toBe(code));
      expect(app.route?.name).toBe("item");
    }
  });
});
