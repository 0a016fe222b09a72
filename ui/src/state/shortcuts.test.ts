import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { session, status } from "../testing/session";
import { app } from "./app.svelte";
import { shortcutOf, watchShortcuts } from "./shortcuts.svelte";
import { otherSize, sizes } from "./text-size";

const asked = vi.hoisted(() => [] as [string, unknown][]);
vi.mock("../ipc/call", () => ({
  call: async (command: string, request: unknown) => {
    asked.push([command, request]);
    return request;
  },
}));

const pressed = (key: string, over: KeyboardEventInit = {}) =>
  new KeyboardEvent("keydown", { key, ctrlKey: true, cancelable: true, ...over });

describe("a shortcut", () => {
  it("takes Ctrl, or Cmd on a Mac, and nothing else", () => {
    expect(shortcutOf(pressed("f"), false)).toBe("find");
    expect(shortcutOf(pressed("F"), false)).toBe("find");
    expect(shortcutOf(pressed("f", { ctrlKey: false }), false)).toBeNull();
    expect(shortcutOf(pressed("f", { ctrlKey: false, metaKey: true }), true)).toBe("find");
    expect(shortcutOf(pressed("f"), true)).toBeNull();
    // AltGr is Ctrl and Alt on Windows.
    expect(shortcutOf(pressed("e", { altKey: true }), false)).toBeNull();
    expect(shortcutOf(pressed("N", { shiftKey: true }), false)).toBeNull();
    expect(shortcutOf(pressed("+", { shiftKey: true }), false)).toBe("larger");
    expect(shortcutOf(pressed("x"), false)).toBeNull();
  });
});

describe("what shortcuts do", () => {
  let stop = () => {};
  const press = (key: string, over?: KeyboardEventInit) => window.dispatchEvent(pressed(key, over));

  beforeEach(() => {
    asked.length = 0;
    app.mayLeave = null;
    app.accept(status({ session: session() }));
    stop = watchShortcuts();
  });
  afterEach(() => {
    stop();
    document.body.replaceChildren();
  });

  it("leads to the views of an open wallet", () => {
    press(",");
    expect(app.route).toEqual({ name: "settings" });
    press("f");
    expect(app.route).toEqual({ name: "items", find: true });
    press("n");
    expect(app.route).toEqual({ name: "new-item" });
  });

  it("press the help button of the page with F1", () => {
    const help = document.createElement("button");
    const pressedHelp = vi.fn();
    help.dataset.help = "";
    help.addEventListener("click", pressedHelp);
    document.body.append(help);
    press("F1", { ctrlKey: false });
    expect(pressedHelp).toHaveBeenCalledOnce();
    help.disabled = true;
    press("F1", { ctrlKey: false });
    expect(pressedHelp).toHaveBeenCalledOnce();
  });

  it("asks a view with unsaved work like any other way out", () => {
    app.go({ name: "new-item" });
    app.mayLeave = () => false;
    press(",");
    expect(app.route?.name).toBe("new-item");
  });

  it("leaves no step of a journey", () => {
    app.go({ name: "kept", identifier: "M7QS" });
    for (const key of ["f", "n", ",", "l"]) press(key);
    expect(app.route?.name).toBe("kept");
    app.accept(status({ session: session({ shown: "issued" }) }));
    press("l");
    expect(app.route?.name).toBe("issue");
    expect(asked).toEqual([]);
  });

  it("adds nothing to a wallet that is open for reading", () => {
    app.accept(status({ session: session({ read_only: true }) }));
    press("n");
    expect(app.route?.name).toBe("items");
  });

  it("opens nothing while everything is locked", () => {
    app.accept(status());
    for (const key of ["f", "n", ",", "l"]) press(key);
    expect(app.route?.name).toBe("sign-in");
    expect(asked).toEqual([]);
  });

  it("waits for what a dialog asks", () => {
    const dialog = document.createElement("dialog");
    dialog.setAttribute("open", "");
    document.body.append(dialog);
    press(",");
    expect(app.route?.name).toBe("items");
  });

  it("makes everything larger, smaller and usual, also while everything is locked", async () => {
    app.accept(status());
    for (const key of ["+", "+", "-", "0"]) press(key);
    const sizes = () => asked.map(([, request]) => request);
    const of = (percent: number) => ({ ...status().preferences, text_percent: percent });
    await vi.waitFor(() => expect(sizes()).toEqual([of(110), of(125), of(110), of(100)]));
  });
});

describe("the sizes", () => {
  it("end at the smallest and the largest", () => {
    expect(otherSize(100, 1)).toBe(110);
    expect(otherSize(115, -1)).toBe(110);
    expect(otherSize(sizes.at(-1) ?? 0, 1)).toBe(200);
    expect(otherSize(80, -1)).toBe(80);
  });
});
