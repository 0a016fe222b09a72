import { commands } from "../ipc/generated";

/** Whether this computer has a printer, as far as is known. */
class Printers {
  /** Asked, and there is none. */
  none = $state(false);

  async look(): Promise<void> {
    const found = await commands.printers().catch(() => []);
    this.none = found.length === 0;
  }
}

export const printers = new Printers();
