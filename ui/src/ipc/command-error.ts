import type { CommandError, ErrorCode } from "./generated";

/** Builds an error that the page finds by itself, in the shape in which Rust reports it. */
export function errorOf(code: ErrorCode, details: CommandError["details"] = {}): CommandError {
  return { code, message: "", details };
}

/**
 * Turns the rejection of a command into a `CommandError`. Tauri itself rejects with a string
 * (unknown command, denied command), which becomes an internal error.
 */
export function asCommandError(reason: unknown): CommandError {
  if (isCommandError(reason)) return { ...reason, details: reason.details ?? {} };
  return { code: "internal", message: String(reason), details: {} };
}

/** Returns the time before which a retry is refused (UTC seconds), or null where none is set. */
export function waitOf(error: CommandError | null, now = Date.now() / 1000): number | null {
  const seconds = error?.details.wait_seconds ?? 0;
  return seconds > 0 ? now + seconds : null;
}

function isCommandError(reason: unknown): reason is CommandError {
  return typeof reason === "object" && reason !== null && "code" in reason && "message" in reason;
}
