import { invoke } from "@tauri-apps/api/core";

/** Runs a command in Rust. See `asCommandError` for what a rejection holds. */
export function call<T>(command: string, request?: unknown): Promise<T> {
  return invoke<T>(command, request === undefined ? undefined : { request });
}

/** Runs a command whose request is bytes, and wipes them once the call has ended. */
export async function callRaw<T>(command: string, body: Uint8Array<ArrayBuffer>): Promise<T> {
  try {
    return await invoke<T>(command, body);
  } finally {
    body.fill(0);
  }
}
