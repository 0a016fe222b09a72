import { asCommandError } from "../ipc/command-error";
import type { CommandError } from "../ipc/generated";
import { app } from "./app.svelte";

/** A wait shorter than this shows nothing. */
const patience = 300;

/** One thing that a view asks Rust to do: busy while it runs, slow when it shows, and what went wrong. */
export class Task {
  busy = $state(false);
  slow = $state(false);
  error = $state.raw<CommandError | null>(null);

  /** Runs the work; gives nothing where it failed (see `error`) or where other work still runs. */
  async run<T>(work: () => Promise<T>): Promise<T | undefined> {
    if (this.busy) return undefined;
    this.busy = true;
    this.error = null;
    const slow = setTimeout(() => (this.slow = true), patience);
    try {
      return await work();
    } catch (reason) {
      const error = asCommandError(reason);
      if (error.code === "locked" && app.session) app.locked();
      else this.error = error;
      return undefined;
    } finally {
      clearTimeout(slow);
      this.busy = false;
      this.slow = false;
    }
  }

  clear(): void {
    this.error = null;
  }
}
