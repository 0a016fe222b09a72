/** Milliseconds without a picture after which the camera may be gone: at first, and later. */
const [firstPicture, nextPicture] = [10_000, 3000];
/** The `HAVE_CURRENT_DATA` state of media elements. */
const hasPicture = 2;

/** Not every platform counts the pictures of a video. */
type Counting = Partial<Pick<HTMLVideoElement, "getVideoPlaybackQuality">>;

interface Watching {
  onpicture: () => void;
  /** No picture has come for too long. */
  onsilence: () => void;
  /** Whether the track of the video still claims to deliver pictures. */
  live: () => boolean;
}

/** Follows the pictures of a video, and notices when they stop. */
export class Pictures {
  private readonly video: HTMLVideoElement;
  private readonly watching: Watching;
  private readonly unfollow: () => void;
  private silence: ReturnType<typeof setTimeout> | undefined;

  constructor(video: HTMLVideoElement, watching: Watching) {
    this.video = video;
    this.watching = watching;
    this.unfollow = follow(video, watching.onpicture);
  }

  /** Starts waiting for the first picture. */
  expectFirst(): void {
    this.expect(firstPicture);
  }

  /** Starts waiting for the next picture. */
  expectNext(): void {
    this.expect(nextPicture);
  }

  /** Stops waiting, without unfollowing. */
  pause(): void {
    clearTimeout(this.silence);
  }

  stop(): void {
    this.pause();
    this.unfollow();
  }

  /** Not every camera that is unplugged reports it: some only fall silent. */
  private expect(patience: number): void {
    this.pause();
    const before = progressOf(this.video);
    this.silence = setTimeout(() => {
      // A page behind other windows may only not be drawn.
      const advanced = before !== progressOf(this.video);
      if (this.watching.live() && advanced) this.expectNext();
      else this.watching.onsilence();
    }, patience);
  }
}

/** Calls back for each picture of the video until the returned function is called. */
function follow(video: HTMLVideoElement, onpicture: () => void): () => void {
  return "requestVideoFrameCallback" in video
    ? followFrames(video, onpicture)
    : followTime(video, onpicture);
}

function followFrames(video: HTMLVideoElement, onpicture: () => void): () => void {
  const picture = () => {
    id = video.requestVideoFrameCallback(picture);
    onpicture();
  };
  let id = video.requestVideoFrameCallback(picture);
  const request = () => {
    video.cancelVideoFrameCallback(id);
    id = video.requestVideoFrameCallback(picture);
  };
  // WebKitGTK drops requests that were made before the first picture.
  video.addEventListener("loadeddata", request);
  return () => {
    video.removeEventListener("loadeddata", request);
    video.cancelVideoFrameCallback(id);
  };
}

function followTime(video: HTMLVideoElement, onpicture: () => void): () => void {
  let shown = -1;
  const picture = () => {
    id = requestAnimationFrame(picture);
    if (video.currentTime === shown) return;
    shown = video.currentTime;
    onpicture();
  };
  let id = requestAnimationFrame(picture);
  return () => cancelAnimationFrame(id);
}

/**
 * Returns a number that changes with each picture, drawn or not. The time of the video changes
 * too, but in WebKitGTK it advances even without pictures.
 */
function progressOf(video: HTMLVideoElement): number {
  if (video.readyState < hasPicture) return 0;
  const { totalVideoFrames = 0 } = (video as Counting).getVideoPlaybackQuality?.() ?? {};
  // Not every web view counts the pictures of a camera.
  return totalVideoFrames || video.currentTime;
}
