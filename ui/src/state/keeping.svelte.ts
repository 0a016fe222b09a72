import { asCommandError } from "../ipc/command-error";
import { commands, type CommandError } from "../ipc/generated";

/** How long after a key what is typed is kept, in milliseconds. */
const pause = 1_000;

interface Typed {
  /** What is typed now, to be compared. */
  now: () => string;
  /** Has Rust keep it as a draft. */
  keep: () => Promise<void>;
  /** Whether it has to wait for something else. */
  waits: () => boolean;
}

/** Keeps what is typed into an item as a draft. Made while a component is set up. */
export class Keeping {
  /** Why what is typed is not kept. */
  error = $state.raw<CommandError | null>(null);
  private readonly typed: Typed;
  /** What the draft holds, or the wallet where there is none. */
  private holds = $state("");
  private keeping: Promise<void> | null = null;
  /** What is typed is not kept yet. */
  readonly behind = $derived.by(() => this.typed.now() !== this.holds);

  constructor(typed: Typed) {
    this.typed = typed;
    this.holds = typed.now();
    $effect(() => {
      if (!this.behind) return;
      const later = setInterval(() => void this.now(), pause);
      return () => clearInterval(later);
    });
    // Until then the window does not close without this page.
    $effect(() => {
      if (!this.behind) return;
      void commands.unsaved_work({ unsaved: true }).catch(() => undefined);
      return () => void commands.unsaved_work({ unsaved: false }).catch(() => undefined);
    });
  }

  /** Keeps what is typed now. Returns whether nothing of it would be lost. */
  async now(): Promise<boolean> {
    await this.done();
    if (this.behind && !this.typed.waits()) {
      this.keeping = this.keep().finally(() => (this.keeping = null));
    }
    await this.done();
    return !this.behind;
  }

  /** Waits for what is on its way. */
  async done(): Promise<void> {
    await this.keeping;
  }

  /** Nothing of this would be lost by now: the wallet or the draft holds the same. */
  same(typed: string): void {
    this.holds = typed;
    this.error = null;
  }

  private async keep(): Promise<void> {
    const typed = this.typed.now();
    try {
      await this.typed.keep();
      this.same(typed);
    } catch (reason) {
      this.error = asCommandError(reason);
    }
  }
}
