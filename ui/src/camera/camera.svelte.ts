import { asCommandError } from "../ipc/command-error";
import { commands, type Entered, type FrameSeen } from "../ipc/generated";
import { beep } from "./beep";
import { frameOf } from "./luma";
import { SteadyHint, type Hint } from "./steady-hint";

/** Why there is no picture. */
export type CameraProblem = "denied" | "none" | "busy" | "gone" | "failed";

/** The symbols of the latest frame that had some; places are in pixels of the frame, which is not mirrored. */
export interface Outlines {
  width: number;
  height: number;
  corners: FrameSeen["outlines"];
  /** They are of a backup code or of recovery pages. */
  ours: boolean;
}

/** How far away the camera looks, where the person can say so. */
export interface Focus {
  /** Null where the camera only focuses by itself. */
  range: { min: number; max: number; step: number; value: number } | null;
  byItself: boolean;
}

/** Pixels across that a frame has at most. */
const widest = 1280;
/** Milliseconds from one look to the next, at least. */
const pace = 1000 / 15;
/** Milliseconds that outlines stand without being seen again. */
const linger = 250;
/** Milliseconds without a picture after which the camera may be gone: from its start, and later. */
const [firstPicture, nextPicture] = [10_000, 3000];
/** The `HAVE_CURRENT_DATA` of media elements. */
const hasPicture = 2;

/** What the person chose, while the app runs. */
export const remembered = $state<{ device: string | null; sound: boolean }>({
  device: null,
  sound: false,
});

/** Rust is told to start and to stop one after the other, whichever view says so. */
let last: Promise<unknown> = Promise.resolve();
function inOrder(call: () => Promise<void>): Promise<void> {
  const answer = last.then(call);
  last = answer.catch(() => undefined);
  return answer;
}

/** A camera while its view is open: what it sees goes to Rust frame by frame, and Rust says what that is. */
export class Camera {
  state = $state<"starting" | "watching" | CameraProblem>("starting");
  hint = $state<Hint>("starting");
  outlines = $state.raw<Outlines | null>(null);
  devices = $state.raw<MediaDeviceInfo[]>([]);
  /** The id of the camera that is on. */
  device = $state<string | null>(null);
  /** The preview is a mirror: the camera looks at the person, or does not say where it looks. */
  mirrored = $state(false);
  /** Pixels across and down of the picture. */
  size = $state.raw<{ width: number; height: number }>({ width: 1280, height: 720 });
  /** Whether the camera's light is on; null where it has none. */
  torch = $state<boolean | null>(null);
  focus = $state.raw<Focus | null>(null);

  private readonly onentered: (entered: Entered) => void;
  private readonly canvas = document.createElement("canvas");
  private video: HTMLVideoElement | null = null;
  private stream: MediaStream | null = null;
  /** Counts the times that the camera was turned on or off: what an earlier time still brings is dropped. */
  private time = 0;
  /** Rust was told to start. */
  private started = false;
  /** Rust takes frames. */
  private ready = false;
  /** Rust was told to start again, and has not answered to a frame since. */
  private startedAgain = false;
  /** The picture stands still. */
  private held = false;
  /** A picture has come since the last look. */
  private fresh = false;
  private looking = false;
  private lastLook = -Infinity;
  private lastOutlines = -Infinity;
  private steady: SteadyHint | null = null;
  private later: ReturnType<typeof setTimeout> | undefined;
  private silence: ReturnType<typeof setTimeout> | undefined;
  private stopPictures: () => void = () => undefined;

  constructor(onentered: (entered: Entered) => void) {
    this.onentered = onentered;
  }

  /** Turns the camera on, with its preview in the video, until the returned function is called. */
  on(video: HTMLVideoElement): () => void {
    this.video = video;
    const visible = () => {
      if (this.problem) return;
      if (document.hidden) this.halt();
      else void this.start();
    };
    const devices = () => void this.list();
    const source = navigator.mediaDevices as MediaDevices | undefined;
    document.addEventListener("visibilitychange", visible);
    source?.addEventListener("devicechange", devices);
    void this.start();
    return () => {
      document.removeEventListener("visibilitychange", visible);
      source?.removeEventListener("devicechange", devices);
      this.halt();
      this.video = null;
    };
  }

