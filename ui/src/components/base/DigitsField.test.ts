import { fireEvent, render, screen } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import DigitsField from "./DigitsField.svelte";

const field = () => screen.getByTestId<HTMLInputElement>("digits");

describe("the six digits", () => {
  it.each([
    ["full width", "\uff11\uff12\uff13\uff14\uff15\uff16"],
    ["Arabic-Indic", "\u0661\u0662\u0663 \u0664\u0665\u0666"],
    ["Persian", "\u06f1\u06f2\u06f3\u06f4\u06f5\u06f6"],
    ["Devanagari", "\u0967\u0968\u0969\u096a\u096b\u096c"],
    ["a hyphen", "123-456"],
    ["direction marks and a fixed space", "\u2066123\u00a0456\u2069"],
  ])("are read in or with %s", async (_, value) => {
    render(DigitsField, { value: "" });
    await fireEvent.input(field(), { target: { value } });
    expect(field().value).toBe("123456");
  });
});
