import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { asked, replies } from "../ipc/__mocks__/call";
import type { FrameSeen } from "../ipc/generated";
import {
  answer,
  camera,
  cameras,
  commandsAsked,
  framesSent,
  pass,
  setUpCamera,
  tearDownCamera,
  video,
  watch,
} from "../testing/camera-bench";
import { nothing } from "../testing/fake-camera";

vi.mock("../ipc/call");

beforeEach(setUpCamera);
afterEach(tearDownCamera);

describe("a frame", () => {
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

  it("sends one frame at a time, always the newest", async () => {
    let answered: (seen: FrameSeen) => void = () => undefined;
    replies.set("camera_frame", () => new Promise((resolve) => (answered = resolve)));
    await watch();
    for (const shade of [10, 20, 30]) {
      cameras.colour = [shade, shade, shade];
      video.picture();
      await pass(100);
    }
    expect(framesSent()).toBe(1);
    answered(nothing);
    await pass();
    expect(framesSent()).toBe(2);
    expect((asked.at(-1)?.[1] as Uint8Array)[8]).toBe(30);
    answered(nothing);
    await pass(1000);
    expect(framesSent()).toBe(2);
  });

  it("sends at most fifteen frames a second", async () => {
    await watch();
    const before = framesSent();
    for (let at = 0; at < 60; at += 1) {
      video.picture();
      await pass(1000 / 60);
    }
    expect(framesSent() - before).toBeGreaterThanOrEqual(13);
    expect(framesSent() - before).toBeLessThanOrEqual(15);
  });
});

describe("Rust's side that fails", () => {
  it("fails if Rust cannot start", async () => {
    replies.set("camera_start", () => Promise.reject({ code: "scanner_failed", message: "m" }));
    await watch();
    expect(camera.state).toBe("failed");
    expect(cameras.running()).toBe(0);
  });

  it("fails if Rust rejects a frame", async () => {
    replies.set("camera_frame", () => Promise.reject({ code: "scanner_failed", message: "m" }));
    await watch();
    expect(camera.state).toBe("failed");
    expect(cameras.running()).toBe(0);
    expect(commandsAsked().at(-1)).toBe("camera_stop");
  });
});

describe("Rust's side that was turned off", () => {
  const cameraOff = () => Promise.reject({ code: "camera_off", message: "m" });

  it("is restarted while the view is open", async () => {
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

  it("is not restarted in a loop", async () => {
    replies.set("camera_frame", cameraOff);
    await watch();
    video.picture();
    await pass(100);
    expect(camera.state).toBe("failed");
    expect(commandsAsked().filter((command) => command === "camera_start")).toHaveLength(2);
  });
});
