import type { CommandError } from "../ipc/generated";

/** Until when nothing may be tried (UTC seconds with their fraction); null where it may be at once. */
export function waitOf(error: CommandError | null, now = Date.now() / 1000): number | null {
  const seconds = error?.details.wait_seconds ?? 0;
  return seconds > 0 ? now + seconds : null;
}
