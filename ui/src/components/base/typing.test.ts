import { beforeEach, describe, expect, it, vi } from "vitest";
import { withoutExecCommand } from "../../testing/typing";
import { replaceTyped, wordTyped } from "./typing";

function box(value: string, caret = value.length, end = caret): HTMLTextAreaElement {
  const box = document.createElement("textarea");
  document.body.append(box);
  box.value = value;
  box.setSelectionRange(caret, end);
  return box;
}

beforeEach(() => {
  withoutExecCommand();
  return () => document.body.replaceChildren();
});

describe("the word that is typed", () => {
  it("ends at the caret", () => {
    expect(wordTyped(box("abandon abil"))).toEqual({ from: 8, start: "abil" });
    expect(wordTyped(box("1.aban"))).toEqual({ from: 2, start: "aban" });
    expect(wordTyped(box("aban ability", 4))).toEqual({ from: 0, start: "aban" });
  });

  it("is none after a space, within a word, or where something is selected", () => {
    expect(wordTyped(box("abandon "))).toBeNull();
    expect(wordTyped(box("abandon", 3))).toBeNull();
    expect(wordTyped(box("abandon", 3, 7))).toBeNull();
  });
});

describe("replacing what is typed", () => {
  it("is left to the web view, so that it can be undone", () => {
    const typed = box("abandon abilty");
    const insert = vi.fn(() => true);
    document.execCommand = insert;
    replaceTyped(typed, 8, 14, "ability");
    expect([typed.selectionStart, typed.selectionEnd]).toEqual([8, 14]);
    expect(insert).toHaveBeenCalledWith("insertText", false, "ability");
    replaceTyped(typed, 0, 8, "");
    expect(insert).toHaveBeenCalledWith("delete");
  });

  it("is heard by the page where the web view does not do it", () => {
    const typed = box("abandon abilty");
    const heard = vi.fn();
    typed.addEventListener("input", heard);
    replaceTyped(typed, 8, 14, "ability");
    expect(typed.value).toBe("abandon ability");
    expect(heard).toHaveBeenCalledOnce();
  });
});
