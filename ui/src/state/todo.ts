import type { CommandError, KitView, SessionView } from "../ipc/generated";
import { lostWithCopies } from "./kits";

/** A to-do of the wallet. */
export type Todo =
  | { kind: "unfinished"; identifier: string }
  | { kind: "keychain-trouble"; trouble: CommandError }
  | { kind: "lost-with-keychain"; identifier: string; copies: boolean }
  | { kind: "other-store"; identifier: string }
  | { kind: "no-code" }
  | { kind: "expires"; identifier: string; at: number }
  | { kind: "never-checked"; identifier: string }
  | { kind: "check-is-old"; identifier: string; at: number }
  | { kind: "kit"; kit: KitView }
  | { kind: "pages-old"; at: number }
  | { kind: "older-file"; identifier: string }
  | { kind: "two-step"; afterRecovery: boolean }
  | { kind: "weaker-keychain" };

const day = 86_400;
const year = 365 * day;
/** Remaining seconds below which expiry is announced. */
const soon = 30 * day;
/** Life in seconds from which a sheet should be checked, and its age when it is asked for. */
const lasting = 7 * day;

const urgent = new Set<Todo["kind"]>([
  "unfinished",
  "keychain-trouble",
  "lost-with-keychain",
  "other-store",
  "expires",
  "older-file",
]);

/** Whether a to-do is marked as urgent, and stands before those that are not. */
export function isUrgent(todo: Todo): boolean {
  if (todo.kind !== "kit") return urgent.has(todo.kind);
  // The app updates these by itself.
  return !["unsettled", "unverified", "no_answer"].includes(todo.kit.problem ?? "");
}

/** Lists to-dos, the most urgent first. `now` is in UTC seconds. */
export function todos(session: SessionView, now: number): Todo[] {
  return found(session, now).toSorted(
    (one, other) => Number(isUrgent(other)) - Number(isUrgent(one)),
  );
}

function found(session: SessionView, now: number): Todo[] {
  const { active, unfinished, trouble, lost_with_keychain, other_store, older_file } = session.code;
  const list: Todo[] = [];
  if (unfinished) list.push({ kind: "unfinished", identifier: unfinished.identifier });
  if (trouble !== null) {
    list.push({ kind: "keychain-trouble", trouble });
  } else if (lost_with_keychain !== null) {
    const withCopies = lostWithCopies(session.code, session.kits, session.pages);
    const identifier = withCopies ?? lost_with_keychain;
    list.push({ kind: "lost-with-keychain", identifier, copies: withCopies !== null });
  } else if (active && older_file) {
    list.push({ kind: "older-file", identifier: active.identifier });
  } else if (active && other_store) {
    list.push({ kind: "other-store", identifier: active.identifier });
  } else if (!active && !unfinished) {
    list.push({ kind: "no-code" });
  }
  if (active && !older_file) {
    const { identifier, expires, checked, issued } = active;
    if (expires !== null && expires - now < soon) {
      list.push({ kind: "expires", identifier, at: expires });
    }
    const lasts = expires === null || expires - issued >= lasting;
    if (lasts && checked === null && now - issued >= lasting) {
      list.push({ kind: "never-checked", identifier });
    } else if (lasts && checked !== null && now - checked > year) {
      list.push({ kind: "check-is-old", identifier, at: checked });
    }
  }
  for (const kit of session.kits) if (kit.problem !== null) list.push({ kind: "kit", kit });
  const { pages } = session;
  if (pages && pages.newer > 0 && pages.identifier === active?.identifier) {
    list.push({ kind: "pages-old", at: pages.at });
  }
  if (session.two_step !== "on") {
    list.push({ kind: "two-step", afterRecovery: session.two_step === "off_after_recovery" });
  }
  if (session.weaker_keychain) list.push({ kind: "weaker-keychain" });
  return list;
}
