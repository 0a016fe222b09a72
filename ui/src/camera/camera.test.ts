import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { asked, replies } from "../ipc/__mocks__/call";
import type { FrameSeen } from "../ipc/generated";
import {
  answer,
  camera,
  cameras,
  commandsAsked,
  entered,
  found,
  framesSent,
  pass,
  setUpCamera,
  tearDownCamera,
  turnOff,
  turnOn,
  video,
  watch,
} from "../testing/camera-bench";
import { nothing } from "../testing/fake-camera";

vi.mock("../ipc/call");

beforeEach(setUpCamera);
afterEach(tearDownCamera);

describe("a camera", () => {
  it("starts, and watches from its first picture", async () => {
    turnOn();
    await pass();
    expect(camera.state).toBe("starting");
    expect(commandsAsked()).toEqual(["camera_start"]);
    video.picture();
    await pass();
    expect(camera.state).toBe("watching");
    expect(camera.hint).toBe("watching");
    expect(framesSent()).toBe(1);
  });

  it("reports what Rust read and shows the hint for it", async () => {
    answer({ entered, ours: true });
    await watch();
    expect(found).toHaveBeenCalledExactlyOnceWith(entered);
    expect(camera.hint).toBe("found");
  });

  it("keeps each hint long enough to be heard", async () => {
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

  it("outlines QR codes until they have been out of view for a moment", async () => {
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
    expect(camera.outlines).toEqual({ width: 16, height: 9, corners, wanted: true });
    answer({});
    video.picture();
    await pass(100);
    expect(camera.outlines).not.toBeNull();
    await pass(300);
    video.picture();
    await pass(100);
    expect(camera.outlines).toBeNull();
  });
});

describe("turning it off", () => {
  it("stops the track, Rust and the frames", async () => {
    await watch();
    turnOff();
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

  it("stops a track that arrives afterwards", async () => {
    const arrive = cameras.late();
    turnOn();
    await pass();
    turnOff();
    arrive();
    await pass();
    expect(cameras.opened()).toBe(1);
    expect(cameras.running()).toBe(0);
    expect(commandsAsked()).toEqual([]);
  });

  it("stops Rust only once it has started", async () => {
    let started: () => void = () => undefined;
    replies.set("camera_start", () => new Promise<void>((resolve) => (started = resolve)));
    turnOn();
    await pass();
    turnOff();
    await pass();
    expect(commandsAsked()).toEqual(["camera_start"]);
    started();
    await pass();
    expect(commandsAsked()).toEqual(["camera_start", "camera_stop"]);
  });

  it("still reports what Rust read at the last moment", async () => {
    let answered: (seen: FrameSeen) => void = () => undefined;
    replies.set("camera_frame", () => new Promise((resolve) => (answered = resolve)));
    await watch();
    turnOff();
    answered({ ...nothing, entered, ours: true });
    await pass();
    expect(found).toHaveBeenCalledOnce();
    expect(camera.hint).toBe("watching");
  });

  it("happens while the page is hidden, until it is shown again", async () => {
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

  it("holds for a page that is hidden from the start", async () => {
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
  it("is not sent, and is not taken for a camera that is gone", async () => {
    await watch();
    camera.hold(true);
    video.picture();
    await pass(20_000);
    expect(framesSent()).toBe(1);
    expect(camera.state).toBe("watching");
    expect(camera.hint).toBe("found");
    expect(video.playing).toBe(false);
  });

  it("resumes", async () => {
    await watch();
    camera.hold(true);
    camera.hold(false);
    expect(video.playing).toBe(true);
    video.picture();
    await pass(100);
    expect(framesSent()).toBe(2);
  });
});

describe("the sound", () => {
  it("is off at first, and then plays when something is read", async () => {
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
