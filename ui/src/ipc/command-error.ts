import type { CommandError } from "./generated";

/** The error with this code, and its fields. */
export type ErrorOf<Code extends CommandError["code"]> = Extract<CommandError, { code: Code }>;

/**
 * Turns the rejection of a command into a `CommandError`. Tauri itself rejects with a string
 * (unknown command, denied command), which becomes an internal error.
 */
export function asCommandError(reason: unknown): CommandError {
  return isCommandError(reason) ? reason : { code: "internal" };
}

/** Returns the time before which a retry is refused (UTC seconds), or null where none is set. */
export function waitOf(error: CommandError | null, now = Date.now() / 1000): number | null {
  const seconds = error && "wait_seconds" in error ? error.wait_seconds : 0;
  return seconds > 0 ? now + seconds : null;
}

function isCommandError(reason: unknown): reason is CommandError {
  return typeof reason === "object" && reason !== null && "code" in reason;
}
