import { asCommandError } from "../ipc/command-error";
import type { CommandError } from "../ipc/generated";
import { app } from "./app.svelte";

/** Delay before a task counts as slow, in milliseconds. */
const patience = 300;

/** A task of a view: whether it runs, whether it is slow, and its error. */
export class Task {
  busy = $state(false);
  slow = $state(false);
  error = $state.raw<CommandError | null>(null);

  /** Runs the work. Returns undefined if it fails (see `error`) or if other work still runs. */
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
      // Memory holds what was saved.
      if (error.code === "in_place") void app.refresh().catch(() => undefined);
      return undefined;
    } finally {
      clearTimeout(slow);
      this.busy = false;
      this.slow = false;
    }
  }

  /**
   * Changes the wallet. Returns whether the wallet holds the change, which is so too where the disk
   * did not confirm it (see `error`).
   */
  async change(work: () => Promise<unknown>): Promise<boolean> {
    const done = await this.run(async () => {
      await work();
      return true;
    });
    const held = done === true || this.error?.code === "in_place";
    if (held) app.saves += 1;
    return held;
  }

  clear(): void {
    this.error = null;
  }
}
