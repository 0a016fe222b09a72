import { fireEvent, waitFor } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { asked, replies } from "../../ipc/__mocks__/call";
import { clipboard } from "../../state/clipboard.svelte";
import { withoutExecCommand } from "../../testing/typing";
import { guarded } from "./guarded";

vi.mock("../../ipc/call");

function place(): { box: HTMLTextAreaElement; words: HTMLElement } {
  document.body.innerHTML = "<main><p>in sight</p><textarea></textarea></main>";
  const main = document.querySelector("main") as HTMLElement;
  guarded(main);
  const box = main.querySelector("textarea") as HTMLTextAreaElement;
  box.value = "one two three";
  box.setSelectionRange(4, 7);
  return { box, words: main.querySelector("p") as HTMLElement };
}

beforeEach(() => {
  withoutExecCommand();
  replies.clear();
  asked.length = 0;
  clipboard.notice = null;
  clipboard.error = null;
  replies.set("copy_text", () => ({ until: 1000 }));
});

describe("a part of the page that keeps its texts to itself", () => {
  it("has Rust copy what is selected in a field", async () => {
    const { box } = place();
    // A prevented event answers false.
    expect(await fireEvent.copy(box)).toBe(false);
    expect(asked).toEqual([["copy_text", { text: "two" }]]);
    await waitFor(() => expect(clipboard.notice).toEqual({ state: "copied", until: 1000 }));
    expect(box.value).toBe("one two three");
  });

  it("has Rust copy what is selected in the page", async () => {
    const { words } = place();
    document.getSelection()?.selectAllChildren(words);
    expect(await fireEvent.copy(words)).toBe(false);
    expect(asked).toEqual([["copy_text", { text: "in sight" }]]);
  });

  it("copies nothing where nothing is selected, and leaves the clipboard alone", async () => {
    const { box } = place();
    box.setSelectionRange(4, 4);
    expect(await fireEvent.copy(box)).toBe(false);
    expect(await fireEvent.cut(box)).toBe(false);
    expect(asked).toEqual([]);
  });

  it("cuts what Rust has copied", async () => {
    const { box } = place();
    const heard = vi.fn();
    box.addEventListener("input", heard);
    box.focus();
    expect(await fireEvent.cut(box)).toBe(false);
    await waitFor(() => expect(box.value).toBe("one  three"));
    expect(heard).toHaveBeenCalledOnce();
  });

  it("cuts nothing where the person has gone on meanwhile", async () => {
    const { box } = place();
    box.blur();
    await fireEvent.cut(box);
    await waitFor(() => expect(asked).toHaveLength(1));
    expect(box.value).toBe("one two three");
  });

  it("cuts nothing that could not be copied", async () => {
    const { box } = place();
    replies.set("copy_text", () => Promise.reject({ code: "clipboard" }));
    await fireEvent.cut(box);
    await waitFor(() => expect(clipboard.error).toEqual({ code: "clipboard" }));
    expect(box.value).toBe("one two three");
  });

  it("lets nothing be dragged out of it", async () => {
    const { box } = place();
    expect(await fireEvent.dragStart(box)).toBe(false);
  });
});
