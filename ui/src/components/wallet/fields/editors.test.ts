import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { flushSync, type Component } from "svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { asked, replies } from "../../../ipc/__mocks__/call";
import { heard } from "../../../ipc/__mocks__/events";
import type { FieldJudged, FrameSeen, ReadQr, Scanning } from "../../../ipc/generated";
import { FakeCameras, nothing } from "../../../testing/fake-camera";
import { judged, oneTime, phrase } from "../../../testing/items";
import { withoutExecCommand } from "../../../testing/typing";
import CodesEditor from "./CodesEditor.svelte";
import KeyEditor from "./KeyEditor.svelte";
import OneTimeEditor from "./OneTimeEditor.svelte";
import type { EditorProps } from "./props";
import WordsEditor from "./WordsEditor.svelte";

vi.mock("../../../ipc/call");
vi.mock("../../../ipc/events");

const see = (id: string) => screen.getByTestId(id);
const gone = (id: string) => expect(screen.queryByTestId(id)).toBeNull();
const press = (id: string) => fireEvent.click(see(id));
const box = () => screen.getByTestId<HTMLTextAreaElement>("field-1");
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);
const judgements = () => asked.filter(([command]) => command === "judge_field");
const options = () => screen.queryAllByRole("option").map((it) => it.textContent?.trim());
const marked = () => document.querySelector("[aria-selected=true]")?.textContent?.trim();

async function type(value: string) {
  await fireEvent.input(box(), { target: { value } });
  box().setSelectionRange(value.length, value.length);
  await fireEvent.input(box());
}

function edit(editor: Component<EditorProps, object, "text">, text = "") {
  return render(editor, { id: "it", number: 1, name: "It", kind: "words", nameless: false, text });
}

/** Each text is judged as this function says. */
function judges(judge: (text: string) => Partial<FieldJudged>) {
  replies.set("judge_field", ({ text }: { text: string }) => judged(judge(text)));
}

