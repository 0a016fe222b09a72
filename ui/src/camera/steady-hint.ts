import type { CameraHint } from "../ipc/generated";

/** A hint to the person in front of the camera. */
export type Hint = "starting" | "watching" | CameraHint | "others" | "found";

/** Shortest time a hint is shown, in milliseconds, so that it can be read or heard. */
const stands = 2500;
/** Time something must be seen before it becomes a hint, in milliseconds. */
const settles = 400;
/**
 * Time without it after which it no longer counts, in milliseconds. Two frames in a row go together
 * however far apart: a slow computer looks at less than one frame in this time.
 */
const lull = 700;

/** Smooths the hints of single frames. Times are in milliseconds. */
export class SteadyHint {
  private shown: Hint = "watching";
  private since: number;
  private seen: Hint = "watching";
  private previous: Hint = "watching";
  private seenFirst = -Infinity;
  private seenLast = -Infinity;

  constructor(now: number) {
    this.since = now;
  }

  /** Takes the hint of a frame and returns the hint to show. */
  next(hint: Hint, now: number): Hint {
    const { previous } = this;
    this.previous = hint === "found" ? "watching" : hint;
    // A find is shown at once, and its time counts from when it was last in view.
    if (hint === "found") {
      this.seenLast = -Infinity;
      this.since = now;
      this.shown = hint;
      return hint;
    }
    if (hint !== "watching") {
      if (previous === "watching" && now - this.seenLast > lull) this.seenFirst = now;
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
