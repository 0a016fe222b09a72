import type { Words } from "./errors";
import { m } from "../paraglide/messages";
import type { CameraProblem } from "../camera/camera.svelte";
import type { Hint } from "../camera/steady-hint";

/** What to do before the camera. */
export const hintWords: Record<Hint, () => string> = {
  starting: m.camera_starting,
  watching: m.camera_watching,
  too_dark: m.camera_too_dark,
  move_closer: m.camera_move_closer,
  hold_still: m.camera_hold_still,
  others: m.camera_others,
  found: m.camera_found,
};

/** Why there is no picture, then what to do. */
export const problemWords: Record<CameraProblem, () => Words> = {
  denied: () => ({ happened: m.camera_denied(), next: m.camera_denied_next() }),
  none: () => ({ happened: m.camera_none(), next: m.camera_none_next() }),
  busy: () => ({ happened: m.camera_busy(), next: m.camera_busy_next() }),
  gone: () => ({ happened: m.camera_gone(), next: m.camera_gone_next() }),
  failed: () => ({ happened: m.camera_failed(), next: m.camera_failed_next() }),
};
