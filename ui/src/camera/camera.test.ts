import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { asked, replies } from "../ipc/__mocks__/call";
import type { Entered, FrameSeen } from "../ipc/generated";
import { Camera, remembered } from "./camera.svelte";
import { FakeCameras, nothing, type FakeVideo } from "../testing/fake-camera";

vi.mock("../ipc/call");

const entered: Entered = { field: { state: "empty" }, set: null, restoring: null, unread: [] };

let cameras: FakeCameras;
let video: FakeVideo;
let camera: Camera;
let off: () => void;
const found = vi.fn<(entered: Entered) => void>();

const commandsAsked = () => asked.map(([command]) => command);
const looks = () => commandsAsked().filter((command) => command === "camera_frame").length;
/** Lets what is settled be heard, and time pass. */
const pass = (milliseconds = 0) => vi.advanceTimersByTimeAsync(milliseconds);
/** Turns it on, until the first picture was looked at. */
async function watch() {
  off = camera.on(video.element);
  await pass();
  video.picture();
  await pass(100);
}
const answer = (seen: Partial<FrameSeen>) =>
  replies.set("camera_frame", () => ({ ...nothing, ...seen }));

beforeEach(() => {
  vi.useFakeTimers();
  asked.length = 0;
  replies.clear();
  found.mockReset();
  remembered.device = null;
  remembered.sound = false;
  cameras = new FakeCameras();
  video = cameras.video(document.createElement("video"));
  camera = new Camera(found);
  off = () => undefined;
  answer({});
});

afterEach(async () => {
  off();
  await pass();
  cameras.restore();
  vi.useRealTimers();
});