  get problem(): CameraProblem | null {
    return this.state === "starting" || this.state === "watching" ? null : this.state;
  }

  /** Tries once more after a problem. */
  again(): void {
    void this.start();
  }

  choose(device: string): void {
    remembered.device = device;
    void this.start();
  }

  /** The picture stands still and is not looked at, or goes on. */
  hold(held: boolean): void {
    if (held === this.held) return;
    this.held = held;
    clearTimeout(this.silence);
    if (this.problem) return;
    if (held) {
      this.hint = "found";
      this.video?.pause();
    } else if (this.stream) {
      this.steady = new SteadyHint(performance.now());
      this.hint = "watching";
      this.play();
      this.next();
    }
  }

  async light(on: boolean): Promise<void> {
    const { time } = this;
    const done = await this.apply({ torch: on });
    if (time === this.time) this.torch = done ? on : null;
  }

  /** Looks at a distance, or finds it by itself. */
  async focusAt(distance: number | null): Promise<void> {
    const { time } = this;
    const done = await this.apply(
      distance === null
        ? { focusMode: "continuous" }
        : { focusMode: "manual", focusDistance: distance },
    );
    if (time !== this.time) return;
    if (!done) this.focus = null;
    else if (this.focus?.range && distance !== null) {
      this.focus = { ...this.focus, range: { ...this.focus.range, value: distance } };
    }
  }

  sound(on: boolean): void {
    remembered.sound = on;
    if (on) beep();
  }

  private async start(): Promise<void> {
    this.halt();
    const { time } = this;
    this.state = "starting";
    this.hint = "starting";
    // It starts once the page is seen.
    if (document.hidden) return;
    try {
      const stream = await this.open(time);
      if (!stream) return;
      this.use(stream);
      void this.list();
      this.started = true;
      await inOrder(commands.camera_start);
      if (time !== this.time) return;
      this.ready = true;
      this.next();
    } catch (reason) {
      if (time === this.time) this.fail(problemOf(reason));
    }
  }

  /** The chosen camera, or whichever there is; null if it is no longer wanted. */
  private async open(time: number): Promise<MediaStream | null> {
    const wanted = async (device: string | null) => {
      const stream = await navigator.mediaDevices.getUserMedia(asked(device));
      if (time === this.time) return stream;
      turnOff(stream);
      return null;
    };
    try {
      return await wanted(remembered.device);
    } catch (reason) {
      // The chosen one was unplugged. Or a busy desktop did not answer in the ten milliseconds that WebKitGTK gives it.
      if (problemOf(reason) !== "none") throw reason;
      if (time !== this.time) return null;
      remembered.device = null;
      return wanted(null);
    }
  }

  private use(stream: MediaStream): void {
    this.stream = stream;
    const [track] = stream.getVideoTracks();
    if (!track || !this.video) throw new TypeError("a stream without a picture");
    track.addEventListener("ended", () => {
      if (this.stream === stream) this.fail("gone");
    });
    const { deviceId, facingMode, focusDistance } = track.getSettings() as Settings;
    this.device = deviceId ?? null;
    this.mirrored = facingMode === undefined || facingMode === "" || facingMode === "user";
    const able = (track.getCapabilities?.() ?? {}) as Capabilities;
    this.torch = [able.torch].flat().includes(true) ? false : null;
    this.focus = focusOf(able, focusDistance);
    this.video.srcObject = stream;
    this.play();
    this.follow(this.video);
  }

  private play(): void {
    // That it was turned off before it began is no news, and that no picture comes shows by itself.
    void this.video?.play().catch(() => undefined);
    this.listen(firstPicture);
  }

  /** Hears of each picture of the video. */
  private follow(video: HTMLVideoElement): void {
    let id: number;
    if ("requestVideoFrameCallback" in video) {
      const picture = () => {
        id = video.requestVideoFrameCallback(picture);
        this.arrived();
      };
      const ask = () => {
        video.cancelVideoFrameCallback(id);
        id = video.requestVideoFrameCallback(picture);
      };
      id = video.requestVideoFrameCallback(picture);
      // WebKitGTK forgets what was asked before the first picture.
      video.addEventListener("loadeddata", ask);
      this.stopPictures = () => {
        video.removeEventListener("loadeddata", ask);
        video.cancelVideoFrameCallback(id);
      };
    } else {
      const element: HTMLVideoElement = video;
      let shown = -1;
      const picture = () => {
        id = requestAnimationFrame(picture);
        if (element.currentTime === shown) return;
        shown = element.currentTime;
        this.arrived();
      };
      id = requestAnimationFrame(picture);
      this.stopPictures = () => cancelAnimationFrame(id);
    }
  }

