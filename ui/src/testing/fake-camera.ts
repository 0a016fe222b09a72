import { vi } from "vitest";
import type { FrameSeen } from "../ipc/generated";

/** Rust's answer to a frame without a QR code. */
export const nothing: FrameSeen = {
  entered: null,
  field: null,
  ours: false,
  others: false,
  outlines: [],
  hint: null,
};

/** A video element whose pictures are triggered by tests. */
export class FakeVideo {
  readonly element: HTMLVideoElement;
  playing = false;
  /** Number of pictures that the web view reports; 0 if it does not count. */
  counted = 0;
  private readonly waiting = new Map<number, () => void>();
  private last = 0;

  constructor(element: HTMLVideoElement) {
    this.element = element;
    const own = {
      requestVideoFrameCallback: (callback: () => void) => {
        this.last += 1;
        this.waiting.set(this.last, callback);
        return this.last;
      },
      cancelVideoFrameCallback: (id: number) => this.waiting.delete(id),
      play: () => {
        this.playing = true;
        return Promise.resolve();
      },
      pause: () => (this.playing = false),
      getVideoPlaybackQuality: () => ({ totalVideoFrames: this.counted }),
      srcObject: null,
      currentTime: 0,
      readyState: 0,
    };
    for (const [name, value] of Object.entries(own)) {
      Object.defineProperty(element, name, { value, writable: true, configurable: true });
    }
    this.size(16, 9);
  }

  size(width: number, height: number): void {
    const sizes = { videoWidth: width, videoHeight: height };
    for (const [name, value] of Object.entries(sizes)) {
      Object.defineProperty(this.element, name, { value, configurable: true });
    }
  }

  /** Drops all requested callbacks, as WebKitGTK does. */
  forget(): void {
    this.waiting.clear();
  }

  /** Delivers a picture. */
  picture(): void {
    Object.assign(this.element, { readyState: 4 });
    const callbacks = [...this.waiting.values()];
    this.waiting.clear();
    for (const callback of callbacks) callback();
  }
}

class FakeTrack extends EventTarget {
  readyState: MediaStreamTrackState = "live";
  muted = false;
  private readonly cameras: FakeCameras;

  constructor(cameras: FakeCameras) {
    super();
    this.cameras = cameras;
  }

  stop(): void {
    this.readyState = "ended";
  }

  getSettings = () => this.cameras.settings;
  getCapabilities = () => this.cameras.capabilities;

  applyConstraints(constraints: unknown): Promise<void> {
    this.cameras.applied.push(constraints);
    return this.cameras.refuseSettings ? Promise.reject(new Error("refused")) : Promise.resolve();
  }
}

class FakeDevices extends EventTarget {
  heard = 0;
  private readonly cameras: FakeCameras;

  constructor(cameras: FakeCameras) {
    super();
    this.cameras = cameras;
  }

  override addEventListener(...given: Parameters<EventTarget["addEventListener"]>): void {
    this.heard += 1;
    super.addEventListener(...given);
  }

  override removeEventListener(...given: Parameters<EventTarget["removeEventListener"]>): void {
    this.heard -= 1;
    super.removeEventListener(...given);
  }

  getUserMedia = (constraints: MediaStreamConstraints) => this.cameras.open(constraints);

  enumerateDevices = () =>
    Promise.resolve([
      { kind: "audioinput", deviceId: "microphone", label: "" },
      ...this.cameras.list.map((deviceId) => ({ kind: "videoinput", deviceId, label: deviceId })),
    ]);
}

/** Replaces the cameras of the computer and the canvas, until `restore`. */
export class FakeCameras {
  /** Constraints passed to getUserMedia. */
  readonly asked: MediaStreamConstraints[] = [];
  list = ["one"];
  settings: Record<string, unknown> = { deviceId: "one" };
  capabilities: Record<string, unknown> = {};
  readonly applied: unknown[] = [];
  refuseSettings = false;
  /** Colour of every pixel. */
  colour: [number, number, number] = [128, 128, 128];
  drawn = 0;
  cleared = 0;
  /** Pixel buffers read from the canvas. */
  readonly given: Uint8ClampedArray[] = [];

  private readonly devices = new FakeDevices(this);
  private readonly tracks: FakeTrack[] = [];
  private refused: { name: string; times: number } | null = null;
  private wait: Promise<void> | null = null;
  private readonly had = Object.getOwnPropertyDescriptor(navigator, "mediaDevices");

  constructor() {
    this.place(this.devices);
    vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue({
      drawImage: () => (this.drawn += 1),
      clearRect: () => (this.cleared += 1),
      getImageData: (_x: number, _y: number, width: number, height: number) => {
        const data = new Uint8ClampedArray(4 * width * height);
        for (let at = 0; at < data.length; at += 4) data.set([...this.colour, 255], at);
        this.given.push(data);
        return { data };
      },
    } as never);
  }

  restore(): void {
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
    if (this.had) Object.defineProperty(navigator, "mediaDevices", this.had);
    else Reflect.deleteProperty(navigator, "mediaDevices");
  }

  video(element: HTMLVideoElement): FakeVideo {
    return new FakeVideo(element);
  }

  async open(constraints: MediaStreamConstraints): Promise<MediaStream> {
    this.asked.push(constraints);
    await this.wait;
    if (this.refused && this.refused.times > 0) {
      this.refused.times -= 1;
      throw new DOMException("", this.refused.name);
    }
    const track = new FakeTrack(this);
    this.tracks.push(track);
    const tracks = () => [track];
    return { getTracks: tracks, getVideoTracks: tracks } as never;
  }

  refuse(name: string, times = Infinity): void {
    this.refused = { name, times };
  }

  allow(): void {
    this.refused = null;
  }

  /** Delays streams until the returned function is called. */
  late(): () => void {
    let arrive: () => void = () => undefined;
    this.wait = new Promise((resolve) => (arrive = resolve));
    return arrive;
  }

  /** Removes camera support from the web view. */
  remove(): void {
    this.place(undefined);
  }

  /** Number of cameras opened so far. */
  opened(): number {
    return this.tracks.length;
  }

  running(): number {
    return this.tracks.filter((track) => track.readyState === "live").length;
  }

  unplug(): void {
    for (const track of this.tracks) {
      track.readyState = "ended";
      track.dispatchEvent(new Event("ended"));
    }
  }

  changed(): void {
    this.devices.dispatchEvent(new Event("devicechange"));
  }

  listeners(): number {
    return this.devices.heard;
  }

  hide(hidden: boolean): void {
    vi.spyOn(document, "hidden", "get").mockReturnValue(hidden);
    document.dispatchEvent(new Event("visibilitychange"));
  }

  /** Collects the tones played from now on. */
  listenToTones(): unknown[] {
    const tones: unknown[] = [];
    const node = {
      gain: { setValueAtTime: vi.fn(), linearRampToValueAtTime: vi.fn() },
      connect: () => node,
    };
    const tone = { frequency: { value: 0 }, connect: () => node, stop: vi.fn() };
    class FakeAudio {
      currentTime = 0;
      destination = {};
      resume = () => Promise.resolve();
      createGain = () => node;
      createOscillator = () => ({ ...tone, start: (at: number) => tones.push(at) });
    }
    vi.stubGlobal("AudioContext", FakeAudio);
    return tones;
  }

  private place(devices: FakeDevices | undefined): void {
    Object.defineProperty(navigator, "mediaDevices", { value: devices, configurable: true });
  }
}
