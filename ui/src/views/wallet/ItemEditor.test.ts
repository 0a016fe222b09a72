import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { asked, replies } from "../../ipc/__mocks__/call";
import type { DraftView, ItemKind, ItemView, SaveItem } from "../../ipc/generated";
import { app } from "../../state/app.svelte";
import { choose } from "../../testing/choose";
import { account, draft, field, hidden, revealed, summary } from "../../testing/items";
import { session, status } from "../../testing/session";
import ItemEditor from "./ItemEditor.svelte";

vi.mock("../../ipc/call");
vi.mock("../../ipc/events");

const see = (id: string) => screen.getByTestId(id);
const type = (id: string, value: string) => fireEvent.input(see(id), { target: { value } });
const press = (id: string) => fireEvent.click(see(id));
const saves = () =>
  asked.filter(([command]) => command === "save_item").map(([, request]) => request as SaveItem);
const fieldsOf = (save: SaveItem | undefined) =>
  save?.fields.map(({ number, text }) => [number, text]);
const count = (command: string) => asked.filter(([name]) => name === command).length;

function edit(item: ItemView | null, kind: ItemKind = "account", of: DraftView | null = null) {
  const onsaved = vi.fn();
  render(ItemEditor, { item, kind, draft: of, onsaved, oncancel: vi.fn() });
  return onsaved;
}

/** Rust's side: each settled or automatic save makes a version that the next number names. */
let version = 0;
function savesWell() {
  replies.set("save_item", () => ({ ...summary(), version: (version += 1) }));
}

beforeEach(() => {
  replies.clear();
  asked.length = 0;
  version = 10;
  app.mayLeave = null;
  app.accept(status({ session: session() }));
  replies.set("status", () => status({ session: session() }));
  replies.set("new_item_id", () => "new");
  savesWell();
});

describe("saving", () => {
  it("sends a new item under an id of its own, and goes to it", async () => {
    const onsaved = edit(null);
    await type("item-title", "  Exchange ");
    await type("field-1", "ada");
    await fireEvent.click(see("item-favourite"));
    await press("primary");
    await waitFor(() => expect(onsaved).toHaveBeenCalledOnce());
    expect(onsaved.mock.calls[0]?.[0]).toMatchObject(summary());
    expect(saves()).toEqual([
      {
        id: "new",
        over: null,
        kind: "account",
        title: "Exchange",
        tags: [],
        favourite: true,
        fields: [
          { number: 1, label: "User name", kind: "text", text: "ada", file: null },
          { number: 2, label: "Password", kind: "secret", text: "", file: null },
          { number: 3, label: "Address", kind: "address", text: "", file: null },
          { number: 4, label: "One-time password", kind: "one_time", text: "", file: null },
          { number: 5, label: "Notes", kind: "text", text: "", file: null },
        ],
      },
    ]);
  });

  it("needs a title", async () => {
    edit(null);
    await type("field-1", "ada");
    expect(see("primary")).toHaveProperty("disabled", true);
    expect(see("missing").textContent).toContain("It needs a title.");
  });

  it("sends tags trimmed, without empty ones and repetitions", async () => {
    const onsaved = edit(account({ tags: ["money", "daily"] }));
    expect((see("item-tags") as HTMLInputElement).value).toBe("money, daily");
    await type("item-tags", " money ,, Daily,MONEY, ");
    await press("primary");
    await waitFor(() => expect(onsaved).toHaveBeenCalledOnce());
    expect(saves()[0]?.tags).toEqual(["money", "Daily"]);
  });

  it("does not count as saved what was typed during a save", async () => {
    const onsaved = edit(account());
    let answer = () => {};
    replies.set(
      "save_item",
      () => new Promise((done) => (answer = () => done({ ...summary(), version: 8 }))),
    );
    await type("field-1", "one");
    await press("primary");
    await type("field-1", "one and two");
    answer();
    await waitFor(() => expect(see("primary")).toHaveProperty("disabled", false));
    expect(onsaved).not.toHaveBeenCalled();
    expect(app.mayLeave?.(() => undefined)).toBe(false);
  });
});

