import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { groupsOf, shownSet } from "../../testing/shown-code";
import type { Entered, KeepStep, SavedSheet, ShownCode } from "../../ipc/generated";
import { app } from "../../state/app.svelte";
import { code, session, set, status } from "../../testing/session";
import Issue from "./Issue.svelte";
import { asked, replies } from "../../ipc/__mocks__/call";
import { heard } from "../../ipc/__mocks__/events";

vi.mock("../../ipc/call");
vi.mock("../../ipc/events");
vi.mock("../../ipc/preview", () => ({ previewOf: () => "sheet:" }));

const see = (testid: string) => screen.getByTestId(testid);
const click = (testid: string) => fireEvent.click(see(testid));
const tab = (index: string) =>
  screen.getAllByTestId("sheet-tab").find((one) => one.dataset.index === index) as HTMLElement;
const title = () => screen.getByRole("heading", { level: 1 }).textContent;
const choose = async (testid: string, value: number) =>
  fireEvent.change(see(testid), { target: { value: String(value) } });
const issued = () => asked.find(([command]) => command === "issue_code")?.[1];
const firstGroup = () => screen.getAllByTestId("code-group")[0]?.textContent;

const step = (shown: ShownCode, left: number): KeepStep => ({ step: "sheet", shown, left });

/** The set on the screen with this many sheets confirmed. */
const afterKept = (count: number): ShownCode =>
  shownSet({
    sheet: count,
    sheets: shownSet().sheets.map((sheet, at) => ({ ...sheet, kept: at < count })),
  });

const file = (sheet: number): SavedSheet => ({
  file_name: `${sheet}.pdf`,
  folder: "/home/ada",
  decoders: ["one", "two"],
  margin: 20,
  synchronised: null,
});

beforeEach(() => {
  asked.length = 0;
  replies.clear();
  app.accept(status({ session: session() }));
  app.route = { name: "issue" };
  vi.stubGlobal("scrollTo", vi.fn());
  replies.set("issue_code", () => shownSet());
  replies.set("printers", () => []);
  replies.set("save_sheet", ({ sheet }: { sheet: number }) => file(sheet));
  replies.set("choose_sheets_folder", () => true);
  replies.set("save_sheet_in_folder", ({ sheet }: { sheet: number }) => file(sheet));
  replies.set("shown_code", ({ sheet }: { sheet: number }) => shownSet({ sheet }));
});

async function issueSet() {
  render(Issue);
  await click("set-several");
  await click("primary");
  await screen.findByTestId("view-issue-code");
}

describe("choosing how many sheets", () => {
  it("is one by default", async () => {
    render(Issue);
    expect(see("set-one")).toHaveProperty("checked", true);
    expect(screen.queryByTestId("set-needed")).toBeNull();
    await click("primary");
    await waitFor(() => expect(issued()).toMatchObject({ set: null }));
  });

  it("states the consequence of each size, and never needs more sheets than there are", async () => {
    render(Issue);
    await click("set-several");
    const view = () => see("view-issue-life").textContent;
    expect(view()).toContain("3 sheets: any 2 open the wallet, one alone reveals nothing.");
    await choose("set-needed", 5);
    expect(view()).toContain("5 sheets, all of them needed: if one is lost, so is the code.");
    await choose("set-sheets", 7);
    expect(view()).toContain("7 sheets: any 5 open the wallet, fewer reveal nothing.");
    const offered = [...see("set-sheets").querySelectorAll("option")].map(({ value }) => value);
    expect([offered[0], offered.at(-1)]).toEqual(["5", "31"]);
    await click("primary");
    await waitFor(() => expect(issued()).toMatchObject({ set: { needed: 5, sheets: 7 } }));
  });
});

