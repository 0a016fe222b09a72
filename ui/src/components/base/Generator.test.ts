import { fireEvent, render, screen } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { asked, replies } from "../../ipc/__mocks__/call";
import type { Generate } from "../../ipc/generated";
import type { Purpose } from "../../state/recipes.svelte";
import Generator from "./Generator.svelte";

vi.mock("../../ipc/call");

const see = (id: string) => screen.getByTestId<HTMLInputElement>(id);
const press = (id: string) => fireEvent.click(see(id));
const pass = (milliseconds = 200) => vi.advanceTimersByTimeAsync(milliseconds);
const wanted = () =>
  asked.filter(([name]) => name === "generate").map(([, it]) => (it as Generate).recipe);
const strength = { score: 4, length: 20, needed: 15, warning: null, suggestions: [] };

async function open(purpose: Purpose = "field") {
  const props = { purpose, onuse: vi.fn(), onclose: vi.fn() };
  const { unmount } = render(Generator, props);
  await pass();
  return { ...props, unmount };
}

beforeEach(() => {
  replies.clear();
  asked.length = 0;
  let count = 0;
  replies.set("generate", () => ({ text: `generated ${(count += 1)}`, strength }));
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

describe("the generator", () => {
  it("begins with characters for a field, and with six words for the wallet", async () => {
    const { unmount } = await open("field");
    expect(wanted()[0]).toMatchObject({ type: "characters", length: 20 });
    unmount();
    await open("wallet");
    expect(wanted()[1]).toEqual({
      type: "words",
      count: 6,
      separator: "-",
      capitals: false,
      digit: false,
    });
  });

  it("shows what it generated and how strong that is, and generates another", async () => {
    await open();
    expect(see("generated").textContent).toBe("generated 1");
    expect(see("generated").classList).toContain("unselectable");
    expect(screen.getByText("Very hard to guess.")).toBeTruthy();
    await press("generator-again");
    await pass(0);
    expect(see("generated").textContent).toBe("generated 2");
  });

  it("gives what is shown to the field, and closes", async () => {
    const { onuse, onclose } = await open();
    await press("generator-use");
    expect(onuse).toHaveBeenCalledWith("generated 1");
    expect(onclose).toHaveBeenCalledOnce();
  });

  it("copies what is shown", async () => {
    await open();
    replies.set("copy_text", () => ({ until: null }));
    await press("generator-copy");
    expect(asked).toContainEqual(["copy_text", { text: "generated 1" }]);
  });

  it("generates anew for each recipe, and remembers the last one", async () => {
    const { unmount } = await open();
    await press("generator-signs");
    await fireEvent.change(see("generator-length"), { target: { value: "32" } });
    await pass();
    const last = { type: "characters", length: 32, signs: false };
    expect(wanted().at(-1)).toMatchObject(last);
    expect(see("generator-length-slider").value).toBe("32");
    unmount();
    await open();
    expect(wanted().at(-1)).toMatchObject(last);
    await press("generator-words");
    await pass();
    expect(wanted().at(-1)).toMatchObject({ type: "words", count: 6 });
    await press("generator-characters");
    await pass();
    expect(wanted().at(-1)).toMatchObject(last);
  });

  it("takes the nearest length that is possible", async () => {
    await open();
    for (const [typed, taken] of [
      ["3", "4"],
      ["1000", "128"],
      ["", "128"],
    ] as const) {
      await fireEvent.change(see("generator-length"), { target: { value: typed } });
      expect(see("generator-length").value).toBe(taken);
    }
  });

  it("keeps one sort of characters at least", async () => {
    await open();
    for (const sort of ["letters", "capitals", "signs"]) {
      if (see(`generator-${sort}`).checked) await press(`generator-${sort}`);
    }
    expect(see("generator-digits").checked).toBe(true);
    expect(see("generator-digits").disabled).toBe(true);
  });

  it("shows the answer to the last question only", async () => {
    await open();
    const answers: ((text: string) => void)[] = [];
    replies.set(
      "generate",
      () => new Promise((done) => answers.push((text) => done({ text, strength }))),
    );
    await press("generator-again");
    await press("generator-again");
    answers[1]?.("the last one");
    answers[0]?.("the one before");
    await pass(0);
    expect(see("generated").textContent).toBe("the last one");
  });

  it("says so where nothing could be generated, and tries again", async () => {
    const generates = replies.get("generate");
    replies.set("generate", () => Promise.reject({ code: "internal" }));
    await open();
    expect(see("generator-use").disabled).toBe(true);
    if (generates) replies.set("generate", generates);
    await press("error-again");
    await pass(0);
    expect(see("generated").textContent).toBe("generated 1");
    expect(screen.queryByTestId("error")).toBeNull();
  });

  it("does not submit the page that it stands in", async () => {
    await open();
    const form = see("generator-words").closest("form");
    const heard = vi.fn();
    window.addEventListener("submit", heard);
    expect(form && (await fireEvent.submit(form))).toBe(false);
    window.removeEventListener("submit", heard);
    expect(heard).not.toHaveBeenCalled();
  });
});
