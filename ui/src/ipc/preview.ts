import { convertFileSrc } from "@tauri-apps/api/core";
import type { SheetOf } from "./generated";

/** Address of the preview of a sheet, served by Rust. Contains layout choices, not the code. */
export function previewOf(identifier: string, of: SheetOf): string {
  const query = new URLSearchParams({ code: identifier, of: JSON.stringify(of) });
  return `${convertFileSrc("sheet", "preview")}?${query}`;
}