describe("a set on the screen", () => {
  it("shows one sheet at a time", async () => {
    await issueSet();
    expect(title()).toBe("Sheet A of code M7QS");
    expect(tab("A").getAttribute("aria-current")).toBe("true");
    await fireEvent.click(tab("D"));
    await waitFor(() => expect(title()).toBe("Sheet D of code M7QS"));
    expect(asked.at(-1)).toEqual(["shown_code", { sheet: 2 }]);
    expect(firstGroup()).toBe("D0000");
    expect(tab("A").getAttribute("aria-current")).toBeNull();
  });

  it("asks for confirmation once every sheet is somewhere", async () => {
    await issueSet();
    expect(see("primary").textContent).toContain("Save all 3 sheets");
    await fireEvent.click(tab("D"));
    await waitFor(() => expect(title()).toBe("Sheet D of code M7QS"));
    await click("save-sheet");
    await waitFor(() => expect(see("primary").textContent).toContain("show sheet A"));
    await click("primary");
    await waitFor(() => expect(title()).toBe("Sheet A of code M7QS"));
    expect(see("primary").textContent).toContain("Save sheet as PDF");
    await click("primary");
    await waitFor(() => expect(see("primary").textContent).toContain("show sheet C"));
    await click("primary");
    await waitFor(() => expect(title()).toBe("Sheet C of code M7QS"));
    await click("primary");
    await waitFor(() => expect(see("primary").textContent).toContain("I’ve saved them all"));
    await click("primary");
    expect(see("view-issue-keep")).toBeTruthy();
  });

  it("is saved at once, into one folder", async () => {
    await issueSet();
    await click("primary");
    await waitFor(() => expect(see("primary").textContent).toContain("I’ve saved them all"));
    expect(screen.getAllByTestId("sheet-tab").map(({ dataset }) => dataset.mark)).toEqual([
      "saved",
      "saved",
      "saved",
    ]);
    const folders = asked.filter(([command]) => command === "choose_sheets_folder");
    expect(folders).toHaveLength(1);
  });

  it("stops saving between two sheets, and keeps what is saved", async () => {
    let release: () => void = () => undefined;
    replies.set("save_sheet_in_folder", ({ sheet }: { sheet: number }) =>
      sheet === 0 ? file(0) : new Promise((done) => (release = () => done(file(sheet)))),
    );
    await issueSet();
    await click("primary");
    await waitFor(() => expect(see("saving-all").textContent).toContain("Saving sheet 2 of 3"));
    await click("saving-stop");
    release();
    await waitFor(() => expect(see("primary").textContent).toContain("show sheet D"));
    expect(tab("C").dataset.mark).toBe("saved");
    expect(tab("D").dataset.mark).toBeUndefined();
  });

  it("offers printing where there is a printer", async () => {
    replies.set("printers", () => [{ id: "desk" }]);
    await issueSet();
    await waitFor(() => expect(see("primary").textContent).toContain("Print all 3 sheets"));
    expect(see("save-all-sheet").textContent).toContain("Save all 3 sheets as PDFs");
  });

  it("marks saved sheets, each with its own file", async () => {
    await issueSet();
    await fireEvent.click(tab("C"));
    await waitFor(() => expect(title()).toBe("Sheet C of code M7QS"));
    await click("save-sheet");
    await waitFor(() => expect(see("sheet-saved").textContent).toContain("1.pdf"));
    expect(tab("C").textContent).toContain("saved");
    await fireEvent.click(tab("A"));
    await waitFor(() => expect(title()).toBe("Sheet A of code M7QS"));
    expect(screen.queryByTestId("sheet-saved")).toBeNull();
    expect(tab("A").textContent).not.toContain("saved");
  });

  it("is uncovered at the sheet where it was covered", async () => {
    await issueSet();
    await fireEvent.click(tab("C"));
    await waitFor(() => expect(title()).toBe("Sheet C of code M7QS"));
    await click("cover");
    expect(asked.at(-1)).toEqual(["cover_code", { sheet: 1 }]);
    expect(screen.queryAllByTestId("code-group")).toHaveLength(0);
    replies.set("uncover_code", ({ sheet }: { sheet: number }) => shownSet({ sheet }));
    await fireEvent.input(see("uncover-password"), { target: { value: "secret" } });
    await click("primary");
    await waitFor(() => expect(firstGroup()).toBe("C0000"));
  });

  it("is copied by hand sheet by sheet", async () => {
    await issueSet();
    await click("copy-by-hand");
    expect(title()).toBe("Sheet A: group 1 of 12");
    for (let group = 1; group < 12; group += 1) await click("primary");
    await click("primary");
    expect(title()).toBe("Type sheet A back from your paper");
    expect(see("primary").textContent).toContain("Confirm sheet A");
    expect(see("missing").textContent).toContain("60 characters");
    const copy = groupsOf("A").join("");
    await fireEvent.input(see("entry-text"), { target: { value: `${copy.slice(0, -1)}2` } });
    expect(see("typeback-says").dataset.kind).toBe("differs");
    expect(see("primary")).toHaveProperty("disabled", true);
    await fireEvent.input(see("entry-text"), { target: { value: copy } });
    expect(see("typeback-says").dataset.kind).toBe("same");
    replies.set("confirm_by_entry", () => step(afterKept(1), 2));
    await click("primary");
    await waitFor(() => expect(title()).toBe("Sheet C of code M7QS"));
    expect(asked.slice(-3)).toEqual([
      ["enter_clear", undefined],
      ["enter_text", { text: groupsOf("A").join(" "), finished: true }],
      ["confirm_by_entry", undefined],
    ]);
    expect(tab("A").textContent).toContain("confirmed");
  });

  it("is on paper without being typed back, and is asked for later", async () => {
    await issueSet();
    await click("copy-by-hand");
    await click("copy-all");
    await click("typeback-skip");
    await waitFor(() => expect(title()).toBe("Sheet C of code M7QS"));
    expect(tab("A").dataset.mark).toBe("paper");
    expect(asked.some(([command]) => command === "confirm_by_entry")).toBe(false);
  });
});

