import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { asked, replies } from "../../ipc/__mocks__/call";
import { heard } from "../../ipc/__mocks__/events";
import type { KitView, PrinterView } from "../../ipc/generated";
import { app } from "../../state/app.svelte";
import { active, code, session, status } from "../../testing/session";
import TodoList from "../../components/wallet/TodoList.svelte";
import Kept from "./Kept.svelte";
import Issue from "./Issue.svelte";
import PrintDialog from "../../components/issue/PrintDialog.svelte";
import { shownSet } from "../../testing/shown-code";

vi.mock("../../ipc/call");
vi.mock("../../ipc/events");

const see = (testid: string) => screen.getByTestId(testid);
const click = (testid: string) => fireEvent.click(see(testid));
const last = () => asked.at(-1);
const request = () => last()?.[1];

beforeEach(() => {
  asked.length = 0;
  replies.clear();
  replies.set("printers", () => []);
  app.accept(status({ session: session() }));
  app.route = { name: "issue" };
  vi.stubGlobal("scrollTo", vi.fn());
});

describe("where a code is to work", () => {
  const folder = { folder: "/stick", synchronised: null, same_drive: false };

  it("is asked only for a code without an end date", async () => {
    render(Issue);
    expect(screen.queryByTestId("reach-others")).toBeNull();
    await click("life-until-used");
    await click("reach-others");
    await click("reach-pages");
    await click("life-two-hours");
    await click("primary");
    expect(request()).toMatchObject({ life: "two_hours", with_kit: false, with_pages: false });
  });

  it("needs a folder for the kit, or pages, and warns about the folder", async () => {
    render(Issue);
    await click("life-until-used");
    await click("reach-others");
    expect(see("primary").textContent).toContain("Choose the folder for the kit");
    replies.set("choose_kit_folder", () => ({ ...folder, same_drive: true }));
    await click("choose-kit-folder");
    await screen.findByTestId("kit-same-drive");
    replies.set("choose_kit_folder", () => ({ ...folder, synchronised: "Dropbox" }));
    await click("choose-kit-folder");
    await waitFor(() => expect(see("kit-synchronised").textContent).toContain("Dropbox"));
    // A cancelled dialog leaves the folder that was chosen.
    replies.set("choose_kit_folder", () => null);
    await click("choose-kit-folder");
    await click("primary");
    expect(request()).toMatchObject({ with_kit: true, with_pages: false });
    await click("reach-kit");
    expect(see("primary")).toHaveProperty("disabled", true);
    await click("reach-pages");
    await click("primary");
    expect(request()).toMatchObject({ with_kit: false, with_pages: true });
  });

  it("asks for the pages that the sheet mentions before continuing", async () => {
    replies.set("issue_code", () =>
      shownSet({ pages: true, threshold: 0, in_set: 0, sheets: shownSet().sheets.slice(0, 1) }),
    );
    replies.set("printers", () => []);
    replies.set("save_sheet", () => ({
      file_name: "sheet.pdf",
      folder: "/home",
      decoders: ["one", "two"],
      margin: 20,
      synchronised: null,
    }));
    replies.set("pages_extent", () => ({ pages: 3, items: 2, bytes: 4000, most: 204_800 }));
    render(Issue);
    await click("primary");
    await screen.findByTestId("pages-extent");
    expect(see("pages-extent").textContent).toContain("3 pages hold your 2 items");
    expect(see("pages-extent").textContent).toContain("4 of the 200 kB");
    await click("primary");
    await screen.findByTestId("sheet-saved");
    await click("primary");
    await screen.findByTestId("dialog-without-pages");
    await click("dialog-cancel");
    replies.set("save_pages", () => ({
      file_name: "pages.pdf",
      folder: "/home",
      pages: 3,
      synchronised: null,
      session: session({ pages: { identifier: "M7QS", at: 1000, newer: 0 } }),
    }));
    await click("save-pages");
    await screen.findByTestId("pages-made");
    await click("primary");
    await screen.findByTestId("view-issue-keep");
  });
});

