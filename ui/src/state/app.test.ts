import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { app } from "./app.svelte";
import { active, code, session, status } from "../testing/session";
import { watchInput } from "./idle";
import { Task } from "./task.svelte";

const replies = vi.hoisted(() => new Map<string, () => unknown>());
const asked = vi.hoisted(() => [] as string[]);
vi.mock("../ipc/call", () => ({
  call: async (command: string) => {
    asked.push(command);
    return replies.get(command)?.();
  },
}));

const reload = vi.fn();

beforeEach(() => {
  asked.length = 0;
  sessionStorage.clear();
  vi.stubGlobal("location", { ...window.location, reload });
  app.mayLeave = null;
  app.accept(status());
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
  reload.mockClear();
});

describe("the store", () => {
  it("adds an opened wallet to the list", () => {
    app.open(session({ wallet_id: "w9", email: "new@example.org" }));
    expect(app.route).toEqual({ name: "items" });
    expect(app.status?.wallets.map(({ id }) => id)).toContain("w9");
  });

  it("does not show a view of a wallet that is locked", () => {
    app.go({ name: "items" });
    expect(app.route).toEqual({ name: "sign-in", walletId: "w1" });
  });

  it("asks a view with unsaved work before leaving, and leaves when told to", () => {
    app.open(session());
    let onward = () => {};
    app.mayLeave = (to) => {
      onward = to;
      return false;
    };
    app.go({ name: "settings" });
    expect(app.route).toEqual({ name: "items" });
    onward();
    expect(app.route).toEqual({ name: "settings" });
    expect(app.mayLeave).toBeNull();
  });

  it("keeps the view when only the code has changed", () => {
    app.open(session());
    app.go({ name: "backup-code" });
    app.learnCode(code({ active: active({ identifier: "K2ZP" }) }));
    expect(app.route).toEqual({ name: "backup-code" });
    expect(app.session?.code.active?.identifier).toBe("K2ZP");
  });

  it("drops everything on a lock, and leaves the next page to Rust", async () => {
    vi.useFakeTimers();
    app.open(session());
    replies.set("lock", () => null);
    app.lock();
    expect(app.session).toBeNull();
    expect(app.route).toBeNull();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(reload).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(2_500);
    expect(reload).toHaveBeenCalledOnce();
  });

  it("reloads at once if Rust cannot lock", async () => {
    app.open(session());
    replies.set("lock", () => Promise.reject({ code: "internal" }));
    app.locked();
    await vi.waitFor(() => expect(reload).toHaveBeenCalledOnce());
  });

  it("returns to the same wallet after a lock", async () => {
    app.open(session({ wallet_id: "w2", email: "joint@example.org" }));
    app.locked();
    replies.set("status", () => status({ last_wallet: "w2" }));
    await app.begin();
    expect(app.route).toEqual({ name: "sign-in", walletId: "w2" });
  });
});

describe("a page after one that crashed", () => {
  it("says so once, and starts at sign-in", async () => {
    replies.set("status", () => status({ crashed: true }));
    await app.begin();
    expect(app.crashed).toBe(true);
    expect(app.route?.name).toBe("sign-in");
    replies.set("status", () => status());
    await app.begin();
    expect(app.crashed).toBe(false);
  });
});

describe("a task", () => {
  it("shows that it is slow only after 300 ms", async () => {
    vi.useFakeTimers();
    const task = new Task();
    const run = task.run(() => new Promise((done) => setTimeout(done, 1000)));
    expect([task.busy, task.slow]).toEqual([true, false]);
    await vi.advanceTimersByTimeAsync(301);
    expect(task.slow).toBe(true);
    await vi.advanceTimersByTimeAsync(700);
    await run;
    expect([task.busy, task.slow]).toEqual([false, false]);
  });

  it("runs one thing at a time", async () => {
    const task = new Task();
    const first = task.run(async () => "first");
    expect(await task.run(async () => "second")).toBeUndefined();
    expect(await first).toBe("first");
  });

  it("keeps the error, and clears it on the next try", async () => {
    const task = new Task();
    await task.run(() => Promise.reject({ code: "disk_full" }));
    expect(task.error?.code).toBe("disk_full");
    await task.run(async () => "fine");
    expect(task.error).toBeNull();
  });

  it("treats a lock in between as a lock", async () => {
    app.open(session());
    const task = new Task();
    asked.length = 0;
    await task.run(() => Promise.reject({ code: "locked" }));
    expect(task.error).toBeNull();
    expect(app.session).toBeNull();
    expect(asked).toEqual(["lock"]);
  });
});

describe("input", () => {
  it("is reported to Rust at most every 20 seconds, and only while a wallet is open", () => {
    let now = 0;
    let open = true;
    const stop = watchInput(
      () => open,
      () => now,
    );
    const press = () => window.dispatchEvent(new Event("keydown"));
    press();
    press();
    now = 4_999;
    press();
    expect(asked.filter((command) => command === "touch")).toHaveLength(1);
    now = 5_000;
    press();
    expect(asked.filter((command) => command === "touch")).toHaveLength(2);
    open = false;
    now = 60_000;
    press();
    stop();
    open = true;
    press();
    expect(asked.filter((command) => command === "touch")).toHaveLength(2);
  });
});
