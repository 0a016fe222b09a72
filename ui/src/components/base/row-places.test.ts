import { describe, expect, it } from "vitest";
import { placesOf, rowAt, rowsNear, usualHeight } from "./row-places";

const rows = ["a", "b", "c", "d", "e"].map((id) => ({ id }));

describe("the places of rows", () => {
  it("take measured heights, and the estimate for others", () => {
    const places = placesOf(rows, new Map([["b", 30]]), 10);
    expect([...places]).toEqual([0, 10, 40, 50, 60, 70]);
    expect([...placesOf([], new Map(), 10)]).toEqual([0]);
  });

  it("tell which row is at a distance from the top", () => {
    const places = placesOf(rows, new Map([["b", 30]]), 10);
    const at = [-5, 0, 9, 10, 39, 40, 69, 70, 900].map((distance) => rowAt(places, distance));
    expect(at).toEqual([0, 0, 0, 1, 1, 2, 4, 4, 4]);
  });

  it("tell which rows are near, in order and none twice", () => {
    const places = placesOf(rows, new Map(), 10);
    expect(rowsNear(places, 20, 35, [])).toEqual([2, 3]);
    expect(rowsNear(places, 20, 35, [0, 4, -1, 5, 3, 4])).toEqual([0, 2, 3, 4]);
    expect(rowsNear(placesOf([], new Map(), 10), 0, 100, [0, -1])).toEqual([]);
  });

  it("are estimated by a usual row", () => {
    expect(usualHeight([52, 120, 52])).toBe(52);
    expect(usualHeight([])).toBe(0);
  });
});
