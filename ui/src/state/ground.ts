import { commands } from "../ipc/generated";

/**
 * Tells the window the colour of the page, now and when the look changes, until the returned
 * function is called. It shows while another page takes the place of this one.
 */
export function watchGround(): () => void {
  const desktop = matchMedia("(prefers-color-scheme: dark)");
  const tell = () => {
    const colour = getComputedStyle(document.body).backgroundColor;
    const [red, green, blue] = (colour.match(/\d+/g) ?? []).map(Number);
    if (red === undefined || green === undefined || blue === undefined) return;
    commands.paint_ground({ red, green, blue }).catch(() => undefined);
  };
  const chosen = new MutationObserver(tell);
  tell();
  chosen.observe(document.documentElement, { attributeFilter: ["data-look"] });
  desktop.addEventListener("change", tell);
  return () => {
    chosen.disconnect();
    desktop.removeEventListener("change", tell);
  };
}