describe("a camera", () => {
  it("is asked for once more where none was found at first", async () => {
    cameras.refuse("OverconstrainedError", 1);
    await watch();
    expect(camera.state).toBe("watching");
    expect(cameras.asked).toHaveLength(2);
  });

  it("watches though the web view forgot what was asked before the first picture", async () => {
    off = camera.on(video.element);
    await pass();
    video.forget();
    video.element.dispatchEvent(new Event("loadeddata"));
    video.picture();
    await pass();
    expect(camera.state).toBe("watching");
  });

  it("starts, and watches from its first picture", async () => {
    off = camera.on(video.element);
    await pass();
    expect(camera.state).toBe("starting");
    expect(commandsAsked()).toEqual(["camera_start"]);
    video.picture();
    await pass();
    expect(camera.state).toBe("watching");
    expect(camera.hint).toBe("watching");
    expect(looks()).toBe(1);
  });

  it("asks for a picture alone, 1280 by 720, of what is before the computer", async () => {
    await watch();
    expect(cameras.asked).toEqual([
      {
        audio: false,
        video: {
          facingMode: { ideal: "environment" },
          width: { ideal: 1280 },
          height: { ideal: 720 },
        },
      },
    ]);
  });

  it("sends a frame's width and height, and its luminance", async () => {
    video.size(4, 2);
    cameras.colour = [255, 0, 0];
    await watch();
    const frame = asked.find(([command]) => command === "camera_frame")?.[1] as Uint8Array;
    expect([...frame]).toEqual([4, 0, 0, 0, 2, 0, 0, 0, ...Array<number>(8).fill(76)]);
  });

  it("sends frames of at most 1280 pixels across", async () => {
    video.size(1920, 1080);
    await watch();
    const frame = asked.find(([command]) => command === "camera_frame")?.[1] as Uint8Array;
    expect([...frame.slice(0, 8)]).toEqual([0, 5, 0, 0, 208, 2, 0, 0]);
    expect(frame).toHaveLength(8 + 1280 * 720);
    expect(camera.size).toEqual({ width: 1920, height: 1080 });
  });

  it("keeps nothing of a frame", async () => {
    await watch();
    expect(cameras.drawn).toBe(1);
    expect(cameras.cleared).toBe(1);
    expect(cameras.given.every((data) => data.every((byte) => byte === 0))).toBe(true);
  });

  it("looks at one frame at a time, and then at the newest", async () => {
    let answered: (seen: FrameSeen) => void = () => undefined;
    replies.set("camera_frame", () => new Promise((resolve) => (answered = resolve)));
    await watch();
    for (const shade of [10, 20, 30]) {
      cameras.colour = [shade, shade, shade];
      video.picture();
      await pass(100);
    }
    expect(looks()).toBe(1);
    answered(nothing);
    await pass();
    expect(looks()).toBe(2);
    expect((asked.at(-1)?.[1] as Uint8Array)[8]).toBe(30);
    answered(nothing);
    await pass(1000);
    expect(looks()).toBe(2);
  });

  it("looks fifteen times a second at most", async () => {
    await watch();
    const before = looks();
    for (let at = 0; at < 60; at += 1) {
      video.picture();
      await pass(1000 / 60);
    }
    expect(looks() - before).toBeGreaterThanOrEqual(13);
    expect(looks() - before).toBeLessThanOrEqual(15);
  });

  it("gives what was entered, and says that it was found", async () => {
    answer({ entered, ours: true });
    await watch();
    expect(found).toHaveBeenCalledExactlyOnceWith(entered);
    expect(camera.hint).toBe("found");
  });

  it("holds its hints back until the one before could be heard", async () => {
    await watch();
    answer({ hint: "too_dark" });
    for (let at = 0; at < 20; at += 1) {
      video.picture();
      await pass(100);
    }
    expect(camera.hint).toBe("watching");
    for (let at = 0; at < 10; at += 1) {
      video.picture();
      await pass(100);
    }
    expect(camera.hint).toBe("too_dark");
  });

  it("outlines what is found, until it is not seen for a moment", async () => {
    const corners: FrameSeen["outlines"] = [
      [
        [1, 1],
        [9, 1],
        [9, 9],
        [1, 9],
      ],
    ];
    answer({ outlines: corners, ours: true });
    await watch();
    expect(camera.outlines).toEqual({ width: 16, height: 9, corners, ours: true });
    answer({});
    video.picture();
    await pass(100);
    expect(camera.outlines).not.toBeNull();
    await pass(300);
    video.picture();
    await pass(100);
    expect(camera.outlines).toBeNull();
  });

  it("mirrors what looks at the person, and what does not say where it looks", async () => {
    for (const [facingMode, mirrored] of [
      ["user", true],
      [undefined, true],
      ["environment", false],
    ] as const) {
      cameras.settings = { deviceId: "one", facingMode };
      await watch();
      expect(camera.mirrored).toBe(mirrored);
      off();
    }
  });
});

