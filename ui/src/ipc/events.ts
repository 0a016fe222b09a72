import { getCurrentWindow } from "@tauri-apps/api/window";
import type { Entered, Printing, Scanning } from "./generated";

/** The events that Rust sends to the window: their names and what each carries. */
export interface Events {
  /** The wallet was locked: by the idle timer, by sleep, or from the menu. */
  locked: null;
  /** Files were dropped on the window and have been scanned. */
  entry: Entered;
  /** Progress of reading files or a pasted picture. */
  scanning: Scanning;
  /** Progress of the print job. */
  printing: Printing;
  /** A file is being dragged over the window, or has left it. */
  drag: { over: boolean };
}

/** Listens for an event until the returned function is called. */
export function on<Name extends keyof Events>(
  name: Name,
  listener: (payload: Events[Name]) => void,
): () => void {
  const listening = getCurrentWindow().listen<Events[Name]>(name, ({ payload }) =>
    listener(payload),
  );
  return () => void listening.then((stop) => stop());
}
