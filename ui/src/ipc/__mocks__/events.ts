/** Event listeners of the page by name; tests call them to send an event. */
export const heard = new Map<string, (payload: never) => void>();

export function on(name: string, listener: (payload: never) => void): () => void {
  heard.set(name, listener);
  return () => heard.delete(name);
}
