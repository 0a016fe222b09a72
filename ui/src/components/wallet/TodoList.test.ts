import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, describe, expect, it, vi } from "vitest";
import { app } from "../../state/app.svelte";
import { active, code, session, status } from "../../testing/session";
import TodoList from "./TodoList.svelte";

vi.mock("../../ipc/call", () => ({ call: async () => undefined }));
afterEach(cleanup);

const shown = () =>
  [...document.querySelectorAll<HTMLElement>("[data-testid^=todo-]")]
    .map((it) => it.dataset.testid)
    .filter((it) => !it?.endsWith("-do"));

describe("the notices", () => {
  it("are two, the urgent ones first, until the person wants the others", async () => {
    const soon = active({ checked: null, issued: 0, expires: Date.now() / 1000 + 3 * 86_400 });
    const open = session({
      two_step: "later",
      weaker_keychain: true,
      code: code({ active: soon, unfinished: active({ identifier: "QPZR" }) }),
    });
    app.accept(status({ session: open }));
    render(TodoList);
    expect(shown()).toEqual(["todo-unfinished", "todo-expires"]);
    await fireEvent.click(screen.getByTestId("todos-all"));
    expect(shown().slice(0, 2)).toEqual(["todo-unfinished", "todo-expires"]);
    expect(shown()).toContain("todo-two-step");
    expect(shown()).toContain("todo-weaker-keychain");
    expect(screen.queryByTestId("todos-all")).toBeNull();
  });

  it("need no second click where two are all", () => {
    const checked = code({ active: active({ checked: Date.now() / 1000 }) });
    const open = session({ two_step: "later", weaker_keychain: true, code: checked });
    app.accept(status({ session: open }));
    render(TodoList);
    expect(shown()).toEqual(["todo-two-step", "todo-weaker-keychain"]);
    expect(screen.queryByTestId("todos-all")).toBeNull();
  });
});
