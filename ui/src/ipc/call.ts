import { invoke } from "@tauri-apps/api/core";
import type { CommandError } from "./generated";

/** Runs one command in Rust. Rejects with a `CommandError` and with nothing else. */
export async function call<T>(command: string, request?: unknown): Promise<T> {
  try {
    return await invoke<T>(command, request === undefined ? undefined : { request });
  } catch (reason) {
    throw asCommandError(reason);
  }
}

/** Runs one command whose request is bytes. They are wiped once the call has ended. */
export async function callRaw<T>(command: string, body: Uint8Array<ArrayBuffer>): Promise<T> {
  try {
    return await invoke<T>(command, body);
  } catch (reason) {
    throw asCommandError(reason);
  } finally {
    body.fill(0);
  }
}

/** What Tauri itself rejects with (an unknown command, a denied one) is a string: an internal error. */
export function asCommandError(reason: unknown): CommandError {
  if (isCommandError(reason)) return { ...reason, details: reason.details ?? {} };
  return { code: "internal", message: String(reason), details: {} };
}

function isCommandError(reason: unknown): reason is CommandError {
  return typeof reason === "object" && reason !== null && "code" in reason && "message" in reason;
}
