import type { ErrorOf } from "../ipc/command-error";
import type { CommandError } from "../ipc/generated";
import { m } from "../paraglide/messages";
import { bytes } from "./bytes";
import { outcomeWords } from "./outcomes";
import { printProblems } from "./printing";
import { startProblems } from "./start";
import { said, type Words } from "./words";

/** Words for every error code; the type checker keeps the map complete. */
export const errors: { [Code in CommandError["code"]]: (error: ErrorOf<Code>) => Words } = {
  wrong_password: () => said(m.error_wrong_password(), m.error_wrong_password_next()),
  wrong_digits: () => said(m.error_wrong_digits(), m.error_wrong_digits_next()),
  digits_used: () => said(m.error_digits_used(), m.error_digits_used_next()),
  wait: () => said(m.error_wait(), m.error_wait_next()),
  digits_needed: () => said(m.error_digits_needed(), m.error_digits_needed_next()),
  identity_needed: () => said(m.error_identity_needed(), m.error_identity_needed_next()),
  not_started: ({ problem }) => startProblems[problem](),
  locked: () => said(m.error_locked(), m.error_locked_next()),
  email_invalid: () => said(m.error_email_invalid(), m.error_email_invalid_next()),
  email_taken: () => said(m.error_email_taken(), m.error_email_taken_next()),
  password_too_short: ({ have, need }) =>
    said(m.error_password_too_short({ have }), m.error_password_too_short_next({ need })),
  password_too_long: () => said(m.error_password_too_long(), m.error_password_too_long_next()),
  wallet_not_found: () => said(m.error_wallet_not_found(), m.error_wallet_not_found_next()),
  wallet_busy: () => said(m.error_wallet_busy(), m.error_wallet_busy_next()),
  wallet_damaged: () => said(m.error_wallet_damaged(), m.error_wallet_damaged_next()),
  wallet_newer_version: () => said(m.error_wallet_newer(), m.error_wallet_newer_next()),
  wallet_read_only: () => said(m.error_wallet_read_only(), m.error_wallet_read_only_next()),
  older_copy_gone: () => said(m.error_older_copy_gone(), m.error_older_copy_gone_next()),
  older_copy_in_place: () =>
    said(m.error_older_copy_in_place(), m.error_older_copy_in_place_next()),
  not_a_wallet: () => said(m.error_not_a_wallet(), m.error_not_a_wallet_next()),
  file_damaged: () => said(m.error_file_damaged(), m.error_file_damaged_next()),
  own_folder: () => said(m.error_own_folder(), m.error_own_folder_next()),
  wallet_here: () => said(m.error_wallet_here(), m.error_wallet_here_next()),
  earlier_gone: () => said(m.error_earlier_gone(), m.error_earlier_gone_next()),
  not_deleted: ({ codes_ended }) =>
    said(
      m.error_not_deleted(),
      codes_ended ? m.error_not_deleted_next() : m.error_not_deleted_live(),
    ),
  delete_in_place: () => said(m.error_delete_in_place(), m.error_delete_in_place_next()),
  second_in_place: () => said(m.error_second_in_place(), m.error_second_in_place_next()),
  wallet_full: () => said(m.error_wallet_full(), m.error_wallet_full_next()),
  file_too_large: ({ most }) =>
    said(m.error_file_too_large({ most: bytes(most) }), m.error_file_too_large_next()),
  files_full: ({ free }) =>
    said(m.error_files_full({ free: bytes(free) }), m.error_files_full_next()),
  file_unread: () => said(m.error_file_unread(), m.error_file_unread_next()),
  file_gone: () => said(m.error_file_gone(), m.error_file_gone_next()),
  drafts_damaged: () => said(m.error_drafts_damaged(), m.error_drafts_damaged_next()),
  drafts_newer: () => said(m.error_drafts_newer(), m.error_drafts_newer_next()),
  item_too_large: () => said(m.error_item_too_large(), m.error_item_too_large_next()),
  no_such_day: () => said(m.error_no_such_day(), m.error_no_such_day_next()),
  not_a_seed_qr: () => said(m.error_not_a_seed_qr(), m.error_not_a_seed_qr_next()),
  clipboard: () => said(m.error_clipboard(), m.error_clipboard_next()),
  not_one_time: () => said(m.error_not_one_time(), m.error_not_one_time_next()),
  no_codes_left: () => said(m.error_no_codes_left(), m.error_no_codes_left_next()),
  line_not_found: () => said(m.error_line_not_found(), m.error_line_not_found_next()),
  version_not_found: () => said(m.error_version_not_found(), m.error_version_not_found_next()),
  item_not_found: () => said(m.error_item_not_found(), m.error_item_not_found_next()),
  keychain_unreachable: () => said(m.error_keychain_unreachable(), m.error_keychain_retry()),
  keychain_locked: () => said(m.error_keychain_locked(), m.error_keychain_locked_next()),
  keychain_timed_out: () => said(m.error_keychain_timed_out(), m.error_keychain_timed_out_next()),
  keychain_denied: () => said(m.error_keychain_denied(), m.error_keychain_denied_next()),
  keychain_full: () => said(m.error_keychain_full(), m.error_keychain_full_next()),
  keychain_several: () => said(m.error_keychain_several(), m.error_keychain_several_next()),
  keychain_failed: () => said(m.error_keychain_failed(), m.error_keychain_retry()),
  keychain_record_damaged: () => said(m.error_keychain_damaged(), m.error_keychain_damaged_next()),
  keychain_record_newer: () => said(m.error_keychain_newer(), m.error_wallet_newer_next()),
  dies_sooner: ({ identifier }) =>
    said(m.error_dies_sooner({ identifier }), m.error_dies_sooner_next()),
  copy_outlives: () => said(m.error_copy_outlives(), m.error_copy_outlives_next()),
  issue_in_place: () => said(m.error_issue_in_place(), m.error_issue_in_place_next()),
  no_code_shown: () => said(m.error_no_code_shown(), m.error_no_code_shown_next()),
  code_covered: () => said(m.error_code_covered(), m.error_code_covered_next()),
  file_there: ({ name }) => said(m.error_file_there({ name }), m.error_file_there_next()),
  file_not_confirmed: () => said(m.error_file_not_confirmed(), m.error_file_not_confirmed_next()),
  group_wrong: () => said(m.error_group_wrong(), m.error_group_wrong_next()),
  sheet_wrong: () => said(m.error_sheet_wrong(), m.error_sheet_wrong_next()),
  each_sheet: () => said(m.error_each_sheet(), m.error_each_sheet_next()),
  set_size: () => said(m.error_set_size(), m.error_set_size_next()),
  sheets_missing: ({ have, need }) =>
    said(m.error_sheets_missing({ have, need }), m.error_sheets_missing_next()),
  shares_needed: () => said(m.error_shares_needed(), m.error_shares_needed_next()),
  code_not_entered: () => said(m.error_code_not_entered(), m.error_code_not_entered_next()),
  code: ({ outcome }) => outcomeWords(outcome),
  code_not_live: () => said(m.error_code_not_live(), m.error_code_not_live_next()),
  acceptance_over: () => said(m.error_acceptance_over(), m.error_acceptance_over_next()),
  password_not_present: () =>
    said(m.error_password_not_present(), m.error_password_not_present_next()),
  first_password: () => said(m.error_first_password(), m.error_first_password_next()),
  in_place: () => said(m.error_in_place(), m.error_in_place_next()),
  create_in_place: () => said(m.error_create_in_place(), m.error_create_in_place_next()),
  password_in_place: () => said(m.error_password_in_place(), m.error_password_in_place_next()),
  redeem_in_place: () => said(m.error_redeem_in_place(), m.error_redeem_in_place_next()),
  restore_in_place: () => said(m.error_restore_in_place(), m.error_restore_in_place_next()),
  disk_full: () => said(m.error_disk_full(), m.error_disk_full_next()),
  disk_read_only: () => said(m.error_disk_read_only(), m.error_disk_read_only_next()),
  disk_denied: () => said(m.error_disk_denied(), m.error_disk_denied_next()),
  disk_failed: () => said(m.error_disk_failed(), m.error_disk_failed_next()),
  kit_folder: () => said(m.error_kit_folder(), m.error_kit_folder_next()),
  kit_not_kept: () => said(m.error_kit_not_kept(), m.error_kit_not_kept_next()),
  kit_not_there: () => said(m.error_kit_not_there(), m.error_kit_not_there_next()),
  kit_not_live: () => said(m.error_kit_not_live(), m.error_kit_not_live_next()),
  pages_too_large: ({ size, most }) =>
    said(
      m.error_pages_too_large({ have: Math.ceil(size / 1024), need: Math.floor(most / 1024) }),
      m.error_pages_too_large_next(),
    ),
  pages_unreadable: () => said(m.error_pages_unreadable(), m.error_pages_unreadable_next()),
  pages_not_made: () => said(m.error_pages_not_made(), m.error_pages_not_made_next()),
  pages_not_noted: () => said(m.error_pages_not_noted(), m.error_pages_not_noted_next()),
  print_no_service: () => said(m.error_print_no_service(), m.error_print_no_service_next()),
  print_remote_service: ({ server }) =>
    said(m.error_print_remote({ name: server }), m.error_print_remote_next()),
  print_no_answer: () => said(m.error_print_no_answer(), m.error_print_no_answer_next()),
  print_no_printer: () => said(m.error_print_no_printer(), m.error_print_no_printer_next()),
  print_unknown_printer: () => said(m.error_print_unknown(), m.error_print_unknown_next()),
  print_not_accepting: () =>
    said(m.error_print_not_accepting(), m.error_print_not_accepting_next()),
  print_not_allowed: () => said(m.error_print_not_allowed(), m.error_print_not_allowed_next()),
  print_format_refused: () => said(m.error_print_format(), m.error_print_format_next()),
  print_no_room: () => said(m.error_print_no_room(), m.error_print_no_room_next()),
  print_cancelled: () => said(m.error_print_cancelled(), m.error_print_cancelled_next()),
  print_given_up: ({ problem }) =>
    said(
      problem
        ? m.error_print_given_up_because({ problem: printProblems[problem]() })
        : m.error_print_given_up(),
      m.error_print_given_up_next(),
    ),
  print_not_in_time: ({ problem }) =>
    said(
      problem
        ? m.error_print_not_in_time_because({ problem: printProblems[problem]() })
        : m.error_print_not_in_time(),
      m.error_print_not_in_time_next(),
    ),
  print_still_there: () => said(m.error_print_still_there(), m.error_print_still_there_next()),
  print_lost: () => said(m.error_print_lost(), m.error_print_lost_next()),
  print_failed: () => said(m.error_print_failed(), m.error_print_failed_next()),
  restore_incomplete: () => said(m.error_restore_incomplete(), m.error_restore_incomplete_next()),
  restore_not_a_kit: () => said(m.error_restore_not_a_kit(), m.error_restore_not_a_kit_next()),
  restore_not_together: () =>
    said(m.error_restore_not_together(), m.error_restore_not_together_next()),
  restore_damaged: () => said(m.error_restore_damaged(), m.error_restore_damaged_next()),
  restore_newer_version: () => said(m.error_restore_newer(), m.error_wallet_newer_next()),
  restore_costly: ({ gibibytes }) =>
    said(m.error_restore_costly({ gibibytes }), m.error_restore_costly_next()),
  restore_too_costly: () => said(m.error_restore_too_costly(), m.error_restore_too_costly_next()),
  restore_in_the_way: () => said(m.error_restore_in_the_way(), m.error_restore_in_the_way_next()),
  restore_nothing_to_replace: () =>
    said(m.error_restore_nothing_to_replace(), m.error_restore_nothing_to_replace_next()),
  scanner_unprotected: () =>
    said(m.error_scanner_unprotected(), m.error_scanner_unprotected_next()),
  scanner_failed: () => said(m.error_scanner_failed(), m.error_scanner_failed_next()),
  camera_off: () => said(m.error_camera_off(), m.error_camera_off_next()),
  sheet_unreadable: () => said(m.error_sheet_unreadable(), m.error_sheet_unreadable_next()),
  out_of_memory: () => said(m.error_out_of_memory(), m.error_out_of_memory_next()),
  internal: () => said(m.error_internal(), m.error_internal_next()),
};

/** Says what happened and what to do next. */
export function errorWords(error: CommandError): Words {
  // Each function takes the error of its own key. A newer Rust side may send another code.
  const words = errors[error.code] as ((error: CommandError) => Words) | undefined;
  return words ? words(error) : errors.internal({ code: "internal" });
}
