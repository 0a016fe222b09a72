import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  camera,
  cameras,
  pass,
  setUpCamera,
  tearDownCamera,
  turnOn,
  video,
  watch,
} from "../testing/camera-bench";

vi.mock("../ipc/call");

beforeEach(setUpCamera);
afterEach(tearDownCamera);

describe("pictures", () => {
  it("are followed even if the web view drops requests made before the first one", async () => {
    turnOn();
    await pass();
    video.forget();
    video.element.dispatchEvent(new Event("loadeddata"));
    video.picture();
    await pass();
    expect(camera.state).toBe("watching");
  });

  it("that stop are taken for a camera that is gone", async () => {
    await watch();
    await pass(3000);
    expect(camera.state).toBe("gone");
    expect(cameras.running()).toBe(0);
  });

  it("that never start are, even if the time of the video advances", async () => {
    turnOn();
    await pass(9000);
    expect(camera.state).toBe("starting");
    video.element.currentTime += 9;
    await pass(1000);
    expect(camera.state).toBe("gone");
  });

  it("that are no longer counted are, even if the time of the video advances", async () => {
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

  it("may pause while the page is not drawn", async () => {
    await watch();
    for (let at = 0; at < 10; at += 1) {
      video.element.currentTime += 1;
      await pass(1000);
    }
    expect(camera.state).toBe("watching");
  });
});