describe("keeping a set", () => {
  async function keepSet() {
    await issueSet();
    await click("primary");
    await waitFor(() => expect(see("primary").textContent).toContain("I’ve saved them all"));
    await click("primary");
  }
  const done: KeepStep = {
    step: "done",
    session: session({ code: code({ active: set() }) }),
  };

  it("asks for a group of each sheet in turn", async () => {
    await keepSet();
    expect(see("keep-sheet").dataset.index).toBe("A");
    expect(see("view-issue-keep").textContent).toContain("Type group 3");
    replies.set("confirm_by_group", () => step(afterKept(1), 2));
    await fireEvent.input(see("keep-group"), { target: { value: "a 7s q2" } });
    await click("primary");
    await waitFor(() => expect(see("keep-sheet").dataset.index).toBe("C"));
    expect(asked.at(-1)).toEqual(["confirm_by_group", { sheet: 0, typed: "A7SQ2" }]);
    expect(see("keep-sheet").textContent).toContain("1 of 3 sheets confirmed");
    expect(see("view-issue-keep").textContent).toContain("Type group 4");
    expect(see("keep-group")).toHaveProperty("value", "");

    replies.set("confirm_by_group", () => done);
    await fireEvent.input(see("keep-group"), { target: { value: "A7SQ2" } });
    await click("primary");
    await waitFor(() => expect(app.route).toMatchObject({ name: "kept", identifier: "M7QS" }));
    expect(app.session?.code.active?.threshold).toBe(2);
  });

  it("confirms a sheet by its own file", async () => {
    await keepSet();
    replies.set("confirm_by_entry", () => step(afterKept(1), 2));
    const view: Entered = {
      restoring: null,
      unread: [],
      field: { state: "added", identifier: "M7QS", index: "A", missing: 1 },
      set: null,
    };
    heard.get("entry")?.(view as never);
    await waitFor(() => expect(see("keep-sheet").dataset.index).toBe("C"));
    expect(asked.at(-1)?.[0]).toBe("confirm_by_entry");
  });

  it("explains a file that is not a sheet, and confirms nothing", async () => {
    await keepSet();
    replies.set("enter_files", () => ({
      field: { state: "file_problem", name: "cat.png", problem: "no_code", identifiers: [] },
      set: null,
    }));
    await click("keep-files");
    expect((await screen.findByTestId("keep-file-problem")).textContent).toContain("cat.png");
    expect(asked.some(([command]) => command === "confirm_by_entry")).toBe(false);
  });

  it("marks confirmed sheets when going back", async () => {
    await keepSet();
    replies.set("confirm_by_group", () => step(afterKept(1), 2));
    await fireEvent.input(see("keep-group"), { target: { value: "A7SQ2" } });
    await click("primary");
    await waitFor(() => expect(see("keep-sheet").dataset.index).toBe("C"));
    await click("back");
    expect(tab("A").textContent).toContain("confirmed");
    expect(title()).toBe("Sheet C of code M7QS");
  });

  it("can be left, and says how many sheets will be asked for later", async () => {
    await keepSet();
    await click("keep-leave");
    expect(see("dialog-keep-leave").textContent).toContain("ask for 2 of them");
    replies.set("leave_code", () => session());
    await click("dialog-leave-later");
    await waitFor(() => expect(app.route).toEqual({ name: "backup-code" }));
  });
});

