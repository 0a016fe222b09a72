// Generated from the Rust commands: do not edit.

import { call } from "./call";

export type ErrorCode =
  // sign in, identity
  | "wrong_password"        // details: { wait_seconds: number }   (0 = may retry at once)
  | "wrong_digits"          // details: { wait_seconds }
  | "wait"                  // tried during a wait; details: { wait_seconds }
  | "digits_needed" | "identity_needed"   // identity_needed: confirm identity (again) first
  | "locked"                // no wallet is open
  | "email_invalid" | "email_taken" | "password_too_short" /* details {have, need} */ | "password_too_long"
  | "wallet_not_found" | "wallet_busy" /* another process has it */ | "wallet_damaged" | "wallet_newer_version" | "wallet_other_version"
  | "item_not_found"
  // keychain
  | "keychain_unreachable" | "keychain_locked" | "keychain_timed_out" | "keychain_denied" | "keychain_full" | "keychain_failed" | "keychain_record_damaged"
  // code
  | "dies_sooner"           // details: { identifier, old_expires: number|null, new_expires: number }
  | "no_code_shown" | "group_wrong" | "sheet_wrong" /* scanned/entered code is not the one just shown */
  | "too_many_codes"
  | "code_not_entered"
  | "code_used" | "code_expired" | "code_revoked"    // details: { identifier, at: number }
  | "code_unknown"          // well-formed, but of no wallet here; details { wait_seconds, identifier }
  | "code_without_keychain" // the wallet's slot is there, the keychain entry is gone (other computer, reset login); details { identifier }
  | "code_without_slot"     // the keychain knows it, the file is an older copy that has no slot for it
  | "clock_behind"          // details { last: number }
  | "acceptance_over"       // the 15 minutes are over: enter the code again
  | "password_not_present"  // keep present password: typed one is not it; details {wait_seconds}
  // disk
  | "disk_full" | "disk_read_only" | "disk_denied" | "disk_failed"
  | "sheet_unreadable"      // self-test after saving failed; the file was removed
  | "out_of_memory" | "internal";
export interface CommandError { code: ErrorCode; message: string; details: { wait_seconds?: number; have?: number; need?: number; identifier?: string; at?: number; last?: number; old_expires?: number | null; new_expires?: number | null } }

export interface WalletSummary { id: string; email: string }
export interface KeychainView { kind: "system" | "embedded" | "missing"; }   // missing: no system store answers and the embedded one was not agreed to yet
export interface Status { wallets: WalletSummary[]; keychain: KeychainView; session: SessionView | null; version: string; damaged: string[] /* file names that cannot be read as wallets */ }

export type TwoStepState = "on" | "later" | "off_after_recovery";
export interface CodeView { identifier: string; issued: number; expires: number | null; checked: number | null }
export interface OutcomeView { identifier: string; state: "used" | "expired" | "revoked" | "discarded"; at: number }
export interface CodeState { keychain: "ok" | ErrorCode; active: CodeView | null; unfinished: CodeView | null; outcomes: OutcomeView[] /* newest first */; other_store: boolean /* issued with another keychain store */ ; lost_with_keychain: string | null /* identifier of a code whose keychain entry is gone */; older_file: boolean }
export interface SessionView { wallet_id: string; email: string; two_step: TwoStepState; code: CodeState; recovered: boolean /* this session began with a redemption: offer a new code and two-step verification */; weaker_keychain: boolean }

export interface Strength { score: 0 | 1 | 2 | 3 | 4; length: number; needed: number; warning: string | null /* zxcvbn warning in English words; UI shows own catalogue words by key */ ; suggestions: string[] }
export interface TwoStepSetup { key: string /* base32 in groups of 4 */; uri: string; qr: string /* data:image/svg+xml URI */ }
export type SignInStep = { step: "open"; session: SessionView } | { step: "digits" };

export interface ItemSummary { id: string; kind: "note"; title: string; changed: number }
export interface Note { id: string; title: string; text: string; changed: number }

export type Life = "two_hours" | "day" | "month" | "year" | "until_used";
export interface ShownCode { identifier: string; groups: string[] /* 12, empty when covered */; covered: boolean; issued: number; expires: number | null; cover_seconds: number /* 120: until it is covered by itself */; ask_group: number /* 3..9, the group to type back */; replaces: CodeView | null; }
export interface SavedSheet { file_name: string; folder: string; decoders: string[] /* engines that read it back, two */ ; synchronised: string | null /* "Dropbox", … when the folder is known to be synchronised */ }
export type Paper = "a4" | "letter";

