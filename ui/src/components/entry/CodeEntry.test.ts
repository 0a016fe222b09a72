import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Entered, EntryView, SetView, Source } from "../../ipc/generated";
import { Entering } from "../../state/entering.svelte";
import { missing, noCode } from "../../words/missing";
import CodeEntry from "./CodeEntry.svelte";
import { asked, replies } from "../../ipc/__mocks__/call";
import { heard } from "../../ipc/__mocks__/events";

vi.mock("../../ipc/call");
vi.mock("../../ipc/events");

const proposal: EntryView = {
  state: "proposal",
  identifier: "M7QS",
  index: null,
  corrected: "0M7QS".padEnd(60, "A"),
  corrections: [{ position: 5, read: "X", meant: "S" }],
  slip: null,
  sure: true,
};
/** An answer from Rust. */
const entered = (view: EntryView, set: SetView | null = null): Entered => ({
  field: view,
  set,
  restoring: null,
  unread: [],
});
const ready = (source: Source, name: string | null = null) =>
  ({ state: "ready", identifier: "M7QS", source, name }) satisfies EntryView;
const setOf = (...sheets: [string, string | null][]): SetView => ({
  identifier: "M7QS",
  needed: 2,
  sheets: sheets.map(([index, name]) => ({
    index,
    source: name === null ? "typed" : "file",
    name,
  })),
});
const added: EntryView = { state: "added", identifier: "M7QS", index: "A", missing: 1 };

const field = () => screen.getByTestId<HTMLTextAreaElement>("entry-text");
const type = (value: string) => fireEvent.input(field(), { target: { value } });
const enter = () => fireEvent.keyDown(field(), { key: "Enter" });
const says = () => screen.getByTestId("entry-says").textContent?.replace(/\s+/g, " ").trim();
const whole = "2M7QA".padEnd(60, "Q");

beforeEach(() => {
  asked.length = 0;
  replies.clear();
  replies.set("enter_clear", () => entered({ state: "empty" }));
  replies.set("enter_text", ({ text }: { text: string }) =>
    entered({ state: "typing", have: text.replaceAll(" ", "").length }),
  );
});

afterEach(() => void vi.useRealTimers());

