import { fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { asked, replies } from "../../ipc/__mocks__/call";
import type { Entered, FrameSeen } from "../../ipc/generated";
import { remembered, type Purpose } from "../../camera/camera.svelte";
import { FakeCameras, nothing, type FakeVideo } from "../../testing/fake-camera";
import Camera from "./Camera.svelte";

vi.mock("../../ipc/call");

const entered: Entered = { field: { state: "empty" }, set: null, restoring: null, unread: [] };
const square: FrameSeen["outlines"] = [
  [
    [1, 1],
    [5, 1],
    [5, 5],
    [1, 5],
  ],
];

let cameras: FakeCameras;
let video: FakeVideo;
const onentered = vi.fn<(entered: Entered) => void>();
const purpose: Purpose = { field: null, onread: onentered };
const onclose = vi.fn<() => void>();

const pass = (milliseconds = 0) => vi.advanceTimersByTimeAsync(milliseconds);
const at = (testid: string) => screen.getByTestId(testid);
const state = () => at("camera").dataset.state;
const said = () => at("camera-hint").textContent?.trim();
const answer = (seen: Partial<FrameSeen>) =>
  replies.set("camera_frame", () => ({ ...nothing, ...seen }));

async function open() {
  const view = render(Camera, { purpose, onclose, done: false });
  video = cameras.video(screen.getByTestId<HTMLVideoElement>("camera-preview"));
  await pass();
  return view;
}

async function picture() {
  video.picture();
  await pass(100);
}

beforeEach(() => {
  vi.useFakeTimers();
  asked.length = 0;
  replies.clear();
  onentered.mockReset();
  onclose.mockReset();
  remembered.device = null;
  remembered.sound = false;
  cameras = new FakeCameras();
  answer({});
});

afterEach(() => {
  cameras.restore();
  vi.useRealTimers();
});

describe("the view of a camera", () => {
  it("shows its state from start to a read code", async () => {
    await open();
    expect(state()).toBe("starting");
    expect(said()).toBe("The camera is starting…");
    await picture();
    expect(state()).toBe("watching");
    expect(said()).toBe("Hold the sheet so that its QR code is in view.");
    answer({ entered, ours: true, outlines: square });
    await picture();
    expect(onentered).toHaveBeenCalledExactlyOnceWith(entered);
    expect(at("camera-hint").dataset.hint).toBe("found");
    expect(said()).toBe("Got it. If there’s another sheet or page, show it now.");
    expect(at("camera-hint").getAttribute("role")).toBe("status");
  });

  it("focuses its close button and closes on Esc", async () => {
    await open();
    expect(document.activeElement).toBe(at("camera-close"));
    await fireEvent.keyDown(at("camera-close"), { key: "Escape" });
    expect(onclose).toHaveBeenCalledOnce();
  });

  it("turns everything off on unmount", async () => {
    const view = await open();
    await picture();
    view.unmount();
    await pass();
    expect(cameras.running()).toBe(0);
    expect(asked.at(-1)?.[0]).toBe("camera_stop");
  });

  it("closes by itself once nothing is missing, after a moment", async () => {
    const view = await open();
    await picture();
    await view.rerender({ done: true });
    expect(said()).toBe("Got it. Nothing is missing, so the camera is turning off.");
    expect(at("camera-hint").dataset.hint).toBe("found");
    await pass(1000);
    expect(onclose).not.toHaveBeenCalled();
    await pass(500);
    expect(onclose).toHaveBeenCalledOnce();
  });

  it("mirrors outlines with the preview", async () => {
    answer({ outlines: square });
    await open();
    await picture();
    expect(at("camera-preview").classList).toContain("mirrored");
    expect(at("camera-outline").getAttribute("viewBox")).toBe("0 0 16 9");
    const points = () => at("camera-outline").querySelector(".line")?.getAttribute("points");
    expect(points()).toBe("15,1 11,1 11,5 15,5");
    expect(at("camera-outline").querySelector("path")).toBeNull();
  });

  it("marks backup codes with a sign, not by colour alone", async () => {
    cameras.settings = { deviceId: "one", facingMode: "environment" };
    answer({ outlines: square, ours: true });
    await open();
    await picture();
    expect(at("camera-preview").classList).not.toContain("mirrored");
    const outline = at("camera-outline");
    expect(outline.querySelector(".line")?.getAttribute("points")).toBe("1,1 5,1 5,5 1,5");
    expect(outline.querySelector("path")).not.toBeNull();
  });

  it("says that another QR code is not a backup code", async () => {
    await open();
    answer({ others: true });
    for (let frame = 0; frame < 30; frame += 1) await picture();
    expect(at("camera-hint").dataset.hint).toBe("others");
    expect(said()).toBe("This QR code isn’t a backup code.");
  });
});

describe("a problem with the camera", () => {
  it.each([
    ["NotAllowedError", "denied", "This app isn’t allowed to use the camera."],
    ["NotFoundError", "none", "No camera was found."],
    ["NotReadableError", "busy", "The camera is in use."],
    ["UnknownError", "failed", "The camera can’t be used right now."],
  ])("%s has its words, the other ways, and another try", async (name, problem, happened) => {
    cameras.refuse(name);
    await open();
    expect(state()).toBe(problem);
    const alert = screen.getByRole("alert");
    expect(alert.textContent).toContain(happened);
    expect(alert.textContent).toContain("Or type the code, or choose a photo of the sheet.");
    expect(said()).toBe("");
    expect(at("camera-close").textContent?.trim()).toBe("Continue without the camera");
    expect(screen.getByRole("heading").textContent).toBe("Camera");
    cameras.allow();
    at("camera-again").focus();
    await fireEvent.click(at("camera-again"));
    await pass();
    await picture();
    expect(state()).toBe("watching");
    expect(alert.textContent?.trim()).toBe("");
    expect(document.activeElement).toBe(at("camera-close"));
  });

  it("is reported when the camera is unplugged", async () => {
    await open();
    await picture();
    cameras.unplug();
    await pass();
    expect(state()).toBe("gone");
    expect(screen.getByRole("alert").textContent).toContain(
      "The camera has stopped sending pictures.",
    );
  });
});

describe("the controls of a camera", () => {
  it("offer no choice of one camera", async () => {
    await open();
    expect(screen.queryByTestId("camera-device")).toBeNull();
    expect(screen.queryByTestId("camera-torch")).toBeNull();
    expect(screen.queryByTestId("camera-focus")).toBeNull();
  });

  it("ignore a camera that is listed twice", async () => {
    cameras.list = ["one", "one"];
    await open();
    await picture();
    expect(state()).toBe("watching");
    expect(screen.queryByTestId("camera-device")).toBeNull();
  });

  it("offer a choice of two", async () => {
    cameras.list = ["one", "two"];
    await open();
    const select = screen.getByTestId<HTMLSelectElement>("camera-device");
    expect([...select.options].map((it) => it.text)).toEqual(["one", "two"]);
    expect(select.value).toBe("one");
    cameras.settings = { deviceId: "two" };
    await fireEvent.change(select, { target: { value: "two" } });
    await pass();
    expect(screen.getByTestId<HTMLSelectElement>("camera-device").value).toBe("two");
    expect(cameras.asked).toHaveLength(2);
    expect(cameras.running()).toBe(1);
  });

  it("offer light and focus if the camera has them", async () => {
    cameras.capabilities = {
      torch: true,
      focusMode: ["manual"],
      focusDistance: { min: 0, max: 10, step: 1 },
    };
    await open();
    await fireEvent.click(at("camera-torch"));
    await pass();
    expect(at("camera-torch").getAttribute("aria-pressed")).toBe("true");
    await fireEvent.input(at("camera-focus"), { target: { value: "5" } });
    expect(cameras.applied).toEqual([
      { advanced: [{ torch: true }] },
      { advanced: [{ focusMode: "manual", focusDistance: 5 }] },
    ]);
  });

  it("leave the sound off by default", async () => {
    const tones = cameras.listenToTones();
    await open();
    const sound = screen.getByTestId<HTMLInputElement>("camera-sound");
    expect(sound.checked).toBe(false);
    await fireEvent.click(sound);
    expect(remembered.sound).toBe(true);
    expect(tones).toHaveLength(1);
  });
});
