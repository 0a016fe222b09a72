import { render, screen } from "@testing-library/svelte";
import { beforeEach, expect, it, vi } from "vitest";
import { replies } from "../../ipc/__mocks__/call";
import { app } from "../../state/app.svelte";
import { active, code, session, status } from "../../testing/session";
import Items from "./Items.svelte";

vi.mock("../../ipc/call");
vi.mock("../../ipc/events");

const note = { id: "n1", title: "Safe in the study", changed: 1000 };

async function open(read_only: boolean) {
  const open = status({ session: session({ read_only, code: code({ unfinished: active() }) }) });
  replies.set("list_items", () => [note]);
  replies.set("status", () => open);
  app.accept(open);
  render(Items);
  return await screen.findByTestId("item");
}

beforeEach(() => replies.clear());

it("a wallet that is open for reading only shows its items and says why nothing can be added", async () => {
  const item = await open(true);
  expect(app.route).toEqual({ name: "items" });
  expect(item.textContent).toContain("Safe in the study");
  expect(screen.getByTestId("read-only").textContent).toContain("can’t be written to");
  expect((screen.getByTestId("add-note") as HTMLButtonElement).disabled).toBe(true);
  // Nothing on the list could be done.
  expect(screen.queryByTestId("todos")).toBeNull();
});

it("every other wallet says nothing of the kind", async () => {
  await open(false);
  expect(screen.queryByTestId("read-only")).toBeNull();
  expect((screen.getByTestId("add-note") as HTMLButtonElement).disabled).toBe(false);
});
