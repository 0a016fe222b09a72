import { describe, expect, it } from "vitest";
import type { KeyChecksum, KeyForm } from "../ipc/generated";
import { oneTime, phrase } from "../testing/items";
import { aboutLine } from "./about";
import { grouped } from "./one-time";

const codes = (left: number, used: number) => aboutLine({ type: "codes", left, used });
const key = (checksum: KeyChecksum, form: KeyForm | null = "extended_private") =>
  aboutLine({ type: "key", form, checksum });

describe("the line about a phrase", () => {
  it("says how many words it has, in which language, and that they fit together", () => {
    expect(aboutLine(phrase({ count: 24 }))).toEqual({
      says: "24 words, English. They fit together.",
      amber: false,
    });
    expect(aboutLine(phrase({ verdict: "slip39", count: 20, language: null }))?.says).toBe(
      "SLIP-39 share of 20 words. They fit together.",
    );
  });

  it("says that a word is wrong where they do not fit together", () => {
    for (const verdict of ["checksum", "slip39_checksum"] as const) {
      const line = aboutLine(phrase({ verdict }));
      expect(line?.says).toContain("one is wrong or in another place");
      expect(line?.amber).toBe(true);
    }
  });

  it("names the places of words that are not in the list", () => {
    expect(aboutLine(phrase({ verdict: "unknown", unknown: [3] }))?.says).toBe(
      "Word 3 isn’t in the list (English).",
    );
    expect(aboutLine(phrase({ verdict: "unknown", unknown: [3, 17] }))?.says).toBe(
      "Words 3 and 17 aren’t in the list (English).",
    );
  });

  it("says how many a phrase has while there are fewer, and nothing of none", () => {
    expect(aboutLine(phrase({ verdict: "unfinished", count: 11 }))).toEqual({
      says: "11 words. A phrase has 12, 15, 18, 21, or 24.",
      amber: false,
    });
    expect(aboutLine(phrase({ verdict: "unfinished", count: 1 }))?.says).toMatch(/^1 word\./);
    expect(aboutLine(phrase({ verdict: "empty", count: 0 }))).toBeNull();
  });
});

describe("the line about a one-time password", () => {
  it("names the service and the account, as far as they are known", () => {
    expect(aboutLine(oneTime({ issuer: "Exchange", account: "ada" }))?.says).toBe("Exchange, ada");
    expect(aboutLine(oneTime({ account: "ada" }))?.says).toBe("ada");
    expect(aboutLine(oneTime({}))).toBeNull();
  });

  it.each(["not_a_key", "counter", "algorithm", "digits", "period"] as const)(
    "says what is wrong and what to do where there are no digits: %s",
    (problem) => {
      const line = aboutLine(oneTime({ problem, issuer: "Exchange" }));
      expect(line?.amber).toBe(true);
      expect(line?.says).toMatch(/\. \S.*\.$/);
    },
  );
});

describe("the line about codes", () => {
  it("says how many are left, and warns of the last one and of none", () => {
    expect(codes(8, 2)).toEqual({ says: "8 left, 2 used", amber: false });
    expect(codes(1, 9)?.says).toMatch(/^1 left, 9 used\. Get new ones/);
    expect(codes(0, 10)?.says).toMatch(/^None left, 10 used\. Get new ones/);
    expect([codes(1, 9)?.amber, codes(0, 10)?.amber]).toEqual([true, true]);
    expect(codes(0, 0)).toBeNull();
  });

  it("warns of nothing where a service gave one code only", () => {
    expect(codes(1, 0)).toEqual({ says: "1 left, 0 used", amber: false });
  });
});

describe("the line about a key", () => {
  it("says what it is recognised as, never that it is valid", () => {
    const lines = [key("right"), key("none"), key("wrong")];
    for (const line of lines) expect(line?.says).not.toMatch(/valid/i);
    expect(lines.map((line) => line?.says)).toEqual([
      "Recognised: extended private key (xprv). Its check characters are right.",
      "Recognised: extended private key (xprv). It has no check characters.",
      "This looks like: extended private key (xprv). Its check characters are wrong: compare it with the original.",
    ]);
    expect(lines.map((line) => line?.amber)).toEqual([false, false, true]);
  });

  it("claims nothing where nothing is recognised", () => {
    expect(key("none", null)).toBeNull();
  });
});

describe("digits", () => {
  it("stand in two groups", () => {
    expect(["123456", "1234567", "12345678"].map(grouped)).toEqual([
      "123 456",
      "123 4567",
      "1234 5678",
    ]);
  });
});
