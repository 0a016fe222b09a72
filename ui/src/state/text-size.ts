/** The sizes of everything that can be chosen, in percent. */
export const sizes = [80, 90, 100, 110, 125, 150, 175, 200];

/** The next larger or smaller size, or the last one. */
export function otherSize(now: number, direction: 1 | -1): number {
  const others = direction > 0 ? sizes : sizes.toReversed();
  return others.find((size) => (size - now) * direction > 0) ?? now;
}
