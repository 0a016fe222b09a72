import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { replies } from "../../ipc/__mocks__/call";
import ChangePassword from "../../views/wallet/ChangePassword.svelte";
import { app } from "../../state/app.svelte";
import { session, status } from "../../testing/session";

vi.mock("../../ipc/call");

const see = (id: string) => screen.getByTestId<HTMLInputElement>(id);
const type = (id: string, value: string) => fireEvent.input(see(id), { target: { value } });
const judge = (score: number) =>
  replies.set("password_strength", () => ({ score, warning: null, suggestions: [] }));

beforeEach(() => {
  replies.clear();
  app.accept(status({ session: session({ two_step: "later" }) }));
});

describe("a password that is easy to guess", () => {
  it("takes a second choice, which does not hold for another one", async () => {
    judge(1);
    render(ChangePassword);
    await type("current-password", "the present one");
    await type("new-password", "aaaaaaaaaaaaaaaa");
    await type("new-password-again", "aaaaaaaaaaaaaaaa");
    await waitFor(() => see("weak-anyway"));
    expect(see("primary").disabled).toBe(true);
    await fireEvent.click(see("weak-anyway"));
    expect(see("primary").disabled).toBe(false);
    await type("new-password", "bbbbbbbbbbbbbbbb");
    expect(see("primary").disabled).toBe(true);
    await waitFor(() => expect(see("weak-anyway").checked).toBe(false));
  });

  it("is not mentioned for a good one, or where nothing can be said", async () => {
    judge(3);
    render(ChangePassword);
    await type("current-password", "the present one");
    await type("new-password", "a long enough password");
    await type("new-password-again", "a long enough password");
    await waitFor(() => expect(see("primary").disabled).toBe(false));
    expect(screen.queryByTestId("weak-anyway")).toBeNull();
    replies.set("password_strength", () => Promise.reject({ code: "internal" }));
    await type("new-password", "another long enough password");
    await type("new-password-again", "another long enough password");
    await waitFor(() => expect(see("primary").disabled).toBe(false));
  });
});

describe("a new password", () => {
  it("is typed twice, or shown", async () => {
    judge(3);
    render(ChangePassword);
    await type("current-password", "the present one");
    await type("new-password", "a long enough password");
    await type("new-password-again", "a long enuf");
    await waitFor(() => expect(see("password-differs").textContent).toContain("differ"));
    expect(see("primary").disabled).toBe(true);
    await type("new-password-again", "a long enough");
    await waitFor(() => expect(see("password-differs").textContent).toBe(""));
    expect(see("primary").disabled).toBe(true);
    await fireEvent.click(see("new-password-show"));
    await waitFor(() => expect(see("primary").disabled).toBe(false));
    expect(screen.queryByTestId("new-password-again")).toBeNull();
  });

  it("that is generated is shown to be written down, and repeated once it is hidden", async () => {
    judge(4);
    const text = "six-words-that-do-not-belong";
    const strength = { score: 4, length: 28, needed: 15, warning: null, suggestions: [] };
    replies.set("generate", () => ({ text, strength }));
    render(ChangePassword);
    await type("current-password", "the present one");
    await fireEvent.click(see("new-password-generate"));
    await waitFor(() => expect(see("generated").textContent).toBe(text));
    await fireEvent.click(see("generator-use"));
    expect([see("new-password").value, see("new-password").type]).toEqual([text, "text"]);
    expect(screen.queryByTestId("new-password-again")).toBeNull();
    await waitFor(() => expect(see("primary").disabled).toBe(false));
    await fireEvent.click(see("new-password-show"));
    expect(see("new-password-again").value).toBe("");
    await waitFor(() => expect(see("primary").disabled).toBe(true));
  });
});
