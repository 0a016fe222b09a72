// Generated from the commands in src-tauri/src/commands by `cargo xtask generate`: do not edit.

import { call, callRaw } from "./call";

export type CameraHint = "too_dark" | "move_closer" | "hold_still";

export type ChangePassword = { current: string, next: string, };

export type CheckOutcome = { "verdict": "works", identifier: string, expires: number | null, email: string, unfinished: boolean, 
/**
 * What its kit is worth; none without one.
 */
kit: KitCheckView | null, } | { "verdict": "used", identifier: string, at: number, } | { "verdict": "expired", identifier: string, at: number, } | { "verdict": "revoked", identifier: string, at: number, } | { "verdict": "other_wallet", identifier: string, wallet_id: string, email: string, } | { "verdict": "unknown", identifier: string, } | { "verdict": "candidate_wrong", identifier: string, } | { "verdict": "without_keychain", identifier: string, } | { "verdict": "without_slot", identifier: string, } | { "verdict": "sheets", identifier: string, needed: number, letters: string, 
/**
 * Whether this wallet has a live code of that name.
 */
live: boolean, expires: number | null, };

export type CodeNamed = { identifier: string, };

export type CodeState = { 
/**
 * Why the keychain could not be asked, if so.
 */
trouble: ErrorCode | null, active: CodeView | null, unfinished: CodeView | null, outcomes: Array<OutcomeView>, other_store: boolean, lost_with_keychain: string | null, older_file: boolean, };

export type CodeView = { identifier: string, issued: number, expires: number | null, checked: number | null, 
/**
 * How many sheets give the code; 0 for a single one.
 */
threshold: number, 
/**
 * How many sheets the set has; 0 for a single code.
 */
sheets: number, 
/**
 * Their letters.
 */
letters: string, 
/**
 * The letter of a further sheet, where there is one left.
 */
next_letter: string | null, };

export type CommandError = { code: ErrorCode, message: string, details: Details, };

export type ConfirmIdentity = { password: string, digits: string | null, };

export type CorrectionView = { position: number, read: string | null, meant: string, };

export type CreateWallet = { email: string, password: string, };

export type Details = { wait_seconds?: number, have?: number, need?: number, identifier?: string, at?: number, last?: number, old_expires?: number, new_expires?: number, problem?: PrintTrouble, name?: string, };

export type Digits = { digits: string, };

export type EndView = "used" | "expired" | "revoked";

export type Entered = { field: EntryView, set: SetView | null, 
/**
 * What there is to restore from; none where nothing is being restored.
 */
restoring: RestoringView | null, 
/**
 * The files that gave nothing, beside what the field says; empty but right after files were read.
 */
unread: Array<Unread>, };

export type EntryView = { "state": "empty" } | { "state": "typing", have: number, } | { "state": "illegal", character: string, position: number, } | { "state": "too_long", have: number, } | { "state": "proposal" } & ProposalView | { "state": "reread" } & RereadView | { "state": "newer_version" } | { "state": "added", identifier: string, index: string, missing: number, } | { "state": "share_refused", identifier: string, index: string, problem: ShareProblem, } | { "state": "ready", identifier: string, source: Source, name: string | null, } | { "state": "file_problem", 
/**
 * None for what was pasted or shown to the camera.
 */
name: string | null, problem: FileProblem, identifiers: Array<string>, };