describe("an item that is saved but not confirmed", () => {
  it("stays open with what was typed, and the next save saves the same item", async () => {
    const onsaved = edit(null);
    await type("item-title", "Safe");
    replies.set("save_item", () => Promise.reject({ code: "in_place" }));
    await press("primary");
    await screen.findByTestId("error");
    expect(see("error").textContent).toContain("This disk didn’t confirm the save.");
    expect(onsaved).not.toHaveBeenCalled();
    // Nothing is left to lose.
    expect(app.mayLeave?.(() => undefined)).toBe(true);

    savesWell();
    await press("primary");
    await waitFor(() => expect(onsaved).toHaveBeenCalledOnce());
    expect(count("new_item_id")).toBe(1);
    expect(saves().map(({ id, over }) => [id, over])).toEqual([
      ["new", null],
      ["new", null],
    ]);
  });

  it("is not added by a save that failed", async () => {
    const onsaved = edit(null);
    await type("item-title", "Safe");
    replies.set("save_item", () => Promise.reject({ code: "disk_full" }));
    await press("primary");
    await screen.findByTestId("error");
    expect(app.mayLeave?.(() => undefined)).toBe(false);
    savesWell();
    await waitFor(() => expect(see("primary")).toHaveProperty("disabled", false));
    await press("primary");
    await waitFor(() => expect(onsaved).toHaveBeenCalledOnce());
    expect(saves().map(({ id }) => id)).toEqual(["new", "new"]);
  });
});

