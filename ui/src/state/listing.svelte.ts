import type { ItemKind } from "../ipc/generated";

/** What the list of items was narrowed to, and where an item was opened from it. */
export class Listing {
  wanted = $state("");
  /** The search looks through hidden texts too. */
  hidden = $state(false);
  kind = $state<ItemKind | "all">("all");
  tag = $state("");
  /** How far below the top of the window the item was that was opened last, in pixels. */
  opened: { id: string; top: number } | null = null;

  constructor(readonly walletId: string | null) {}
}

let listing = new Listing(null);

/** Returns the list of a wallet as it was left in this session. */
export function listingOf(walletId: string | null): Listing {
  if (listing.walletId !== walletId) listing = new Listing(walletId);
  return listing;
}

/** Forgets what was searched for. */
export function forgetListing(): void {
  listing = new Listing(null);
}
