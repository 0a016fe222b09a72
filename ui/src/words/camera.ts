import { m } from "../paraglide/messages";
import type { CameraProblem } from "../camera/stream";
import type { Hint } from "../camera/steady-hint";
import { said, type Words } from "./words";

/** Words for every hint. */
export const hintWords: Record<Hint, () => string> = {
  starting: m.camera_starting,
  watching: m.camera_watching,
  too_dark: m.camera_too_dark,
  move_closer: m.camera_move_closer,
  hold_still: m.camera_hold_still,
  others: m.camera_others,
  found: m.camera_found,
};

/** Words for every camera problem. */
export const problemWords: Record<CameraProblem, () => Words> = {
  denied: () => said(m.camera_denied(), m.camera_denied_next()),
  none: () => said(m.camera_none(), m.camera_none_next()),
  busy: () => said(m.camera_busy(), m.camera_busy_next()),
  gone: () => said(m.camera_gone(), m.camera_gone_next()),
  failed: () => said(m.camera_failed(), m.camera_failed_next()),
};
