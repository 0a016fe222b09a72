import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { asked, replies } from "../../ipc/__mocks__/call";
import { app } from "../../state/app.svelte";
import { covered, session, status } from "../../testing/session";
import Covered from "./Covered.svelte";

vi.mock("../../ipc/call");
vi.mock("../../ipc/events");

const see = (id: string) => screen.getByTestId<HTMLInputElement>(id);
const type = (id: string, value: string) => fireEvent.input(see(id), { target: { value } });

beforeEach(() => {
  replies.clear();
  asked.length = 0;
  app.accept(status({ covered: covered() }));
  replies.set("status", () => status({ session: session({ shown: "issued" }) }));
});

describe("a code whose wallet was locked", () => {
  it("is shown again for the password", async () => {
    render(Covered, { code: covered() });
    expect(see("primary").disabled).toBe(true);
    await type("password", "the password of the wallet");
    await fireEvent.click(see("primary"));
    await waitFor(() => expect(app.route).toEqual({ name: "issue", shown: true }));
    const request = { password: "the password of the wallet", digits: null, sheet: 0 };
    expect(asked[0]).toEqual(["uncover_code", request]);
  });

  it("takes the six digits too where they are set up", async () => {
    render(Covered, { code: covered({ digits: true }) });
    await type("password", "the password of the wallet");
    expect(see("primary").disabled).toBe(true);
    await type("digits", "123456");
    expect(see("primary").disabled).toBe(false);
  });

  it("stays after a wrong password", async () => {
    replies.set("uncover_code", () => Promise.reject({ code: "wrong_password", wait_seconds: 0 }));
    render(Covered, { code: covered() });
    await type("password", "wrong");
    await fireEvent.click(see("primary"));
    await waitFor(() => expect(see("error").dataset.code).toBe("wrong_password"));
    expect(see("password").value).toBe("");
    expect(app.route?.name).toBe("covered");
  });

  it("opens its wallet although the code ended meanwhile", async () => {
    replies.set("uncover_code", () => Promise.reject({ code: "no_code_shown" }));
    replies.set("status", () => status({ session: session() }));
    render(Covered, { code: covered() });
    await type("password", "the password of the wallet");
    await fireEvent.click(see("primary"));
    await waitFor(() => expect(app.route).toEqual({ name: "items" }));
  });
});