export interface CorrectionView { position: number /* 1..60 */; read: string | null; meant: string }
export type FileProblem = "empty" | "unsupported" | "heic" | "too_large" | "too_many_pages" | "broken" | "encrypted_pdf" | "no_code" | "not_a_backup_code" | "several_codes" | "unreadable_file";
export type EntryView =
  | { state: "empty" }
  | { state: "typing"; have: number }
  | { state: "illegal"; character: string; position: number }
  | { state: "too_long"; have: number }
  | { state: "proposal"; identifier: string; corrected: string /* 60 characters */; corrections: CorrectionView[] }
  | { state: "too_many_mistakes" }
  | { state: "newer_version" }
  | { state: "share"; identifier: string; threshold: number; index: string }       // one sheet of a set: this version cannot join sets yet
  | { state: "ready"; identifier: string; source: "typed" | "scanned"; name: string | null /* file name */ }
  | { state: "file_problem"; name: string; problem: FileProblem; identifiers: string[] };

export type CheckOutcome =
  | { verdict: "works"; identifier: string; expires: number | null; email: string; unfinished: boolean }
  | { verdict: "used" | "expired" | "revoked" | "discarded"; identifier: string; at: number }
  | { verdict: "other_wallet"; identifier: string; wallet_id: string; email: string }
  | { verdict: "unknown"; identifier: string }
  | { verdict: "without_keychain" | "without_slot"; identifier: string };
export type RedeemStep =
  | { step: "accepted"; identifier: string; wallet_id: string; email: string; seconds: number /* left to commit, 900 */ }
  | { step: "other_wallet"; identifier: string; wallet_id: string; email: string };

export type LogView = { at: number; event: "created" | "issued" | "confirmed" | "discarded" | "checked" | "redeemed" | "failed_tries" | "revoked" | "expired" | "password_changed" | "two_step_on" | "two_step_off"; identifier: string | null; count: number | null };

export const commands = {
  status: () => call<Status>("status"),
  use_embedded_keychain: () => call<Status>("use_embedded_keychain"),
  retry_keychain: () => call<Status>("retry_keychain"),
  password_strength: (request: { password: string; email: string }) => call<Strength>("password_strength", request),
  create_wallet: (request: { email: string; password: string }) => call<SessionView>("create_wallet", request),
  begin_two_step: () => call<TwoStepSetup>("begin_two_step"),
  confirm_two_step: (request: { digits: string }) => call<SessionView>("confirm_two_step", request),
  postpone_two_step: () => call<SessionView>("postpone_two_step"),
  turn_off_two_step: () => call<SessionView>("turn_off_two_step"),
  sign_in: (request: { wallet_id: string; password: string }) => call<SignInStep>("sign_in", request),
  sign_in_digits: (request: { digits: string }) => call<SessionView>("sign_in_digits", request),
  lock: () => call<void>("lock"),
  touch: () => call<void>("touch"),
  list_items: () => call<ItemSummary[]>("list_items"),
  read_note: (request: { id: string }) => call<Note>("read_note", request),
  save_note: (request: { id: string | null; title: string; text: string }) => call<ItemSummary>("save_note", request),
  delete_item: (request: { id: string }) => call<void>("delete_item", request),
  change_password: (request: { current: string; next: string }) => call<SessionView>("change_password", request),
  confirm_identity: (request: { password: string; digits: string | null }) => call<{ seconds: number  }>("confirm_identity", request),
  code_state: () => call<CodeState>("code_state"),
  issue_code: (request: { life: Life; sooner_is_fine: boolean }) => call<ShownCode>("issue_code", request),
  shown_code: () => call<ShownCode>("shown_code"),
  cover_code: () => call<ShownCode>("cover_code"),
  uncover_code: (request: { password: string }) => call<ShownCode>("uncover_code", request),
  save_sheet: (request: { paper: Paper; with_email: boolean }) => call<SavedSheet | null>("save_sheet", request),
  confirm_by_group: (request: { typed: string }) => call<SessionView>("confirm_by_group", request),
  confirm_by_entry: () => call<SessionView>("confirm_by_entry"),
  discard_code: () => call<SessionView>("discard_code"),
  leave_code: () => call<SessionView>("leave_code"),
  revoke_code: (request: { identifier: string }) => call<SessionView>("revoke_code", request),
  enter_text: (request: { text: string }) => call<EntryView>("enter_text", request),
  enter_accept: () => call<EntryView>("enter_accept"),
  enter_files: () => call<EntryView>("enter_files"),
  enter_clear: () => call<EntryView>("enter_clear"),
  check_entered: () => call<CheckOutcome>("check_entered"),
  redeem_begin: (request: { wallet_id: string | null }) => call<RedeemStep>("redeem_begin", request),
  redeem_commit: (request: { password: string; keep: boolean }) => call<SessionView>("redeem_commit", request),
  redeem_cancel: () => call<void>("redeem_cancel"),
  activity: () => call<LogView[]>("activity"),
};
