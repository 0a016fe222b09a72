import { describe, expect, it } from "vitest";
import { bare, grouped, onSheet, outline, place, reformed, spelled, split } from "./groups";

const at = (marked: string) => ({ text: marked.replace("|", ""), caret: marked.indexOf("|") });
const shown = ({ text, caret }: { text: string; caret: number }) =>
  `${text.slice(0, caret)}|${text.slice(caret)}`;

describe("groups of a typed code", () => {
  it("form from any spacing, dashes and case", () => {
    expect(grouped("0m7qs-sxw4k 9d2\npz\u2013t6")).toBe("0M7QS SXW4K 9D2PZ T6");
  });

  it("ignore invisible characters in copied text", () => {
    expect(grouped("0M7\u200bQS\u00adSX\uff0dW4\u2060K")).toBe("0M7QS SXW4K");
    expect(grouped("\u2066\u201c0M7QS\u2063SXW4K\u201d\u2069")).toBe("0M7QS SXW4K");
  });

  it("show full-width letters and digits of every script as plain ones", () => {
    expect(grouped("\uff10\uff2d\u0667QS")).toBe("0M7QS");
  });

  it("keep characters that are in no code, so that they can be explained", () => {
    expect(bare("0#7 b")).toBe("0#7B");
  });

  it("count a character beyond the first plane once", () => {
    expect(split("A\u{1F511}BCDE")).toEqual(["A\u{1F511}BCD", "E"]);
  });

  it("keep the caret after the last typed character", () => {
    expect(shown(reformed(at("0m7|"), "0M"))).toBe("0M7|");
    expect(shown(reformed(at("0M7QSS|"), "0M7QS"))).toBe("0M7QS S|");
    expect(shown(reformed(at("0MX|7QS SXW4"), "0M7QS SXW4"))).toBe("0MX|7Q SSXW4");
  });

  it("move the caret past the space when a group fills up in the middle", () => {
    expect(shown(reformed(at("0M7QS| XW4KA"), "0M7Q XW4KA"))).toBe("0M7QS |XW4KA");
  });

  it("delete the character next to a deleted space, on the side of the key", () => {
    expect(shown(reformed(at("0M7QS|SXW"), "0M7QS SXW"))).toBe("0M7Q|S XW");
    expect(shown(reformed(at("0M7QS|SXW"), "0M7QS SXW", true))).toBe("0M7QS| XW");
  });

  it("are outlined where they are still empty", () => {
    const dots = "\u00b7".repeat(5);
    expect(outline("")).toBe(Array.from({ length: 12 }, () => dots).join(" "));
    expect(outline("0M7QS S").startsWith("\u00b7\u00b7\u00b7\u00b7 ")).toBe(true);
    expect(outline("A".repeat(60))).toBe("");
    expect(outline("A".repeat(70))).toBe("");
  });

  it("name a position as it is found on the sheet", () => {
    expect(place(1)).toEqual({ group: 1, character: 1 });
    expect(place(17)).toEqual({ group: 4, character: 2 });
    expect(place(60)).toEqual({ group: 12, character: 5 });
  });

  it("are spelled for a screen reader", () => {
    expect(spelled("A7SQ2")).toBe("A, 7, S, Q, 2");
  });
});

describe("a group on the sheet", () => {
  it("stands three in a row", () => {
    expect([1, 3, 4, 9, 12].map(onSheet)).toEqual([
      { row: 1, place: 1 },
      { row: 1, place: 3 },
      { row: 2, place: 1 },
      { row: 3, place: 3 },
      { row: 4, place: 3 },
    ]);
  });
});