describe("entering a code", () => {
  it("forms groups and counts while it is typed", async () => {
    render(CodeEntry, { entering: new Entering() });
    await type("0m7qssx");
    expect(field().value).toBe("0M7QS SX");
    expect(screen.getByTestId("entry-count").textContent).toContain("7 of 60");
  });

  const heldBack = (name: string | null) =>
    entered({ state: "file_problem", name, problem: "unprotected", identifiers: [] });

  it("reads a file that was held back once the person says so", async () => {
    replies.set("enter_files", () => heldBack("sheet.pdf"));
    replies.set("enter_anyway", () => entered(ready("file", "sheet.pdf")));
    render(CodeEntry, { entering: new Entering() });
    expect(screen.queryByTestId("entry-anyway")).toBeNull();
    await fireEvent.click(screen.getByTestId("entry-files"));
    await waitFor(() => expect(says()).toContain("Type the code instead"));
    await fireEvent.click(screen.getByTestId("entry-anyway"));
    await waitFor(() => expect(screen.getByTestId("entry-scanned")).toBeTruthy());
    expect(screen.queryByTestId("entry-anyway")).toBeNull();
  });

  it("reads a pasted picture again that was held back", async () => {
    replies.set("enter_picture", () => heldBack(null));
    replies.set("enter_anyway", () => entered({ state: "empty" }));
    const entering = new Entering();
    render(CodeEntry, { entering });
    await entering.paste(new Blob(["picture"]));
    const button = await screen.findByTestId("entry-anyway");
    replies.set("enter_picture", () => entered(ready("clipboard")));
    await fireEvent.click(button);
    await waitFor(() => expect(screen.getByTestId("entry-scanned")).toBeTruthy());
  });

  it("clears the entries of another page", async () => {
    render(CodeEntry, { entering: new Entering() });
    await waitFor(() => expect(asked[0]).toEqual(["enter_clear", undefined]));
  });

  it("sends one request at a time, and the latest text last", async () => {
    let answer: (view: Entered) => void = () => undefined;
    const slow = new Promise<Entered>((resolve) => (answer = resolve));
    replies.set("enter_text", () => slow);
    render(CodeEntry, { entering: new Entering() });
    await type("0M");
    await waitFor(() => expect(asked).toHaveLength(2));
    await type("0M7");
    await type("0M7Q");
    expect(asked).toHaveLength(2);
    answer(entered({ state: "typing", have: 2 }));
    await waitFor(() =>
      expect(asked.at(-1)).toEqual(["enter_text", { text: "0M7Q", finished: false }]),
    );
    expect(asked).toHaveLength(3);
  });

  it("shows a correction with position, old and new character, and waits for acceptance", async () => {
    replies.set("enter_text", () => entered(proposal));
    replies.set("enter_accept", () => entered(ready("typed")));
    render(CodeEntry, { entering: new Entering() });
    await type("0M7QX".padEnd(60, "A"));
    const line = await screen.findByTestId("correction");
    expect(line.textContent).toContain("Group 1, place 5: S instead of X (character 5 of 60)");
    expect(asked.some(([command]) => command === "enter_accept")).toBe(false);

    await fireEvent.click(screen.getByTestId("entry-accept"));
    await waitFor(() => expect(screen.getByTestId("entry").dataset.state).toBe("ready"));
    expect(field().value.startsWith("0M7QS ")).toBe(true);
  });

  it("accepts a correction with Enter", async () => {
    replies.set("enter_text", () => entered(proposal));
    render(CodeEntry, { entering: new Entering() });
    await type("0M7QX".padEnd(60, "A"));
    await screen.findByTestId("correction");
    await fireEvent.keyDown(field(), { key: "Enter" });
    expect(asked.at(-1)?.[0]).toBe("enter_accept");
  });

  it("names an unseen character by its number", async () => {
    const character = "\ue000";
    const illegal = { state: "illegal", character, unseen: true, position: 8 } as const;
    replies.set("enter_text", () => entered(illegal));
    render(CodeEntry, { entering: new Entering() });
    await type("0M7QS??\ue000");
    await waitFor(() => expect(says()).toContain("U+E000; group 2, place 3"));
    expect(says()).not.toContain(character);
  });

  it("takes pasted text as Rust spells it", async () => {
    replies.set("spell_pasted", () => "0M7QSSX");
    render(CodeEntry, { entering: new Entering() });
    const text = "Backup code: 0m7qs sx";
    await fireEvent.paste(field(), { clipboardData: { files: [], getData: () => text } });
    await waitFor(() => expect(field().value).toBe("0M7QS SX"));
    expect(asked).toContainEqual(["spell_pasted", { text }]);
  });

  it("explains a character that is in no code", async () => {
    const illegal = { state: "illegal", character: "#", unseen: false, position: 8 } as const;
    replies.set("enter_text", () => entered(illegal));
    render(CodeEntry, { entering: new Entering() });
    await type("0M7QSSX#");
    await waitFor(() =>
      expect(screen.getByTestId("entry-says").textContent).toContain("“#” (group 2, place 3)"),
    );
  });

  it("drops an answer that a later keystroke has overtaken", async () => {
    let answer: (view: Entered) => void = () => undefined;
    const slow = new Promise<Entered>((resolve) => (answer = resolve));
    replies.set("enter_text", () => slow);
    render(CodeEntry, { entering: new Entering() });
    await type("0M7QX".padEnd(60, "A"));
    replies.set("enter_text", () => entered({ state: "typing", have: 4 }));
    await type("0M7Q");
    answer(entered(proposal));
    await slow;
    await waitFor(() => expect(screen.getByTestId("entry").dataset.state).toBe("typing"));
  });

  it("replaces typed text by a dropped sheet", async () => {
    render(CodeEntry, { entering: new Entering() });
    await type("0M7");
    heard.get("entry")?.(entered(ready("file", "sheet.pdf")) as never);
    expect((await screen.findByTestId("entry-scanned")).textContent).toContain("sheet.pdf");
  });

  it("says why a file gave no code, and what to do", async () => {
    replies.set("enter_files", () =>
      entered({ state: "file_problem", name: "photo.heic", problem: "heic", identifiers: [] }),
    );
    render(CodeEntry, { entering: new Entering() });
    await fireEvent.click(screen.getByTestId("entry-files"));
    await waitFor(() =>
      expect(screen.getByTestId("entry-says").textContent).toMatch(/photo\.heic: .*HEIC.*JPEG/s),
    );
  });

  it("shows the progress of reading several files, and stops on request", async () => {
    render(CodeEntry, { entering: new Entering() });
    heard.get("scanning")?.({ name: "b.jpg", number: 2, of: 4, done: 0.5 } as never);
    const reading = await screen.findByTestId("entry-scanning");
    expect(reading.textContent).toContain("b.jpg (2 of 4)");
    expect(screen.getByRole<HTMLProgressElement>("progressbar").value).toBe(0.375);
    await fireEvent.click(screen.getByTestId("entry-scanning-cancel"));
    expect(asked.at(-1)?.[0]).toBe("enter_cancel");
    heard.get("entry")?.(entered({ state: "empty" }) as never);
    await waitFor(() => expect(screen.queryByTestId("entry-scanning")).toBeNull());
  });

  it("lists files without a code until something else is entered", async () => {
    render(CodeEntry, { entering: new Entering() });
    const set = setOf(["A", "a.jpg"]);
    const unread: Entered["unread"] = [
      { name: "b.jpg", problem: "no_code" },
      { name: "c.heic", problem: "heic" },
    ];
    heard.get("entry")?.({ ...entered(added, set), unread } as never);
    const list = await screen.findByTestId("entry-unread");
    expect(list.textContent).toContain("Nothing found in 2 files");
    expect(list.textContent).toMatch(/b\.jpg: .*c\.heic: .*HEIC/s);
    replies.set("enter_text", () => entered({ state: "typing", have: 1 }, set));
    await type("0");
    await waitFor(() => expect(screen.queryByTestId("entry-unread")).toBeNull());
  });

  it("offers to type what is legible, prefilled with the start of the sheet", async () => {
    render(CodeEntry, { entering: new Entering() });
    const set = setOf(["A", "a.jpg"]);
    const unread: Entered["unread"] = [{ name: "b.jpg", problem: "no_code" }];
    heard.get("entry")?.({ ...entered(added, set), unread } as never);
    await fireEvent.click(await screen.findByTestId("entry-legible-do"));
    await waitFor(() => expect(field().value.trim()).toBe("2M7QS"));
    await waitFor(() => expect(document.activeElement).toBe(field()));
  });

  it("reads a pasted picture, and leaves pasted text to the field", async () => {
    replies.set("enter_picture", () => entered(ready("clipboard")));
    render(CodeEntry, { entering: new Entering() });
    const paste = (files: File[]) => fireEvent.paste(window, { clipboardData: { files } });
    await paste([]);
    await paste([new File(["text"], "a.txt", { type: "text/plain" })]);
    expect(asked.some(([command]) => command === "enter_picture")).toBe(false);
    await paste([new File([new Uint8Array([1, 2, 3])], "image.png", { type: "image/png" })]);
    const found = await screen.findByTestId("entry-scanned");
    expect(found.textContent).toContain("pasted picture");
    const [, body] = asked.find(([command]) => command === "enter_picture") ?? [];
    expect(Array.from(body as Uint8Array)).toEqual([1, 2, 3]);
  });
});

