import { getCurrentWindow } from "@tauri-apps/api/window";
import type { Entered, Printing, Scanning } from "./generated";

/** What Rust tells the window without being asked. */
export interface Events {
  /** The wallet was locked by idleness, by sleep, or from the menu. */
  locked: null;
  /** Files were dropped on the window and have been scanned. */
  entry: Entered;
  /** How far the reading of files, or of a pasted picture, is. */
  scanning: Scanning;
  /** How far the job is that is being printed. */
  printing: Printing;
  /** A file hovers over the window, or has left it. */
  drag: { over: boolean };
}

/** Listens until the returned function is called. */
export function on<Name extends keyof Events>(
  name: Name,
  heard: (payload: Events[Name]) => void,
): () => void {
  const listening = getCurrentWindow().listen<Events[Name]>(name, (event) => heard(event.payload));
  return () => void listening.then((stop) => stop());
}
