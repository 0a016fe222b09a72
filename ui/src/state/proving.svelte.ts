import { waitOf } from "../ipc/command-error";
import { commands } from "../ipc/generated";
import { Task } from "./task.svelte";

/** An act that the password allows: it is asked for where no recent confirmation holds. */
export class Proving {
  readonly task = new Task();
  password = $state("");
  needed = $state(false);
  /** When the next try is allowed, in UTC seconds. */
  until = $state<number | null>(null);
  readonly ready = $derived(
    !this.task.busy && this.until === null && (!this.needed || this.password !== ""),
  );

  /** Asks for the password from the start, unless a confirmation holds. */
  async begin(): Promise<void> {
    // A failure shows again, in words, when the act is done.
    const identity = await commands.identity().catch(() => null);
    if (identity?.password === 0) this.needed = true;
  }

  async run<T>(act: () => Promise<T>): Promise<T | undefined> {
    const { password } = this;
    const done = await this.task.run(async () => {
      if (this.needed) {
        await commands.confirm_password({ password });
        this.needed = false;
      }
      return await act();
    });
    this.password = "";
    if (this.task.error?.code === "identity_needed") {
      this.needed = true;
      this.task.clear();
    }
    this.until = waitOf(this.task.error);
    return done;
  }
}
