import { describe, expect, it } from "vitest";
import { folded } from "./folding";

describe("folding", () => {
  it("reads the decimal digits of every script", () => {
    for (const zero of [0x660, 0x6f0, 0x966, 0xe50, 0x1a90, 0xff10, 0x1d7ce, 0x1d7d8]) {
      const digits = Array.from({ length: 10 }, (_, value) => String.fromCodePoint(zero + value));
      expect(folded(digits.join(""))).toBe("0123456789");
    }
  });

  it("removes what nobody sees, and keeps white space", () => {
    expect(folded("\ufeffa\0\u200b\u2063\u2066\u00ad\u3164b \tc\n")).toBe("ab \tc\n");
  });

  it("shows full-width characters as plain ones", () => {
    expect(folded("\uff21\uff1f\u3000\uff11")).toBe("A? 1");
  });
});
