import { describe, expect, it } from "vitest";
import { fileProblems } from "./files";

describe("every file problem", () => {
  it.each(Object.entries(fileProblems))("%s says what to do", (_name, problem) => {
    const said = problem(["M7QS", "K2ZP"]);
    expect(said.happened).not.toBe("");
    expect(said.next).toMatch(/[.]$/);
  });
});
