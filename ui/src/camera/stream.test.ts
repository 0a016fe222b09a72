import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  camera,
  cameras,
  commandsAsked,
  found,
  pass,
  setUpCamera,
  tearDownCamera,
  turnOff,
  turnOn,
  video,
  watch,
} from "../testing/camera-bench";
import { Camera, remembered } from "./camera.svelte";

vi.mock("../ipc/call");

beforeEach(setUpCamera);
afterEach(tearDownCamera);

describe("a stream", () => {
  it("is requested again if none was found at first", async () => {
    cameras.refuse("OverconstrainedError", 1);
    await watch();
    expect(camera.state).toBe("watching");
    expect(cameras.asked).toHaveLength(2);
  });

  it("is asked for video only, 1280 by 720, preferably facing away from the person", async () => {
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

  it("is mirrored if it faces the person or does not say where it faces", async () => {
    for (const [facingMode, mirrored] of [
      ["user", true],
      [undefined, true],
      ["environment", false],
    ] as const) {
      cameras.settings = { deviceId: "one", facingMode };
      await watch();
      expect(camera.mirrored).toBe(mirrored);
      turnOff();
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
  ] as const)("maps %s to a problem and can be retried", async (name, problem) => {
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

  it("fails if the web view has no camera support", async () => {
    cameras.remove();
    await watch();
    expect(camera.state).toBe("failed");
  });

  it("is gone once its track has ended", async () => {
    await watch();
    cameras.unplug();
    await pass();
    expect(camera.state).toBe("gone");
    expect(commandsAsked().at(-1)).toBe("camera_stop");
  });

  it("is gone once the system no longer lists it", async () => {
    await watch();
    cameras.list = ["other"];
    cameras.changed();
    await pass();
    expect(camera.state).toBe("gone");
    expect(cameras.running()).toBe(0);
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
    turnOff();
    turnOn(new Camera({ field: null, onread: found }));
    await pass();
    expect(cameras.asked.at(-1)?.video).toMatchObject({ deviceId: { exact: "two" } });
  });

  it("replace a chosen one that is no longer there", async () => {
    remembered.device = "two";
    cameras.refuse("OverconstrainedError", 1);
    await watch();
    expect(camera.state).toBe("watching");
    expect(remembered.device).toBeNull();
  });
});

describe("what a camera can do", () => {
  it("is offered only if the camera supports it", async () => {
    await watch();
    expect(camera.torch).toBeNull();
    expect(camera.focus).toBeNull();
  });

  it("includes its light", async () => {
    cameras.capabilities = { torch: true };
    await watch();
    expect(camera.torch).toBe(false);
    await camera.light(true);
    expect(cameras.applied).toEqual([{ advanced: [{ torch: true }] }]);
    expect(camera.torch).toBe(true);
  });

  it("includes manual and automatic focus", async () => {
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

  it("is withdrawn once the camera refuses it", async () => {
    cameras.capabilities = { torch: [false, true] };
    cameras.refuseSettings = true;
    await watch();
    await camera.light(true);
    expect(camera.torch).toBeNull();
  });
});
