import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { asked, replies } from "../../ipc/__mocks__/call";
import type { CodeLine, FieldView } from "../../ipc/generated";
import { app } from "../../state/app.svelte";
import { clipboard } from "../../state/clipboard.svelte";
import { Task } from "../../state/task.svelte";
import { field, oneTime, phrase, revealed } from "../../testing/items";
import { session, status } from "../../testing/session";
import FieldShown from "./FieldShown.svelte";

vi.mock("../../ipc/call");
vi.mock("../../ipc/events");

const see = (id: string) => screen.getByTestId(id);
const gone = (id: string) => expect(screen.queryByTestId(id)).toBeNull();
const press = (id: string) => fireEvent.click(see(id));
const requests = (command: string) =>
  asked.filter(([name]) => name === command).map(([, request]) => request);
const of = { id: "a1", version: null, number: 1 };
const words = ["abandon", "ability", "able"];

function show(over: Partial<FieldView>, fixed = false) {
  const task = new Task();
  const change = vi.fn((work: () => Promise<void>) => task.change(work));
  const name = field(1, { label: "It", text: null, ...over });
  render(FieldShown, { of, field: name, fixed, change });
  return { change };
}

beforeEach(() => {
  replies.clear();
  asked.length = 0;
  clipboard.notice = null;
  clipboard.error = null;
  app.accept(status({ session: session() }));
});

describe("copying", () => {
  it("needs no showing: Rust puts the text in the clipboard", async () => {
    replies.set("copy_field", () => ({ until: 1000 }));
    show({ kind: "secret" });
    await press("copy-1");
    expect(requests("copy_field")).toEqual([{ ...of, line: null }]);
    expect(requests("reveal_field")).toEqual([]);
    await waitFor(() => expect(clipboard.notice).toEqual({ state: "copied", until: 1000 }));
    expect(see("hidden-1")).toBeTruthy();
  });

  it("is offered for texts in sight too, unless there is nothing", () => {
    show({ kind: "text", text: "ada" });
    expect(see("copy-1")).toBeTruthy();
    gone("reveal-1");
  });

  it("is not offered where there is nothing", () => {
    show({ kind: "secret", text: "" });
    expect(see("shown-1").textContent).toContain("Nothing yet");
    gone("copy-1");
  });
});

describe("a hidden text", () => {
  it("cannot be selected once it is shown", async () => {
    replies.set("reveal_field", () => revealed("4711"));
    show({ kind: "secret" });
    await press("reveal-1");
    expect((await screen.findByTestId("shown-1")).classList).toContain("unselectable");
  });

  it("in plain sight from the start can be", () => {
    show({ kind: "text", text: "ada" });
    expect(see("shown-1").classList).not.toContain("unselectable");
  });
});