beforeEach(() => {
  withoutExecCommand();
  replies.clear();
  asked.length = 0;
  replies.set("complete_word", () => []);
  judges(() => ({}));
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

describe("what is said of a text while it is typed", () => {
  it("waits for a pause", async () => {
    judges(() => ({ about: { type: "key", form: "wif", checksum: "right" } }));
    edit(KeyEditor);
    await pass(500);
    expect(judgements()).toEqual([]);
    await type("5");
    await pass(100);
    await type("5H");
    await pass(100);
    expect(judgements()).toEqual([]);
    await pass(100);
    expect(judgements()).toEqual([["judge_field", { kind: "key", text: "5H" }]]);
    expect(see("judged-1").textContent).toContain("Recognised: private key (WIF)");
    expect(see("judged-1").closest("[role=status]")?.id).toBe("it-judged");
    expect(box().getAttribute("aria-describedby")).toContain("it-judged");
  });

  it("is never of an older text", async () => {
    const answers = new Map<string, () => void>();
    replies.set(
      "judge_field",
      ({ text }: { text: string }) =>
        new Promise((done) =>
          answers.set(text, () =>
            done(judged({ about: phrase({ verdict: "unfinished", count: text.length }) })),
          ),
        ),
    );
    edit(WordsEditor);
    await type("a");
    await pass(200);
    await type("ab");
    answers.get("a")?.();
    await pass(0);
    gone("judged-1");
    await pass(200);
    answers.get("ab")?.();
    await pass(0);
    expect(see("judged-1").textContent).toContain("2 words");
    await type("abc");
    gone("judged-1");
  });

  it("is nothing where no answer comes", async () => {
    replies.set("judge_field", () => Promise.reject({ code: "internal" }));
    edit(WordsEditor);
    await type("abandon");
    await pass(200);
    gone("judged-1");
  });

  it("is what is wrong with a key for one-time passwords", async () => {
    judges(() => ({ about: oneTime({ problem: "counter" }) }));
    edit(OneTimeEditor);
    await type("otpauth://hotp/it");
    await pass(200);
    expect(see("judged-1").textContent).toContain("follow a counter");
  });
});

describe("near words", () => {
  it("replace the word of their place, whatever is around it", async () => {
    judges(() => ({
      about: phrase({ verdict: "unknown", unknown: [2], count: 3 }),
      near: [{ place: 2, words: ["ability", "able"], at: [14, 20] }],
    }));
    edit(WordsEditor);
    await type("1. abandon\n2. abilty\n3. able");
    await pass(200);
    expect(see("near-1-2").textContent).toContain("Word 2:");
    await press("near-1-2-ability");
    expect(box().value).toBe("1. abandon\n2. ability\n3. able");
  });

  it("are only shown where the word is written in digits", async () => {
    judges(() => ({ near: [{ place: 2, words: ["ability"], at: null }] }));
    edit(WordsEditor);
    await type("000000010002");
    await pass(200);
    expect(see("near-1-2").textContent).toContain("ability");
    gone("near-1-2-ability");
  });
});

describe("a phrase in several lines", () => {
  it("is written as one line where that is wanted", async () => {
    judges((text) => ({ tidy: text.includes("\n") ? "abandon ability" : null }));
    edit(WordsEditor);
    await type("1. abandon\n2. ability");
    await pass(200);
    expect(box().value).toBe("1. abandon\n2. ability");
    await press("one-line-1");
    expect(box().value).toBe("abandon ability");
    await pass(200);
    gone("one-line-1");
  });

  it("is left alone while it may hold more than its words", async () => {
    judges(() => ({ about: phrase({ verdict: "unknown", unknown: [1] }) }));
    edit(WordsEditor);
    await type("my 12 words: abandon ability");
    await pass(200);
    gone("one-line-1");
  });
});

describe("the word that is typed", () => {
  beforeEach(() => {
    replies.set("complete_word", ({ start }: { start: string }) =>
      ["ability", "able", "about"].filter((word) => word.startsWith(start)),
    );
  });

  it("is completed from a list that the text controls", async () => {
    edit(WordsEditor);
    await type("abandon ab");
    await pass(0);
    expect(asked).toContainEqual(["complete_word", { start: "ab", before: "abandon " }]);
    expect(options()).toEqual(["ability", "able", "about"]);
    expect(box().getAttribute("aria-controls")).toBe(see("complete-1").id);
    const active = () => document.getElementById(box().getAttribute("aria-activedescendant") ?? "");
    expect(active()).toBeNull();
    await fireEvent.keyDown(box(), { key: "ArrowDown" });
    expect(active()?.textContent?.trim()).toBe("ability");
    await fireEvent.keyDown(box(), { key: "ArrowDown" });
    expect([active()?.textContent?.trim(), marked()]).toEqual(["able", "able"]);
    await fireEvent.keyDown(box(), { key: "ArrowUp" });
    await fireEvent.keyDown(box(), { key: "ArrowUp" });
    expect(marked()).toBe("about");
  });

  it.each(["Tab", "Enter"])("is taken with %s, and the next one can be typed", async (key) => {
    edit(WordsEditor);
    await type("abandon abo");
    await pass(0);
    // Until it is marked, the key does what it does in any text.
    expect(await fireEvent.keyDown(box(), { key })).toBe(true);
    expect(box().value).toBe("abandon abo");
    await fireEvent.keyDown(box(), { key: "ArrowDown" });
    // A prevented event answers false.
    expect(await fireEvent.keyDown(box(), { key })).toBe(false);
    expect(box().value).toBe("abandon about ");
    expect(options()).toEqual([]);
    expect(await fireEvent.keyDown(box(), { key })).toBe(true);
  });

  it("is taken by a click, which leaves the focus in the text", async () => {
    edit(WordsEditor);
    await type("ab");
    await pass(0);
    const [, able] = screen.getAllByRole("option");
    expect(able && (await fireEvent.mouseDown(able))).toBe(false);
    expect(box().value).toBe("able ");
  });

  it("closes its list with Escape, once, and when the text is left", async () => {
    edit(WordsEditor);
    await type("ab");
    await pass(0);
    expect(await fireEvent.keyDown(box(), { key: "Escape" })).toBe(false);
    expect(options()).toEqual([]);
    expect(await fireEvent.keyDown(box(), { key: "Escape" })).toBe(true);
    await type("abl");
    await pass(0);
    await fireEvent.blur(box());
    expect(options()).toEqual([]);
  });

  it("has no list where it is whole, or where an answer is late", async () => {
    edit(WordsEditor);
    await type("able");
    await pass(0);
    expect(options()).toEqual([]);
    const late: (() => void)[] = [];
    replies.set("complete_word", () => new Promise((done) => late.push(() => done(["about"]))));
    await type("abo");
    await type("abo ");
    late.forEach((answer) => answer());
    await pass(0);
    expect(options()).toEqual([]);
  });

  it("leaves other keys to the text", async () => {
    edit(WordsEditor);
    await type("ab");
    await pass(0);
    expect(await fireEvent.keyDown(box(), { key: " " })).toBe(true);
    expect(await fireEvent.keyDown(box(), { key: "Tab", shiftKey: true })).toBe(true);
    expect(await fireEvent.keyDown(box(), { key: "ArrowDown", altKey: true })).toBe(true);
  });
});

describe("a QR code", () => {
  const read = (answer: ReadQr | null) => replies.set("read_qr_file", () => answer);
  const reads = () => asked.filter(([command]) => command === "read_qr_file");

  /** Reads until the answer is given. */
  function pending(): (answer: ReadQr | null) => void {
    const answers: ((answer: ReadQr | null) => void)[] = [];
    replies.set("read_qr_file", () => new Promise((done) => answers.push(done)));
    return (answer) => answers.forEach((done) => done(answer));
  }

  const progress = (it: Partial<Scanning> = {}) =>
    heard.get("scanning")?.({ name: "a.png", number: 1, of: 1, done: 0.5, ...it } as never);

  it("takes the place of the text of words", async () => {
    read({ state: "read", text: "abandon ability" });
    edit(WordsEditor, "able");
    await press("read-qr-1");
    await pass(0);
    expect(reads()).toEqual([["read_qr_file", { kind: "words", anyway: false }]]);
    expect(box().value).toBe("abandon ability");
    expect(document.activeElement).toBe(box());
  });

  it("takes the place of a key for one-time passwords", async () => {
    read({ state: "read", text: "otpauth://totp/a?secret=AA" });
    edit(OneTimeEditor);
    await press("read-qr-1");
    await pass(0);
    expect(reads()).toEqual([["read_qr_file", { kind: "one_time", anyway: false }]]);
    expect(box().value).toBe("otpauth://totp/a?secret=AA");
  });

  it("that is none of the field leaves the text and says why", async () => {
    edit(WordsEditor, "able");
    read({ state: "ours" });
    await press("read-qr-1");
    await pass(0);
    expect(see("read-qr-says-1").textContent).toContain("backup code");
    expect(box().value).toBe("able");
    read({ state: "unread", name: "a.png", problem: "no_code" });
    await press("read-qr-1");
    await pass(0);
    expect(see("read-qr-says-1").textContent).toContain("a.png: no QR code");
    read(null);
    await press("read-qr-1");
    await pass(0);
    gone("read-qr-says-1");
  });

  it("is read where reading can't be shielded only once the person says so", async () => {
    edit(WordsEditor);
    read({ state: "unread", name: "a.png", problem: "unprotected" });
    await press("read-qr-1");
    await pass(0);
    read({ state: "read", text: "abandon" });
    await press("read-qr-anyway-1");
    await pass(0);
    expect(reads().at(-1)).toEqual(["read_qr_file", { kind: "words", anyway: true }]);
    expect(box().value).toBe("abandon");
    gone("read-qr-anyway-1");
  });

  it("shows how far reading is, and stops it", async () => {
    const answer = pending();
    edit(WordsEditor);
    await press("read-qr-1");
    progress();
    await pass(0);
    expect(see("entry-scanning").textContent).toContain("a.png");
    await press("entry-scanning-cancel");
    expect(asked).toContainEqual(["enter_cancel", undefined]);
    answer(null);
    await pass(0);
    gone("entry-scanning");
    expect(box().value).toBe("");
  });

  it("of another field shows nothing here", async () => {
    edit(WordsEditor);
    progress();
    await pass(0);
    gone("entry-scanning");
  });

  it("is read no further once its field is gone", async () => {
    const answer = pending();
    const { unmount } = edit(OneTimeEditor);
    await press("read-qr-1");
    unmount();
    expect(asked).toContainEqual(["enter_cancel", undefined]);
    answer({ state: "read", text: "otpauth://totp/a?secret=AA" });
    await pass(0);
  });
});

describe("a QR code before the camera", () => {
  let cameras: FakeCameras;
  const answer = (seen: Partial<FrameSeen>) =>
    replies.set("camera_frame", () => ({ ...nothing, ...seen }));
  const starts = () => asked.filter(([command]) => command === "camera_start");
  const hint = () => see("camera-hint").textContent?.trim();

  /** Opens the camera of the field, and shows it something. */
  async function hold(seen: Partial<FrameSeen>) {
    answer(seen);
    // The preview is replaced before the camera is opened.
    see("read-qr-camera-1").click();
    flushSync();
    const video = cameras.video(screen.getByTestId<HTMLVideoElement>("camera-preview"));
    await pass(0);
    video.picture();
    await pass(100);
    return video;
  }

  beforeEach(() => {
    cameras = new FakeCameras();
    return () => cameras.restore();
  });

  it("fills the words, and the camera turns off", async () => {
    edit(WordsEditor, "able");
    await hold({ others: true, field: { state: "read", text: "abandon ability" } });
    expect(starts()).toEqual([["camera_start", { field: "words" }]]);
    expect(box().value).toBe("abandon ability");
    expect(hint()).toBe("Got it. The camera is turning off.");
    expect(document.activeElement).toBe(box());
    gone("read-qr-camera-1");
    await pass(1500);
    gone("camera");
    expect(see("read-qr-camera-1")).not.toBeNull();
    expect(document.activeElement).toBe(box());
    expect(cameras.running()).toBe(0);
  });

  it("fills the key for one-time passwords", async () => {
    edit(OneTimeEditor);
    await hold({ field: { state: "read", text: "otpauth://totp/a?secret=AA" } });
    expect(starts()).toEqual([["camera_start", { field: "one_time" }]]);
    expect(box().value).toBe("otpauth://totp/a?secret=AA");
  });

  it("that is none of the field is named, and the camera stays on", async () => {
    edit(WordsEditor, "able");
    const video = await hold({ ours: true, field: { state: "ours" } });
    for (let frame = 0; frame < 30; frame += 1) {
      video.picture();
      await pass(100);
    }
    expect(hint()).toContain("is a backup code or part of recovery pages");
    answer({ others: true, field: { state: "other", what: "one_time" } });
    video.picture();
    await pass(100);
    expect(hint()).toBe("The QR code holds a key for one-time passwords.");
    expect(see("camera").dataset.state).toBe("watching");
    expect(box().value).toBe("able");
    await press("camera-close");
    gone("camera");
    expect(document.activeElement).toBe(see("read-qr-camera-1"));
  });

  it("has the other ways where there is no camera", async () => {
    cameras.refuse("NotFoundError");
    edit(WordsEditor);
    await press("read-qr-camera-1");
    await pass(0);
    expect(screen.getByTestId("camera-problem").textContent).toContain("No camera was found.");
    expect(screen.getByTestId("camera-problem").textContent).toContain("from a picture");
  });

  it("is looked for by one field at a time, and by none that is gone", async () => {
    const { unmount } = edit(WordsEditor);
    const other = { id: "other", number: 2, name: "Other", nameless: false, text: "" };
    render(OneTimeEditor, { ...other, kind: "one_time" });
    await press("read-qr-camera-1");
    await pass(0);
    await press("read-qr-camera-2");
    await pass(0);
    expect(screen.getAllByTestId("camera")).toHaveLength(1);
    expect(see("read-qr-camera-1")).not.toBeNull();
    await press("read-qr-camera-1");
    await pass(0);
    unmount();
    await pass(0);
    gone("camera");
    expect(cameras.running()).toBe(0);
  });
});

describe("codes", () => {
  it("are counted, and put one a line where that is wanted", async () => {
    judges((text) => ({
      about: { type: "codes", left: 2, used: 0 },
      tidy: text.includes("\n") ? null : "1111\n2222",
    }));
    edit(CodesEditor);
    await type("1111 2222");
    await pass(200);
    expect(see("judged-1").textContent).toContain("2 left, 0 used");
    await press("sort-1");
    expect(box().value).toBe("1111\n2222");
    await pass(200);
    await waitFor(() => gone("sort-1"));
  });
});
