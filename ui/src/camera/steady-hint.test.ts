import { describe, expect, it } from "vitest";
import { SteadyHint, type Hint } from "./steady-hint";

/** The hints shown after frames 100 ms apart, from `from` to `to`. */
function after(steady: SteadyHint, from: number, to: number, ...hints: Hint[]): Hint {
  let shown: Hint = "starting";
  for (let now = from, at = 0; now <= to; now += 100, at += 1) {
    shown = steady.next(hints[at % hints.length] ?? "watching", now);
  }
  return shown;
}

describe("the hint of a camera", () => {
  it("stays long enough to be heard before the next", () => {
    const steady = new SteadyHint(0);
    expect(after(steady, 0, 2400, "too_dark")).toBe("watching");
    expect(after(steady, 2500, 2500, "too_dark")).toBe("too_dark");
    expect(after(steady, 2600, 4900, "move_closer")).toBe("too_dark");
    expect(after(steady, 5000, 5000, "move_closer")).toBe("move_closer");
  });

  it("reports a find at once, and counts its time from when it was last in view", () => {
    const steady = new SteadyHint(0);
    expect(steady.next("found", 10)).toBe("found");
    expect(steady.next("found", 5000)).toBe("found");
    expect(after(steady, 5100, 7400, "watching")).toBe("found");
    expect(after(steady, 7500, 7500, "watching")).toBe("watching");
  });

  it("ignores what only a single frame shows", () => {
    const steady = new SteadyHint(0);
    after(steady, 0, 3000, "watching");
    expect(steady.next("too_dark", 3100)).toBe("watching");
    expect(after(steady, 3200, 9000, "watching")).toBe("watching");
  });

  it("reports what every other frame shows, until it is over", () => {
    const steady = new SteadyHint(0);
    expect(after(steady, 0, 4000, "hold_still", "watching")).toBe("hold_still");
    expect(after(steady, 4100, 6000, "watching")).toBe("watching");
  });

  it("is given on a computer that looks at one frame a second", () => {
    const steady = new SteadyHint(0);
    expect(steady.next("too_dark", 3000)).toBe("watching");
    expect(steady.next("too_dark", 4000)).toBe("too_dark");
    expect(steady.next("too_dark", 5000)).toBe("too_dark");
    expect(steady.next("watching", 6000)).toBe("too_dark");
    expect(steady.next("watching", 7000)).toBe("watching");
    expect(steady.next("too_dark", 8000)).toBe("watching");
  });
});