describe("what is typed and not saved", () => {
  beforeEach(() => {
    replies.set("keep_draft", () => undefined);
    replies.set("forget_draft", () => undefined);
    vi.useFakeTimers({ shouldAdvanceTime: true });
    return () => vi.useRealTimers();
  });
  const pause = () => vi.advanceTimersByTimeAsync(1_000);
  const drafts = () =>
    asked.filter(([command]) => command === "keep_draft").map(([, request]) => request as SaveItem);

  async function ask() {
    const left = vi.fn();
    expect(app.mayLeave?.(left)).toBe(false);
    await screen.findByTestId("dialog-unsaved");
    return left;
  }

  it("is kept within two seconds of each key, though nobody pauses", async () => {
    edit(account({ version: 7 }));
    for (const typed of ["g", "gr", "gra", "grac", "grace"]) {
      await type("field-1", typed);
      await vi.advanceTimersByTimeAsync(400);
    }
    await pause();
    const texts = drafts().map(({ fields }) => fields[0]?.text);
    expect(texts).toEqual(["gra", "grace"]);
    expect(drafts()[0]).toMatchObject({ id: "a1", over: 7, title: "Exchange" });
    // A hidden text that nobody saw is not in the page.
    expect(drafts()[0]?.fields[1]).toMatchObject({ number: 2, text: null });
    expect(see("item-draft").textContent).toBe("Kept as a draft.");
    await pause();
    expect(drafts()).toHaveLength(2);
    expect(saves()).toEqual([]);
  });

  it("has one id from its first key to its save", async () => {
    const onsaved = edit(null);
    await type("field-1", "ada");
    await pause();
    expect(drafts().map(({ id, over, title }) => [id, over, title])).toEqual([["new", null, ""]]);
    await type("item-title", "Safe");
    await press("primary");
    await vi.waitFor(() => expect(onsaved).toHaveBeenCalledOnce());
    expect(saves()[0]?.id).toBe("new");
    expect(count("new_item_id")).toBe(1);
  });

  it("is forgotten once a new item is empty again", async () => {
    edit(null);
    await type("field-1", "ada");
    await pause();
    await type("field-1", "");
    await pause();
    expect(asked.at(-2)).toEqual(["forget_draft", { id: "new" }]);
    expect(app.mayLeave?.(() => undefined)).toBe(true);
  });

  it("is not kept again by a draft that was on its way when it was saved", async () => {
    const onsaved = edit(account());
    let kept = () => {};
    replies.set("keep_draft", () => new Promise<void>((done) => (kept = done)));
    await type("field-1", "grace");
    await pause();
    await press("primary");
    await pause();
    expect(saves()).toEqual([]);
    kept();
    await vi.waitFor(() => expect(onsaved).toHaveBeenCalledOnce());
    await pause();
    expect(drafts()).toHaveLength(1);
    expect(asked.findIndex(([name]) => name === "keep_draft")).toBeLessThan(
      asked.findIndex(([name]) => name === "save_item"),
    );
  });

  it("can be left as a draft, and discarded", async () => {
    edit(account());
    await type("field-1", "a slip");
    const left = await ask();
    await press("dialog-unsaved-draft");
    await vi.waitFor(() => expect(left).toHaveBeenCalledOnce());
    expect(drafts()).toHaveLength(1);
    expect(count("forget_draft")).toBe(0);
  });

  it("is gone when it is discarded", async () => {
    edit(account());
    await type("field-1", "a slip");
    await pause();
    const left = await ask();
    await press("dialog-unsaved-discard");
    await vi.waitFor(() => expect(left).toHaveBeenCalledOnce());
    expect(asked).toContainEqual(["forget_draft", { id: "a1" }]);
    expect(saves()).toEqual([]);
  });

  it("is left as it is where its draft cannot be forgotten", async () => {
    edit(account());
    await type("field-1", "a slip");
    await pause();
    replies.set("forget_draft", () => Promise.reject({ code: "disk_read_only" }));
    const left = await ask();
    await press("dialog-unsaved-discard");
    await screen.findAllByTestId("error");
    expect(left).not.toHaveBeenCalled();
    await press("dialog-unsaved-discard");
    expect(left).toHaveBeenCalledOnce();
    expect(count("forget_draft")).toBe(1);
  });

  it("is said not to be kept where the disk does not take it, and tried again", async () => {
    edit(account());
    replies.set("keep_draft", () => Promise.reject({ code: "disk_full" }));
    await type("field-1", "grace");
    await pause();
    expect(see("item-unkept").textContent).toContain("can’t be kept until you save it");
    expect(see("error").textContent).toContain("disk is full");
    const left = await ask();
    await press("dialog-unsaved-draft");
    await vi.advanceTimersByTimeAsync(10);
    expect(left).not.toHaveBeenCalled();
    replies.set("keep_draft", () => undefined);
    await pause();
    expect(screen.queryByTestId("item-unkept")).toBeNull();
  });

  it("is offered to be typed on, with what the item has by now", async () => {
    const onsaved = edit(account({ version: 9 }), "account", draft({ changed_since: 2000 }));
    expect(see("draft-resumed").textContent).toContain("The item was changed after that");
    expect((see("field-1") as HTMLInputElement).value).toBe("grace");
    expect(see("masked-2")).toBeTruthy();
    await ask();
    await press("dialog-cancel");
    await pause();
    expect(drafts()).toEqual([]);
    await press("field-add");
    expect(see("label-6")).toBeTruthy();
    await press("primary");
    await vi.waitFor(() => expect(onsaved).toHaveBeenCalledOnce());
    expect(saves()[0]).toMatchObject({ id: "a1", over: 9 });
  });

  describe("when the app is locked or closed", () => {
    const told = () =>
      asked.filter(([command]) => command === "unsaved_work").map(([, request]) => request);

    it("is kept first, and nothing is asked", async () => {
      edit(null);
      await type("field-1", "ada");
      await vi.waitFor(() => expect(told()).toEqual([{ unsaved: true }]));
      app.close();
      await vi.waitFor(() => expect(count("quit")).toBe(1));
      expect(drafts()).toHaveLength(1);
      expect(screen.queryByTestId("dialog-unsaved")).toBeNull();
      expect(told().at(-1)).toEqual({ unsaved: false });
    });

    it("asks where it cannot be kept", async () => {
      replies.set("keep_draft", () => Promise.reject({ code: "disk_full" }));
      edit(account());
      await type("field-1", "grace");
      app.close();
      await screen.findByTestId("dialog-unsaved");
      expect(count("quit")).toBe(0);
      await press("dialog-unsaved-save");
      await vi.waitFor(() => expect(count("quit")).toBe(1));
    });

    it("asks where the disk does not answer", async () => {
      replies.set("keep_draft", () => new Promise(() => undefined));
      edit(account());
      await type("field-1", "grace");
      app.lock();
      await vi.advanceTimersByTimeAsync(2_900);
      expect(screen.queryByTestId("dialog-unsaved")).toBeNull();
      await vi.advanceTimersByTimeAsync(200);
      await screen.findByTestId("dialog-unsaved");
      expect(count("lock")).toBe(0);
    });

    it("closes at once where nothing is typed", async () => {
      edit(account());
      app.close();
      await vi.waitFor(() => expect(count("quit")).toBe(1));
      expect(told()).toEqual([]);
    });
  });
});

