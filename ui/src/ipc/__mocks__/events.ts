/** What the page listens to in tests, by name: calling it is what Rust would tell. */
export const heard = new Map<string, (payload: never) => void>();

export function on(name: string, listener: (payload: never) => void): () => void {
  heard.set(name, listener);
  return () => heard.delete(name);
}