export type ErrorCode = "wrong_password" | "wrong_digits" | "wait" | "digits_needed" | "identity_needed" | "locked" | "email_invalid" | "email_taken" | "password_too_short" | "password_too_long" | "wallet_not_found" | "wallet_busy" | "wallet_damaged" | "wallet_newer_version" | "wallet_full" | "item_not_found" | "note_too_long" | "keychain_unreachable" | "keychain_locked" | "keychain_timed_out" | "keychain_denied" | "keychain_full" | "keychain_failed" | "keychain_record_damaged" | "keychain_record_newer" | "dies_sooner" | "scanner_failed" | "camera_off" | "no_code_shown" | "group_wrong" | "sheet_wrong" | "each_sheet" | "set_size" | "code_not_entered" | "sheets_missing" | "shares_needed" | "code_used" | "code_expired" | "code_revoked" | "code_unknown" | "candidate_wrong" | "code_without_keychain" | "code_without_slot" | "clock_behind" | "acceptance_over" | "password_not_present" | "disk_full" | "disk_read_only" | "disk_denied" | "disk_failed" | "disk_unconfirmed" | "kit_folder" | "kit_not_kept" | "kit_not_there" | "print_no_service" | "print_remote_service" | "print_no_answer" | "print_no_printer" | "print_unknown_printer" | "print_not_accepting" | "print_not_allowed" | "print_format_refused" | "print_no_room" | "print_cancelled" | "print_given_up" | "print_not_in_time" | "print_still_there" | "print_lost" | "print_failed" | "pages_too_large" | "pages_unreadable" | "restore_incomplete" | "restore_wrong_code" | "restore_not_a_kit" | "restore_not_together" | "restore_damaged" | "restore_newer_version" | "restore_in_the_way" | "sheet_unreadable" | "out_of_memory" | "internal";

export type EventKind = "created" | "issued" | "confirmed" | "discarded" | "checked" | "redeemed" | "sheets_made" | "failed_tries" | "revoked" | "expired" | "restored" | "pages_made" | "password_changed" | "two_step_on" | "two_step_off";

export type FileProblem = "empty" | "unsupported" | "heic" | "too_large" | "too_many_pages" | "broken" | "encrypted_pdf" | "no_code" | "not_a_backup_code" | "several_codes" | "unreadable_file" | "too_heavy" | "no_scanner" | "no_kit_in_folder" | "not_a_kit_file" | "kit" | "pages";

export type FrameSeen = { 
/**
 * What has been entered by now; none unless the frame showed something new.
 */
entered: Entered | null, 
/**
 * A code of ours is in view, or a part of recovery pages.
 */
ours: boolean, 
/**
 * A QR code is in view that is none of ours.
 */
others: boolean, 
/**
 * The corners of each symbol that was found, in pixels of the frame.
 */
outlines: Array<[[number, number], [number, number], [number, number], [number, number]]>, hint: CameraHint | null, };

export type IdentityConfirmed = { 
/**
 * How long it holds.
 */
seconds: number, };

export type InTheWayView = { wallet_id: string, email: string, 
/**
 * The very wallet that is restored; otherwise another of the same e-mail.
 */
same: boolean, 
/**
 * The code can be redeemed for it here, which opens what is newer.
 */
redeemable: boolean, };

export type IssueCode = { life: Life, 
/**
 * The set to split it into; none for one sheet.
 */
set: SetOf | null, 
/**
 * With a kit in the folder that was chosen, so that it works on other computers too.
 */
with_kit: boolean, 
/**
 * With recovery pages, which are made while the code is shown.
 */
with_pages: boolean, 
/**
 * The person agreed to a code that stops working before the one that it replaces.
 */
sooner_is_fine: boolean, };

export type ItemKind = "note";

export type ItemOf = { id: string, };

export type ItemSummary = { id: string, kind: ItemKind, title: string, changed: number, };

export type KeepStep = { "step": "sheet", shown: ShownCode, left: number, } | { "step": "done", session: SessionView, };

export type KeychainKind = "system" | "embedded" | "missing";

export type KeychainView = { kind: KeychainKind, };

export type KitCheckView = { "kit": "opens", date: number, } | { "kit": "away" } | { "kit": "does_not_open" };

export type KitFolder = { folder: string, 
/**
 * The service that copies it elsewhere, if the folder is known for it.
 */
synchronised: string | null, 
/**
 * It is on the drive that the wallet itself is on, and is lost with it.
 */
same_drive: boolean, };

export type KitTrouble = "missing" | "full" | "not_written" | "too_large" | "unsettled" | "not_removed";

