import type { RemainsView } from "../ipc/generated";
import { m } from "../paraglide/messages";

/** Says, line by line, what remains of a wallet that is deleted from this computer. */
export function remainsWords({ codes, kits, pages, copies }: RemainsView): string[] {
  const opensCopy = new Set([...kits.map(({ code }) => code), pages]);
  return [
    ...kits.map(({ code, folder }) => m.delete_kit({ code, folder })),
    ...(pages === null ? [] : [m.delete_pages({ code: pages })]),
    ...copies.map((file) => m.delete_copy({ file })),
    ...codes.filter((code) => !opensCopy.has(code)).map((code) => m.delete_sheet({ code })),
  ];
}
