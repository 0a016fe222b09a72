import type { Life } from "../../ipc/generated";

const hour = 3600;
const day = 24 * hour;

/** Life of a code in seconds, or null for until used. A month is 30 days, a year 365. */
export const lifeSeconds: Record<Life, number | null> = {
  two_hours: 2 * hour,
  day,
  month: 30 * day,
  year: 365 * day,
  until_used: null,
};
