/** Where a code is to work besides this computer. */
export interface Reach {
  /** With a recovery kit, whose folder Rust knows. */
  kit: boolean;
  /** With recovery pages. */
  pages: boolean;
  /** Nothing is left to choose. */
  whole: boolean;
}
