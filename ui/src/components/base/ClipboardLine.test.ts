import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { asked, replies } from "../../ipc/__mocks__/call";
import { clipboard } from "../../state/clipboard.svelte";
import ClipboardLine from "./ClipboardLine.svelte";

vi.mock("../../ipc/call");

const start = 1_800_000_000;
const line = () => screen.queryByTestId("clipboard");
const said = () => screen.getAllByRole("status").map((it) => it.textContent);
const copy = (until: number | null) => clipboard.copy(async () => ({ until }));
const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1000);

beforeEach(() => {
  replies.clear();
  asked.length = 0;
  clipboard.notice = null;
  clipboard.error = null;
  vi.useFakeTimers({ shouldAdvanceTime: false, now: start * 1000 });
  return () => vi.useRealTimers();
});

describe("the line about the clipboard", () => {
  it("counts down, is announced once, and goes with the clipboard's text", async () => {
    render(ClipboardLine);
    expect(line()).toBeNull();
    await copy(start + 30);
    await pass(0);
    expect(line()?.textContent).toContain("The clipboard is cleared in 30 s.");
    expect(said()).toEqual(["Copied. The clipboard is cleared in 30 s."]);
    await pass(7);
    expect(line()?.textContent).toContain("in 23 s.");
    expect(said()).toEqual(["Copied. The clipboard is cleared in 30 s."]);
    await pass(24);
    expect(line()).toBeNull();
    expect(said()).toEqual(["What you copied is no longer in the clipboard."]);
  });

  it("is replaced by what is copied next", async () => {
    render(ClipboardLine);
    await copy(start + 30);
    await pass(20);
    await copy(start + 50);
    await pass(0);
    expect(line()?.textContent).toContain("in 30 s.");
    await pass(15);
    expect(line()?.textContent).toContain("in 15 s.");
  });

  it("clears the clipboard at once where that is wanted", async () => {
    render(ClipboardLine);
    await copy(start + 30);
    await pass(0);
    const heading = document.createElement("h1");
    heading.tabIndex = -1;
    document.body.append(heading);
    screen.getByTestId("clipboard-clear").focus();
    await fireEvent.click(screen.getByTestId("clipboard-clear"));
    await pass(0);
    expect(document.activeElement).toBe(heading);
    heading.remove();
    expect(asked).toEqual([["clear_clipboard", undefined]]);
    expect(line()).toBeNull();
    expect(said()).toEqual(["What you copied is no longer in the clipboard."]);
  });

  it("has a text cleared at once that was copied while everything was locked", async () => {
    render(ClipboardLine);
    await copy(null);
    await pass(1);
    expect(asked).toEqual([["clear_clipboard", undefined]]);
    expect(said()).toEqual(["What you copied is no longer in the clipboard."]);
  });

  it("asks once to clear what cannot be cleared, and leaves the rest to its person", async () => {
    render(ClipboardLine);
    replies.set("clear_clipboard", () => Promise.reject({ code: "clipboard" }));
    await copy(start + 10);
    await pass(20);
    expect(asked).toEqual([["clear_clipboard", undefined]]);
    expect(screen.getByTestId("error").dataset.code).toBe("clipboard");
    expect(screen.getByTestId("clipboard-clear")).toBeTruthy();
  });

  it("says what to do where the clipboard cannot be reached", async () => {
    render(ClipboardLine);
    expect(await clipboard.copy(() => Promise.reject({ code: "clipboard" }))).toBe(false);
    await pass(0);
    expect(screen.getByTestId("error").dataset.code).toBe("clipboard");
    expect(line()?.textContent).toContain("show the text and type it");
    await fireEvent.click(screen.getByTestId("clipboard-close"));
    expect(line()).toBeNull();
  });

  it("drops an error once something is copied", async () => {
    render(ClipboardLine);
    await clipboard.copy(() => Promise.reject({ code: "clipboard" }));
    await copy(start + 30);
    await pass(0);
    expect(screen.queryByTestId("error")).toBeNull();
  });

  it("stands in a dialog while that covers the page, and is not announced again behind it", async () => {
    render(ClipboardLine);
    const dialog = render(ClipboardLine);
    await pass(0);
    await copy(start + 30);
    await pass(0);
    expect(screen.getAllByTestId("clipboard")).toHaveLength(1);
    expect(dialog.container.querySelector("[data-testid=clipboard]")).not.toBeNull();
    dialog.unmount();
    await pass(0);
    await waitFor(() => expect(line()?.textContent).toContain("in 30 s."));
    expect(said()).toEqual([""]);
  });
});
