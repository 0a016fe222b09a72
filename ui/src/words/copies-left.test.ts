import { describe, expect, it } from "vitest";
import { copiesLeft } from "./copies-left";

const folder = "/stick/backup-kit-M7QS";
const pages = { identifier: "M7QS", at: 1_777_817_520, newer: 0 };

describe("what still opens with the sheet of a code that ends", () => {
  it("is nothing for a code without copies", () => {
    expect(copiesLeft("M7QS", [], null)).toEqual([]);
    expect(copiesLeft("QQQQ", [], pages)).toEqual([]);
  });

  it("names the kit's folder and the date of the pages", () => {
    const [kit, paper] = copiesLeft("M7QS", [{ folder, problem: null }], pages);
    expect(kit).toContain(folder);
    expect(kit).toContain("is deleted once");
    expect(paper).toContain("2026");
  });

  it("does not claim to have deleted a kit that is not where it was", () => {
    const [kit] = copiesLeft("M7QS", [{ folder, problem: null, deleted: true }], null);
    expect(kit).toContain("If you moved or copied it");
  });

  it("keeps the sheet of a kit that is kept", () => {
    const [kit, paper] = copiesLeft("M7QS", [{ folder, problem: "ahead" }], pages);
    expect(kit).toContain("Keep the sheet");
    expect(paper).not.toContain("destroy");
  });
});
