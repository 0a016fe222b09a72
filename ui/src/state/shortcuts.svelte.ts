import { app } from "./app.svelte";
import { otherSize } from "./text-size";

/** What a key does together with Ctrl, or with Cmd on a Mac. */
export type Shortcut =
  "find" | "add" | "lock" | "save" | "edit" | "settings" | "larger" | "smaller" | "usual";

const keys: Partial<Record<string, Shortcut>> = {
  f: "find",
  n: "add",
  l: "lock",
  s: "save",
  e: "edit",
  ",": "settings",
  "+": "larger",
  "=": "larger",
  "-": "smaller",
  "0": "usual",
};

export const isMac = /Mac/.test(navigator.userAgent);

/** The shortcut that was pressed, if any. */
export function shortcutOf(event: KeyboardEvent, onMac = isMac): Shortcut | null {
  const held = onMac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
  // A plus sign may take Shift.
  const shifted = event.shiftKey && event.key !== "+";
  if (!held || event.altKey || shifted) return null;
  return keys[event.key.toLowerCase()] ?? null;
}

/** What the view that is shown does itself. */
const own: Partial<Record<Shortcut, () => void>> = {};

/** Has a view act on a shortcut while it is shown. */
export function onShortcut(shortcut: Shortcut, act: () => void): void {
  $effect(() => {
    own[shortcut] = act;
    return () => {
      if (own[shortcut] === act) own[shortcut] = undefined;
    };
  });
}

function act(shortcut: Shortcut): void {
  const size = resized(shortcut);
  if (size !== null) {
    void app.prefer({ text_percent: size }).catch(() => undefined);
    return;
  }
  // What a dialog asks is answered first.
  if (document.querySelector("dialog[open]")) return;
  (own[shortcut] ?? elsewhere(shortcut))?.();
}

function resized(shortcut: Shortcut): number | null {
  const now = app.status?.preferences.text_percent ?? 100;
  switch (shortcut) {
    case "larger":
      return otherSize(now, 1);
    case "smaller":
      return otherSize(now, -1);
    case "usual":
      return 100;
    case "find":
    case "add":
    case "lock":
    case "save":
    case "edit":
    case "settings":
      return null;
  }
}

/** What a shortcut does on any view of an open wallet. */
function elsewhere(shortcut: Shortcut): (() => void) | null {
  // A step of a journey is left by its own buttons: a code that is shown is shown once.
  if (!app.session || !app.beside) return null;
  switch (shortcut) {
    case "lock":
      return () => app.lock();
    case "find":
      return () => app.go({ name: "items", find: true });
    case "add":
      if (app.session.read_only) return null;
      return () => app.go({ name: "new-item" });
    case "settings":
      return () => app.go({ name: "settings" });
    case "save":
    case "edit":
    case "larger":
    case "smaller":
    case "usual":
      return null;
  }
}

/** Listens for shortcuts, until the returned function is called. */
export function watchShortcuts(): () => void {
  const heard = (event: KeyboardEvent) => {
    if (event.defaultPrevented) return;
    if (event.key === "F1") {
      event.preventDefault();
      const help = document.querySelector<HTMLButtonElement>("button[data-help]");
      if (!document.querySelector("dialog[open]")) help?.click();
      return;
    }
    const shortcut = shortcutOf(event);
    if (!shortcut) return;
    // Web views have uses of their own for some of these keys.
    event.preventDefault();
    act(shortcut);
  };
  window.addEventListener("keydown", heard);
  return () => window.removeEventListener("keydown", heard);
}