describe("a phrase", () => {
  beforeEach(() => {
    replies.set("reveal_field", () => revealed(words.join(" "), { words }));
  });

  it("tells what is known of it while it is hidden", () => {
    show({ kind: "words", about: phrase({ verdict: "unknown", unknown: [3], count: 24 }) });
    expect(see("about-1").textContent).toContain("Word 3 isn’t in the list (English).");
    expect(see("hidden-1")).toBeTruthy();
  });

  it("is a numbered grid once it is shown", async () => {
    show({ kind: "words", about: phrase() });
    await press("reveal-1");
    const items = (await screen.findByTestId("words-1")).querySelectorAll("li");
    expect([...items].map((it) => it.textContent?.trim().replace(/\s+/g, " "))).toEqual([
      "1 abandon",
      "2 ability",
      "3 able",
    ]);
    expect(see("word-2").textContent).toBe("ability");
    expect(see("words-1").classList).toContain("unselectable");
  });

  it("is shown one word at a time, with no other word in the page", async () => {
    show({ kind: "words", about: phrase() });
    await press("reveal-1");
    await screen.findByTestId("words-1");
    await press("words-one");
    await screen.findByTestId("dialog-words-one");
    const inPage = () => words.filter((word) => document.body.textContent?.includes(word));
    expect(inPage()).toEqual(["abandon"]);
    expect(screen.getByText("Word 1 of 3")).toBeTruthy();
    await press("words-one-next");
    expect(inPage()).toEqual(["ability"]);
    await fireEvent.keyDown(window, { key: "ArrowRight" });
    expect(inPage()).toEqual(["able"]);
    await fireEvent.keyDown(window, { key: "ArrowRight" });
    await fireEvent.keyDown(window, { key: "ArrowLeft" });
    expect(inPage()).toEqual(["ability"]);
    await press("words-one-previous");
    expect(see("words-one-previous")).toHaveProperty("disabled", true);
    await press("words-one-next");
    await press("words-one-next");
    await press("words-one-next");
    gone("dialog-words-one");
    expect(see("words-1")).toBeTruthy();
  });

  it("keeps the focus on a button that can be pressed, at the first word and at the last", async () => {
    show({ kind: "words", about: phrase() });
    await press("words-one");
    await screen.findByTestId("word-1");
    const [previous, next] = [see("words-one-previous"), see("words-one-next")];
    await press("words-one-next");
    previous.focus();
    await press("words-one-previous");
    expect(document.activeElement).toBe(next);
    // Arrow keys go back too, while the focus is on the button.
    await press("words-one-next");
    previous.focus();
    await fireEvent.keyDown(window, { key: "ArrowLeft" });
    expect(document.activeElement).toBe(next);
    await press("words-one-next");
    previous.focus();
    await press("words-one-next");
    expect(next.textContent?.trim()).toBe("Done");
    expect(next).toHaveProperty("disabled", false);
    // At any other word, it stays where it is.
    await press("words-one-previous");
    expect(document.activeElement).toBe(previous);
  });

  it("is shown word by word without ever being shown as a whole", async () => {
    show({ kind: "words", about: phrase() });
    await press("words-one");
    expect((await screen.findByTestId("word-1")).textContent).toBe("abandon");
    gone("words-1");
    gone("word-2");
    await press("dialog-close");
    gone("word-1");
    expect(see("hidden-1")).toBeTruthy();
  });

  it("is a QR code for hardware wallets, with a warning", async () => {
    replies.set("seed_qr", () => "data:image/svg+xml,seed");
    show({ kind: "words", about: phrase() });
    await press("seed-qr-1");
    const picture = await screen.findByTestId<HTMLImageElement>("seed-qr-picture");
    expect(picture.getAttribute("src")).toBe("data:image/svg+xml,seed");
    expect(see("seed-qr-warning").textContent).toContain("Whoever photographs this has the words.");
    await press("dialog-close");
    gone("seed-qr-picture");
  });

  it("is no QR code where the picture cannot be made, and the page says so", async () => {
    replies.set("seed_qr", () => Promise.reject({ code: "not_a_seed_qr" }));
    show({ kind: "words", about: phrase() });
    await press("seed-qr-1");
    expect((await screen.findByTestId("error")).dataset.code).toBe("not_a_seed_qr");
  });

  it.each([
    phrase({ verdict: "checksum" }),
    phrase({ verdict: "unfinished" }),
    phrase({ language: "french" }),
    phrase({ verdict: "slip39", language: null }),
  ])("offers no QR code unless it is a whole English one: $verdict, $language", (about) => {
    show({ kind: "words", about });
    gone("seed-qr-1");
  });
});