describe("what a screen reader hears of a typed code", () => {
  it("is each completed group with its letters spelled, and not every keystroke", async () => {
    render(CodeEntry, { entering: new Entering() });
    const aloud = screen.getByTestId("entry-aloud");
    await type("0M7Q");
    expect(aloud.textContent).toBe("");
    await type("0M7QS");
    expect(aloud.textContent).toBe("Group 1: 0, M, 7, Q, S");
    await type("0M7QS X");
    expect(aloud.textContent).toBe("");
  });

  it("is the count after a paste", async () => {
    render(CodeEntry, { entering: new Entering() });
    await type(whole);
    expect(screen.getByTestId("entry-aloud").textContent).toBe("60 of 60 characters");
  });
});

describe("a code that is too short", () => {
  const missing: EntryView = {
    ...proposal,
    corrections: [{ position: 8, read: null, meant: "A" }],
    slip: { kind: "missing", position: 8 },
  };
  const short = whole.slice(1);

  it("is checked again once the person pauses", async () => {
    vi.useFakeTimers();
    render(CodeEntry, { entering: new Entering() });
    replies.set("enter_text", ({ finished }: { finished: boolean }) =>
      entered(finished ? missing : { state: "typing", have: 59 }),
    );
    await type(short);
    await vi.advanceTimersByTimeAsync(1400);
    expect(screen.queryByTestId("entry-proposal")).toBeNull();
    await vi.advanceTimersByTimeAsync(200);
    expect(asked.at(-1)).toMatchObject(["enter_text", { finished: true }]);
    const slip = screen.getByTestId("entry-slip");
    expect(slip.textContent).toContain("One character is missing: group 2, place 3.");
    expect(screen.getByTestId("correction").textContent).toContain("A was left out");
  });

  it("is checked at once on Enter, and reported as short if no slip explains it", async () => {
    render(CodeEntry, { entering: new Entering() });
    await type("0M7QS");
    await enter();
    await waitFor(() => expect(says()).toContain("That’s 5 of 60 characters. 55 more to go."));
    expect(asked.at(-1)).toMatchObject(["enter_text", { finished: true }]);
    await type("0M7QSS");
    expect(says()).toBe("");
  });

  it("is left alone while the person types", async () => {
    vi.useFakeTimers();
    render(CodeEntry, { entering: new Entering() });
    for (const text of ["0M", "0M7", "0M7Q"]) {
      await type(text);
      await vi.advanceTimersByTimeAsync(1000);
    }
    expect(asked.some(([, request]) => (request as { finished?: boolean })?.finished)).toBe(false);
  });
});