export type KitView = { identifier: string, folder: string, 
/**
 * Its code is live.
 */
live: boolean, problem: KitTrouble | null, };

export type Language = "english" | "german";

export type Life = "two_hours" | "day" | "month" | "year" | "until_used";

export type LogView = { at: number, event: EventKind, identifier: string | null, count: number | null, 
/**
 * The letters of the sheets that were made.
 */
sheets: string | null, };

export type NamedBy = { "by": "email" } | { "by": "label", label: string, } | { "by": "nothing" };

export type Note = { id: string, title: string, text: string, changed: number, };

export type OneSheet = { 
/**
 * Which of the sheets on the screen, from 0.
 */
sheet: number, };

export type OutcomeView = { identifier: string, state: EndView, at: number, };

export type PageFound = { read: number, symbols: number, };

export type PagesExtent = { pages: number, items: number, 
/**
 * Bytes that the wallet takes as pages hold it, and the most that they can hold.
 */
bytes: number, most: number, };

export type PagesFound = { 
/**
 * The set that is being collected, as it is printed on its pages.
 */
set: string, gathered: number, needed: number, 
/**
 * What was read of each page, from the first; none where parts do not tell their page.
 */
pages: Array<PageFound> | null, 
/**
 * Parts of other sets were among what was read: that many sets.
 */
others: number, 
/**
 * Nothing is missing any more.
 */
whole: boolean, 
/**
 * The parts do not fit together: one of them is not what was printed.
 */
spoilt: boolean, };

export type PagesOf = { paper: Paper, language: Language, named: NamedBy, };

export type PagesView = { identifier: string, at: number, 
/**
 * Items that changed since.
 */
newer: number, };

export type Paper = "a4" | "letter";

export type PlaceOf = { "what": "beside" } | { "what": "replacing", wallet_id: string, };

export type PrintOn = { printer: string, copies: number, };

export type PrintPages = { on: PrintOn, of: PagesOf, };

export type PrintSheet = { on: PrintOn, of: SheetOf, };

export type PrintTrouble = "paper_out" | "paper_jam" | "cover_open" | "ink_out" | "output_full" | "tray_missing" | "offline" | "paused" | "held" | "sign_in" | "driver" | "spool_full" | "other";

export type Printed = { 
/**
 * It was taken back as the person wished.
 */
withdrawn: boolean, 
/**
 * The print service keeps a copy for a while.
 */
kept: boolean, 
/**
 * Of a sheet: so much of the QR code, in per cent of its area, may be covered, and it was still read.
 */
margin: number | null, 
/**
 * The wallet, where it remembers pages.
 */
session: SessionView | null, };

export type PrinterView = { id: string, name: string, location: string | null, is_default: boolean, 
/**
 * It takes jobs.
 */
accepts: boolean, 
/**
 * What it waits for, if it does not print now.
 */
problem: PrintTrouble | null, 
/**
 * The way there, where it matters.
 */
way: Way | null, copies_max: number, };

export type Printing = { "state": "checking" } | { "state": "sending" } | { "state": "queued" } | { "state": "running", pages: number, } | { "state": "waiting", problem: PrintTrouble, };

export type ProposalView = { identifier: string, 
/**
 * The sheet's letter; none for a whole code.
 */
index: string | null, corrected: string, corrections: Array<CorrectionView>, slip: SlipView | null, 
/**
 * Whether the checksum vouches for it; otherwise only trying it can tell.
 */
sure: boolean, };

export type RawBody = Uint8Array<ArrayBuffer>;

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

export type RemakeSheets = { 
/**
 * The letters of the sheets to make.
 */
indices: Array<string>, };

export type RereadView = { unreadable: number, wrong: number, too_many: number, groups: Array<number>, };

export type RestoreCommit = { password: string, 
/**
 * The person's answer where a wallet is in the way.
 */
place: PlaceOf | null, };

export type RestoreFound = { 
/**
 * The code's name.
 */
identifier: string, email: string, 
/**
 * When it was written.
 */
date: number, items: number, in_the_way: InTheWayView | null, };