describe("a one-time password", () => {
  const start = 1_800_000_000;
  const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1000);
  beforeEach(() => {
    vi.useFakeTimers({ now: start * 1000 });
    return () => vi.useRealTimers();
  });

  it("shows its digits when they are asked for, and the next ones in time", async () => {
    let digits = "123456";
    let until = start + 10;
    replies.set("one_time_digits", () => ({ digits, until, period: 30 }));
    show({ kind: "one_time", about: oneTime({ issuer: "Exchange", account: "ada" }) });
    expect(see("about-1").textContent).toContain("Exchange, ada");
    gone("reveal-1");
    await pass(60);
    expect(requests("one_time_digits")).toEqual([]);
    until = start + 70;
    await press("digits-show-1");
    await pass(0);
    expect(see("digits-1").textContent).toContain("123 456");
    expect(see("ring-1").textContent).toContain("10 s left");
    // Seconds that pass are not announced.
    expect(see("ring-1").closest("[aria-live], [role=status], [role=timer]")).toBeNull();
    await pass(6);
    expect(see("ring-1").classList).toContain("late");
    digits = "654321";
    until = start + 100;
    await pass(4);
    expect(see("digits-1").textContent).toContain("654 321");
    expect(see("ring-1").textContent).toContain("30 s left");
    expect(requests("one_time_digits")).toHaveLength(2);
    await press("digits-show-1");
    gone("digits-1");
    await pass(60);
    expect(requests("one_time_digits")).toHaveLength(2);
  });

  it("hides its digits where the next ones cannot be had", async () => {
    replies.set("one_time_digits", () => ({ digits: "123456", until: start + 10, period: 30 }));
    show({ kind: "one_time", about: oneTime() });
    await press("digits-show-1");
    await pass(0);
    replies.set("one_time_digits", () => Promise.reject({ code: "not_one_time" }));
    await pass(11);
    gone("digits-1");
    expect(see("error").dataset.code).toBe("not_one_time");
  });

  it("asks once for the next ones, however long that takes, and not to show hidden ones", async () => {
    replies.set("one_time_digits", () => ({ digits: "123456", until: start + 10, period: 30 }));
    show({ kind: "one_time", about: oneTime() });
    await press("digits-show-1");
    await pass(0);
    let answer = () => {};
    const next = { digits: "654321", until: start + 40, period: 30 };
    replies.set("one_time_digits", () => new Promise((done) => (answer = () => done(next))));
    await pass(13);
    expect(requests("one_time_digits")).toHaveLength(2);
    expect(see("digits-1").textContent).toContain("123 456");
    await press("digits-show-1");
    answer();
    await pass(0);
    gone("digits-1");
  });

  it("says what to do in place of digits where its key is none", () => {
    show({ kind: "one_time", about: oneTime({ problem: "not_a_key" }) });
    expect(see("about-1").textContent).toContain("Copy the key from the service again");
    for (const id of ["digits-show-1", "copy-1"]) gone(id);
    // What gives no digits can still be read.
    expect(see("reveal-1")).toBeTruthy();
  });

  it("says nothing of a key that is not there yet", () => {
    show({ kind: "one_time", text: "", about: oneTime({ problem: "not_a_key" }) });
    expect(see("shown-1").textContent).toContain("Nothing yet");
    gone("about-1");
  });
});

describe("codes of another service", () => {
  const lines = (second: CodeLine["state"]): CodeLine[] => [
    { text: "of 3 May", state: "remark" },
    { text: "1111-aaaa", state: "left" },
    { text: "2222-bbbb", state: second },
  ];
  const box = (line: number) => see(`code-used-1-${line}`) as HTMLInputElement;
  const about = { type: "codes", left: 2, used: 0 } as const;
  let second: CodeLine["state"] = "left";

  beforeEach(() => {
    second = "left";
    replies.set("reveal_field", () => revealed("codes", { codes: lines(second) }));
  });

  it("are counted while they are hidden", () => {
    show({ kind: "codes", about: { type: "codes", left: 8, used: 2 } });
    expect(see("about-1").textContent).toContain("8 left, 2 used");
    expect(see("hidden-1")).toBeTruthy();
  });

  it("are a list, of which a used one is said to be so", async () => {
    second = "used";
    show({ kind: "codes", about });
    await press("reveal-1");
    expect((await screen.findByTestId("codes-1")).querySelectorAll("li")).toHaveLength(3);
    expect(screen.queryByTestId("code-used-1-0")).toBeNull();
    expect([box(1).checked, box(2).checked]).toEqual([false, true]);
    expect(box(2).closest("li")?.textContent).toContain("used");
    expect(box(1).closest("li")?.textContent).not.toContain("used");
  });

  it("are ticked off, and the item is read again", async () => {
    const { change } = show({ kind: "codes", about });
    await press("reveal-1");
    await screen.findByTestId("codes-1");
    const saves = app.saves;
    second = "used";
    await press("code-used-1-2");
    await waitFor(() => expect(requests("reveal_field")).toHaveLength(2));
    expect(requests("tick_code")).toEqual([{ id: "a1", number: 1, line: 2, used: true }]);
    expect(change).toHaveBeenCalledOnce();
    expect(app.saves).toBe(saves + 1);
    await waitFor(() => expect(box(2).closest("li")?.textContent).toContain("used"));
  });

  it("stay as they were where that could not be saved", async () => {
    show({ kind: "codes", about });
    await press("reveal-1");
    await screen.findByTestId("codes-1");
    replies.set("tick_code", () => Promise.reject({ code: "disk_full" }));
    await press("code-used-1-2");
    await waitFor(() => expect(box(2).checked).toBe(false));
    expect(requests("reveal_field")).toHaveLength(1);
  });

  it("are copied one by one", async () => {
    show({ kind: "codes", about });
    await press("reveal-1");
    await screen.findByTestId("codes-1");
    await press("code-copy-1-2");
    expect(requests("copy_field")).toEqual([{ ...of, line: 2 }]);
  });

  it("of an earlier version, or of a wallet for reading only, are not ticked", async () => {
    show({ kind: "codes", about }, true);
    await press("reveal-1");
    await screen.findByTestId("codes-1");
    expect(box(1).disabled).toBe(true);
  });
});