describe("a hidden text", () => {
  it("is not in the page, and is saved as it is", async () => {
    const onsaved = edit(account());
    expect(see("masked-2").textContent).toContain("Hidden");
    expect(screen.queryByTestId("field-2")).toBeNull();
    await type("field-1", "grace");
    await press("arrange");
    await type("label-2", "PIN");
    await choose(see("type-2"), "address");
    expect(see("masked-2")).toBeTruthy();
    await press("primary");
    await waitFor(() => expect(onsaved).toHaveBeenCalledOnce());
    expect(saves()[0]?.fields).toEqual([
      { number: 1, label: "User name", kind: "text", text: "grace", file: null },
      { number: 2, label: "PIN", kind: "address", text: null, file: null },
    ]);
    expect(count("reveal_field")).toBe(0);
  });

  it("that is shown is a text like others, and showing it is no change", async () => {
    const onsaved = edit(account());
    replies.set("reveal_field", () => revealed("4711"));
    await press("show-2");
    const text = (await screen.findByTestId("field-2")) as HTMLTextAreaElement;
    expect(text.value).toBe("4711");
    await waitFor(() => expect(document.activeElement).toBe(text));
    expect(asked).toContainEqual(["reveal_field", { id: "a1", version: null, number: 2 }]);
    expect(app.mayLeave?.(() => undefined)).toBe(true);
    await type("field-2", "4712");
    expect(app.mayLeave?.(() => undefined)).toBe(false);
    await fireEvent.click(await screen.findByTestId("dialog-cancel"));
    await press("primary");
    await waitFor(() => expect(onsaved).toHaveBeenCalledOnce());
    expect(fieldsOf(saves()[0])).toEqual([
      [1, "ada"],
      [2, "4712"],
    ]);
  });

  it("stays hidden where it cannot be read", async () => {
    edit(account());
    replies.set("reveal_field", () => Promise.reject({ code: "internal" }));
    await press("show-2");
    await screen.findByTestId("error");
    expect(screen.queryByTestId("field-2")).toBeNull();
    expect(see("masked-2")).toBeTruthy();
  });

  it("of a new item is typed in plain sight", () => {
    edit(null);
    expect(see("field-2")).toBeTruthy();
    expect(screen.queryByTestId("masked-2")).toBeNull();
  });
});

