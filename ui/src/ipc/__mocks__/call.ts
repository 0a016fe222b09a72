import { vi } from "vitest";

/** Rust's side in tests: what was asked of it, and what it answers to each command. */
export const asked: [command: string, request: unknown][] = [];
export const replies = new Map<string, (request: never) => unknown>();

const { asCommandError } = await vi.importActual<typeof import("../call")>("../call");
export { asCommandError };

export async function call(command: string, request: never): Promise<unknown> {
  asked.push([command, request]);
  return replies.get(command)?.(request);
}

export const callRaw = call;