describe("a camera that cannot be used", () => {
  it.each([
    ["NotAllowedError", "denied"],
    ["SecurityError", "denied"],
    ["NotFoundError", "none"],
    ["OverconstrainedError", "none"],
    ["NotReadableError", "busy"],
    ["AbortError", "busy"],
    ["TypeError", "failed"],
  ] as const)("says what %s means, and can be tried again", async (name, problem) => {
    cameras.refuse(name);
    await watch();
    expect(camera.state).toBe(problem);
    expect(commandsAsked()).toEqual([]);
    cameras.allow();
    camera.again();
    await pass();
    video.picture();
    await pass(100);
    expect(camera.state).toBe("watching");
  });

  it("is told where the webview knows no cameras", async () => {
    cameras.remove();
    await watch();
    expect(camera.state).toBe("failed");
  });

  it("is told where Rust cannot look", async () => {
    replies.set("camera_start", () => Promise.reject({ code: "scanner_failed", message: "m" }));
    await watch();
    expect(camera.state).toBe("failed");
    expect(cameras.running()).toBe(0);
  });

  it("is told where Rust fails at a frame", async () => {
    replies.set("camera_frame", () => Promise.reject({ code: "scanner_failed", message: "m" }));
    await watch();
    expect(camera.state).toBe("failed");
    expect(cameras.running()).toBe(0);
    expect(commandsAsked().at(-1)).toBe("camera_stop");
  });

  it("is gone once its track has ended", async () => {
    await watch();
    cameras.unplug();
    await pass();
    expect(camera.state).toBe("gone");
    expect(commandsAsked().at(-1)).toBe("camera_stop");
  });

  it("is gone once the system does not list it any more", async () => {
    await watch();
    cameras.list = ["other"];
    cameras.changed();
    await pass();
    expect(camera.state).toBe("gone");
    expect(cameras.running()).toBe(0);
  });

  it("is gone when it only falls silent", async () => {
    await watch();
    await pass(3000);
    expect(camera.state).toBe("gone");
    expect(cameras.running()).toBe(0);
  });

  it("is gone when its first picture never comes, though the time of the video goes on", async () => {
    off = camera.on(video.element);
    await pass(9000);
    expect(camera.state).toBe("starting");
    video.element.currentTime += 9;
    await pass(1000);
    expect(camera.state).toBe("gone");
  });

  it("is gone when no more pictures are counted, though the time of the video goes on", async () => {
    video.counted = 1;
    await watch();
    for (let at = 0; at < 2; at += 1) {
      video.counted += 1;
      await pass(3000);
      expect(camera.state).toBe("watching");
    }
    video.element.currentTime += 3;
    await pass(3000);
    expect(camera.state).toBe("gone");
  });

  it("is not gone while only the page is not drawn", async () => {
    await watch();
    for (let at = 0; at < 10; at += 1) {
      video.element.currentTime += 1;
      await pass(1000);
    }
    expect(camera.state).toBe("watching");
  });
});

describe("Rust's side that was turned off", () => {
  const cameraOff = () => Promise.reject({ code: "camera_off", message: "m" });

  it("is started again while the view is open", async () => {
    await watch();
    replies.set("camera_frame", cameraOff);
    video.picture();
    await pass(100);
    answer({});
    expect(camera.state).toBe("watching");
    expect(commandsAsked().filter((command) => command === "camera_start")).toHaveLength(2);
    video.picture();
    await pass(100);
    expect(camera.state).toBe("watching");
  });

  it("is not started over and over", async () => {
    replies.set("camera_frame", cameraOff);
    await watch();
    video.picture();
    await pass(100);
    expect(camera.state).toBe("failed");
    expect(commandsAsked().filter((command) => command === "camera_start")).toHaveLength(2);
  });
});

describe("turning it off", () => {
  it("stops the track, Rust, and the looks", async () => {
    await watch();
    off();
    await pass();
    expect(cameras.running()).toBe(0);
    expect(video.element.srcObject).toBeNull();
    expect(commandsAsked().at(-1)).toBe("camera_stop");
    const before = asked.length;
    video.picture();
    await pass(1000);
    expect(asked).toHaveLength(before);
    expect(cameras.listeners()).toBe(0);
  });

  it("stops a track that comes only afterwards", async () => {
    const arrive = cameras.late();
    off = camera.on(video.element);
    await pass();
    off();
    arrive();
    await pass();
    expect(cameras.opened()).toBe(1);
    expect(cameras.running()).toBe(0);
    expect(commandsAsked()).toEqual([]);
  });

  it("stops Rust only once it has started", async () => {
    let started: () => void = () => undefined;
    replies.set("camera_start", () => new Promise<void>((resolve) => (started = resolve)));
    off = camera.on(video.element);
    await pass();
    off();
    await pass();
    expect(commandsAsked()).toEqual(["camera_start"]);
    started();
    await pass();
    expect(commandsAsked()).toEqual(["camera_start", "camera_stop"]);
  });

  it("still gives what Rust took at the last moment", async () => {
    let answered: (seen: FrameSeen) => void = () => undefined;
    replies.set("camera_frame", () => new Promise((resolve) => (answered = resolve)));
    await watch();
    off();
    answered({ ...nothing, entered, ours: true });
    await pass();
    expect(found).toHaveBeenCalledOnce();
    expect(camera.hint).toBe("watching");
  });

  it("happens while the page is hidden, and it comes back with the page", async () => {
    await watch();
    cameras.hide(true);
    await pass();
    expect(cameras.running()).toBe(0);
    expect(commandsAsked().at(-1)).toBe("camera_stop");
    cameras.hide(false);
    await pass();
    video.picture();
    await pass(100);
    expect(cameras.running()).toBe(1);
    expect(camera.state).toBe("watching");
  });

  it("is not undone by a page that is hidden from the start", async () => {
    cameras.hide(true);
    await watch();
    expect(cameras.opened()).toBe(0);
    expect(camera.state).toBe("starting");
    cameras.hide(false);
    await pass();
    expect(cameras.opened()).toBe(1);
  });
});