describe("a file", () => {
  const added = { name: "lease.pdf", file: { id: "f1", size: 312_000, here: true } };

  it("is chosen, and goes with its item under its own name", async () => {
    const onsaved = edit(null, "file");
    replies.set("add_file", () => added);
    await press("choose-file-1");
    const name = (await screen.findByTestId("field-1")) as HTMLInputElement;
    expect(name.value).toBe("lease.pdf");
    expect(see("size-1").textContent).toBe("312 kB");
    await waitFor(() => expect(document.activeElement).toBe(name));
    await type("item-title", "Lease");
    await press("primary");
    await waitFor(() => expect(onsaved).toHaveBeenCalledOnce());
    expect(saves()[0]?.fields[0]).toEqual({
      number: 1,
      label: "File",
      kind: "file",
      text: "lease.pdf",
      file: added.file,
    });
  });

  it("stays as it is where another one is not chosen or cannot be added", async () => {
    const fields = [field(1, { kind: "file", text: "lease.pdf", file: added.file })];
    edit(account({ fields }));
    replies.set("add_file", () => null);
    await press("choose-file-1");
    replies.set("add_file", () => Promise.reject({ code: "files_full", free: 2_000 }));
    await press("choose-file-1");
    await screen.findByTestId("error");
    expect(see("error").textContent).toContain("room for a file of 2 kB");
    expect((see("field-1") as HTMLInputElement).value).toBe("lease.pdf");
    expect(app.mayLeave?.(() => undefined)).toBe(true);
  });

  it("is no file any more in a field of another type", async () => {
    const fields = [field(1, { kind: "file", text: "lease.pdf", file: added.file })];
    const onsaved = edit(account({ fields }));
    await press("arrange");
    await choose(see("type-1"), "text");
    expect((see("field-1") as HTMLInputElement).value).toBe("lease.pdf");
    await press("primary");
    await waitFor(() => expect(onsaved).toHaveBeenCalledOnce());
    expect(saves()[0]?.fields[0]).toMatchObject({ kind: "text", text: "lease.pdf", file: null });
  });
});

describe("a generated password", () => {
  const strength = { score: 4, length: 9, needed: 15, warning: null, suggestions: [] };
  beforeEach(() => {
    replies.set("generate", () => ({ text: "generated", strength }));
  });

  it("takes the place of a hidden one that was never shown", async () => {
    const onsaved = edit(account());
    await press("generate-2");
    await waitFor(() => expect(see("generated").textContent).toBe("generated"));
    await press("generator-use");
    await waitFor(() => expect(document.activeElement).toBe(see("field-2")));
    expect(screen.queryByTestId("dialog-generator")).toBeNull();
    await press("primary");
    await waitFor(() => expect(onsaved).toHaveBeenCalledOnce());
    expect(fieldsOf(saves()[0])).toEqual([
      [1, "ada"],
      [2, "generated"],
    ]);
    expect(count("reveal_field")).toBe(0);
  });

  it("changes nothing until it is taken, and is offered for secrets with a name only", async () => {
    edit(account({ fields: [field(1), hidden(2, "Password"), hidden(3, "")] }));
    expect(screen.getAllByTestId(/^generate-/).map((it) => it.dataset.testid)).toEqual([
      "generate-2",
    ]);
    await press("generate-2");
    await waitFor(() => expect(see("generated").textContent).toBe("generated"));
    await press("dialog-cancel");
    expect(see("masked-2")).toBeTruthy();
    expect(app.mayLeave?.(() => undefined)).toBe(true);
  });
});

