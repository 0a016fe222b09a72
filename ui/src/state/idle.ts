import { commands } from "../ipc/generated";

/** Shortest time between two reports of input, in milliseconds. */
const pause = 5_000;

/** Reports input to Rust while `isOpen()`, until the returned function is called. */
export function watchInput(isOpen: () => boolean, now: () => number = Date.now): () => void {
  let told = -pause;
  const heard = () => {
    if (!isOpen() || now() - told < pause) return;
    told = now();
    // It fails only after a lock, which replaces the page.
    commands.touch().catch(() => undefined);
  };
  const inputs = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"] as const;
  for (const input of inputs) window.addEventListener(input, heard, { passive: true });
  return () => {
    for (const input of inputs) window.removeEventListener(input, heard);
  };
}
