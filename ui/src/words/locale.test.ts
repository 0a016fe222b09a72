import { describe, expect, it } from "vitest";
import { dateLocale, usualPaper } from "./locale";

describe("dates", () => {
  it("use the app's language and the person's region", () => {
    expect(dateLocale("en", "en-GB")).toBe("en-GB");
    expect(dateLocale("en", "de-AT")).toBe("en-AT");
    expect(dateLocale("en", "de")).toBe("en-DE");
    expect(dateLocale("en", "not a locale")).toBe("en");
  });
});

describe("paper", () => {
  it("is Letter in the United States and Canada, and A4 elsewhere", () => {
    expect(usualPaper("en-US")).toBe("letter");
    expect(usualPaper("fr-CA")).toBe("letter");
    expect(usualPaper("en-GB")).toBe("a4");
    expect(usualPaper("de")).toBe("a4");
    expect(usualPaper("")).toBe("a4");
  });
});
