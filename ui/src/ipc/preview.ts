import { convertFileSrc } from "@tauri-apps/api/core";
import type { SheetOf } from "./generated";

/** Where Rust serves the picture of a sheet. Nothing of the code is in the address, only how it is to look. */
export function previewOf(identifier: string, of: SheetOf): string {
  const query = new URLSearchParams({ code: identifier, of: JSON.stringify(of) });
  return `${convertFileSrc("sheet", "preview")}?${query}`;
}
