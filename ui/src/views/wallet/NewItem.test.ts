import { fireEvent, render, screen } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { asked, replies } from "../../ipc/__mocks__/call";
import { app } from "../../state/app.svelte";
import { session, status } from "../../testing/session";
import { kinds } from "../../words/kinds";
import Item from "./Item.svelte";
import NewItem from "./NewItem.svelte";

vi.mock("../../ipc/call");
vi.mock("../../ipc/events");

beforeEach(() => {
  replies.clear();
  asked.length = 0;
  app.accept(status({ session: session() }));
});

describe("a new item", () => {
  it("is of a kind that is chosen first", async () => {
    render(NewItem);
    expect(document.activeElement?.tagName).toBe("H1");
    expect(screen.getAllByTestId(/^kind-/)).toHaveLength(kinds.length);
    await fireEvent.click(screen.getByTestId("kind-seed-phrase"));
    expect(app.route).toEqual({ name: "item", id: null, kind: "seed_phrase", title: "" });
  });

  it("cannot be begun in a wallet that is open for reading only", () => {
    app.accept(status({ session: session({ read_only: true }) }));
    render(NewItem);
    expect(screen.getByTestId("read-only")).toBeTruthy();
    for (const kind of screen.getAllByTestId(/^kind-/))
      expect(kind).toHaveProperty("disabled", true);
  });

  it("begins with the fields of its kind, and is nothing in the wallet yet", () => {
    render(Item, { id: null, kind: "card", title: "" });
    const labels = ["Number", "PIN", "Valid until"];
    for (const label of labels) expect(screen.getByLabelText(label)).toBeTruthy();
    expect(screen.getAllByTestId("field")).toHaveLength(labels.length);
    expect(screen.getByLabelText<HTMLInputElement>("Valid until").type).toBe("date");
    expect(document.activeElement).toBe(screen.getByTestId("item-title"));
    expect(asked.map(([command]) => command)).not.toContain("save_item");
    expect(app.mayLeave?.(() => undefined)).toBe(true);
  });
});
