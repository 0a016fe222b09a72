import { dateLocale } from "./locale";

/** "312 kB", "1 MB": a size in bytes, in steps of 1,000. */
export function bytes(size: number, locale = dateLocale()): string {
  const [amount, unit] =
    size < 1_000
      ? [size, "byte"]
      : size < 1_000_000
        ? [size / 1_000, "kilobyte"]
        : [size / 1_000_000, "megabyte"];
  const digits = unit === "megabyte" ? 1 : 0;
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit,
    unitDisplay: unit === "byte" ? "long" : "short",
    maximumFractionDigits: digits,
  }).format(amount);
}
