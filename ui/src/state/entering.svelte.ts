import { bare, codeLength, count, grouped } from "../code/groups";
import {
  commands,
  type Entered,
  type EntryView,
  type RestoringView,
  type Scanning,
  type SetView,
  type Unread,
} from "../ipc/generated";
import { Task } from "./task.svelte";

/** Pause in typing after which Rust looks for missing characters, in milliseconds. */
const pause = 1500;

/** State of entering a code, or the sheets of a set one after another. */
export class Entering {
  text = $state("");
  field = $state.raw<EntryView>({ state: "empty" });
  set = $state.raw<SetView | null>(null);
  /** The copy found so far; null unless restoring. */
  restoring = $state.raw<RestoringView | null>(null);
  /** Files without a code, among others with one. */
  unread = $state.raw<Unread[]>([]);
  /** Progress while files are read. */
  scanning = $state.raw<Scanning | null>(null);
  /** Enter was pressed too early, and no slip explains the missing characters. */
  short = $state(false);
  /** The proposal to which the person said no: what was typed is to be changed. */
  refused = $state.raw<EntryView | null>(null);
  readonly task = new Task();
  /** A file or picture was held back because reading can't be shielded on this system. */
  readonly heldBack = $derived(isHeldBack({ field: this.field, unread: this.unread }));
  /** A pasted picture that was held back. */
  private pasted: Blob | null = null;

  /** The answer to the last keystroke is pending. */
  private awaited = $state(false);
  private asked = 0;
  private last: Promise<unknown> = Promise.resolve();
  private later: ReturnType<typeof setTimeout> | undefined;

  /** Enough sheets are entered to give the code. */
  readonly complete = $derived(this.set !== null && this.set.sheets.length >= this.set.needed);
  /** The field is empty and nothing is pending. */
  private readonly clean = $derived(
    !this.awaited && this.text === "" && this.field.state !== "proposal",
  );
  /** A whole code is entered: typed, corrected and accepted, read from a file, or from sheets. */
  readonly ready = $derived(
    (!this.awaited && this.field.state === "ready") || (this.complete && this.clean),
  );
  /** The code is entered and, when restoring, the copy is complete. */
  readonly nothingMissing = $derived(this.ready && (this.restoring?.whole ?? true));
  /** At least one sheet is entered, and none is half typed. */
  readonly some = $derived(this.set !== null && this.clean);

  /** Clears what another page left behind, or resumes with what is there. */
  begin(resume: boolean): void {
    const { asked } = this;
    const ask = async () => {
      const entered = await (resume ? commands.enter_resume() : commands.enter_clear());
      if (asked !== this.asked) return;
      if (resume) this.take(entered);
      // A file may have been dropped meanwhile.
      else this.restoring ??= entered.restoring;
    };
    void this.inOrder(ask).catch(() => undefined);
  }

  type(text: string): void {
    this.text = text;
    this.short = false;
    this.awaited = true;
    clearTimeout(this.later);
    const have = count(text);
    if (have > 0 && have < codeLength) this.later = setTimeout(() => void this.finish(), pause);
    void this.ask(false);
  }

  /** Ends typing: Rust looks for missing characters. */
  async finish(): Promise<void> {
    clearTimeout(this.later);
    const { asked } = this;
    await this.last;
    if (asked !== this.asked || this.text === "") return;
    if (this.field.state === "proposal" || this.ready) return;
    await this.ask(true);
  }

  /** Like `finish`, for the Enter key: also reports a short code. */
  async enter(): Promise<void> {
    await this.finish();
    this.short = this.field.state === "typing" && this.text !== "";
  }

  /** Accepts the proposal, unless a newer answer is pending. */
  async accept(): Promise<void> {
    if (this.field.state !== "proposal" || this.awaited) return;
    const { corrected } = this.field;
    const { asked } = this;
    const entered = await this.task.run(() => this.inOrder(commands.enter_accept));
    if (!entered) return;
    this.set = entered.set;
    if (asked !== this.asked) return;
    this.text = grouped(corrected);
    this.take(entered);
  }

  /** Has what was typed changed instead. What was read from a file is given up. */
  refuse(): void {
    this.refused = this.field;
    if (this.text === "") this.type("");
  }

  choose(): Promise<void> {
    return this.gather(commands.enter_files);
  }

  /** Reads a recovery kit from a folder. */
  chooseFolder(): Promise<void> {
    return this.gather(commands.restore_folder);
  }

  /** Discards the recovery pages that were read. */
  forgetPages(): Promise<void> {
    return this.gather(commands.restore_forget_pages);
  }

