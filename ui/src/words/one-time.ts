/** Digits in two groups, of which the second may be the longer one: "123 456", "123 4567". */
export function grouped(digits: string): string {
  const half = Math.floor(digits.length / 2);
  return `${digits.slice(0, half)} ${digits.slice(half)}`;
}
