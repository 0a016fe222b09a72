import { commands } from "../ipc/generated";

/** How often Rust hears at most that the person is there, in milliseconds. */
const pause = 20_000;

/** Tells Rust of input while a wallet, or a copy of one, is open, until the returned function is called. */
export function watchInput(isOpen: () => boolean, now: () => number = Date.now): () => void {
  let told = -pause;
  const heard = () => {
    if (!isOpen() || now() - told < pause) return;
    told = now();
    // A lock that came first has its own event; nothing is lost with this call.
    commands.touch().catch(() => undefined);
  };
  const inputs = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"] as const;
  for (const input of inputs) window.addEventListener(input, heard, { passive: true });
  return () => {
    for (const input of inputs) window.removeEventListener(input, heard);
  };
}
