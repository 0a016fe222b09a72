import type { FileProblem } from "../ipc/generated";
import { m } from "../paraglide/messages";
import { said, type Words } from "./words";

/** Words for every reason why a file gave no code. */
export const fileProblems: Record<FileProblem, (identifiers: string[]) => Words> = {
  empty: () => said(m.file_empty(), m.file_empty_next()),
  unsupported: () => said(m.file_unsupported(), m.file_unsupported_next()),
  heic: () => said(m.file_heic(), m.file_heic_next()),
  too_large: () => said(m.file_too_large(), m.file_too_large_next()),
  too_many_pages: () => said(m.file_too_many_pages(), m.file_too_many_pages_next()),
  broken: () => said(m.file_broken(), m.file_broken_next()),
  encrypted_pdf: () => said(m.file_encrypted_pdf(), m.file_encrypted_pdf_next()),
  no_code: () => said(m.file_no_code(), m.file_no_code_next()),
  not_a_backup_code: () => said(m.file_not_a_backup_code(), m.file_not_a_backup_code_next()),
  several_codes: (identifiers) =>
    said(m.file_several_codes({ codes: identifiers.join(", ") }), m.file_several_codes_next()),
  no_kit_in_folder: () => said(m.file_no_kit(), m.file_no_kit_next()),
  too_many_files: () => said(m.file_too_many_files(), m.file_too_many_files_next()),
  not_a_kit_file: () => said(m.file_not_a_kit(), m.file_not_a_kit_next()),
  kit: () => said(m.file_kit(), m.file_kit_next()),
  pages: () => said(m.file_pages(), m.file_pages_next()),
  too_heavy: () => said(m.file_too_heavy(), m.file_too_heavy_next()),
  no_scanner: () => said(m.file_no_scanner(), m.file_no_scanner_next()),
  unprotected: () => said(m.file_unprotected(), m.file_unprotected_next()),
  unreadable_file: () => said(m.file_unreadable(), m.file_unreadable_next()),
};
