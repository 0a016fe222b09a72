import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { beforeEach, expect, it, vi } from "vitest";
import { asked, replies } from "../../ipc/__mocks__/call";
import type { DraftLine } from "../../ipc/generated";
import { app } from "../../state/app.svelte";
import { session, status } from "../../testing/session";
import DraftsLeft from "./DraftsLeft.svelte";

vi.mock("../../ipc/call");
vi.mock("../../ipc/events");

const line = (over: Partial<DraftLine>): DraftLine => ({
  id: "a",
  kind: "account",
  title: "Exchange",
  typed: 1000,
  added: false,
  ...over,
});
const see = (id: string) => screen.getByTestId(id);

beforeEach(() => {
  replies.clear();
  asked.length = 0;
  app.accept(status({ session: session() }));
});

it("names each draft, the newest first, and says of a new item that it was never saved", async () => {
  replies.set("list_drafts", () => [
    line({}),
    line({ id: "b", kind: "note", title: " ", added: true }),
  ]);
  render(DraftsLeft, {});
  const list = await screen.findByTestId("drafts");
  const [first, second] = list.querySelectorAll("li span");
  expect(first?.textContent).toContain("“Note without a title” isn’t saved yet");
  expect(second?.textContent).toContain("“Exchange” has changes that aren’t saved");
  await fireEvent.click(screen.getAllByTestId("draft-continue")[0] as HTMLElement);
  expect(app.route).toEqual({
    name: "item",
    id: "b",
    kind: "note",
    title: "Note without a title",
    resume: true,
  });
});

it("shows two of many until the others are wanted", async () => {
  replies.set("list_drafts", () => ["a", "b", "c", "d"].map((id) => line({ id })));
  render(DraftsLeft, { but: "d" });
  await screen.findByTestId("drafts");
  expect(screen.getAllByTestId("draft-continue")).toHaveLength(2);
  expect(see("drafts-all").textContent).toContain("1 more");
  await fireEvent.click(see("drafts-all"));
  expect(screen.getAllByTestId("draft-continue")).toHaveLength(3);
});

it("says that damaged drafts cannot be read, and that the items are not affected", async () => {
  replies.set("list_drafts", () => Promise.reject({ code: "drafts_damaged" }));
  render(DraftsLeft, {});
  await waitFor(() => expect(see("error").textContent).toContain("can’t be read any more"));
  expect(see("error").textContent).toContain("Your saved items aren’t affected.");
});

it("cannot change anything in a wallet that is open for reading only", async () => {
  app.accept(status({ session: session({ read_only: true }) }));
  replies.set("list_drafts", () => [line({})]);
  render(DraftsLeft, {});
  await screen.findByTestId("drafts");
  expect(see("draft-continue")).toHaveProperty("disabled", true);
  expect(see("draft-discard")).toHaveProperty("disabled", true);
});