describe("a picture that stands still", () => {
  it("is not looked at, and is not taken for a camera that is gone", async () => {
    await watch();
    camera.hold(true);
    video.picture();
    await pass(20_000);
    expect(looks()).toBe(1);
    expect(camera.state).toBe("watching");
    expect(camera.hint).toBe("found");
    expect(video.playing).toBe(false);
  });

  it("goes on", async () => {
    await watch();
    camera.hold(true);
    camera.hold(false);
    expect(video.playing).toBe(true);
    video.picture();
    await pass(100);
    expect(looks()).toBe(2);
  });
});

describe("several cameras", () => {
  it("are listed, and the chosen one is remembered", async () => {
    cameras.list = ["one", "two"];
    await watch();
    expect(camera.devices.map((it) => it.deviceId)).toEqual(["one", "two"]);
    expect(camera.device).toBe("one");
    cameras.settings = { deviceId: "two" };
    camera.choose("two");
    await pass();
    expect(cameras.asked.at(-1)?.video).toMatchObject({ deviceId: { exact: "two" } });
    expect(camera.device).toBe("two");
    expect(cameras.running()).toBe(1);
    off();
    off = new Camera(found).on(video.element);
    await pass();
    expect(cameras.asked.at(-1)?.video).toMatchObject({ deviceId: { exact: "two" } });
  });

  it("stand in for a chosen one that is not there any more", async () => {
    remembered.device = "two";
    cameras.refuse("OverconstrainedError", 1);
    await watch();
    expect(camera.state).toBe("watching");
    expect(remembered.device).toBeNull();
  });
});

describe("what a camera can do", () => {
  it("is offered only where it can", async () => {
    await watch();
    expect(camera.torch).toBeNull();
    expect(camera.focus).toBeNull();
  });

  it("is its light", async () => {
    cameras.capabilities = { torch: true };
    await watch();
    expect(camera.torch).toBe(false);
    await camera.light(true);
    expect(cameras.applied).toEqual([{ advanced: [{ torch: true }] }]);
    expect(camera.torch).toBe(true);
  });

  it("is its focus, by hand and by itself", async () => {
    cameras.capabilities = {
      focusMode: ["manual", "continuous"],
      focusDistance: { min: 0, max: 10, step: 1 },
    };
    cameras.settings = { deviceId: "one", focusDistance: 4 };
    await watch();
    expect(camera.focus).toEqual({
      range: { min: 0, max: 10, step: 1, value: 4 },
      byItself: true,
    });
    await camera.focusAt(7);
    expect(camera.focus?.range?.value).toBe(7);
    await camera.focusAt(null);
    expect(cameras.applied).toEqual([
      { advanced: [{ focusMode: "manual", focusDistance: 7 }] },
      { advanced: [{ focusMode: "continuous" }] },
    ]);
  });

  it("is not offered any more once it was refused", async () => {
    cameras.capabilities = { torch: [false, true] };
    cameras.refuseSettings = true;
    await watch();
    await camera.light(true);
    expect(camera.torch).toBeNull();
  });
});

describe("the sound", () => {
  it("is off at first, and comes with what was entered once it is on", async () => {
    const tones = cameras.listenToTones();
    answer({ entered, ours: true });
    await watch();
    expect(tones).toHaveLength(0);
    camera.sound(true);
    expect(tones).toHaveLength(1);
    video.picture();
    await pass(100);
    expect(tones).toHaveLength(2);
  });
});
