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

/** After so many milliseconds without a keystroke, what may be missing is looked for. */
const pause = 1500;

/** Entering a code, or the sheets of a set one after the other: what stands in the field, and what Rust makes of it. */
export class Entering {
  text = $state("");
  field = $state.raw<EntryView>({ state: "empty" });
  set = $state.raw<SetView | null>(null);
  /** What there is to restore from; null where nothing is being restored. */
  restoring = $state.raw<RestoringView | null>(null);
  /** The files that gave nothing, beside what others gave. */
  unread = $state.raw<Unread[]>([]);
  /** How far the reading of files is, while they are read. */
  scanning = $state.raw<Scanning | null>(null);
  /** Enter was pressed on too few characters, and nothing explains them. */
  short = $state(false);
  readonly task = new Task();

  /** The answer to the last keystroke is still to come. */
  private awaited = $state(false);
  private asked = 0;
  private last: Promise<unknown> = Promise.resolve();
  private later: ReturnType<typeof setTimeout> | undefined;

  /** There are as many sheets as give the code. */
  readonly complete = $derived(this.set !== null && this.set.sheets.length >= this.set.needed);
  /** Nothing in the field waits to be finished or answered. */
  private readonly clean = $derived(
    !this.awaited && this.text === "" && this.field.state !== "proposal",
  );
  /** A whole code is there: typed, corrected with a yes, read from a file, or given by its sheets. */
  readonly ready = $derived(
    (!this.awaited && this.field.state === "ready") || (this.complete && this.clean),
  );
  /** The code, and where a wallet is being restored, what to restore it from. */
  readonly nothingMissing = $derived(this.ready && (this.restoring?.whole ?? true));
  /** At least one sheet is there, and no other is half entered. */
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

  /** The person stopped: characters that were left out are looked for. */
  async finish(): Promise<void> {
    clearTimeout(this.later);
    const { asked } = this;
    await this.last;
    if (asked !== this.asked || this.text === "") return;
    if (this.field.state === "proposal" || this.ready) return;
    await this.ask(true);
  }

  /** The same with the Enter key, which asks for an answer. */
  async enter(): Promise<void> {
    await this.finish();
    this.short = this.field.state === "typing" && this.text !== "";
  }

  /** The person's yes to what is proposed, once they can have seen it. */
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

  choose(): Promise<void> {
    return this.gather(commands.enter_files);
  }

  /** Takes a recovery kit by its folder. */
  chooseFolder(): Promise<void> {
    return this.gather(commands.restore_folder);
  }

  /** Recovery pages that do not fit together are begun anew. */
  forgetPages(): Promise<void> {
    return this.gather(commands.restore_forget_pages);
  }

  /** Takes a picture that was pasted. */
  paste(picture: Blob): Promise<void> {
    return this.gather(async () => {
      if (picture.size > largestPicture) return tooLarge(this);
      return commands.enter_picture(new Uint8Array(await picture.arrayBuffer()));
    });
  }

  /** Looks at no more of the files that are being read. */
  stopScanning(): void {
    void commands.enter_cancel().catch(() => undefined);
  }

  /** What is known of every sheet's text once one is there: how it begins. */
  get beginning(): string {
    return this.set ? `${this.set.needed}${this.set.identifier}` : "";
  }

  /** Takes what files held. It replaces what was typed, unless it is one more sheet beside it. */
  read(entered: Entered): void {
    const { text } = this;
    const { state } = entered.field;
    // Nothing was chosen, or something that does not belong into the field.
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
    const entered = await this.task.run(() => this.inOrder(call));
    this.scanning = null;
    if (entered) this.read(entered);
  }

  async remove(index: string): Promise<void> {
    const entered = await this.task.run(() => this.inOrder(() => commands.enter_remove({ index })));
    if (!entered) return;
    // What stands in the field may fit now.
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

  /** Answers to older keystrokes are dropped, and the pause leads to nothing. */
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
      else if (joined(entered.field)) this.goOnBehind(text, entered);
    };
    await this.inOrder(ask).catch(() => undefined);
  }

  /** What was typed while a whole sheet was being taken is the beginning of the next. */
  private goOnBehind(text: string, entered: Entered): void {
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
    // The same answer again is no news: nothing moves, and nothing is read out twice.
    if (JSON.stringify(field) !== JSON.stringify(this.field)) this.field = field;
    if (!isDone(field)) return;
    clearTimeout(this.later);
    this.text = "";
  }

  /** One call after the other: what Rust holds in the end is what was asked last. */
  private inOrder<T>(call: () => Promise<T>): Promise<T> {
    const answer = this.last.then(call);
    this.last = answer.catch(() => undefined);
    return answer;
  }
}

/** A picture of more bytes is not sent to Rust, which would refuse it. */
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

/** A sheet went into the set. */
function joined(field: EntryView): boolean {
  return field.state === "added" || (field.state === "ready" && field.source === "set");
}

/** What was in the field is in, or is not needed: the field is free for the next sheet. */
function isDone(field: EntryView): boolean {
  if (field.state === "share_refused") {
    return field.problem === "repeated" || field.problem === "surplus";
  }
  return joined(field) || (field.state === "ready" && field.source !== "typed");
}
