import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Entered } from "../../ipc/generated";
import { app } from "../../state/app.svelte";
import { code, session, set, status } from "../../testing/session";
import Check from "./Check.svelte";
import CheckOutcome from "./CheckOutcome.svelte";
import RedeemEnter from "../redeem/RedeemEnter.svelte";
import { replies } from "../../ipc/__mocks__/call";

vi.mock("../../ipc/call");
vi.mock("../../ipc/events");

const one: Entered = {
  restoring: null,
  unread: [],
  field: { state: "added", identifier: "M7QS", index: "A", missing: 1 },
  set: { identifier: "M7QS", needed: 2, sheets: [{ index: "A", source: "typed", name: null }] },
};
const type = (value: string) =>
  fireEvent.input(screen.getByTestId("entry-text"), { target: { value } });
const primary = () => screen.getByTestId<HTMLButtonElement>("primary");

beforeEach(() => {
  replies.clear();
  app.accept(status({ session: session({ code: code({ active: set() }) }) }));
  app.route = { name: "check" };
  replies.set("enter_text", () => one);
});

describe("one sheet of a set", () => {
  it("can be checked alone, for being readable only", async () => {
    replies.set("check_entered", () => ({
      verdict: "sheets",
      identifier: "M7QS",
      needed: 2,
      letters: "A",
      live: true,
      expires: null,
    }));
    replies.set("code_state", () => app.session?.code);
    render(Check);
    expect(primary().disabled).toBe(true);
    await type("2M7QA".padEnd(60, "Q"));
    await waitFor(() => expect(primary().disabled).toBe(false));
    await fireEvent.click(primary());
    await waitFor(() => expect(app.route?.name).toBe("check-outcome"));
    const { outcome } = app.route as Extract<typeof app.route, { name: "check-outcome" }>;
    render(CheckOutcome, { outcome });
    const words = screen.getByTestId("outcome-sheets").textContent;
    expect(words).toContain("It belongs to code M7QS and is one of the 2 sheets needed.");
    expect(words).toContain("Only 2 sheets together can tell more.");
  });

  it("cannot be checked while another is half typed", async () => {
    render(Check);
    await type("2M7QA".padEnd(60, "Q"));
    await waitFor(() => expect(primary().disabled).toBe(false));
    replies.set("enter_text", () => ({ ...one, field: { state: "typing", have: 2 } }));
    await type("2M");
    await waitFor(() => expect(primary().disabled).toBe(true));
  });

  it("is not enough to redeem", async () => {
    render(RedeemEnter, { walletId: "w1" });
    await type("2M7QA".padEnd(60, "Q"));
    await screen.findByTestId("entry-set");
    expect(primary().disabled).toBe(true);
  });
});
