/** Why there is no picture. */
export type CameraProblem = "denied" | "none" | "busy" | "gone" | "failed";

/** Focus controls of a camera that has some. */
export interface Focus {
  /** Null if the camera can only focus automatically. */
  range: { min: number; max: number; step: number; value: number } | null;
  byItself: boolean;
}

/** Settings that the platform's types do not know yet. */
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

/** An open camera. */
export class CameraStream {
  readonly media: MediaStream;
  readonly device: string | null;
  /** The camera faces the person, or does not say where it faces: its preview is a mirror. */
  readonly mirrored: boolean;
  readonly hasTorch: boolean;
  readonly focus: Focus | null;
  private readonly track: MediaStreamTrack;

  /** Throws a `TypeError` if the stream has no video track. */
  constructor(media: MediaStream) {
    const [track] = media.getVideoTracks();
    if (!track) throw new TypeError("a stream without a picture");
    this.media = media;
    this.track = track;
    const { deviceId, facingMode, focusDistance } = track.getSettings() as Settings;
    this.device = deviceId ?? null;
    this.mirrored = facingMode === undefined || facingMode === "" || facingMode === "user";
    const able = (track.getCapabilities?.() ?? {}) as Capabilities;
    this.hasTorch = [able.torch].flat().includes(true);
    this.focus = focusOf(able, focusDistance);
  }

  /** Whether the track still runs and delivers pictures. */
  get live(): boolean {
    return this.track.readyState === "live" && !this.track.muted;
  }

  onEnded(listener: () => void): void {
    this.track.addEventListener("ended", listener);
  }

  /** Switches the light; returns whether the camera accepted it. */
  light(on: boolean): Promise<boolean> {
    return this.apply({ torch: on });
  }

  /** Sets the focus distance, or automatic focus; returns whether the camera accepted it. */
  focusAt(distance: number | null): Promise<boolean> {
    return this.apply(
      distance === null
        ? { focusMode: "continuous" }
        : { focusMode: "manual", focusDistance: distance },
    );
  }

  stop(): void {
    turnOff(this.media);
  }

  private async apply(setting: Settings): Promise<boolean> {
    const constraints = { advanced: [setting] } as MediaTrackConstraints;
    return this.track.applyConstraints(constraints).then(
      () => true,
      () => false,
    );
  }
}

/** How to open a camera. */
interface Opening {
  /** The id of the chosen camera; null for any. */
  device: string | null;
  /** Whether the camera is still wanted: opening may take long. */
  wanted: () => boolean;
  /** The chosen camera is not there; another is tried. */
  onmissing: () => void;
}

/** Opens the chosen camera, or any other if it is not there; null if none is wanted any more. */
export async function openCamera(opening: Opening): Promise<CameraStream | null> {
  const { device, wanted, onmissing } = opening;
  const open = async (which: string | null) => {
    const media = await navigator.mediaDevices.getUserMedia(constraintsFor(which));
    if (wanted()) return new CameraStream(media);
    turnOff(media);
    return null;
  };
  try {
    return await open(device);
  } catch (reason) {
    // The chosen camera was unplugged, or a busy desktop missed WebKitGTK's 10 ms deadline.
    if (problemOf(reason) !== "none") throw reason;
    if (!wanted()) return null;
    onmissing();
    return open(null);
  }
}

/** Lists the cameras of the computer, each once. */
export async function listCameras(): Promise<MediaDeviceInfo[]> {
  const all = await navigator.mediaDevices.enumerateDevices().catch(() => []);
  const cameras = all.filter((it) => it.kind === "videoinput" && it.deviceId !== "");
  // WebKitGTK sometimes lists a camera twice.
  return cameras.filter(
    ({ deviceId }, at) => cameras.findIndex((it) => it.deviceId === deviceId) === at,
  );
}

/** Names the problem behind a rejection of `getUserMedia`. */
export function problemOf(reason: unknown): CameraProblem {
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

function constraintsFor(device: string | null): MediaStreamConstraints {
  const which =
    device === null ? { facingMode: { ideal: "environment" } } : { deviceId: { exact: device } };
  return {
    audio: false,
    video: { ...which, width: { ideal: 1280 }, height: { ideal: 720 } },
  };
}

function turnOff(media: MediaStream): void {
  for (const track of media.getTracks()) track.stop();
}

function focusOf({ focusMode = [], focusDistance }: Capabilities, value?: number): Focus | null {
  const { min = 0, max = 0, step = 0 } = focusDistance ?? {};
  const manual = focusMode.includes("manual") && max > min;
  const byItself = focusMode.includes("continuous");
  if (!manual && !byItself) return null;
  const range = { min, max, step: step > 0 ? step : (max - min) / 100, value: value ?? min };
  return { range: manual ? range : null, byItself };
}
