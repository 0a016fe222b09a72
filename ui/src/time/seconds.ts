/** Current time in UTC seconds. */
export function secondsNow(): number {
  return Math.floor(Date.now() / 1000);
}
