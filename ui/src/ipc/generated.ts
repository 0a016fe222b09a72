// Generated from the commands in src-tauri/src/commands by `cargo xtask generate`: do not edit.

import { call } from "./call";

export type ChangePassword = { current: string, next: string, };

export type CheckOutcome = { "verdict": "works", identifier: string, expires: number | null, email: string, unfinished: boolean, } | { "verdict": "used", identifier: string, at: number, } | { "verdict": "expired", identifier: string, at: number, } | { "verdict": "revoked", identifier: string, at: number, } | { "verdict": "other_wallet", identifier: string, wallet_id: string, email: string, } | { "verdict": "unknown", identifier: string, } | { "verdict": "without_keychain", identifier: string, } | { "verdict": "without_slot", identifier: string, };

export type CodeNamed = { identifier: string, };

export type CodeState = { 
/**
 * Why the keychain could not be asked, if so.
 */
trouble: ErrorCode | null, active: CodeView | null, unfinished: CodeView | null, outcomes: Array<OutcomeView>, other_store: boolean, lost_with_keychain: string | null, older_file: boolean, };

export type CodeView = { identifier: string, issued: number, expires: number | null, checked: number | null, };

export type CommandError = { code: ErrorCode, message: string, details: Details, };

export type ConfirmIdentity = { password: string, digits: string | null, };

export type CorrectionView = { position: number, read: string | null, meant: string, };

export type CreateWallet = { email: string, password: string, };

export type Details = { wait_seconds?: number, have?: number, need?: number, identifier?: string, at?: number, last?: number, old_expires?: number, new_expires?: number, };

export type Digits = { digits: string, };

export type EndView = "used" | "expired" | "revoked";

export type EntryView = { "state": "empty" } | { "state": "typing", have: number, } | { "state": "illegal", character: string, position: number, } | { "state": "too_long", have: number, } | { "state": "proposal", identifier: string, corrected: string, corrections: Array<CorrectionView>, } | { "state": "too_many_mistakes" } | { "state": "newer_version" } | { "state": "share", identifier: string, threshold: number, index: string, } | { "state": "ready", identifier: string, source: Source, name: string | null, } | { "state": "file_problem", name: string, problem: FileProblem, identifiers: Array<string>, };

export type ErrorCode = "wrong_password" | "wrong_digits" | "wait" | "digits_needed" | "identity_needed" | "locked" | "email_invalid" | "email_taken" | "password_too_short" | "password_too_long" | "wallet_not_found" | "wallet_busy" | "wallet_damaged" | "wallet_newer_version" | "wallet_full" | "item_not_found" | "note_too_long" | "keychain_unreachable" | "keychain_locked" | "keychain_timed_out" | "keychain_denied" | "keychain_full" | "keychain_failed" | "keychain_record_damaged" | "keychain_record_newer" | "dies_sooner" | "no_code_shown" | "group_wrong" | "sheet_wrong" | "code_not_entered" | "code_used" | "code_expired" | "code_revoked" | "code_unknown" | "code_without_keychain" | "code_without_slot" | "clock_behind" | "acceptance_over" | "password_not_present" | "disk_full" | "disk_read_only" | "disk_denied" | "disk_failed" | "disk_unconfirmed" | "sheet_unreadable" | "out_of_memory" | "internal";

export type EventKind = "created" | "issued" | "confirmed" | "discarded" | "checked" | "redeemed" | "failed_tries" | "revoked" | "expired" | "password_changed" | "two_step_on" | "two_step_off";

export type FileProblem = "empty" | "unsupported" | "heic" | "too_large" | "too_many_pages" | "broken" | "encrypted_pdf" | "no_code" | "not_a_backup_code" | "several_codes" | "unreadable_file";

export type IdentityConfirmed = { 
/**
 * How long it holds.
 */
seconds: number, };

export type IssueCode = { life: Life, 
/**
 * The person agreed to a code that stops working before the one that it replaces.
 */
sooner_is_fine: boolean, };

export type ItemKind = "note";

export type ItemOf = { id: string, };

export type ItemSummary = { id: string, kind: ItemKind, title: string, changed: number, };

export type KeychainKind = "system" | "embedded" | "missing";

export type KeychainView = { kind: KeychainKind, };

export type Life = "two_hours" | "day" | "month" | "year" | "until_used";

export type LogView = { at: number, event: EventKind, identifier: string | null, count: number | null, };

export type Note = { id: string, title: string, text: string, changed: number, };

export type OutcomeView = { identifier: string, state: EndView, at: number, };

export type Paper = "a4" | "letter";

export type RedeemBegin = { 
/**
 * The wallet that the person named; none for "I don't know it".
 */
wallet_id: string | null, };

export type RedeemCommit = { password: string, 
/**
 * The password is the present one, to be kept.
 */
keep: boolean, };

