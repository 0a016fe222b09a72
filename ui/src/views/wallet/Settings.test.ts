import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { app } from "../../state/app.svelte";
import { session, status } from "../../testing/session";
import Settings from "./Settings.svelte";

const replies = vi.hoisted(() => [] as ((request: unknown) => unknown)[]);
const asked = vi.hoisted(() => [] as unknown[]);
vi.mock("../../ipc/call", () => ({
  call: async (_: string, request: unknown) => {
    asked.push(request);
    return (replies.shift() ?? ((it: unknown) => it))(request);
  },
}));

beforeEach(() => {
  asked.length = 0;
  replies.length = 0;
  const preferences = { ...status().preferences, idle_minutes: 7 };
  app.accept(status({ session: session(), preferences }));
  render(Settings);
});
afterEach(cleanup);

const choose = (testid: string, value: string) =>
  fireEvent.change(screen.getByTestId(testid), { target: { value } });

describe("the settings", () => {
  it("show a choice that the list does not have", () => {
    expect(screen.getByTestId<HTMLSelectElement>("idle-minutes").value).toBe("7");
  });

  it("save each choice with the others as they are", async () => {
    // One right after the other.
    await choose("idle-minutes", "20");
    await fireEvent.click(screen.getByTestId("lock-at-sleep"));
    await fireEvent.click(screen.getByTestId("lock-at-screen-lock"));
    const first = { ...status().preferences, idle_minutes: 20 };
    const second = { ...first, lock_at_sleep: false };
    const all = { ...second, lock_at_screen_lock: false };
    await vi.waitFor(() => expect(asked).toEqual([first, second, all]));
    await vi.waitFor(() => expect(app.status?.preferences).toEqual(all));
  });

  it("let the clipboard be cleared sooner or later", async () => {
    const list = screen.getByTestId<HTMLSelectElement>("clipboard-seconds");
    const offered = [...list.options].map(({ value }) => value);
    expect([list.value, offered]).toEqual(["30", ["10", "30", "60", "120"]]);
    await choose("clipboard-seconds", "120");
    await vi.waitFor(() => expect(app.status?.preferences.clipboard_seconds).toBe(120));
    expect(asked).toEqual([expect.objectContaining({ clipboard_seconds: 120 })]);
  });

  it("wear another look at once", async () => {
    await choose("appearance", "dark");
    await vi.waitFor(() => expect(document.documentElement.dataset.look).toBe("dark"));
    expect(sessionStorage.getItem("look")).toBe("dark");
  });

  it("save a copy of the wallet file, and ask who wants it where that was long ago", async () => {
    const saved = { file_name: "Backup Code 2026-11-30.wallet", folder: "/stick" };
    replies.push(() => saved);
    await fireEvent.click(screen.getByTestId("save-copy"));
    await vi.waitFor(() =>
      expect(screen.getByTestId("copy-saved").textContent).toContain(saved.file_name),
    );
    replies.push(() => {
      throw { code: "identity_needed" };
    });
    await fireEvent.click(screen.getByTestId("save-copy"));
    await vi.waitFor(() => expect(app.route).toEqual({ name: "identity", purpose: "save-copy" }));
  });

  it("say so when a choice cannot be saved, and keep the old one", async () => {
    replies.push(() => {
      throw { code: "disk_full" };
    });
    await choose("idle-minutes", "20");
    await screen.findByTestId("error");
    expect(app.status?.preferences.idle_minutes).toBe(7);
  });
});
