import { frameOf } from "./luma";

/** Largest width of a frame, in pixels. */
const widest = 1280;

/** One picture of the camera, as Rust takes it. */
export interface Frame {
  bytes: Uint8Array<ArrayBuffer>;
  /** In pixels. */
  width: number;
  height: number;
}

/** Takes frames from a video. Nothing of a frame stays behind. */
export class FrameCanvas {
  private readonly canvas = document.createElement("canvas");

  /** Takes the current picture of the video. It is never mirrored. */
  take(video: HTMLVideoElement): Frame {
    const { canvas } = this;
    const context = canvas.getContext("2d", { willReadFrequently: true });
    if (!context) throw new TypeError("no place to draw");
    const scale = Math.min(1, widest / video.videoWidth);
    const width = Math.round(video.videoWidth * scale);
    const height = Math.max(1, Math.round(video.videoHeight * scale));
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    context.drawImage(video, 0, 0, width, height);
    const { data } = context.getImageData(0, 0, width, height);
    context.clearRect(0, 0, width, height);
    const bytes = frameOf(data, width, height);
    data.fill(0);
    return { bytes, width, height };
  }

  /** Frees the canvas: without a size it holds no picture. */
  clear(): void {
    this.canvas.width = 0;
    this.canvas.height = 0;
  }
}
