import type { CodeState, KitView, PagesView, ShownCode } from "../ipc/generated";
import { app } from "./app.svelte";

/** The kits of a code of the open wallet. */
export function kitsOf(identifier: string | null): KitView[] {
  return app.session?.kits.filter((kit) => kit.identifier === identifier) ?? [];
}

/**
 * Returns the code that the keychain has lost and that still restores the wallet, together with its
 * kit or pages; null if there is none.
 */
export function lostWithCopies(
  { lost_with_keychain: lost, active, unfinished }: CodeState,
  kits: readonly KitView[],
  pages: PagesView | null,
): string | null {
  if (lost === null) return null;
  const known = [active?.identifier, unfinished?.identifier];
  const kit = kits.find(({ identifier, live }) => live && !known.includes(identifier));
  return kit?.identifier ?? (pages?.identifier === lost ? lost : null);
}

/** Returns the code that ends when this one is confirmed: the present one, or a lost one's kit. */
export function endingWith(shown: ShownCode): string | null {
  if (shown.replaces) return shown.replaces.identifier;
  const { session } = app;
  if (!session) return null;
  const lost = lostWithCopies(session.code, session.kits, session.pages);
  return lost === shown.identifier ? null : lost;
}