describe("protecting a wallet", () => {
  const protect = () => render(Issue, { protects: true });

  it("begins with a lasting code and a kit, and says what is missing", async () => {
    protect();
    expect(title()).toBe("Protect this wallet");
    expect(see("life-until-used")).toHaveProperty("checked", true);
    expect(see("reach-others")).toHaveProperty("checked", true);
    expect(see("reach-kit")).toHaveProperty("checked", true);
    expect(see("set-one")).toHaveProperty("checked", true);
    replies.set("choose_kit_folder", () => null);
    expect(see("primary").textContent).toContain("Choose the folder for the kit");
    await click("primary");
    await waitFor(() => expect(asked.at(-1)?.[0]).toBe("choose_kit_folder"));
    expect(issued()).toBeUndefined();
    await click("reach-kit");
    expect(see("primary")).toHaveProperty("disabled", true);
    expect(see("missing").textContent).toContain("Choose at least one");
    await click("reach-here");
    expect(screen.queryByTestId("missing")).toBeNull();
    await click("primary");
    await waitFor(() => expect(issued()).toMatchObject({ life: "until_used", with_kit: false }));
  });

  it("is put off only by a person who was told what that means", async () => {
    protect();
    await click("protect-skip");
    expect(see("dialog-skip").textContent).toContain("nobody can bring it back");
    await click("dialog-cancel");
    expect(screen.queryByTestId("dialog-skip")).toBeNull();
    await click("protect-skip");
    await click("dialog-skip-yes");
    expect(app.route).toEqual({ name: "items" });
  });

  it("asks for the identity again where it is over, and comes back", async () => {
    replies.set("issue_code", () => Promise.reject({ code: "identity_needed" }));
    protect();
    await click("reach-here");
    await click("primary");
    await waitFor(() => expect(app.route).toEqual({ name: "identity", purpose: "protect" }));
  });
});

describe("a code that covers itself", () => {
  it("keeps its place, and the place of the preview", async () => {
    replies.set("cover_code", () => shownSet({ covered: true }));
    await issueSet();
    const preview = see("sheet-preview") as HTMLDetailsElement;
    preview.open = true;
    await fireEvent(preview, new Event("toggle"));
    await screen.findByTestId("sheet-preview-picture");
    await click("cover");
    await screen.findByTestId("code-covered");
    expect(see("sheet-preview")).toHaveProperty("open", true);
    expect(screen.queryByTestId("sheet-preview-picture")).toBeNull();
    expect(see("sheet-covered")).toBeTruthy();
    expect(see("missing").textContent).toContain("Type your password");
    expect(see("primary")).toHaveProperty("disabled", true);
  });
});