export type RedeemStep = { "step": "accepted", identifier: string, wallet_id: string, email: string, seconds: number, } | { "step": "other_wallet", identifier: string, wallet_id: string, email: string, };

export type SaveNote = { id: string | null, title: string, text: string, };

export type SaveSheet = { paper: Paper, with_email: boolean, };

export type SavedSheet = { file_name: string, folder: string, 
/**
 * The decoders that read it back.
 */
decoders: Array<string>, 
/**
 * The service that copies its folder elsewhere, if the folder is known for it.
 */
synchronised: string | null, };

export type SessionView = { wallet_id: string, email: string, two_step: TwoStepState, code: CodeState, recovered: boolean, weaker_keychain: boolean, };

export type ShownCode = { identifier: string, 
/**
 * Twelve groups of five; none while covered.
 */
groups: Array<string>, covered: boolean, issued: number, expires: number | null, 
/**
 * Seconds until it is covered.
 */
cover_seconds: number, 
/**
 * The group that is asked back, from 1.
 */
ask_group: number, replaces: CodeView | null, };

export type SignIn = { wallet_id: string, password: string, };

export type SignInStep = { "step": "open", session: SessionView, } | { "step": "digits" };

export type Source = "typed" | "scanned";

export type Status = { wallets: Array<WalletSummary>, damaged: Array<string>, keychain: KeychainView, session: SessionView | null, version: string, };

export type Strength = { 
/**
 * 0 to 4.
 */
score: number, length: number, needed: number, warning: string | null, suggestions: Array<string>, };

export type StrengthOf = { password: string, email: string, };

export type TwoStepSetup = { 
/**
 * Base32, in groups of four.
 */
key: string, uri: string, 
/**
 * A `data:` URI of an SVG picture.
 */
qr: string, };

export type TwoStepState = "on" | "later" | "off_after_recovery";

export type TypedGroup = { typed: string, };

export type TypedText = { text: string, };

export type Uncover = { password: string, };

export type WalletSummary = { id: string, email: string, };

export const commands = {
  status: () => call<Status>("status"),
  use_embedded_keychain: () => call<Status>("use_embedded_keychain"),
  password_strength: (request: StrengthOf) => call<Strength>("password_strength", request),
  create_wallet: (request: CreateWallet) => call<SessionView>("create_wallet", request),
  begin_two_step: () => call<TwoStepSetup>("begin_two_step"),
  confirm_two_step: (request: Digits) => call<SessionView>("confirm_two_step", request),
  postpone_two_step: () => call<SessionView>("postpone_two_step"),
  turn_off_two_step: () => call<SessionView>("turn_off_two_step"),
  sign_in: (request: SignIn) => call<SignInStep>("sign_in", request),
  sign_in_digits: (request: Digits) => call<SessionView>("sign_in_digits", request),
  lock: () => call<void>("lock"),
  touch: () => call<void>("touch"),
  list_items: () => call<Array<ItemSummary>>("list_items"),
  read_note: (request: ItemOf) => call<Note>("read_note", request),
  save_note: (request: SaveNote) => call<ItemSummary>("save_note", request),
  delete_item: (request: ItemOf) => call<void>("delete_item", request),
  change_password: (request: ChangePassword) => call<SessionView>("change_password", request),
  confirm_identity: (request: ConfirmIdentity) => call<IdentityConfirmed>("confirm_identity", request),
  issue_code: (request: IssueCode) => call<ShownCode>("issue_code", request),
  shown_code: () => call<ShownCode>("shown_code"),
  cover_code: () => call<ShownCode>("cover_code"),
  uncover_code: (request: Uncover) => call<ShownCode>("uncover_code", request),
  confirm_by_group: (request: TypedGroup) => call<SessionView>("confirm_by_group", request),
  confirm_by_entry: () => call<SessionView>("confirm_by_entry"),
  discard_code: () => call<SessionView>("discard_code"),
  leave_code: () => call<SessionView>("leave_code"),
  revoke_code: (request: CodeNamed) => call<SessionView>("revoke_code", request),
  code_state: () => call<CodeState>("code_state"),
  save_sheet: (request: SaveSheet) => call<SavedSheet | null>("save_sheet", request),
  enter_text: (request: TypedText) => call<EntryView>("enter_text", request),
  enter_accept: () => call<EntryView>("enter_accept"),
  enter_files: () => call<EntryView>("enter_files"),
  enter_clear: () => call<EntryView>("enter_clear"),
  check_entered: () => call<CheckOutcome>("check_entered"),
  redeem_begin: (request: RedeemBegin) => call<RedeemStep>("redeem_begin", request),
  redeem_commit: (request: RedeemCommit) => call<SessionView>("redeem_commit", request),
  redeem_cancel: () => call<void>("redeem_cancel"),
  activity: () => call<Array<LogView>>("activity"),
};
