import { render, screen } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { app } from "../../state/app.svelte";
import { active, code, session, set, status } from "../../testing/session";
import Kept from "./Kept.svelte";
import Unfinished from "../backup-code/Unfinished.svelte";

vi.mock("../../ipc/call", async (original) => ({
  ...(await original<typeof import("../../ipc/call")>()),
  call: async () => undefined,
}));
vi.mock("../../ipc/events", () => ({ on: () => () => undefined }));

const finder = () =>
  [...screen.getByTestId("finder").querySelectorAll("tr")].map((row) =>
    [...row.children].map((cell) => cell.textContent?.trim()).join(": "),
  );

beforeEach(() => app.accept(status({ session: session() })));

describe("what a finder can do", () => {
  it("is listed for a single sheet", () => {
    render(Kept, { identifier: "M7QS" });
    expect(finder()).toHaveLength(2);
    expect(finder()[0]).toContain("The other half is in this computer’s keychain.");
  });

  it("is listed for a set, where too few sheets hold no information", () => {
    app.accept(status({ session: session({ code: code({ active: set({ threshold: 3 }) }) }) }));
    render(Kept, { identifier: "M7QS" });
    expect(finder()).toEqual([
      "One sheet, or fewer than 3: Doesn’t open the wallet. It holds no information about the code.",
      "3 sheets, and nothing else: Doesn’t open the wallet. The other half is in this computer’s keychain.",
      "3 sheets, and this computer signed in to your desktop: Opens the wallet. So keep them apart.",
    ]);
  });
});

describe("an unfinished code", () => {
  it("is asked for whole, or by as many sheets as are needed", () => {
    app.accept(status({ session: session({ code: code({ unfinished: active() }) }) }));
    const { unmount } = render(Unfinished);
    expect(screen.getByTestId("view-unfinished").textContent).toContain("enter its whole code");
    unmount();
    app.accept(status({ session: session({ code: code({ unfinished: set() }) }) }));
    render(Unfinished);
    expect(screen.getByTestId("view-unfinished").textContent).toContain("enter 2 of them");
  });
});
