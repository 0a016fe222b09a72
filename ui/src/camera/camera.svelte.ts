import type { Entered, FrameSeen, QrKind } from "../ipc/generated";
import type { NoText } from "../words/read-qr";
import { beep } from "./beep";
import type { Frame } from "./frame";
import { Pictures } from "./pictures";
import { FramePump } from "./pump";
import { SteadyHint, type Hint } from "./steady-hint";
import {
  listCameras,
  openCamera,
  problemOf,
  type CameraProblem,
  type CameraStream,
  type Focus,
} from "./stream";

/** The QR codes of the latest frame that had some, in pixels of the frame, not mirrored. */
export interface Outlines {
  width: number;
  height: number;
  corners: FrameSeen["outlines"];
  /** They are what the camera is for. */
  wanted: boolean;
}

/** What a camera is for: codes and pages, which are entered, or a text for a field of a type. */
export type Purpose =
  | { field: null; onread: (entered: Entered) => void }
  | { field: QrKind; onread: (text: string) => void };

/** Milliseconds that outlines stay without being seen again. */
const linger = 250;

/** The person's choices, while the app runs. */
export const remembered = $state<{ device: string | null; sound: boolean }>({
  device: null,
  sound: false,
});

/** A camera while its view is open: what the view shows, from the stream and from Rust. */
export class Camera {
  state = $state<"starting" | "watching" | CameraProblem>("starting");
  hint = $state<Hint>("starting");
  outlines = $state.raw<Outlines | null>(null);
  devices = $state.raw<MediaDeviceInfo[]>([]);
  /** The id of the open camera. */
  device = $state<string | null>(null);
  /** Whether the preview is mirrored. */
  mirrored = $state(false);
  /** Size of the picture, in pixels. */
  size = $state.raw<{ width: number; height: number }>({ width: 1280, height: 720 });
  /** Whether the camera's light is on; null where it has none. */
  torch = $state<boolean | null>(null);
  focus = $state.raw<Focus | null>(null);
  /** What the QR codes hold that were in view last and have no text for the field. */
  noText = $state.raw<NoText | null>(null);

  private readonly purpose: Purpose;
  private readonly pump: FramePump;
  private video: HTMLVideoElement | null = null;
  private stream: CameraStream | null = null;
  private pictures: Pictures | null = null;
  /** Counts starts and stops, so that results of an earlier run are dropped. */
  private run = 0;
  /** The picture stands still. */
  private held = false;
  private lastOutlines = -Infinity;
  private steady: SteadyHint | null = null;

  constructor(purpose: Purpose) {
    this.purpose = purpose;
    this.pump = new FramePump(purpose.field, {
      onbegin: () => this.began(),
      onentered: (entered) => {
        if (purpose.field !== null) return;
        if (remembered.sound) beep();
        purpose.onread(entered);
      },
      onseen: (seen, frame) => this.show(seen, frame),
      onfail: () => this.fail("failed"),
    });
  }

  /** Turns the camera on, with its preview in `video`, until the returned function is called. */
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

  /** Retries after a problem. */
  again(): void {
    void this.start();
  }

  choose(device: string): void {
    remembered.device = device;
    void this.start();
  }

  /** Freezes the picture and sends no frames, or resumes. */
  hold(held: boolean): void {
    if (held === this.held) return;
    this.held = held;
    this.pictures?.pause();
    if (held && !this.problem) {
      this.hint = "found";
      this.video?.pause();
    } else if (!held && this.stream) {
      this.steady = new SteadyHint(performance.now());
      this.hint = "watching";
      this.play();
    }
    this.pump.hold(held);
  }

  async light(on: boolean): Promise<void> {
    const { run, stream } = this;
    const done = await stream?.light(on);
    if (run === this.run) this.torch = done ? on : null;
  }

  /** Sets the focus distance, or automatic focus. */
  async focusAt(distance: number | null): Promise<void> {
    const { run, stream } = this;
    const done = await stream?.focusAt(distance);
    if (run !== this.run) return;
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
    const { run } = this;
    this.state = "starting";
    this.hint = "starting";
    // A hidden page starts it once it is shown.
    if (document.hidden) return;
    try {
      const stream = await openCamera({
        device: remembered.device,
        wanted: () => run === this.run,
        onmissing: () => (remembered.device = null),
      });
      if (!stream || !this.video) return stream?.stop();
      this.use(stream, this.video);
      void this.list();
      await this.pump.start(this.video);
    } catch (reason) {
      if (run === this.run) this.fail(problemOf(reason));
    }
  }

  private use(stream: CameraStream, video: HTMLVideoElement): void {
    this.stream = stream;
    stream.onEnded(() => {
      if (this.stream === stream) this.fail("gone");
    });
    this.device = stream.device;
    this.mirrored = stream.mirrored;
    this.torch = stream.hasTorch ? false : null;
    this.focus = stream.focus;
    video.srcObject = stream.media;
    this.pictures = new Pictures(video, {
      onpicture: () => this.arrived(),
      onsilence: () => this.fail("gone"),
      live: () => stream.live,
    });
    this.play();
  }

  private play(): void {
    // A rejected play() is a stop that came first, or a silence that `Pictures` notices.
    void this.video?.play().catch(() => undefined);
    this.pictures?.expectFirst();
  }

  private arrived(): void {
    if (this.held) return;
    const { videoWidth: width = 0, videoHeight: height = 0 } = this.video ?? {};
    if (width === 0 || height === 0) return;
    if (width !== this.size.width || height !== this.size.height) this.size = { width, height };
    this.pictures?.expectNext();
    this.pump.arrived();
  }

  private began(): void {
    this.state = "watching";
    this.hint = "watching";
    this.steady = new SteadyHint(performance.now());
  }

  private show(seen: FrameSeen, { width, height }: Frame): void {
    const now = performance.now();
    const { outlines: corners, ours, others, field } = seen;
    if (field && field.state !== "read") this.noText = field;
    this.hint = this.steady?.next(this.hintOf(seen), now) ?? "watching";
    if (corners.length > 0) {
      const wanted = this.purpose.field === null ? ours && !others : field?.state === "read";
      this.outlines = { width, height, corners, wanted };
      this.lastOutlines = now;
    } else if (now - this.lastOutlines > linger) this.outlines = null;
    if (this.purpose.field !== null && field?.state === "read") {
      if (remembered.sound) beep();
      this.purpose.onread(field.text);
    }
  }

  private hintOf({ entered, ours, others, field, hint }: FrameSeen): Hint {
    const found =
      this.purpose.field === null
        ? entered !== null || (ours && hint === null)
        : field?.state === "read";
    if (found) return "found";
    return hint ?? (ours || others ? "others" : "watching");
  }

  private async list(): Promise<void> {
    const { run, device, devices } = this;
    const cameras = await listCameras();
    if (run !== this.run) return;
    this.devices = cameras;
    const had = devices.some((it) => it.deviceId === device);
    const has = cameras.some((it) => it.deviceId === device);
    if (this.stream && had && !has) this.fail("gone");
  }

  private fail(problem: CameraProblem): void {
    this.halt();
    this.state = problem;
  }

  /** Turns everything off, here and in Rust. */
  private halt(): void {
    this.run += 1;
    this.pictures?.stop();
    this.pictures = null;
    // The preview lets go of the stream before its tracks end: WebKitGTK has hung the other way.
    if (this.video) {
      this.video.pause();
      this.video.srcObject = null;
    }
    this.stream?.stop();
    this.stream = null;
    this.outlines = null;
    this.torch = null;
    this.focus = null;
    this.pump.stop();
  }
}
