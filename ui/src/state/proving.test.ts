import { beforeEach, describe, expect, it, vi } from "vitest";
import { asked, replies } from "../ipc/__mocks__/call";
import { Proving } from "./proving.svelte";

vi.mock("../ipc/call");

const names = () => asked.map(([command]) => command);

beforeEach(() => {
  replies.clear();
  asked.length = 0;
});

describe("an act that the password allows", () => {
  it("asks for no password while a confirmation holds", async () => {
    replies.set("identity", () => ({ password: 60, full: 0 }));
    const proving = new Proving();
    await proving.begin();
    expect(proving.needed).toBe(false);
    expect(await proving.run(() => Promise.resolve("done"))).toBe("done");
    expect(names()).toEqual(["identity"]);
  });

  it("confirms the password first where none holds, and once", async () => {
    replies.set("identity", () => ({ password: 0, full: 0 }));
    const proving = new Proving();
    await proving.begin();
    expect(proving.ready).toBe(false);
    proving.password = "the password";
    await proving.run(() => Promise.reject({ code: "disk_full" }));
    expect(asked[1]).toEqual(["confirm_password", { password: "the password" }]);
    expect(proving.password).toBe("");
    expect(await proving.run(() => Promise.resolve("done"))).toBe("done");
    expect(names()).toEqual(["identity", "confirm_password"]);
  });

  it("asks for it when a confirmation ended meanwhile", async () => {
    const proving = new Proving();
    expect(await proving.run(() => Promise.reject({ code: "identity_needed" }))).toBeUndefined();
    expect([proving.needed, proving.task.error]).toEqual([true, null]);
  });

  it("waits after a wrong password", async () => {
    replies.set("confirm_password", () =>
      Promise.reject({ code: "wrong_password", wait_seconds: 4 }),
    );
    const proving = new Proving();
    proving.needed = true;
    proving.password = "wrong";
    expect(await proving.run(() => Promise.resolve("done"))).toBeUndefined();
    proving.password = "another";
    expect(proving.ready).toBe(false);
  });
});