describe("a key", () => {
  it("tells what it is recognised as while it is hidden", () => {
    show({ kind: "key", about: { type: "key", form: "ethereum_address", checksum: "none" } });
    expect(see("about-1").textContent).toContain("Recognised: Ethereum address");
    expect(see("hidden-1")).toBeTruthy();
  });

  it("tells nothing where nothing is recognised", () => {
    show({ kind: "key", about: { type: "key", form: null, checksum: "none" } });
    gone("about-1");
  });
});

describe("the list of codes", () => {
  const about = { type: "codes", left: 2, used: 1 } as const;
  const proved = (seconds: number) =>
    replies.set("identity", () => ({ password: seconds, full: seconds }));
  const dialog = () => see("dialog-codes").textContent;

  it("is offered where codes are left, of what the item holds now", () => {
    show({ kind: "codes", about });
    expect(see("print-codes-1").getAttribute("aria-label")).toBe("Print: It");
    expect(see("save-codes-1")).toBeTruthy();
  });

  it("is not offered once every code was used", () => {
    show({ kind: "codes", about: { ...about, left: 0 } });
    gone("print-codes-1");
    gone("save-codes-1");
  });

  it("is printed once the password was right", async () => {
    proved(0);
    replies.set("confirm_password", () => ({ password: 600, full: 0 }));
    replies.set("printers", () => []);
    show({ kind: "codes", about });
    await press("print-codes-1");
    expect(dialog()).toContain("The used ones (1) are not on it.");
    await waitFor(() => see("proof-password"));
    expect(see("dialog-codes-yes")).toHaveProperty("disabled", true);
    await fireEvent.input(see("proof-password"), { target: { value: "right" } });
    await press("dialog-codes-yes");
    await waitFor(() => see("dialog-print"));
    expect(requests("confirm_password")).toEqual([{ password: "right" }]);
    gone("dialog-codes");
  });

  it("stays where it is while the password is wrong", async () => {
    proved(0);
    replies.set("confirm_password", () =>
      Promise.reject({ code: "wrong_password", wait_seconds: 1 }),
    );
    show({ kind: "codes", about });
    await press("save-codes-1");
    await waitFor(() => see("proof-password"));
    await fireEvent.input(see("proof-password"), { target: { value: "wrong" } });
    await press("dialog-codes-yes");
    await waitFor(() => see("error"));
    expect(requests("save_service_codes")).toEqual([]);
  });

  it("is saved without the password while a confirmation holds", async () => {
    proved(600);
    const saved = { file_name: "codes.pdf", folder: "/home/ada", synchronised: "Dropbox" };
    replies.set("save_service_codes", () => saved);
    show({ kind: "codes", about });
    await press("save-codes-1");
    await waitFor(() => expect(requests("identity")).toHaveLength(1));
    gone("proof-password");
    await press("dialog-codes-yes");
    await waitFor(() => see("codes-saved-1"));
    expect(requests("save_service_codes")).toMatchObject([{ id: "a1", number: 1 }]);
    expect(see("codes-synchronised-1").textContent).toContain("Dropbox");
    await waitFor(() => gone("dialog-codes"));
  });
});

describe("a file", () => {
  const file = { id: "f1", size: 312_000, here: true };

  it("is shown by name and size, and a copy of it is saved", async () => {
    show({ kind: "file", text: "lease.pdf", file });
    expect(see("shown-1").textContent).toMatch(/lease\.pdf\s+312 kB/);
    gone("copy-1");
    replies.set("save_file", () => ({ file_name: "copy.pdf", folder: "/home/ada" }));
    await press("save-file-1");
    const saved = await screen.findByTestId("file-saved");
    expect(saved.textContent).toBe("Saved as copy.pdf in /home/ada. This copy isn’t encrypted.");
    expect(requests("save_file")).toEqual([of]);
    replies.set("save_file", () => Promise.reject({ code: "disk_full" }));
    await press("save-file-1");
    await screen.findByTestId("error");
    gone("file-saved");
  });

  it("whose content is not in the wallet says so", () => {
    show({ kind: "file", text: "lease.pdf", file: { ...file, here: false } });
    expect(see("file-not-here").textContent).toContain("isn’t in this wallet");
    gone("save-file-1");
  });

  it("that was never chosen is none", () => {
    show({ kind: "file", text: "" });
    expect(see("shown-1").textContent).toBe("No file");
  });
});
