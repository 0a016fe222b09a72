import { dateLocale } from "./locale";

/** Joins parts as the locale does: "A", "A and C", "3, 7 and 9". */
export function listed(parts: Iterable<string | number>, locale = dateLocale()): string {
  return new Intl.ListFormat(locale, { type: "conjunction" }).format(Array.from(parts, String));
}