export type RestoredView = { session: SessionView, 
/**
 * The name of the file that keeps the wallet that was replaced.
 */
kept_aside: string | null, 
/**
 * This computer's keychain remembers that the code was used.
 */
remembered: boolean, };

export type RestoringView = { 
/**
 * The kit's two files.
 */
identity: boolean, wallet: boolean, 
/**
 * The folder that the last of them was read from.
 */
folder: string | null, 
/**
 * Recovery pages; none before the first part of one.
 */
pages: PagesFound | null, 
/**
 * A kit or the pages: nothing is missing but the code.
 */
whole: boolean, };

export type SaveNote = { id: string | null, title: string, text: string, };

export type SavedPages = { file_name: string, folder: string, pages: number, 
/**
 * The service that copies their folder elsewhere, if the folder is known for it.
 */
synchronised: string | null, session: SessionView, };

export type SavedSheet = { file_name: string, folder: string, 
/**
 * The decoders that read it back.
 */
decoders: Array<string>, 
/**
 * So much of the QR code, in per cent of its area, may be covered, and it was still read.
 */
margin: number, 
/**
 * The service that copies its folder elsewhere, if the folder is known for it.
 */
synchronised: string | null, };

export type Scanning = { 
/**
 * The file that is read; none for a picture that was pasted.
 */
name: string | null, 
/**
 * Which of the files it is, from 1.
 */
number: number, of: number, 
/**
 * How much of this file is done, up to 1.
 */
done: number, };

export type SessionView = { wallet_id: string, email: string, two_step: TwoStepState, code: CodeState, recovered: boolean, weaker_keychain: boolean, kits: Array<KitView>, pages: PagesView | null, };

export type SetOf = { needed: number, sheets: number, };

export type SetSheet = { index: string, source: Source, 
/**
 * The file that it was read from.
 */
name: string | null, };

export type SetView = { identifier: string, needed: number, sheets: Array<SetSheet>, };

export type ShareProblem = "foreign" | "other_threshold" | "repeated" | "surplus" | "contradicts";

export type SheetIndex = { index: string, };

export type SheetOf = { paper: Paper, language: Language, named: NamedBy, 
/**
 * Which of the sheets on the screen, from 0.
 */
sheet: number, };

export type SheetView = { 
/**
 * Its letter; none for a whole code.
 */
index: string | null, 
/**
 * The group that is asked back, from 1.
 */
ask_group: number, 
/**
 * The person has shown that they kept it.
 */
kept: boolean, };

export type ShownCode = { identifier: string, 
/**
 * How many sheets give the code; 0 for a single one.
 */
threshold: number, 
/**
 * The sheets on the screen.
 */
sheets: Array<SheetView>, 
/**
 * How many sheets the set has; 0 for a single code.
 */
in_set: number, 
/**
 * Which of the sheets the groups are of, from 0.
 */
sheet: number, 
/**
 * Twelve groups of five; none while covered.
 */
groups: Array<string>, covered: boolean, issued: number, expires: number | null, 
/**
 * Seconds until it is covered.
 */
cover_seconds: number, replaces: CodeView | null, 
/**
 * It has a recovery kit.
 */
kit: boolean, 
/**
 * Recovery pages were or are to be made of it.
 */
pages: boolean, 
/**
 * Sheets of a set that works already were made again, or added.
 */
remade: boolean, };

export type SignIn = { wallet_id: string, password: string, };

export type SignInStep = { "step": "open", session: SessionView, } | { "step": "digits" };

export type SlipView = { "kind": "missing", position: number, } | { "kind": "extra", position: number, } | { "kind": "neighbours_swapped", position: number, } | { "kind": "groups_swapped", group: number, } | { "kind": "group_twice", group: number, } | { "kind": "group_missing", group: number, };

export type Source = "typed" | "file" | "camera" | "clipboard" | "set";

