/** Puts the focus where a page begins, where what had it is gone. */
export function keepFocus(): void {
  if (document.activeElement !== document.body) return;
  document.querySelector<HTMLElement>("[data-focus], h1")?.focus();
}
