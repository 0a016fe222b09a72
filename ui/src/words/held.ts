import type { HeldView } from "../ipc/generated";
import { m } from "../paraglide/messages";
import { date } from "./time";

/** Says, line by line, which copies may have what is deleted for good. */
export function heldWords({ versions, kits, pages, copies }: HeldView): string[] {
  return [
    m.bin_held_versions({ count: versions }),
    ...kits.map(({ code, folder }) => m.bin_held_kit({ code, folder })),
    ...(pages ? [m.bin_held_pages({ code: pages.code, at: date(pages.at) })] : []),
    ...copies.map((file) => m.bin_held_copy({ file })),
    m.bin_held_others(),
  ];
}
