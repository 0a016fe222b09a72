import { vi } from "vitest";

/** What web views do for what is typed by program, and happy-dom does not: nothing is done here. */
export function withoutExecCommand(): void {
  document.execCommand = vi.fn(() => false);
}
