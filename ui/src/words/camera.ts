import type { QrKind } from "../ipc/generated";
import { m } from "../paraglide/messages";
import type { CameraProblem } from "../camera/stream";
import type { Hint } from "../camera/steady-hint";
import { noTextWords, type NoText } from "./read-qr";
import { said, type Words } from "./words";

/** Words for every hint where codes and pages are entered. */
const hintWords: Record<Hint, () => string> = {
  starting: m.camera_starting,
  watching: m.camera_watching,
  too_dark: m.camera_too_dark,
  move_closer: m.camera_move_closer,
  hold_still: m.camera_hold_still,
  others: m.camera_others,
  found: m.camera_found,
};

/**
 * Words for a hint. `field` is the type of the field that a text is read for, null where codes are
 * entered; `noText` is what the QR codes hold instead.
 */
export function cameraHint(hint: Hint, field: QrKind | null, noText: NoText | null): string {
  if (field === null) return hintWords[hint]();
  switch (hint) {
    case "watching":
      return m.camera_field_watching();
    case "hold_still":
      return m.camera_field_hold_still();
    case "found":
      return m.camera_field_found();
    case "others":
      return noText ? noTextWords(field, noText).happened : m.read_qr_other();
    case "starting":
    case "too_dark":
    case "move_closer":
      return hintWords[hint]();
  }
}

/** Words for every camera problem; `next` are the other ways. */
export function cameraProblem(problem: CameraProblem, field: QrKind | null): Words {
  const { happened, next } = problemWords[problem];
  const otherWay = field === null ? m.camera_other_way() : m.camera_field_other_way();
  return said(happened(), `${next()} ${otherWay}`);
}

const problemWords: Record<CameraProblem, { happened: () => string; next: () => string }> = {
  denied: { happened: m.camera_denied, next: m.camera_denied_next },
  none: { happened: m.camera_none, next: m.camera_none_next },
  busy: { happened: m.camera_busy, next: m.camera_busy_next },
  gone: { happened: m.camera_gone, next: m.camera_gone_next },
  failed: { happened: m.camera_failed, next: m.camera_failed_next },
};
