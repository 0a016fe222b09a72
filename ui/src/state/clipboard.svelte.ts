import { asCommandError } from "../ipc/command-error";
import { commands, type CommandError, type Copied } from "../ipc/generated";
import { app } from "./app.svelte";

/** What became of the clipboard. */
export type ClipboardNotice = { state: "copied"; until: Copied["until"] } | { state: "cleared" };

/** What this app put in the clipboard: Rust does so, and clears it again. */
class Clipboard {
  notice = $state.raw<ClipboardNotice | null>(null);
  error = $state.raw<CommandError | null>(null);
  /** Where its line may be shown: a dialog covers those before it. */
  places = $state.raw<readonly string[]>([]);

  /** Copies. Returns whether the clipboard holds it. */
  async copy(work: () => Promise<Copied>): Promise<boolean> {
    return this.settle(async () => ({ state: "copied", ...(await work()) }));
  }

  /** Has the clipboard cleared, if it still holds what was copied. */
  async clear(): Promise<void> {
    if (this.notice?.state !== "copied") return;
    await this.settle(async () => {
      await commands.clear_clipboard();
      return { state: "cleared" };
    });
  }

  private async settle(work: () => Promise<ClipboardNotice>): Promise<boolean> {
    this.error = null;
    try {
      this.notice = await work();
      return true;
    } catch (reason) {
      const error = asCommandError(reason);
      if (error.code === "locked" && app.session) app.locked();
      else this.error = error;
      return false;
    }
  }
}

export const clipboard = new Clipboard();
