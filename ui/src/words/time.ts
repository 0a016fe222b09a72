import { m } from "../paraglide/messages";
import { secondsNow } from "../time/seconds";
import { dateLocale } from "./locale";

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

function calendarDays(from: number, to: number): number {
  const midnight = (seconds: number) => new Date(seconds * 1000).setHours(0, 0, 0, 0);
  // Rounded, because a day with a clock change has 23 or 25 hours.
  return Math.round((midnight(to) - midnight(from)) / (day * 1000));
}

/** "16:12", as the locale writes it. */
export function timeOfDay(at: number, locale = dateLocale()): string {
  return new Intl.DateTimeFormat(locale, { timeStyle: "short" }).format(at * 1000);
}

/** "3 May 2026" */
export function date(at: number, locale = dateLocale()): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "long" }).format(at * 1000);
}

/** "3 May 2026 at 14:12" */
export function dateAndTime(at: number, locale = dateLocale()): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "short" }).format(
    at * 1000,
  );
}

/** "3 May 2026 at 14:12:09" */
export function dateAndSecond(at: number, locale = dateLocale()): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "medium" }).format(
    at * 1000,
  );
}

/** Writes each of these times as `dateAndTime` does, with seconds where two are in one minute. */
export function toldApart(times: readonly number[]): (at: number) => string {
  const minutes = times.map((at) => dateAndTime(at));
  return (at) => {
    const minute = dateAndTime(at);
    const alike = minutes.filter((other) => other === minute).length > 1;
    return alike ? dateAndSecond(at) : minute;
  };
}

/** The start of a day as fields hold it, "2026-05-03", in milliseconds; null for other texts. */
function startOf(text: string): number | null {
  const at = Date.parse(`${text}T00:00:00Z`);
  const same = !Number.isNaN(at) && new Date(at).toISOString().startsWith(`${text}T`);
  return same ? at : null;
}

/** Whether a text is a day, or nothing yet. */
export function isDay(text: string): boolean {
  return text === "" || startOf(text) !== null;
}

/** "3 May 2026" for "2026-05-03"; other texts stay as they are. */
export function calendarDate(text: string, locale = dateLocale()): string {
  const at = startOf(text);
  if (at === null) return text;
  return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(at);
}

/** "today at 16:12", "tomorrow at 09:00", "yesterday at …", otherwise date and time. */
export function moment(at: number, now = secondsNow(), locale = dateLocale()): string {
  const time = timeOfDay(at, locale);
  switch (calendarDays(now, at)) {
    case 0:
      return m.moment_today({ time });
    case 1:
      return m.moment_tomorrow({ time });
    case -1:
      return m.moment_yesterday({ time });
    default:
      return dateAndTime(at, locale);
  }
}

/** Like `moment`, for use after a verb: "today at 16:12", "on 3 May 2026 at 14:12". */
export function when(at: number, now = secondsNow(), locale = dateLocale()): string {
  const near = Math.abs(calendarDays(now, at)) <= 1;
  return near ? moment(at, now, locale) : m.moment_on({ at: dateAndTime(at, locale) });
}

/** Made once for a locale: making one takes longer than all that a long list needs it for. */
const relativeIn = new Map<string, Intl.RelativeTimeFormat>();

/** Relative time in one unit: "3 days ago", "in 2 hours". */
export function relative(at: number, now = secondsNow(), locale = dateLocale()): string {
  const words = relativeIn.get(locale) ?? new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  relativeIn.set(locale, words);
  const seconds = at - now;
  const size = Math.abs(seconds);
  if (size < minute) return words.format(0, "second");
  if (size < hour) return words.format(Math.trunc(seconds / minute), "minute");
  if (size < day) return words.format(Math.round(seconds / hour), "hour");
  const days = calendarDays(now, at);
  if (Math.abs(days) < 60) return words.format(days, "day");
  if (Math.abs(days) < 730) return words.format(Math.trunc(days / 30.4), "month");
  return words.format(Math.trunc(days / 365), "year");
}

/** "1 hour, 59 minutes": the two largest units that are not zero; minutes rounded down. */
export function duration(seconds: number, locale = dateLocale()): string {
  const whole = Math.max(0, Math.floor(seconds));
  const units: [number, "day" | "hour" | "minute" | "second"][] = [
    [Math.floor(whole / day), "day"],
    [Math.floor((whole % day) / hour), "hour"],
    [Math.floor((whole % hour) / minute), "minute"],
    [whole % minute, "second"],
  ];
  const first = units.findIndex(([count]) => count > 0);
  if (first === -1) return unit(0, "second", locale);
  const parts = units
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, name]) => unit(count, name, locale));
  return new Intl.ListFormat(locale, { type: "unit", style: "long" }).format(parts);
}

function unit(count: number, name: string, locale: string): string {
  return new Intl.NumberFormat(locale, { style: "unit", unit: name, unitDisplay: "long" }).format(
    count,
  );
}

/** Formats a countdown: "1:59:07", "9:59", "0:08". */
export function clockFace(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  const two = (part: number) => String(part).padStart(2, "0");
  const hours = Math.floor(whole / hour);
  const minutes = Math.floor((whole % hour) / minute);
  const rest = two(whole % minute);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** Returns the mark passed between `before` and `after` seconds left, to be announced. */
export function announcement(before: number, after: number): "ten_minutes" | "one_minute" | null {
  const passes = (mark: number) => before > mark && after <= mark;
  if (passes(minute)) return "one_minute";
  if (passes(10 * minute)) return "ten_minutes";
  return null;
}