  private arrived(): void {
    if (this.held) return;
    const { videoWidth: width = 0, videoHeight: height = 0 } = this.video ?? {};
    if (width === 0 || height === 0) return;
    if (width !== this.size.width || height !== this.size.height) this.size = { width, height };
    this.listen(nextPicture);
    this.fresh = true;
    this.next();
  }

  /** Not every camera that is unplugged says so: some only fall silent. */
  private listen(patience: number): void {
    clearTimeout(this.silence);
    const track = this.stream?.getVideoTracks()[0];
    const moment = progressOf(this.video);
    this.silence = setTimeout(() => {
      // A page that is behind others may only not be drawn.
      const goesOn = moment !== progressOf(this.video);
      if (track?.readyState === "live" && !track.muted && goesOn) this.listen(nextPicture);
      else this.fail("gone");
    }, patience);
  }

  /** Looks at the picture that stands in the video now, unless a look is under way or too little time has passed. */
  private next(): void {
    if (!this.fresh || !this.ready || this.looking || this.held) return;
    if (this.state === "starting") {
      this.state = "watching";
      this.hint = "watching";
      this.steady = new SteadyHint(performance.now());
    }
    clearTimeout(this.later);
    const rest = this.lastLook + pace - performance.now();
    if (rest > 0) this.later = setTimeout(() => this.next(), rest);
    else void this.look();
  }

  private async look(): Promise<void> {
    const { time } = this;
    this.fresh = false;
    this.looking = true;
    this.lastLook = performance.now();
    try {
      const { frame, width, height } = this.picture();
      const seen = await commands.camera_frame(frame);
      // Rust has it, even if the camera was turned off meanwhile.
      if (seen.entered) {
        if (remembered.sound) beep();
        this.onentered(seen.entered);
      }
      if (time !== this.time) return;
      this.startedAgain = false;
      if (!this.held) this.show(seen, width, height);
    } catch (reason) {
      if (time === this.time) await this.startAgain(reason, time);
    } finally {
      this.looking = false;
      this.next();
    }
  }

  /** Rust turns its side off when everything that was entered is forgotten. The view is still open. */
  private async startAgain(reason: unknown, time: number): Promise<void> {
    const code: string = asCommandError(reason).code;
    if (code !== "camera_off" || this.startedAgain) return this.fail("failed");
    this.startedAgain = true;
    await inOrder(commands.camera_start).catch(() => {
      if (time === this.time) this.fail("failed");
    });
  }

  /** The picture that stands in the video, for Rust. It is never mirrored, and nothing of it stays here. */
  private picture(): { frame: Uint8Array<ArrayBuffer>; width: number; height: number } {
    const { canvas, video } = this;
    const context = canvas.getContext("2d", { willReadFrequently: true });
    if (!video || !context) throw new TypeError("no place to draw");
    const scale = Math.min(1, widest / video.videoWidth);
    const width = Math.round(video.videoWidth * scale);
    const height = Math.max(1, Math.round(video.videoHeight * scale));
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    context.drawImage(video, 0, 0, width, height);
    const { data } = context.getImageData(0, 0, width, height);
    context.clearRect(0, 0, width, height);
    const frame = frameOf(data, width, height);
    data.fill(0);
    return { frame, width, height };
  }

  private show(seen: FrameSeen, width: number, height: number): void {
    const now = performance.now();
    this.hint = this.steady?.next(hintOf(seen), now) ?? "watching";
    const { outlines: corners, ours, others } = seen;
    if (corners.length > 0) {
      this.outlines = { width, height, corners, ours: ours && !others };
      this.lastOutlines = now;
    } else if (now - this.lastOutlines > linger) this.outlines = null;
  }

