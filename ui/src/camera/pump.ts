import { asCommandError } from "../ipc/command-error";
import { commands, type Entered, type FrameSeen, type QrKind } from "../ipc/generated";
import { FrameCanvas, type Frame } from "./frame";

/** Shortest time between two frames, in milliseconds. */
const pace = 1000 / 15;

/** Rust is told to start and to stop in order, whichever view asks. */
let last: Promise<unknown> = Promise.resolve();
function inOrder(call: () => Promise<void>): Promise<void> {
  const answer = last.then(call);
  last = answer.catch(() => undefined);
  return answer;
}

interface PumpEvents {
  /** Rust is ready and the first picture is there. */
  onbegin: () => void;
  /** Rust entered something. Also called for the last frame after a stop. */
  onentered: (entered: Entered) => void;
  onseen: (seen: FrameSeen, frame: Frame) => void;
  onfail: () => void;
}

/** Sends the pictures of a video to Rust, one frame at a time and always the newest. */
export class FramePump {
  private readonly field: QrKind | null;
  private readonly events: PumpEvents;
  private readonly canvas = new FrameCanvas();
  private video: HTMLVideoElement | null = null;
  /** Counts starts and stops, so that answers to an earlier run are dropped. */
  private run = 0;
  /** Rust was told to start. */
  private started = false;
  /** Rust takes frames. */
  private ready = false;
  /** The first frame of this run is due. */
  private begun = false;
  /** Rust was restarted and has not answered to a frame since. */
  private restarted = false;
  private held = false;
  /** A picture has come since the last frame. */
  private fresh = false;
  private inFlight = false;
  private lastSent = -Infinity;
  private later: ReturnType<typeof setTimeout> | undefined;

  /** `field` is the type of the field that a text is read for; null where codes are entered. */
  constructor(field: QrKind | null, events: PumpEvents) {
    this.field = field;
    this.events = events;
  }

  /** Starts Rust's side, then sends frames. Rejects if Rust cannot start. */
  async start(video: HTMLVideoElement): Promise<void> {
    const { run } = this;
    this.video = video;
    this.started = true;
    await inOrder(() => this.begin());
    if (run !== this.run) return;
    this.ready = true;
    this.next();
  }

  /** A picture has come. */
  arrived(): void {
    this.fresh = true;
    this.next();
  }

  /** Sends nothing while held. */
  hold(held: boolean): void {
    this.held = held;
    this.next();
  }

  /** Stops here and in Rust. */
  stop(): void {
    this.run += 1;
    clearTimeout(this.later);
    this.canvas.clear();
    this.video = null;
    this.fresh = false;
    this.ready = false;
    this.begun = false;
    this.restarted = false;
    if (!this.started) return;
    this.started = false;
    void inOrder(commands.camera_stop).catch(() => undefined);
  }

  private begin(): Promise<void> {
    return commands.camera_start({ field: this.field });
  }

  /** Sends the current picture, unless a frame is in flight or the last one was too recent. */
  private next(): void {
    if (!this.fresh || !this.ready || this.inFlight || this.held) return;
    if (!this.begun) {
      this.begun = true;
      this.events.onbegin();
    }
    clearTimeout(this.later);
    const rest = this.lastSent + pace - performance.now();
    if (rest > 0) this.later = setTimeout(() => this.next(), rest);
    else void this.send();
  }

  private async send(): Promise<void> {
    const { run, video } = this;
    this.fresh = false;
    this.inFlight = true;
    this.lastSent = performance.now();
    try {
      if (!video) throw new TypeError("no video to send");
      const frame = this.canvas.take(video);
      const seen = await commands.camera_frame(frame.bytes);
      // Rust keeps what it read, even if the camera was turned off meanwhile.
      if (seen.entered) this.events.onentered(seen.entered);
      if (run !== this.run) return;
      this.restarted = false;
      if (!this.held) this.events.onseen(seen, frame);
    } catch (reason) {
      if (run === this.run) await this.restart(reason, run);
    } finally {
      this.inFlight = false;
      this.next();
    }
  }

  /** Rust stops its side whenever all entries are cleared. The view is still open: restart once. */
  private async restart(reason: unknown, run: number): Promise<void> {
    const { code } = asCommandError(reason);
    if (code !== "camera_off" || this.restarted) return this.events.onfail();
    this.restarted = true;
    await inOrder(() => this.begin()).catch(() => {
      if (run === this.run) this.events.onfail();
    });
  }
}
