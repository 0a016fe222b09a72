/** UTC seconds now. */
export function secondsNow(): number {
  return Math.floor(Date.now() / 1000);
}