export type Status = { wallets: Array<WalletSummary>, damaged: Array<string>, keychain: KeychainView, session: SessionView | null, version: string, 
/**
 * The page before this one crashed, and everything was locked. Said once.
 */
crashed: boolean, };

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

export type TypedGroup = { 
/**
 * The sheet that the group is of, from 0.
 */
sheet: number, typed: string, };

export type TypedText = { text: string, 
/**
 * The person stopped, or pressed Enter: characters left out or doubled are looked for.
 */
finished: boolean, };

export type Uncover = { password: string, sheet: number, };

export type Unread = { 
/**
 * None for a picture that was pasted.
 */
name: string | null, problem: FileProblem, };

export type WalletSummary = { id: string, email: string, 
/**
 * When its file was written, where the disk tells: it tells wallets of one e-mail apart.
 */
saved: number | null, };

export type Way = "network" | "file";

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
  shown_code: (request: OneSheet) => call<ShownCode>("shown_code", request),
  cover_code: (request: OneSheet) => call<ShownCode>("cover_code", request),
  uncover_code: (request: Uncover) => call<ShownCode>("uncover_code", request),
  confirm_by_group: (request: TypedGroup) => call<KeepStep>("confirm_by_group", request),
  confirm_by_entry: () => call<KeepStep>("confirm_by_entry"),
  choose_kit_folder: () => call<KitFolder | null>("choose_kit_folder"),
  kits_again: () => call<SessionView>("kits_again"),
  kit_forget: (request: CodeNamed) => call<SessionView>("kit_forget", request),
  kit_moved: (request: CodeNamed) => call<SessionView | null>("kit_moved", request),
  discard_code: () => call<SessionView>("discard_code"),
  leave_code: () => call<SessionView>("leave_code"),
  revoke_code: (request: CodeNamed) => call<SessionView>("revoke_code", request),
  code_state: () => call<CodeState>("code_state"),
  remake_sheets: (request: RemakeSheets) => call<ShownCode>("remake_sheets", request),
  save_sheet: (request: SheetOf) => call<SavedSheet | null>("save_sheet", request),
  pages_extent: () => call<PagesExtent>("pages_extent"),
  save_pages: (request: PagesOf) => call<SavedPages | null>("save_pages", request),
  printers: () => call<Array<PrinterView>>("printers"),
  print_sheet: (request: PrintSheet) => call<Printed>("print_sheet", request),
  print_pages: (request: PrintPages) => call<Printed>("print_pages", request),
  print_cancel: () => call<void>("print_cancel"),
  enter_text: (request: TypedText) => call<Entered>("enter_text", request),
  enter_resume: () => call<Entered>("enter_resume"),
  enter_accept: () => call<Entered>("enter_accept"),
  enter_files: () => call<Entered>("enter_files"),
  enter_picture: (request: RawBody) => callRaw<Entered>("enter_picture", request),
  enter_cancel: () => call<void>("enter_cancel"),
  enter_remove: (request: SheetIndex) => call<Entered>("enter_remove", request),
  enter_clear: () => call<Entered>("enter_clear"),
  camera_start: () => call<void>("camera_start"),
  camera_frame: (request: RawBody) => callRaw<FrameSeen>("camera_frame", request),
  camera_stop: () => call<void>("camera_stop"),
  check_entered: () => call<CheckOutcome>("check_entered"),
  redeem_begin: (request: RedeemBegin) => call<RedeemStep>("redeem_begin", request),
  redeem_commit: (request: RedeemCommit) => call<SessionView>("redeem_commit", request),
  redeem_cancel: () => call<void>("redeem_cancel"),
  restore_begin: () => call<Entered>("restore_begin"),
  restore_folder: () => call<Entered>("restore_folder"),
  restore_forget_pages: () => call<Entered>("restore_forget_pages"),
  restore_open: () => call<RestoreFound>("restore_open"),
  restore_commit: (request: RestoreCommit) => call<RestoredView>("restore_commit", request),
  restore_cancel: () => call<void>("restore_cancel"),
  activity: () => call<Array<LogView>>("activity"),
};
