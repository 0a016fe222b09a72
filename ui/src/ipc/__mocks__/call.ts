/** Fake of Rust's side: the commands received, and a reply for each. */
export const asked: [command: string, request: unknown][] = [];
export const replies = new Map<string, (request: never) => unknown>();

export async function call(command: string, request: never): Promise<unknown> {
  asked.push([command, request]);
  return replies.get(command)?.(request);
}

export const callRaw = call;
