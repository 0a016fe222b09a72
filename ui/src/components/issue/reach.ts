/** Where a code works besides this computer. */
export interface Reach {
  /** With a recovery kit; Rust knows its folder. */
  kit: boolean;
  /** With recovery pages. */
  pages: boolean;
  /** What the choice lacks to be complete. */
  lacks: "copy" | "folder" | null;
}
