import { describe, expect, it } from "vitest";
import {
  announcement,
  calendarDate,
  clockFace,
  date,
  dateAndTime,
  duration,
  isDay,
  moment,
  relative,
  toldApart,
  when,
} from "./time";

const noon = Math.floor(new Date(2026, 4, 3, 12, 0).getTime() / 1000);
const hour = 3600;
const day = 24 * hour;

describe("dates", () => {
  it("are near by day and far by date", () => {
    expect(moment(noon + 2 * hour, noon, "en-GB")).toBe("today at 14:00");
    expect(moment(noon + day, noon, "en-GB")).toBe("tomorrow at 12:00");
    expect(moment(noon - day, noon, "en-GB")).toBe("yesterday at 12:00");
    expect(moment(noon + 30 * day, noon, "en-GB")).toBe("2 June 2026 at 12:00");
    expect(when(noon + 30 * day, noon, "en-GB")).toBe("on 2 June 2026 at 12:00");
    expect(when(noon + hour, noon, "en-GB")).toBe("today at 13:00");
  });

  it("count days by the calendar and not by 24 hours", () => {
    const late = noon + 11 * hour;
    expect(moment(late + 2 * hour, late, "en-GB")).toBe("tomorrow at 01:00");
  });

  it("follow the locale", () => {
    expect(date(noon, "en-GB")).toBe("3 May 2026");
    expect(date(noon, "en-US")).toBe("May 3, 2026");
    expect(dateAndTime(noon, "en-US")).toMatch(/^May 3, 2026 at 12:00\sPM$/);
  });

  it("of fields are days of the calendar in every time zone, and other texts stay", () => {
    expect(calendarDate("2026-05-03", "en-GB")).toBe("3 May 2026");
    expect(calendarDate("0999-12-31", "en-GB")).toContain("31 December");
    for (const text of ["in May", "", "2026", "2026-05", "2026-02-30", "2026-13-40"])
      expect(calendarDate(text, "en-GB")).toBe(text);
    expect(["2026-05-03", ""].map(isDay)).toEqual([true, true]);
    expect(["in May", "2026", "2026-05", "2026-02-30"].some(isDay)).toBe(false);
  });

  it("have seconds only where two are in one minute", () => {
    const said = toldApart([noon, noon + 9, noon + day]);
    const [one, other, alone] = [said(noon), said(noon + 9), said(noon + day)];
    expect(one).not.toBe(other);
    expect(other).toMatch(/12:00:09/);
    expect(alone).toBe(dateAndTime(noon + day));
  });

  it("say how long ago and how long left in one unit", () => {
    expect(relative(noon - 30, noon, "en")).toBe("now");
    expect(relative(noon - 3 * 60, noon, "en")).toBe("3 minutes ago");
    expect(relative(noon + 2 * hour, noon, "en")).toBe("in 2 hours");
    expect(relative(noon - 12 * day, noon, "en")).toBe("12 days ago");
    expect(relative(noon - 400 * day, noon, "en")).toBe("13 months ago");
    expect(relative(noon - 800 * day, noon, "en")).toBe("2 years ago");
  });
});

describe("a countdown", () => {
  it("shows hours only if there are any, and never goes below zero", () => {
    expect(clockFace(7147)).toBe("1:59:07");
    expect(clockFace(599)).toBe("9:59");
    expect(clockFace(7.2)).toBe("0:08");
    expect(clockFace(-5)).toBe("0:00");
  });

  it("is described in its two largest units", () => {
    expect(duration(7140, "en")).toBe("1 hour, 59 minutes");
    expect(duration(2 * day, "en")).toBe("2 days");
    expect(duration(0, "en")).toBe("0 seconds");
  });

  it("is announced at ten minutes and at one, once each", () => {
    expect(announcement(601, 600)).toBe("ten_minutes");
    expect(announcement(600, 599)).toBeNull();
    expect(announcement(61, 59.5)).toBe("one_minute");
    expect(announcement(59.5, 58)).toBeNull();
  });

  it("announces the nearer mark if the computer slept past both", () => {
    expect(announcement(900, 30)).toBe("one_minute");
  });
});
