import { getCurrentWindow } from "@tauri-apps/api/window";
import type { Events } from "./generated";

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