describe("a proposal", () => {
  it("that is not sure says so, and that trying it costs nothing", async () => {
    const corrections = Array.from({ length: 13 }, (_, at) => ({
      position: at + 20,
      read: null,
      meant: "A",
    }));
    replies.set("enter_text", () => entered({ ...proposal, corrections, sure: false }));
    render(CodeEntry, { entering: new Entering() });
    await type(whole);
    const said = await screen.findByTestId("entry-unsure");
    expect(said.textContent).toMatch(/Only this computer.s keychain can tell.*doesn’t count/s);
    const words = screen.getByTestId("entry-proposal").textContent;
    expect(words).toContain("13 characters couldn’t be read.");
    expect(words).toContain("One code fits");
    expect(screen.getByTestId("entry-accept").textContent).toContain("Try this code");
  });

  it("to which the person says no goes, and comes back with the same text", async () => {
    replies.set("enter_text", () => entered({ ...proposal }));
    const entering = new Entering();
    render(CodeEntry, { entering });
    await type("0M7QX".padEnd(60, "A"));
    await screen.findByTestId("entry-proposal");
    expect(missing(noCode(entering))).toContain("correction");
    await fireEvent.click(screen.getByTestId("entry-back-to-text"));
    await waitFor(() => expect(screen.queryByTestId("entry-proposal")).toBeNull());
    expect(document.activeElement).toBe(field());
    expect(missing(noCode(entering))).toContain("60 characters");
    // Enter asks again, and accepts nothing.
    await enter();
    await screen.findByTestId("entry-proposal");
    expect(asked.some(([command]) => command === "enter_accept")).toBe(false);
  });

  it("from a file to which the person says no leaves an empty field", async () => {
    replies.set("enter_files", () => entered(proposal));
    replies.set("enter_text", () => entered({ state: "empty" }));
    render(CodeEntry, { entering: new Entering() });
    await fireEvent.click(screen.getByTestId("entry-files"));
    await fireEvent.click(await screen.findByTestId("entry-back-to-text"));
    await waitFor(() => expect(screen.getByTestId("entry").dataset.state).toBe("empty"));
    replies.set("enter_files", () => entered({ ...proposal }));
    await fireEvent.click(screen.getByTestId("entry-files"));
    await screen.findByTestId("entry-proposal");
  });

  it("is not accepted by an Enter pressed before it was shown", async () => {
    let answer: (view: Entered) => void = () => undefined;
    render(CodeEntry, { entering: new Entering() });
    replies.set("enter_text", () => new Promise<Entered>((resolve) => (answer = resolve)));
    await type("0M7QX".padEnd(60, "A"));
    await waitFor(() => expect(asked).toHaveLength(2));
    await enter();
    answer(entered(proposal));
    await screen.findByTestId("entry-proposal");
    expect(asked.some(([command]) => command === "enter_accept")).toBe(false);
  });

  it("from a file replaces typed text", async () => {
    render(CodeEntry, { entering: new Entering() });
    await type("0M7");
    heard.get("entry")?.(entered(proposal) as never);
    await screen.findByTestId("entry-proposal");
    expect(field().value).toBe("");
  });
});

describe("too many mistakes", () => {
  it("say how many are too many, and where to look first", async () => {
    replies.set("enter_text", () =>
      entered({ state: "reread", unreadable: 2, wrong: 5, too_many: 1, groups: [3, 7, 9] }),
    );
    render(CodeEntry, { entering: new Entering() });
    await type(whole);
    const said = await screen.findByTestId("entry-reread");
    expect(said.textContent).toContain("2 characters couldn’t be read.");
    expect(said.textContent).toContain("At least 5 others are wrong.");
    expect(said.textContent).toContain("at least one too many");
    expect(said.textContent).toMatch(/Check groups 3, 7,? and 9/);
  });
});