  private async list(): Promise<void> {
    const { time, device, devices } = this;
    const all = await navigator.mediaDevices.enumerateDevices().catch(() => []);
    if (time !== this.time) return;
    const cameras = all.filter((it) => it.kind === "videoinput" && it.deviceId !== "");
    // WebKitGTK sometimes lists a camera twice.
    this.devices = cameras.filter(
      ({ deviceId }, at) => cameras.findIndex((it) => it.deviceId === deviceId) === at,
    );
    const had = devices.some((it) => it.deviceId === device);
    const has = this.devices.some((it) => it.deviceId === device);
    if (this.stream && had && !has) this.fail("gone");
  }

  private async apply(setting: Settings): Promise<boolean> {
    const track = this.stream?.getVideoTracks()[0];
    if (!track) return false;
    const constraints = { advanced: [setting] } as MediaTrackConstraints;
    return track.applyConstraints(constraints).then(
      () => true,
      () => false,
    );
  }

  private fail(problem: CameraProblem): void {
    this.halt();
    this.state = problem;
  }

  /** Everything is off, here and in Rust. */
  private halt(): void {
    this.time += 1;
    clearTimeout(this.later);
    clearTimeout(this.silence);
    this.stopPictures();
    this.stopPictures = () => undefined;
    // The preview lets go of the stream before its tracks end: WebKitGTK has hung on the way round.
    if (this.video) {
      this.video.pause();
      this.video.srcObject = null;
    }
    if (this.stream) turnOff(this.stream);
    this.stream = null;
    // Without a size it holds no picture.
    this.canvas.width = 0;
    this.canvas.height = 0;
    this.outlines = null;
    this.torch = null;
    this.focus = null;
    this.fresh = false;
    this.ready = false;
    this.startedAgain = false;
    if (!this.started) return;
    this.started = false;
    void inOrder(commands.camera_stop).catch(() => undefined);
  }
}

/** What the types of the platform do not know yet. */
interface Settings extends MediaTrackSettings {
  torch?: boolean;
  focusMode?: string;
  focusDistance?: number;
}

interface Capabilities extends MediaTrackCapabilities {
  torch?: boolean | boolean[];
  focusMode?: string[];
  focusDistance?: { min?: number; max?: number; step?: number };
}

/** Not every platform has it. */
type Counting = Partial<Pick<HTMLVideoElement, "getVideoPlaybackQuality">>;

function asked(device: string | null): MediaStreamConstraints {
  const which = device === null ? { facingMode: { ideal: "environment" } } : null;
  return {
    audio: false,
    video: {
      ...(which ?? { deviceId: { exact: device ?? "" } }),
      width: { ideal: 1280 },
      height: { ideal: 720 },
    },
  };
}

function turnOff(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** Changes with each picture, drawn or not. The time does so, too, but in WebKitGTK it goes on without any picture. */
function progressOf(video: HTMLVideoElement | null): number {
  if (!video || video.readyState < hasPicture) return 0;
  const { totalVideoFrames = 0 } = (video as Counting).getVideoPlaybackQuality?.() ?? {};
  // Not every web view counts the pictures of a camera.
  return totalVideoFrames || video.currentTime;
}

function focusOf({ focusMode = [], focusDistance }: Capabilities, value?: number): Focus | null {
  const { min = 0, max = 0, step = 0 } = focusDistance ?? {};
  const manual = focusMode.includes("manual") && max > min;
  const byItself = focusMode.includes("continuous");
  if (!manual && !byItself) return null;
  const range = { min, max, step: step > 0 ? step : (max - min) / 100, value: value ?? min };
  return { range: manual ? range : null, byItself };
}

function hintOf({ entered, ours, others, hint }: FrameSeen): Hint {
  if (entered || (ours && hint === null)) return "found";
  return hint ?? (others ? "others" : "watching");
}

function problemOf(reason: unknown): CameraProblem {
  const name = typeof reason === "object" && reason !== null && "name" in reason && reason.name;
  switch (name) {
    case "NotAllowedError":
    case "SecurityError":
      return "denied";
    case "NotFoundError":
    case "OverconstrainedError":
      return "none";
    case "NotReadableError":
    case "AbortError":
      return "busy";
    default:
      return "failed";
  }
}