describe("the fields", () => {
  const order = () =>
    screen.getAllByTestId(/^label-/).map((input) => input.dataset.testid?.replace("label-", ""));
  const focused = () => (document.activeElement as HTMLElement).dataset.testid;
  const three = () =>
    account({
      fields: [field(1, { text: "one" }), hidden(2, "Password"), field(4, { text: "four" })],
      next_field: 9,
    });

  it("take the numbers that follow, and never one again", async () => {
    const onsaved = edit(three());
    await press("field-add");
    await press("remove-9");
    await press("field-add");
    expect(see("label-10")).toBeTruthy();
    await press("primary");
    await waitFor(() => expect(onsaved).toHaveBeenCalledOnce());
    expect(saves()[0]?.fields.map(({ number }) => number)).toEqual([1, 2, 4, 10]);
  });

  it("of a new item go on after those it begins with", async () => {
    edit(null, "note");
    await press("field-add");
    expect(see("label-2")).toBeTruthy();
  });

  it("have the name of a new one ready to be typed", async () => {
    edit(three());
    await press("field-add");
    await waitFor(() => expect(focused()).toBe("label-9"));
    const label = see("label-9") as HTMLInputElement;
    expect([label.selectionStart, label.selectionEnd]).toEqual([0, label.value.length]);
  });

  it("are moved by their buttons, which keep the focus where they can", async () => {
    const onsaved = edit(three());
    await press("arrange");
    expect(see("up-1")).toHaveProperty("disabled", true);
    expect(see("down-4")).toHaveProperty("disabled", true);
    see("up-4").focus();
    await press("up-4");
    expect(order()).toEqual(["1", "4", "2"]);
    await waitFor(() => expect(focused()).toBe("up-4"));
    expect(see("fields-said").textContent).toBe("Moved up: 2 of 3.");
    await press("up-4");
    expect(order()).toEqual(["4", "1", "2"]);
    await waitFor(() => expect(focused()).toBe("down-4"));
    await press("primary");
    await waitFor(() => expect(onsaved).toHaveBeenCalledOnce());
    expect(fieldsOf(saves()[0])).toEqual([
      [4, "four"],
      [1, "one"],
      [2, null],
    ]);
  });

  it("are moved by keys while they are arranged", async () => {
    edit(three());
    await fireEvent.keyDown(see("field-1"), { key: "ArrowDown", altKey: true });
    expect(see("fields-said").textContent).toBe("");
    await press("arrange");
    see("field-1").focus();
    await fireEvent.keyDown(see("field-1"), { key: "ArrowDown", altKey: true });
    await fireEvent.keyDown(see("field-1"), { key: "ArrowDown" });
    await waitFor(() => expect(focused()).toBe("field-1"));
    expect(see("fields-said").textContent).toBe("Moved down: 2 of 3.");
    await fireEvent.keyDown(see("field-4"), { key: "ArrowDown", altKey: true });
    expect(order()).toEqual(["2", "1", "4"]);
  });

  it("are removed, and the last one is brought back", async () => {
    edit(three());
    await press("arrange");
    await press("remove-2");
    await waitFor(() => expect(focused()).toBe("remove-4"));
    expect(see("fields-said").textContent).toBe("“Password” is removed.");
    await press("field-undo");
    expect(order()).toEqual(["1", "2", "4"]);
    expect(see("masked-2")).toBeTruthy();
    await waitFor(() => expect(focused()).toBe("remove-2"));
    expect(app.mayLeave?.(() => undefined)).toBe(true);

    await press("remove-4");
    await waitFor(() => expect(focused()).toBe("field-add"));
    await type("field-1", "another");
    await press("field-undo");
    expect(order()).toEqual(["1", "2", "4"]);
    expect(screen.queryByTestId("field-undo")).toBeNull();
  });

  it("with a hidden text come back only while the wallet has it", async () => {
    edit(three());
    await press("arrange");
    await press("remove-2");
    expect(see("field-undo")).toBeTruthy();
    // Saved, and typed on meanwhile, so that the page stays.
    let answer = () => {};
    replies.set(
      "save_item",
      () => new Promise((done) => (answer = () => done({ ...summary(), version: 8 }))),
    );
    await press("primary");
    expect(see("field-undo")).toHaveProperty("disabled", true);
    await type("item-title", "Another");
    answer();
    await waitFor(() => expect(see("primary")).toHaveProperty("disabled", false));
    expect(screen.queryByTestId("field-undo")).toBeNull();
  });

  it.each(["words", "one_time", "codes", "key", "secret", "text", "address"])(
    "keep their text when they become another type: %s",
    async (kind) => {
      const onsaved = edit(account({ fields: [field(1, { text: "as it was" })] }));
      await press("arrange");
      await choose(see("type-1"), kind);
      expect((see("field-1") as HTMLTextAreaElement).value).toBe("as it was");
      await press("primary");
      await waitFor(() => expect(onsaved).toHaveBeenCalledOnce());
      expect(saves()[0]?.fields).toEqual([
        { number: 1, label: "Field 1", kind, text: "as it was", file: null },
      ]);
    },
  );

  it("that are no date stay in sight when they become one", async () => {
    edit(account({ fields: [field(1, { text: "in May" })] }));
    await press("arrange");
    await choose(see("type-1"), "date");
    const input = see("field-1") as HTMLInputElement;
    expect([input.type, input.value]).toEqual(["text", "in May"]);
    await type("field-1", "2026-05-03");
    expect((see("field-1") as HTMLInputElement).type).toBe("date");
  });
});
