import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { asked, replies } from "../../ipc/__mocks__/call";
import { app } from "../../state/app.svelte";
import { session, status } from "../../testing/session";
import NoteEditor from "./NoteEditor.svelte";

vi.mock("../../ipc/call");
vi.mock("../../ipc/events");

const see = (id: string) => screen.getByTestId(id);
const item = (id: string, changed: number) => ({ id, kind: "note", title: "Safe", changed });

beforeEach(() => {
  replies.clear();
  asked.length = 0;
  app.accept(status({ session: session() }));
  replies.set("status", () => status({ session: session() }));
});

describe("a note that is saved but not confirmed", () => {
  it("stays open with the words, and the next save changes the same note", async () => {
    const onsaved = vi.fn();
    render(NoteEditor, { id: null, title: "", text: "", onsaved, oncancel: vi.fn() });
    await fireEvent.input(see("note-title"), { target: { value: "Safe" } });
    await fireEvent.input(see("note-text"), { target: { value: "4711" } });
    replies.set("save_note", () => Promise.reject({ code: "in_place" }));
    replies.set("list_items", () => [item("old", 1000), item("new", 2000)]);
    await fireEvent.click(see("primary"));
    await screen.findByTestId("error");
    expect(see("error").textContent).toContain("This disk didn’t confirm the save.");
    expect(onsaved).not.toHaveBeenCalled();
    await waitFor(() => expect(asked.map(([command]) => command)).toContain("list_items"));
    // Nothing is left to lose.
    expect(app.mayLeave?.(() => undefined)).toBe(true);

    replies.set("save_note", () => item("new", 3000));
    await waitFor(() => expect(see("primary")).toHaveProperty("disabled", false));
    await fireEvent.click(see("primary"));
    await waitFor(() => expect(onsaved).toHaveBeenCalledOnce());
    const saves = asked.filter(([command]) => command === "save_note");
    expect(saves.map(([, request]) => (request as { id: string | null }).id)).toEqual([
      null,
      "new",
    ]);
  });
});

describe("what is kept automatically", () => {
  const saves = () =>
    asked
      .filter(([command]) => command === "save_note")
      .map(([, request]) => request as { id: string | null; text: string });

  beforeEach(() => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    return () => vi.useRealTimers();
  });

  it("gives way to what was there before when changes are discarded", async () => {
    const note = { id: "n", title: "Safe", text: "4711" };
    render(NoteEditor, { ...note, onsaved: vi.fn(), oncancel: vi.fn() });
    replies.set("save_note", () => item("n", 3000));
    await fireEvent.input(see("note-text"), { target: { value: "a slip" } });
    await vi.advanceTimersByTimeAsync(31_000);
    expect(saves().map(({ text }) => text)).toEqual(["a slip"]);
    const left = vi.fn();
    expect(app.mayLeave?.(left)).toBe(false);
    await fireEvent.click(await screen.findByTestId("dialog-unsaved-discard"));
    await vi.waitFor(() => expect(left).toHaveBeenCalledOnce());
    expect(saves().at(-1)).toMatchObject({ id: "n", text: "4711" });
  });

  it("is left as it is where what was there cannot be brought back", async () => {
    const note = { id: "n", title: "Safe", text: "4711" };
    render(NoteEditor, { ...note, onsaved: vi.fn(), oncancel: vi.fn() });
    replies.set("save_note", () => item("n", 3000));
    await fireEvent.input(see("note-text"), { target: { value: "a slip" } });
    await vi.advanceTimersByTimeAsync(31_000);
    const left = vi.fn();
    app.mayLeave?.(left);
    replies.set("save_note", () => Promise.reject({ code: "disk_full" }));
    await fireEvent.click(await screen.findByTestId("dialog-unsaved-discard"));
    await screen.findAllByTestId("error");
    expect(left).not.toHaveBeenCalled();
    await fireEvent.click(see("dialog-unsaved-discard"));
    expect(left).toHaveBeenCalledOnce();
  });

  it("keeps on saving while a question is open", async () => {
    const note = { id: "n", title: "Safe", text: "4711" };
    render(NoteEditor, { ...note, onsaved: vi.fn(), oncancel: vi.fn() });
    replies.set("save_note", () => item("n", 3000));
    await fireEvent.input(see("note-text"), { target: { value: "typed" } });
    app.mayLeave?.(vi.fn());
    await vi.advanceTimersByTimeAsync(31_000);
    expect(saves().map(({ text }) => text)).toEqual(["typed"]);
  });

  it("does not count as saved what was typed during a save", async () => {
    const onsaved = vi.fn();
    render(NoteEditor, { id: "n", title: "Safe", text: "4711", onsaved, oncancel: vi.fn() });
    let answer: (() => void) | undefined;
    replies.set("save_note", () => new Promise((done) => (answer = () => done(item("n", 3000)))));
    await fireEvent.input(see("note-text"), { target: { value: "one" } });
    await fireEvent.click(see("primary"));
    await fireEvent.input(see("note-text"), { target: { value: "one and two" } });
    answer?.();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(onsaved).not.toHaveBeenCalled();
    expect(app.mayLeave?.(() => undefined)).toBe(false);
  });

  it("is no note at all when a new one is discarded", async () => {
    render(NoteEditor, { id: null, title: "", text: "", onsaved: vi.fn(), oncancel: vi.fn() });
    replies.set("save_note", () => item("new", 3000));
    replies.set("delete_item", () => null);
    await fireEvent.input(see("note-title"), { target: { value: "Safe" } });
    await vi.advanceTimersByTimeAsync(31_000);
    const left = vi.fn();
    expect(app.mayLeave?.(left)).toBe(false);
    await fireEvent.click(await screen.findByTestId("dialog-unsaved-discard"));
    await vi.waitFor(() => expect(left).toHaveBeenCalledOnce());
    expect(asked).toContainEqual(["delete_item", { id: "new" }]);
  });
});

describe("closing the window", () => {
  const told = () => asked.filter(([command]) => command === "unsaved_work").map(([, it]) => it);
  const quits = () => asked.filter(([command]) => command === "quit").length;

  it("asks while a note is not saved, and closes once it is", async () => {
    render(NoteEditor, { id: null, title: "", text: "", onsaved: vi.fn(), oncancel: vi.fn() });
    await fireEvent.input(see("note-title"), { target: { value: "Safe" } });
    await waitFor(() => expect(told()).toEqual([{ unsaved: true }]));
    app.close();
    await screen.findByTestId("dialog-unsaved");
    expect(quits()).toBe(0);
    replies.set("save_note", () => item("new", 3000));
    await fireEvent.click(see("dialog-unsaved-save"));
    await waitFor(() => expect(quits()).toBe(1));
    expect(told().at(-1)).toEqual({ unsaved: false });
  });

  it("does not ask where nothing would be lost", () => {
    render(NoteEditor, {
      id: "n",
      title: "Safe",
      text: "4711",
      onsaved: vi.fn(),
      oncancel: vi.fn(),
    });
    app.close();
    expect([quits(), told()]).toEqual([1, []]);
  });
});
