import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { groupsOf, shownSet } from "../../testing/shown-code";
import type { Entered } from "../../ipc/generated";
import { app } from "../../state/app.svelte";
import { active, code, session, set, status } from "../../testing/session";
import BackupCode from "./BackupCode.svelte";
import Remake from "./Remake.svelte";
import { asked, replies } from "../../ipc/__mocks__/call";
import { heard } from "../../ipc/__mocks__/events";

vi.mock("../../ipc/call");
vi.mock("../../ipc/events");

const see = (testid: string) => screen.getByTestId(testid);
const click = (testid: string) => fireEvent.click(see(testid));
const box = (letter: string) => see(`remake-letter-${letter}`) as HTMLInputElement;
const title = () => screen.getByRole("heading", { level: 1 }).textContent;

const both: Entered = {
  restoring: null,
  unread: [],
  field: { state: "ready", identifier: "M7QS", source: "set", name: null },
  set: {
    identifier: "M7QS",
    needed: 2,
    sheets: [
      { index: "A", source: "typed", name: null },
      { index: "D", source: "file", name: "photo.jpg" },
    ],
  },
};
const again = shownSet({
  sheets: [{ index: "C", ask_group: 4, kept: false }],
  groups: groupsOf("C"),
  remade: true,
});

beforeEach(() => {
  asked.length = 0;
  replies.clear();
  replies.set("printers", () => []);
  app.accept(status({ session: session({ code: code({ active: set() }) }) }));
  app.route = { name: "remake", resume: false };
  vi.stubGlobal("scrollTo", vi.fn());
  replies.set("enter_clear", () => ({ field: { state: "empty" }, set: null }));
  replies.set("enter_resume", () => both);
  replies.set("remake_sheets", () => again);
});

async function upToLetters() {
  render(Remake, { resume: false });
  heard.get("entry")?.(both as never);
  await waitFor(() => expect(see("primary")).toHaveProperty("disabled", false));
  await click("primary");
}

describe("making a sheet again", () => {
  it("preselects the sheets not entered, and offers one more", async () => {
    await upToLetters();
    expect("ACDE".split("").map((letter) => box(letter).checked)).toEqual([
      false,
      true,
      false,
      false,
    ]);
    expect(see("view-remake").textContent).toContain("still counts if someone finds it");
    await fireEvent.click(box("E"));
    await click("primary");
    await waitFor(() => expect(asked).toContainEqual(["remake_sheets", { indices: ["C", "E"] }]));
  });

  it("is disabled while no sheet is chosen", async () => {
    await upToLetters();
    await fireEvent.click(box("C"));
    expect(see("primary")).toHaveProperty("disabled", true);
  });

  it("shows the sheet, confirms it, and reports it on the page of the code", async () => {
    await upToLetters();
    await click("primary");
    await screen.findByTestId("view-issue-code");
    expect(title()).toBe("Sheet C of code M7QS, made again");
    replies.set("save_sheet", () => ({
      file_name: "C.pdf",
      folder: "/home",
      decoders: ["one", "two"],
      margin: 20,
      synchronised: null,
    }));
    await click("primary");
    await screen.findByTestId("sheet-saved");
    await click("primary");
    expect(see("keep-sheet").dataset.index).toBe("C");
    replies.set("confirm_by_group", () => ({
      step: "done",
      session: session({ code: code({ active: set() }) }),
    }));
    await fireEvent.input(see("keep-group"), { target: { value: "A7SQ2" } });
    await click("primary");
    await waitFor(() =>
      expect(app.route).toEqual({
        name: "backup-code",
        made: { identifier: "M7QS", letters: "C" },
      }),
    );
  });

  it("names an additional sheet as one more", async () => {
    replies.set("remake_sheets", () => ({
      ...again,
      sheets: [{ index: "E", ask_group: 4, kept: false }],
    }));
    await upToLetters();
    await click("primary");
    await screen.findByTestId("view-issue-code");
    expect(title()).toBe("Sheet E of code M7QS, one more");
  });

  it("resumes the sheets when going back from the letters", async () => {
    await upToLetters();
    await click("back");
    await screen.findByTestId("entry-set-complete");
    expect(asked.filter(([command]) => command === "enter_clear")).toHaveLength(1);
  });

  it("asks for the password again once the confirmation has expired, and keeps the sheets", async () => {
    replies.set("remake_sheets", () => Promise.reject({ code: "identity_needed" }));
    await upToLetters();
    await click("primary");
    await waitFor(() =>
      expect(app.route).toEqual({ name: "identity", purpose: "remake", resume: true }),
    );
  });

  it("accepts only the sheets themselves, and only of this code", async () => {
    render(Remake, { resume: false });
    const whole: Entered = {
      restoring: null,
      unread: [],
      field: { state: "ready", identifier: "M7QS", source: "file", name: "code.pdf" },
      set: null,
    };
    heard.get("entry")?.(whole as never);
    await waitFor(() => expect(see("error").dataset.code).toBe("shares_needed"));
    expect(see("primary")).toHaveProperty("disabled", true);
    const other = both.set && { ...both.set, identifier: "K2ZP" };
    heard.get("entry")?.({ ...both, set: other } as never);
    await waitFor(() => expect(see("error").dataset.code).toBe("sheet_wrong"));
    expect(see("primary")).toHaveProperty("disabled", true);
  });

  it("says on leaving that it can be made again", async () => {
    await upToLetters();
    await click("primary");
    await screen.findByTestId("view-issue-code");
    await click("back");
    expect(see("dialog-leave").textContent).toContain("2 of its sheets are enough");
  });
});

describe("the page of the code", () => {
  beforeEach(() => void replies.set("code_state", () => app.session?.code));

  it("offers it only for a set", async () => {
    const { unmount } = render(BackupCode);
    expect(see("code-sheets").textContent).toMatch(/3 sheets, 2 needed: A, C,? and D/);
    await click("code-remake");
    expect(app.route).toEqual({ name: "identity", purpose: "remake" });
    unmount();
    app.accept(status({ session: session({ code: code({ active: active() }) }) }));
    render(BackupCode);
    expect(screen.queryByTestId("code-remake")).toBeNull();
  });

  it("reports the sheet that was made", () => {
    render(BackupCode, { made: { identifier: "M7QS", letters: "C" } });
    expect(see("code-remade").textContent).toContain("Sheet C of code M7QS is made");
  });
});
