import type { Preferences } from "../ipc/generated";

/** Shows the page in these colours, and the pages that take its place. See `public/look.js`. */
export function wear(look: Preferences["appearance"]): void {
  sessionStorage.setItem("look", look);
  document.documentElement.dataset.look = look;
}