describe("a kit", () => {
  const kit = (over: Partial<KitView> = {}): KitView => ({
    identifier: "M7QS",
    folder: "/stick/backup-kit-M7QS",
    live: true,
    problem: null,
    ...over,
  });

  it("is listed on the done page and in the finder's table", () => {
    const pages = { identifier: "M7QS", at: 1000, newer: 0 };
    app.accept(status({ session: session({ kits: [kit()], pages }) }));
    render(Kept, { identifier: "M7QS" });
    expect(see("kept-kit").textContent).toContain("/stick/backup-kit-M7QS");
    expect(see("finder").textContent).toContain("the recovery kit or pages");
  });

  it("that is missing can be retried or located", async () => {
    const missing = session({
      kits: [kit({ problem: "missing" })],
      code: code({ active: active({ checked: Date.now() / 1000 }) }),
    });
    app.accept(status({ session: missing }));
    render(TodoList);
    expect(see("todo-kit").textContent).toContain("/stick");
    replies.set("kits_again", () => missing);
    await click("kit-again");
    expect(last()?.[0]).toBe("kits_again");
    expect(screen.queryByTestId("todo-kit")).not.toBeNull();
    replies.set("kit_moved", () => session({ kits: [kit()] }));
    await click("kit-moved");
    await waitFor(() => expect(screen.queryByTestId("todo-kit")).toBeNull());
  });

  it("of a dead code is forgotten once it is marked as gone", async () => {
    const kits = [kit({ live: false, problem: "not_removed" })];
    app.accept(status({ session: session({ kits }) }));
    render(TodoList);
    replies.set("kit_forget", () => session());
    await click("kit-gone");
    expect(request()).toEqual({ identifier: "M7QS" });
    await waitFor(() => expect(screen.queryByTestId("todo-kit")).toBeNull());
  });

  it.each(["full", "not_written", "too_large", "unsettled", "not_removed"] as const)(
    "says what is wrong with it: %s",
    (problem) => {
      app.accept(status({ session: session({ kits: [kit({ problem })] }) }));
      render(TodoList);
      expect(see("todo-kit").textContent).toMatch(/kit/);
    },
  );
});

describe("printing", () => {
  const desk: PrinterView = {
    id: "Desk",
    name: "The printer on the desk",
    location: null,
    is_default: true,
    accepts: true,
    problem: null,
    way: null,
    copies_max: 1,
  };
  const ended = { withdrawn: false, kept: false, margin: 20, session: null };

  function open(printers: PrinterView[]) {
    replies.set("printers", () => printers);
    const events = { onprinted: vi.fn(), onclose: vi.fn() };
    let end: (printed: typeof ended) => void = () => undefined;
    const print = vi.fn(() => new Promise<typeof ended>((resolve) => (end = resolve)));
    render(PrintDialog, { title: "Print", print, ...events });
    return { ...events, print, end: (printed: typeof ended) => end(printed) };
  }

  beforeEach(() => {
    HTMLDialogElement.prototype.showModal ??= vi.fn();
  });

  it("uses the default printer, shows its progress, and asks to check the paper", async () => {
    const hall = { ...desk, id: "Hall", is_default: false };
    const dialog = open([hall, desk]);
    await screen.findByTestId("print-yes");
    await click("print-yes");
    expect(dialog.print).toHaveBeenCalledWith({ printer: "Desk", copies: 1 }, expect.any(Function));
    heard.get("printing")?.({ state: "waiting", problem: "paper_out" } as never);
    await waitFor(() => expect(see("print-progress").textContent).toContain("no paper"));
    dialog.end({ ...ended, kept: true });
    await screen.findByTestId("print-done");
    expect(screen.queryByTestId("print-kept")).not.toBeNull();
    expect(dialog.onprinted).toHaveBeenCalledOnce();
  });

  it("can be cancelled while it runs, which closes the dialog", async () => {
    const dialog = open([desk]);
    await screen.findByTestId("print-yes");
    await click("print-yes");
    await click("dialog-cancel");
    expect(last()?.[0]).toBe("print_cancel");
    dialog.end({ ...ended, withdrawn: true });
    await waitFor(() => expect(dialog.onclose).toHaveBeenCalledOnce());
    expect(dialog.onprinted).not.toHaveBeenCalled();
  });

  it("warns about special printers, and disables one that accepts no jobs", async () => {
    open([
      { ...desk, problem: "cover_open", way: "network" },
      { ...desk, id: "Closed", accepts: false, is_default: false },
    ]);
    await screen.findByTestId("printer-problem");
    expect(see("printer-problem").textContent).toContain("a cover is open");
    expect(screen.queryByTestId("printer-network")).not.toBeNull();
    const options = [...see("printer").querySelectorAll("option")];
    expect(options.map(({ disabled }) => disabled)).toEqual([false, true]);
  });

  it("can look for printers again after an error", async () => {
    replies.set("printers", () => {
      throw { code: "print_no_service" };
    });
    render(PrintDialog, { title: "Print", print: vi.fn(), onprinted: vi.fn(), onclose: vi.fn() });
    await screen.findByTestId("error");
    replies.set("printers", () => [desk]);
    await click("print-look");
    await screen.findByTestId("print-yes");
  });
});