describe("the sheets of a set", () => {
  const sheets = () =>
    screen.queryAllByTestId("entry-set-sheet").map((sheet) => sheet.textContent?.trim());

  it("are listed as they are added, and the field is cleared for the next", async () => {
    replies.set("enter_text", () => entered(added, setOf(["A", null])));
    render(CodeEntry, { entering: new Entering() });
    field().focus();
    await type(whole);
    await waitFor(() => expect(sheets()).toEqual([expect.stringMatching(/Sheet A\s+· typed/)]));
    expect(screen.getByTestId("entry-set-missing").textContent).toBe(
      "One more sheet of M7QS is needed.",
    );
    expect(says()).toContain("Sheet A added.");
    expect(field().value).toBe("");
    expect(document.activeElement).toBe(field());
  });

  it("are complete once enough are entered, typed or read", async () => {
    replies.set("enter_text", () => entered(added, setOf(["A", null])));
    render(CodeEntry, { entering: new Entering() });
    await type(whole);
    await screen.findByTestId("entry-set");
    heard.get("entry")?.(entered(ready("set"), setOf(["A", null], ["D", "photo.jpg"])) as never);
    await screen.findByTestId("entry-set-complete");
    expect(sheets()[1]).toMatch(/Sheet D\s+· from photo\.jpg/);
    expect(screen.getByTestId("entry").dataset.state).toBe("ready");
    expect(screen.queryByTestId("entry-text")).toBeNull();
  });

  it("can be removed one by one, which brings the field back", async () => {
    replies.set("enter_text", () => entered(ready("set"), setOf(["A", null], ["D", null])));
    replies.set("enter_remove", () => entered({ state: "empty" }, setOf(["A", null])));
    render(CodeEntry, { entering: new Entering() });
    await type(whole);
    await screen.findByTestId("entry-set-complete");
    await fireEvent.click(screen.getAllByTestId("entry-set-remove")[1] as HTMLElement);
    await waitFor(() => expect(document.activeElement).toBe(field()));
    expect(asked.at(-1)).toEqual(["enter_remove", { index: "D" }]);
    expect(sheets()).toHaveLength(1);
  });

  it("do not replace half-typed text when dropped on the window", async () => {
    render(CodeEntry, { entering: new Entering() });
    await type("2M7QD");
    heard.get("entry")?.(entered(added, setOf(["A", "a.pdf"])) as never);
    await screen.findByTestId("entry-set");
    expect(field().value).toBe("2M7QD");
  });

  it("are both added when pasted one right after the other", async () => {
    let answer: (view: Entered) => void = () => undefined;
    render(CodeEntry, { entering: new Entering() });
    replies.set("enter_text", () => new Promise<Entered>((resolve) => (answer = resolve)));
    await type(whole);
    await waitFor(() => expect(asked).toHaveLength(2));
    await type(`${whole}2M7`);
    replies.set("enter_text", () => entered({ state: "typing", have: 3 }, setOf(["A", null])));
    answer(entered(added, setOf(["A", null])));
    await waitFor(() => expect(field().value).toBe("2M7"));
    await waitFor(() =>
      expect(asked.at(-1)).toEqual(["enter_text", { text: "2M7", finished: false }]),
    );
    expect(sheets()).toHaveLength(1);
  });

  it("are refused with a reason and what to do", async () => {
    render(CodeEntry, { entering: new Entering() });
    const refused = async (
      problem: Extract<EntryView, { state: "share_refused" }>["problem"],
      identifier = "M7QS",
    ) => {
      const view: EntryView = { state: "share_refused", identifier, index: "D", problem };
      replies.set("enter_text", () => entered(view, setOf(["A", null])));
      await type(whole);
      await waitFor(() =>
        expect(screen.getByTestId("entry-share-refused").dataset.problem).toBe(problem),
      );
      return [says(), field().value === ""];
    };
    expect(await refused("foreign", "K2ZP")).toEqual([
      "This is sheet D of code K2ZP, but the others belong to code M7QS. " +
        "Enter a sheet of M7QS, or remove the others and enter the sheets of K2ZP.",
      false,
    ]);
    expect(await refused("repeated")).toEqual([
      "Sheet D is already entered. Nothing has changed. Enter another one.",
      true,
    ]);
    const [contradicts, emptied] = await refused("contradicts");
    expect(contradicts).toMatch(/can’t all be right.*Remove the one that differs/);
    expect(emptied).toBe(false);
  });

  it("are resumed when the page is opened again", async () => {
    replies.set("enter_resume", () => entered(ready("set"), setOf(["A", null], ["D", null])));
    render(CodeEntry, { entering: new Entering(), resume: true });
    await screen.findByTestId("entry-set-complete");
    expect(asked).toEqual([["enter_resume", undefined]]);
  });
});
