import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { EntryView } from "../ipc/generated";
import CodeEntry from "./CodeEntry.svelte";

const asked = vi.hoisted(() => [] as [string, unknown][]);
const replies = vi.hoisted(() => new Map<string, (request: never) => unknown>());
vi.mock("../ipc/call", async (original) => ({
  ...(await original<typeof import("../ipc/call")>()),
  call: async (command: string, request: never) => {
    asked.push([command, request]);
    return replies.get(command)?.(request);
  },
}));
const heard = vi.hoisted(() => new Map<string, (payload: never) => void>());
vi.mock("../ipc/events", () => ({
  on: (name: string, listener: (payload: never) => void) => {
    heard.set(name, listener);
    return () => heard.delete(name);
  },
}));

const proposal: EntryView = {
  state: "proposal",
  identifier: "M7QS",
  corrected: "0M7QS".padEnd(60, "A"),
  corrections: [{ position: 5, read: "X", meant: "S" }],
};
const field = () => screen.getByTestId<HTMLTextAreaElement>("entry-text");
const type = (value: string) => fireEvent.input(field(), { target: { value } });

beforeEach(() => {
  asked.length = 0;
  replies.clear();
  replies.set("enter_clear", () => ({ state: "empty" }));
  replies.set("enter_text", ({ text }: { text: string }) => ({
    state: "typing",
    have: text.replaceAll(" ", "").length,
  }));
});

describe("entering a code", () => {
  it("forms groups and counts while it is typed", async () => {
    render(CodeEntry, { ready: false });
    await type("0m7qssx");
    expect(field().value).toBe("0M7QS SX");
    expect(screen.getByTestId("entry-count").textContent).toContain("7 of 60");
  });

  it("forgets what was entered on another page", async () => {
    render(CodeEntry, { ready: false });
    await waitFor(() => expect(asked[0]).toEqual(["enter_clear", undefined]));
  });

  it("asks one after the other, so that Rust holds what was typed last", async () => {
    let answer: (view: EntryView) => void = () => undefined;
    const slow = new Promise<EntryView>((resolve) => (answer = resolve));
    replies.set("enter_text", () => slow);
    render(CodeEntry, { ready: false });
    await type("0M");
    await waitFor(() => expect(asked).toHaveLength(2));
    await type("0M7");
    await type("0M7Q");
    expect(asked).toHaveLength(2);
    answer({ state: "typing", have: 2 });
    await waitFor(() => expect(asked.at(-1)).toEqual(["enter_text", { text: "0M7Q" }]));
    expect(asked).toHaveLength(3);
  });

  it("shows a correction with position, old and new character, and waits for a yes", async () => {
    replies.set("enter_text", () => proposal);
    replies.set("enter_accept", () => ({
      state: "ready",
      identifier: "M7QS",
      source: "typed",
      name: null,
    }));
    render(CodeEntry, { ready: false });
    await type("0M7QX".padEnd(60, "A"));
    const line = await screen.findByTestId("correction");
    expect(line.textContent).toContain("Group 1, place 5: S instead of X (character 5 of 60)");
    expect(asked.some(([command]) => command === "enter_accept")).toBe(false);

    await fireEvent.click(screen.getByTestId("entry-accept"));
    await waitFor(() => expect(screen.getByTestId("entry").dataset.state).toBe("ready"));
    expect(field().value.startsWith("0M7QS ")).toBe(true);
  });

  it("says yes to a correction with Enter", async () => {
    replies.set("enter_text", () => proposal);
    render(CodeEntry, { ready: false });
    await type("0M7QX".padEnd(60, "A"));
    await screen.findByTestId("correction");
    await fireEvent.keyDown(field(), { key: "Enter" });
    expect(asked.at(-1)?.[0]).toBe("enter_accept");
  });

  it("explains a character that no code holds", async () => {
    replies.set("enter_text", () => ({ state: "illegal", character: "#", position: 8 }));
    render(CodeEntry, { ready: false });
    await type("0M7QSSX#");
    await waitFor(() =>
      expect(screen.getByTestId("entry-says").textContent).toContain("“#” (group 2, place 3)"),
    );
  });

  it("drops an answer that a later keystroke has overtaken", async () => {
    let answer: (view: EntryView) => void = () => undefined;
    const slow = new Promise<EntryView>((resolve) => (answer = resolve));
    replies.set("enter_text", () => slow);
    render(CodeEntry, { ready: false });
    await type("0M7QX".padEnd(60, "A"));
    replies.set("enter_text", () => ({ state: "typing", have: 4 }));
    await type("0M7Q");
    answer(proposal);
    await slow;
    await waitFor(() => expect(screen.getByTestId("entry").dataset.state).toBe("typing"));
  });

  it("takes a dropped sheet in place of what was typed", async () => {
    render(CodeEntry, { ready: false });
    await type("0M7");
    heard.get("entry")?.({
      state: "ready",
      identifier: "M7QS",
      source: "scanned",
      name: "sheet.pdf",
    } as never);
    expect((await screen.findByTestId("entry-scanned")).textContent).toContain("sheet.pdf");
  });

  it("tells why a file gave no code, and the way out", async () => {
    replies.set("enter_files", () => ({
      state: "file_problem",
      name: "photo.heic",
      problem: "heic",
      identifiers: [],
    }));
    render(CodeEntry, { ready: false });
    await fireEvent.click(screen.getByTestId("entry-files"));
    await waitFor(() =>
      expect(screen.getByTestId("entry-says").textContent).toMatch(/photo\.heic: .*HEIC.*JPEG/s),
    );
  });
});
