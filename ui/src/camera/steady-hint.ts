import type { CameraHint } from "../ipc/generated";

/** What is said to the person before the camera. */
export type Hint = "starting" | "watching" | CameraHint | "others" | "found";

/** Milliseconds that a hint stands at least, so that it can be read, or heard to its end. */
const stands = 2500;
/** Milliseconds that something must have been seen before a hint speaks of it. */
const settles = 400;
/** Milliseconds without it after which it is over. */
const lull = 700;

/** The hint to show while the camera's frames say now this, now that. Times are in milliseconds. */
export class SteadyHint {
  private shown: Hint = "watching";
  private since: number;
  private seen: Hint = "watching";
  private seenFirst = -Infinity;
  private seenLast = -Infinity;

  constructor(now: number) {
    this.since = now;
  }

  /** Takes what a frame says; gives what is to be shown. */
  next(hint: Hint, now: number): Hint {
    // What is found is news at once, and stands from when it was last in view.
    if (hint === "found") {
      this.seenLast = -Infinity;
      this.since = now;
      this.shown = hint;
      return hint;
    }
    if (hint !== "watching") {
      if (now - this.seenLast > lull) this.seenFirst = now;
      this.seenLast = now;
      this.seen = hint;
    }
    const lasts = now - this.seenLast <= lull;
    const settled = !lasts || now - this.seenFirst >= settles;
    const current = lasts ? this.seen : "watching";
    if (current !== this.shown && settled && now - this.since >= stands) {
      this.shown = current;
      this.since = now;
    }
    return this.shown;
  }
}