  /** Reads a pasted picture. */
  paste(picture: Blob): Promise<void> {
    return this.gather(async () => {
      if (picture.size > largestPicture) return tooLarge(this);
      const bytes = new Uint8Array(await picture.arrayBuffer());
      const entered = await commands.enter_picture(bytes);
      if (isHeldBack(entered)) this.pasted = picture;
      return entered;
    });
  }

  /** Reads what was held back because reading can't be shielded on this system. */
  async readAnyway(): Promise<void> {
    const { pasted } = this;
    await this.gather(commands.enter_anyway);
    if (pasted && this.task.error === null) await this.paste(pasted);
  }

  /** Stops reading files. */
  stopScanning(): void {
    void commands.enter_cancel().catch(() => undefined);
  }

  /** The first characters of every sheet of the set, or an empty string. */
  get beginning(): string {
    return this.set ? `${this.set.needed}${this.set.identifier}` : "";
  }

  /** Takes the content of files. It replaces typed text, unless it is another sheet of the set. */
  read(entered: Entered): void {
    const { text } = this;
    const { state } = entered.field;
    // Nothing was chosen, or nothing that belongs in the field.
    if (state === "empty" && text !== "") {
      this.restoring = entered.restoring;
      this.unread = entered.unread;
      this.scanning = null;
      return;
    }
    this.take(entered);
    if (state === "proposal") this.text = "";
    if (state === "added" || state === "share_refused") this.text = text;
  }

  private async gather(call: () => Promise<Entered>): Promise<void> {
    this.pasted = null;
    const entered = await this.task.run(() => this.inOrder(call));
    this.scanning = null;
    if (entered) this.read(entered);
  }

  async remove(index: string): Promise<void> {
    const entered = await this.task.run(() => this.inOrder(() => commands.enter_remove({ index })));
    if (!entered) return;
    // The text in the field may fit now.
    if (this.text !== "") this.type(this.text);
    else this.take(entered);
    this.set = entered.set;
  }

  async clear(): Promise<void> {
    this.stop();
    this.text = "";
    const entered = await this.task.run(() => this.inOrder(commands.enter_clear));
    if (entered) this.take(entered);
  }

  /** Drops answers to older keystrokes and cancels the pause. */
  stop(): void {
    this.asked += 1;
    clearTimeout(this.later);
  }

  private async ask(finished: boolean): Promise<void> {
    this.asked += 1;
    const mine = this.asked;
    const ask = async () => {
      if (mine !== this.asked) return;
      const { text } = this;
      const entered = await commands.enter_text({ text, finished });
      if (mine === this.asked) this.take(entered);
      else if (joined(entered.field)) this.continueAfter(text, entered);
    };
    await this.inOrder(ask).catch(() => undefined);
  }

  /** Keeps text typed while a sheet was accepted, as the start of the next one. */
  private continueAfter(text: string, entered: Entered): void {
    this.set = entered.set;
    const [taken, typed] = [bare(text), bare(this.text)];
    if (typed.startsWith(taken)) this.type(grouped(typed.slice(taken.length)));
  }

  private take({ field, set, restoring, unread }: Entered): void {
    this.awaited = false;
    this.scanning = null;
    this.set = set;
    this.restoring = restoring;
    this.unread = unread;
    // An unchanged answer must not re-render or be announced again.
    if (JSON.stringify(field) !== JSON.stringify(this.field)) this.field = field;
    else if (this.refused === this.field) this.refused = null;
    if (!isDone(field)) return;
    clearTimeout(this.later);
    this.text = "";
  }

  /** Runs calls one after another, so that Rust ends with the last request. */
  private inOrder<T>(call: () => Promise<T>): Promise<T> {
    const answer = this.last.then(call);
    this.last = answer.catch(() => undefined);
    return answer;
  }
}

/** Largest picture that Rust accepts, in bytes. */
const largestPicture = 64 * 1024 * 1024;

function tooLarge({ set, restoring }: Entering): Entered {
  const field: EntryView = {
    state: "file_problem",
    name: null,
    problem: "too_large",
    identifiers: [],
  };
  return { field, set, restoring, unread: [] };
}

/** Whether a file or picture was held back. */
function isHeldBack({ field, unread }: Pick<Entered, "field" | "unread">): boolean {
  const problems = unread.map(({ problem }) => problem);
  if (field.state === "file_problem") problems.push(field.problem);
  return problems.includes("unprotected");
}

/** Whether a sheet was added to the set. */
function joined(field: EntryView): boolean {
  return field.state === "added" || (field.state === "ready" && field.source === "set");
}

/** Whether the field is free for the next sheet. */
function isDone(field: EntryView): boolean {
  if (field.state === "share_refused") {
    return field.problem === "repeated" || field.problem === "surplus";
  }
  return joined(field) || (field.state === "ready" && field.source !== "typed");
}
