import { vi } from "vitest";
import { Camera, remembered } from "../camera/camera.svelte";
import { asked, replies } from "../ipc/__mocks__/call";
import type { Entered, FrameSeen } from "../ipc/generated";
import { FakeCameras, nothing, type FakeVideo } from "./fake-camera";

/** What Rust reports once it has read something. */
export const entered: Entered = {
  field: { state: "empty" },
  set: null,
  restoring: null,
  unread: [],
};

export let cameras: FakeCameras;
export let video: FakeVideo;
export let camera: Camera;
export const found = vi.fn<(entered: Entered) => void>();
let off: () => void = () => undefined;

/** Sets up a camera that is not on yet, with fake time. Call before each test. */
export function setUpCamera(): void {
  vi.useFakeTimers();
  asked.length = 0;
  replies.clear();
  found.mockReset();
  remembered.device = null;
  remembered.sound = false;
  cameras = new FakeCameras();
  video = cameras.video(document.createElement("video"));
  camera = new Camera({ field: null, onread: found });
  off = () => undefined;
  answer({});
}

/** Call after each test. */
export async function tearDownCamera(): Promise<void> {
  off();
  await pass();
  cameras.restore();
  vi.useRealTimers();
}

/** Lets settled promises be handled, and time pass. */
export const pass = (milliseconds = 0) => vi.advanceTimersByTimeAsync(milliseconds);

export function turnOn(which = camera): void {
  off = which.on(video.element);
}

export function turnOff(): void {
  off();
}

/** Turns the camera on, until its first picture was sent to Rust. */
export async function watch(): Promise<void> {
  turnOn();
  await pass();
  video.picture();
  await pass(100);
}

/** What Rust answers to frames from now on. */
export function answer(seen: Partial<FrameSeen>): void {
  replies.set("camera_frame", () => ({ ...nothing, ...seen }));
}

export const commandsAsked = () => asked.map(([command]) => command);
export const framesSent = () =>
  commandsAsked().filter((command) => command === "camera_frame").length;
