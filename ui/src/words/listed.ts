import { dateLocale } from "./locale";

/** "A", "A and C", "3, 7 and 9", as the person's region joins them. */
export function listed(parts: Iterable<string | number>, locale = dateLocale()): string {
  return new Intl.ListFormat(locale, { type: "conjunction" }).format(Array.from(parts, String));
}
