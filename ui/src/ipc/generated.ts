// Generated from the commands and events in src-tauri/src by `cargo xtask generate`: do not edit.

import { call, callRaw } from "./call";

export type AddedFile = { name: string, file: FileView, };

export type CameraHint = "too_dark" | "move_closer" | "hold_still";

export type CameraStart = { 
/**
 * The type of the field that a text is read for; none where codes and recovery pages are
 * entered.
 */
field: QrKind | null, };

export type ChangePassword = { current: string, 
/**
 * The six digits, where they are set up.
 */
digits: string | null, next: string, };

export type CodeLine = { text: string, state: CodeLineState, };

export type CodeLineState = "left" | "used" | "remark";

export type CodeNamed = { identifier: string, };

export type CodeOutcome = { "verdict": "works", identifier: string, expires: number | null, email: string, 
/**
 * It is not confirmed yet.
 */
unfinished: boolean, 
/**
 * The result of checking its kit; none without one.
 */
kit: KitCheckView | null, 
/**
 * The date of this check is remembered.
 */
remembered: boolean, } | { "verdict": "ended", identifier: string, how: EndView, at: number, 
/**
 * The code that opens this wallet now; none without one.
 */
newest: string | null, } | { "verdict": "other_wallet", identifier: string, wallet_id: string, email: string, } | { "verdict": "unknown", identifier: string, wait_seconds: number, } | { "verdict": "candidate_wrong", identifier: string, } | { "verdict": "opens_no_copy", identifier: string, } | { "verdict": "without_keychain", identifier: string, } | { "verdict": "without_slot", identifier: string, } | { "verdict": "sheets", identifier: string, needed: number, letters: string, 
/**
 * This wallet has a live code of that name.
 */
live: boolean, expires: number | null, } | { "verdict": "clock_behind", last: number, };

export type CodeState = { 
/**
 * Why the keychain could not be asked; none if it could.
 */
trouble: CommandError | null, active: CodeView | null, unfinished: CodeView | null, outcomes: Array<EndedCodeView>, other_store: boolean, lost_with_keychain: string | null, older_file: boolean, };

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

export type CommandError = { "code": "wrong_password", wait_seconds: number, } | { "code": "wrong_digits", wait_seconds: number, } | { "code": "digits_used" } | { "code": "wait", wait_seconds: number, } | { "code": "digits_needed" } | { "code": "identity_needed" } | { "code": "not_started", problem: StartProblem, path: string | null, } | { "code": "locked" } | { "code": "email_invalid" } | { "code": "email_taken" } | { "code": "password_too_short", have: number, need: number, } | { "code": "password_too_long" } | { "code": "wallet_not_found" } | { "code": "wallet_busy" } | { "code": "wallet_damaged" } | { "code": "wallet_newer_version" } | { "code": "wallet_read_only" } | { "code": "older_copy_gone" } | { "code": "older_copy_in_place" } | { "code": "not_a_wallet" } | { "code": "file_damaged" } | { "code": "own_folder" } | { "code": "wallet_here" } | { "code": "earlier_gone" } | { "code": "wallet_full" } | { "code": "item_not_found" } | { "code": "version_not_found" } | { "code": "item_too_large" } | { "code": "file_too_large", most: number, } | { "code": "files_full", free: number, } | { "code": "file_unread" } | { "code": "file_gone" } | { "code": "drafts_damaged" } | { "code": "drafts_newer" } | { "code": "no_such_day" } | { "code": "line_not_found" } | { "code": "no_codes_left" } | { "code": "not_one_time" } | { "code": "not_a_seed_qr" } | { "code": "keychain_unreachable" } | { "code": "keychain_locked" } | { "code": "keychain_timed_out" } | { "code": "keychain_denied" } | { "code": "keychain_full" } | { "code": "keychain_several" } | { "code": "keychain_failed" } | { "code": "keychain_record_damaged" } | { "code": "keychain_record_newer" } | { "code": "dies_sooner", identifier: string, old_expires: number | null, new_expires: number | null, } | { "code": "copy_outlives" } | { "code": "issue_in_place" } | { "code": "scanner_failed" } | { "code": "scanner_unprotected" } | { "code": "camera_off" } | { "code": "clipboard" } | { "code": "no_code_shown" } | { "code": "code_covered" } | { "code": "file_there", name: string, } | { "code": "file_not_confirmed" } | { "code": "group_wrong" } | { "code": "sheet_wrong" } | { "code": "each_sheet" } | { "code": "set_size" } | { "code": "code_not_entered" } | { "code": "sheets_missing", have: number, need: number, } | { "code": "shares_needed" } | { "code": "code", outcome: CodeOutcome, } | { "code": "code_not_live" } | { "code": "acceptance_over" } | { "code": "password_not_present", wait_seconds: number, } | { "code": "first_password", wait_seconds: number, } | { "code": "in_place" } | { "code": "create_in_place" } | { "code": "second_in_place" } | { "code": "not_deleted", codes_ended: boolean, } | { "code": "delete_in_place", codes_ended: boolean, } | { "code": "password_in_place" } | { "code": "redeem_in_place" } | { "code": "restore_in_place" } | { "code": "disk_full" } | { "code": "disk_read_only" } | { "code": "disk_denied" } | { "code": "disk_failed" } | { "code": "kit_folder" } | { "code": "kit_not_kept" } | { "code": "kit_not_there" } | { "code": "kit_not_live" } | { "code": "print_no_service" } | { "code": "print_remote_service", server: string, } | { "code": "print_no_answer" } | { "code": "print_no_printer" } | { "code": "print_unknown_printer" } | { "code": "print_not_accepting" } | { "code": "print_not_allowed" } | { "code": "print_format_refused" } | { "code": "print_no_room" } | { "code": "print_cancelled" } | { "code": "print_given_up", problem: PrintTrouble | null, } | { "code": "print_not_in_time", problem: PrintTrouble | null, } | { "code": "print_still_there" } | { "code": "print_lost" } | { "code": "print_failed" } | { "code": "pages_too_large", size: number, most: number, } | { "code": "pages_not_made" } | { "code": "pages_unreadable" } | { "code": "pages_not_noted" } | { "code": "restore_incomplete" } | { "code": "restore_not_a_kit" } | { "code": "restore_not_together" } | { "code": "restore_damaged" } | { "code": "restore_newer_version" } | { "code": "restore_too_costly" } | { "code": "restore_costly", gibibytes: number, } | { "code": "restore_in_the_way" } | { "code": "restore_nothing_to_replace" } | { "code": "sheet_unreadable" } | { "code": "out_of_memory" } | { "code": "internal" };

export type ComparedView = "same" | "older" | "apart";

export type ConfirmIdentity = { password: string, digits: string | null, };

export type ConfirmPassword = { password: string, };

export type Copied = { 
/**
 * When it is cleared, in Unix seconds. None: everything was locked meanwhile, and it is
 * cleared at once.
 */
until: number | null, };

export type CopiesWhy = { "reason": "missing" } | { "reason": "damaged" } | { "reason": "unreadable" } | { "reason": "password" } | { "reason": "code", identifier: string, };

export type CopyBeside = { 
/**
 * The wallet's id.
 */
id: string, 
/**
 * The name of the copy's file.
 */
file: string, 
/**
 * When it was written, where the disk tells.
 */
saved: number | null, compared: ComparedView, };

export type CopyField = { id: string, 
/**
 * None for what the item holds now.
 */
version: number | null, number: number, 
/**
 * One line of codes, counted from 0.
 */
line: number | null, };

export type CorrectionView = { position: number, read: string | null, meant: string, };

export type CoveredView = { wallet_id: string, email: string, identifier: string, expires: number | null, 
/**
 * Whether the six digits are needed beside the password.
 */
digits: boolean, 
/**
 * Whether its sheets are of a code that works already.
 */
remade: boolean, };

export type CreateWallet = { email: string, password: string, };

export type DeletedView = { 
/**
 * Whether the keychain took that its codes have ended.
 */
codes_ended: boolean, };

export type Digits = { digits: string, };

export type DraftLine = { id: string, kind: ItemKind, title: string, 
/**
 * When it was typed.
 */
typed: number, 
/**
 * Whether it is of an item that the wallet does not have.
 */
added: boolean, };

export type DraftView = { id: string, kind: ItemKind, title: string, tags: Array<string>, favourite: boolean, 
/**
 * A text of null is hidden, and is the one that the item has.
 */
fields: Array<FieldView>, 
/**
 * The number of the next new field.
 */
next_field: number, typed: number, 
/**
 * Whether it is of an item that the wallet does not have.
 */
added: boolean, 
/**
 * When the item was changed after this was begun.
 */
changed_since: number | null, };

export type Drag = { 
/**
 * Files are being dragged over the window; otherwise they have left it.
 */
over: boolean, };

export type EarlierField = { id: string, version: number, number: number, };

export type EarlierView = { 
/**
 * Its name.
 */
version: string, 
/**
 * When its file was written, where the disk tells.
 */
saved: number | null, 
/**
 * The items in it.
 */
items: number, 
/**
 * Items of the wallet that it does not have.
 */
lacks: number, 
/**
 * Items of which it has another version.
 */
other: number, 
/**
 * Items that the wallet does not have now.
 */
more: number, };

export type EndView = "used" | "expired" | "revoked" | "replaced" | "discarded" | "recovered";

export type EndedCodeView = { identifier: string, state: EndView, at: number, };

export type Entered = { field: EntryView, set: SetView | null, 
/**
 * None where nothing is being restored.
 */
restoring: RestoringView | null, 
/**
 * The files that gave nothing; empty except right after files were read.
 */
unread: Array<Unread>, };

export type EntryView = { "state": "empty" } | { "state": "typing", have: number, } | { "state": "illegal", character: string, 
/**
 * The character is no mark of its own, so it has to be named by its number.
 */
unseen: boolean, position: number, } | { "state": "too_long", have: number, } | { "state": "proposal" } & ProposalView | { "state": "reread" } & RereadView | { "state": "newer_version" } | { "state": "mistaken", what: Mistaken, } | { "state": "added", identifier: string, index: string, missing: number, } | { "state": "share_refused", identifier: string, index: string, problem: ShareProblem, } | { "state": "ready", identifier: string, source: Source, name: string | null, } | { "state": "file_problem", 
/**
 * None for what was pasted or shown to the camera.
 */
name: string | null, problem: FileProblem, identifiers: Array<string>, };

export type EventKind = "created" | "issued" | "confirmed" | "discarded" | "checked" | "redeemed" | "sheets_made" | "failed_tries" | "revoked" | "expired" | "restored" | "pages_made" | "password_changed" | "email_changed" | "from_earlier" | "two_step_on" | "two_step_off" | "signed_in";

export type FieldAbout = { "type": "words", verdict: WordsVerdict, count: number, 
/**
 * Whose list of BIP-39 the words are in.
 */
language: WordsLanguage | null, 
/**
 * The places of the words that are not in the list, counted from 1.
 */
unknown: Array<number>, } | { "type": "one_time", 
/**
 * Why there are no digits.
 */
problem: OneTimeProblem | null, issuer: string | null, account: string | null, algorithm: "SHA-1" | "SHA-256" | "SHA-512", digits: number, 
/**
 * Seconds.
 */
period: number, } | { "type": "codes", left: number, used: number, } | { "type": "key", form: KeyForm | null, checksum: KeyChecksum, };

export type FieldAt = { id: string, 
/**
 * None for what the item holds now.
 */
version: number | null, number: number, };

export type FieldJudged = { about: FieldAbout | null, 
/**
 * Of a phrase: the places where another word fits better.
 */
near: Array<NearWords>, 
/**
 * The same in the layout of its type, where it has another one: a whole phrase in one line,
 * codes one a line.
 */
tidy: string | null, };

export type FieldOf = { number: number, label: string, kind: FieldType, 
/**
 * None: the text that the wallet has now, which the page does not know.
 */
text: string | null, 
/**
 * Its file, of which the id counts.
 */
file: FileView | null, };

export type FieldType = "text" | "secret" | "words" | "one_time" | "codes" | "key" | "address" | "date" | "file";

export type FieldView = { number: number, label: string, kind: FieldType, 
/**
 * None while it is hidden, unless it is empty.
 */
text: string | null, 
/**
 * Its file, if it has one.
 */
file: FileView | null, 
/**
 * What its type tells of it, also while it is hidden.
 */
about: FieldAbout | null, };

export type FileProblem = "empty" | "unsupported" | "heic" | "too_large" | "too_many_pages" | "broken" | "encrypted_pdf" | "no_code" | "not_a_backup_code" | "several_codes" | "unreadable_file" | "too_heavy" | "no_scanner" | "unprotected" | "no_kit_in_folder" | "too_many_files" | "not_a_kit_file" | "kit" | "pages";

export type FileView = { id: string, 
/**
 * Bytes of its content.
 */
size: number, 
/**
 * Whether its content is in this wallet.
 */
here: boolean, };

export type FoundWallet = { wallet_id: string, email: string, 
/**
 * When the file was written, where the disk tells.
 */
saved: number | null, 
/**
 * Number of codes that the file has a slot for.
 */
codes: number, 
/**
 * Another wallet of this computer has its e-mail.
 */
same_email: boolean, file_name: string, folder: string, };

export type FrameSeen = { 
/**
 * What has been entered so far; none unless the frame showed something new.
 */
entered: Entered | null, 
/**
 * What the QR codes in view hold for the field; none without a field, or without QR codes.
 */
field: ReadQr | null, 
/**
 * A backup code or a part of recovery pages is in view.
 */
ours: boolean, 
/**
 * Another QR code is in view.
 */
others: boolean, 
/**
 * The corners of each symbol that was found, in pixels of the frame.
 */
outlines: Array<[[number, number], [number, number], [number, number], [number, number]]>, hint: CameraHint | null, };

export type Generate = { recipe: Recipe, };

export type Generated = { text: string, strength: Strength, };

export type Ground = { red: number, green: number, blue: number, };

export type HeldView = { 
/**
 * Number of earlier versions of the wallet.
 */
versions: number, 
/**
 * The kits that were not brought up to date.
 */
kits: Array<KitLeft>, 
/**
 * The recovery pages made last.
 */
pages: PagesHeld | null, 
/**
 * Names of copies of the wallet's file in the folder of the wallets, which others made.
 */
copies: Array<string>, };

export type Identity = { 
/**
 * Of the password: enough to revoke and to throw away.
 */
password: number, 
/**
 * Of the password, and the six digits where they are set up.
 */
full: number, };

export type InTheWayView = { wallet_id: string, email: string, 
/**
 * Whether it is the wallet being restored; otherwise another one of the same e-mail.
 */
same: boolean, 
/**
 * Whether the code can be redeemed for it here, which opens newer contents.
 */
redeemable: boolean, };

export type InterruptedView = { 
/**
 * When it was begun.
 */
at: number, 
/**
 * Whether its new password opens the wallet.
 */
in_place: boolean, };

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

export type ItemKind = "seed_phrase" | "account" | "key" | "card" | "codes" | "note" | "file";

export type ItemOf = { id: string, };

export type ItemSummary = { id: string, kind: ItemKind, title: string, tags: Array<string>, favourite: boolean, changed: number, 
/**
 * When it was moved to the bin.
 */
binned: number | null, };

export type ItemView = { version: number, created: number, fields: Array<FieldView>, 
/**
 * The number of the next new field.
 */
next_field: number, 
/**
 * The earlier versions, the newest first.
 */
earlier: Array<VersionLine>, id: string, kind: ItemKind, title: string, tags: Array<string>, favourite: boolean, changed: number, 
/**
 * When it was moved to the bin.
 */
binned: number | null, };

export type ItemsOf = { ids: Array<string>, };

export type KeepStep = { "step": "sheet", shown: ShownCode, left: number, } | { "step": "done", session: SessionView, };

export type KeyChecksum = "right" | "wrong" | "none";

export type KeyForm = "wif" | "extended_private" | "extended_public" | "encrypted_private" | "bitcoin_address" | "ethereum_address" | "ethereum_keystore" | "hex_private" | "nostr_private" | "nostr_public" | "age_private" | "age_public" | "pem_private" | "openssh_private" | "bech32" | "base58";

export type KeychainKind = "system" | "embedded" | "missing";

export type KeychainView = { kind: KeychainKind, 
/**
 * The private file can be offered, where the desktop's own does not answer.
 */
private_file: boolean, 
/**
 * The settings file, which held the choice between the stores, cannot be read, and the choice
 * is to be made.
 */
choice_lost: boolean, };

export type KitCheckView = { "kit": "opens", date: number, } | { "kit": "away" } | { "kit": "unread" } | { "kit": "does_not_open" } | { "kit": "lacks_files" };

export type KitFolder = { folder: string, 
/**
 * The service that copies it elsewhere, if the folder is known for it.
 */
synchronised: string | null, 
/**
 * It is on the drive that the wallet itself is on, and is lost with it.
 */
same_drive: boolean, };

export type KitLeft = { 
/**
 * The name of the code that opens it.
 */
code: string, folder: string, };

export type KitTrouble = "missing" | "ahead" | "full" | "not_written" | "too_large" | "unsettled" | "unverified" | "no_answer" | "not_removed";

export type KitView = { identifier: string, folder: string, 
/**
 * Its code is live.
 */
live: boolean, problem: KitTrouble | null, };

export type Life = "two_hours" | "day" | "month" | "year" | "until_used";

export type LockedBy = "idle" | "sleep" | "screen_lock" | "waiting";

export type LogView = { at: number, event: EventKind, identifier: string | null, count: number | null, 
/**
 * The letters of the sheets that were made.
 */
sheets: string | null, };

export type LostWallet = { id: string, email: string, why: CopiesWhy, 
/**
 * The newest first.
 */
copies: Array<OlderCopyView>, };

export type Mistaken = "phrase" | "share" | "key" | "one_time" | "digits";

export type Named = { wallet_id: string, };

export type NamedBy = { "by": "email" } | { "by": "label", label: string, } | { "by": "nothing" };

export type NearWords = { 
/**
 * Counted from 1.
 */
place: number, words: Array<string>, 
/**
 * Where the word of the place stands in the text, in UTF-16 code units; none for a SeedQR.
 */
at: [number, number] | null, };

export type OlderCopy = { wallet_id: string, file: string, };

export type OlderCopyView = { 
/**
 * The name of its file.
 */
file: string, 
/**
 * When it was written, where the disk tells.
 */
saved: number | null, 
/**
 * The codes that it has a slot for.
 */
codes: Array<string>, };

export type OneSheet = { 
/**
 * The sheet's place on the screen, from 0.
 */
sheet: number, };

export type OneTimeProblem = "not_a_key" | "counter" | "algorithm" | "digits" | "period";

export type OneTimeShown = { digits: string, 
/**
 * When the next ones come.
 */
until: number, 
/**
 * Seconds.
 */
period: number, };

export type PageFound = { read: number, symbols: number, };

export type PagesExtent = { pages: number, items: number, 
/**
 * Bytes that the pages would hold.
 */
bytes: number, 
/**
 * Bytes that pages can hold.
 */
most: number, };

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
 * Number of other sets of which parts were read.
 */
others: number, 
/**
 * The set is complete.
 */
whole: boolean, 
/**
 * The parts do not fit together: one of them was altered.
 */
spoilt: boolean, };

export type PagesHeld = { 
/**
 * The name of the code that opens them.
 */
code: string, 
/**
 * When they were made.
 */
at: number, };

export type PagesOf = { paper: "a4" | "letter", language: "english" | "german", named: NamedBy, };

export type PagesView = { identifier: string, at: number, 
/**
 * Items that changed since.
 */
newer: number, };

export type PastedText = { text: string, };

export type PlaceOf = { "what": "beside" } | { "what": "replacing", wallet_id: string, };

export type Preferences = { 
/**
 * Minutes without use after which an open wallet is locked, 1 to 60.
 */
idle_minutes: number, 
/**
 * Whether an open wallet is locked when the computer sleeps.
 */
lock_at_sleep: boolean, 
/**
 * Whether an open wallet is locked when the screen is locked.
 */
lock_at_screen_lock: boolean, 
/**
 * Seconds after which a copied text is cleared from the clipboard, 10 to 300.
 */
clipboard_seconds: number, appearance: "system" | "light" | "dark", 
/**
 * The size of what the window shows, in percent of the usual one, 80 to 200.
 */
text_percent: number, 
/**
 * None: the usual one of the region.
 */
paper: "a4" | "letter" | null, 
/**
 * None: the person's own.
 */
sheet_language: "english" | "german" | null, 
/**
 * Whether sheets name the wallet's e-mail address unless another choice is made.
 */
sheet_email: boolean, };

export type PrintOn = { printer: string, copies: number, };

export type PrintPages = { on: PrintOn, of: PagesOf, };

export type PrintServiceCodes = { on: PrintOn, of: ServiceCodesOf, };

export type PrintSheet = { on: PrintOn, of: SheetOf, };

export type PrintTrouble = "paper_out" | "paper_jam" | "cover_open" | "ink_out" | "output_full" | "tray_missing" | "offline" | "paused" | "held" | "sign_in" | "driver" | "spool_full" | "other";

export type Printed = { 
/**
 * It was withdrawn on request.
 */
withdrawn: boolean, 
/**
 * The print service keeps a copy for a while.
 */
kept: boolean, 
/**
 * Of a sheet: percentage of the QR code's area up to which it was read although covered.
 */
margin: number | null, 
/**
 * The wallet, where pages were recorded in it.
 */
session: SessionView | null, };

export type PrinterView = { id: string, name: string, location: string | null, is_default: boolean, 
/**
 * It takes jobs.
 */
accepts: boolean, 
/**
 * Why it does not print now.
 */
problem: PrintTrouble | null, 
/**
 * How jobs reach it, where that matters.
 */
way: Way | null, copies_max: number, };

export type Printing = { "state": "checking" } | { "state": "sending" } | { "state": "queued" } | { "state": "running", pages: number, } | { "state": "waiting", problem: PrintTrouble, };

export type ProposalView = { identifier: string, 
/**
 * The sheet's letter; none for a whole code.
 */
index: string | null, corrected: string, corrections: Array<CorrectionView>, slip: SlipView | null, 
/**
 * Whether the checksum vouches for it; otherwise only a try can tell.
 */
sure: boolean, };

export type QrKind = "words" | "one_time";

export type RawBody = Uint8Array<ArrayBuffer>;

export type ReadItem = { id: string, 
/**
 * An earlier version; none for what it holds now.
 */
version: number | null, };

export type ReadQr = { "state": "read", text: string, } | { "state": "unread" } & Unread | { "state": "ours" } | { "state": "other", 
/**
 * None where it is no secret that is known.
 */
what: Mistaken | null, };

export type ReadQrFile = { kind: QrKind, 
/**
 * The person decided to read the file that was held back, although the process that reads it
 * cannot be restricted here. Holds until the program ends.
 */
anyway: boolean, };

export type Recipe = { "type": "characters", 
/**
 * 4 to 128.
 */
length: number, letters: boolean, capitals: boolean, digits: boolean, signs: boolean, } | { "type": "words", 
/**
 * 3 to 12.
 */
count: number, separator: string, capitals: boolean, digit: boolean, };

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

export type RedeemStep = { "step": "accepted", identifier: string, wallet_id: string, email: string, seconds: number, } | { "step": "refused", outcome: CodeOutcome, };

export type Redeemed = { session: SessionView, 
/**
 * The folders of the kits of its codes, which have ended. They are removed where they can be.
 */
kits: Array<string>, };

export type RemainsView = { 
/**
 * The names of its codes.
 */
codes: Array<string>, 
/**
 * Its kits, which may have been moved since.
 */
kits: Array<KitLeft>, 
/**
 * The name of the code that opens its recovery pages.
 */
pages: string | null, 
/**
 * Names of copies of its file in the folder of the wallets, which others made.
 */
copies: Array<string>, };

export type RemakeSheets = { 
/**
 * The letters of the sheets to make.
 */
indices: Array<string>, };

export type RereadView = { unreadable: number, wrong: number, too_many: number, groups: Array<number>, };

export type RestoreCommit = { password: string, 
/**
 * None where no wallet conflicts.
 */
place: PlaceOf | null, };

export type RestoreEarlier = { version: string, password: string, 
/**
 * The six digits, where they are set up.
 */
digits: string | null, };

export type RestoreFound = { 
/**
 * The code's identifier.
 */
identifier: string, email: string, 
/**
 * When they were written.
 */
date: number, items: number, in_the_way: InTheWayView | null, 
/**
 * Whether a file has the wallet's name here, also one that cannot be read as a wallet.
 */
taken: boolean, };

export type RestoreOpen = { 
/**
 * Whether the person agreed to open what takes a lot of memory.
 */
costly: boolean, };

export type RestoredView = { session: SessionView, 
/**
 * The name of the file that the replaced wallet was moved to.
 */
kept_aside: string | null, 
/**
 * Whether this computer's keychain records that the code was used.
 */
remembered: boolean, 
/**
 * Whether the code still opens the wallet that was here before.
 */
code_lives: boolean, };

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
 * None before the first part of a page.
 */
pages: PagesFound | null, 
/**
 * A kit or the pages are complete: only the code is missing.
 */
whole: boolean, };

export type Revealed = { text: string, 
/**
 * Those of a phrase, where the text holds nothing else.
 */
words: Array<string>, 
/**
 * The lines of codes.
 */
codes: Array<CodeLine>, };

export type SaveItem = { id: string, 
/**
 * The version that the editing began from; none of a new item.
 */
over: number | null, kind: ItemKind, title: string, tags: Array<string>, favourite: boolean, fields: Array<FieldOf>, };

export type SavedFile = { file_name: string, folder: string, };

export type SavedItem = { version: number, id: string, kind: ItemKind, title: string, tags: Array<string>, favourite: boolean, changed: number, 
/**
 * When it was moved to the bin.
 */
binned: number | null, };

export type SavedPages = { file_name: string, folder: string, pages: number, 
/**
 * The service that synchronises their folder, if one is known to.
 */
synchronised: string | null, session: SessionView, };

export type SavedServiceCodes = { file_name: string, folder: string, 
/**
 * The service that synchronises its folder, if one is known to.
 */
synchronised: string | null, };

export type SavedSheet = { file_name: string, folder: string, 
/**
 * The decoders that read it back.
 */
decoders: Array<string>, 
/**
 * Percentage of the QR code's area up to which it was read although covered.
 */
margin: number, 
/**
 * The service that synchronises its folder, if one is known to.
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

export type ServiceCodesOf = { id: string, number: number, paper: "a4" | "letter", language: "english" | "german", };

export type SessionView = { wallet_id: string, email: string, 
/**
 * The folder of the wallets cannot be written: items are shown and copied, nothing changes.
 */
read_only: boolean, two_step: TwoStepState, code: CodeState, recovered: boolean, weaker_keychain: boolean, kits: Array<KitView>, pages: PagesView | null, 
/**
 * What is on the screen to be kept.
 */
shown: ShownKind | null, };

export type SetOf = { needed: number, sheets: number, };

export type SetSheet = { index: string, source: Source, 
/**
 * The file that it was read from.
 */
name: string | null, };

export type SetView = { identifier: string, needed: number, sheets: Array<SetSheet>, };

export type ShareProblem = "foreign" | "other_threshold" | "repeated" | "surplus" | "contradicts";

export type SheetIndex = { index: string, };

export type SheetOf = { paper: "a4" | "letter", language: "english" | "german", named: NamedBy, 
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
 * Whether the person has proved that they kept it.
 */
kept: boolean, };

export type ShownCode = { identifier: string, 
/**
 * Number of sheets that give the code; 0 for a single code.
 */
threshold: number, 
/**
 * The sheets on the screen.
 */
sheets: Array<SheetView>, 
/**
 * Number of sheets in the set; 0 for a single code.
 */
in_set: number, 
/**
 * The sheet that the groups belong to, from 0.
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
 * Whether it has a recovery kit.
 */
kit: boolean, 
/**
 * Whether recovery pages are, or were, to be made with it.
 */
pages: boolean, 
/**
 * Whether sheets of a working set were made again or added.
 */
remade: boolean, };

export type ShownKind = "issued" | "remade";

export type SignIn = { wallet_id: string, password: string, };

export type SignInStep = { "step": "open", session: SessionView, } | { "step": "digits" };

export type SlipView = { "kind": "missing", position: number, } | { "kind": "extra", position: number, } | { "kind": "neighbours_swapped", position: number, } | { "kind": "groups_swapped", group: number, } | { "kind": "group_twice", group: number, } | { "kind": "group_missing", group: number, };

export type Source = "typed" | "file" | "camera" | "clipboard" | "set";

export type StartOfWord = { start: string, before: string, };

export type StartProblem = "no_home" | "slow" | "file_in_place" | "dead_link" | "read_only" | "denied" | "full" | "failed" | "no_random";

export type Status = { wallets: Array<WalletSummary>, 
/**
 * The wallets whose file is damaged, missing or did not open, and of which there are copies.
 */
lost: Array<LostWallet>, 
/**
 * The copies of these wallets under other names.
 */
beside: Array<CopyBeside>, 
/**
 * Files that look like wallets and cannot be read, without a copy.
 */
damaged: Array<string>, keychain: KeychainView, session: SessionView | null, 
/**
 * The code on the screen, while its wallet is locked.
 */
covered: CoveredView | null, version: string, 
/**
 * The page before this one crashed, and everything was locked. Said once.
 */
crashed: boolean, 
/**
 * The id of the wallet that was open last.
 */
last_wallet: string | null, 
/**
 * Why everything was locked last, until a wallet is opened or its person locks it.
 */
locked_by: LockedBy | null, 
/**
 * The e-mail of the wallet that was deleted last, until one is opened.
 */
deleted: string | null, preferences: Preferences, 
/**
 * The folder of the wallets' files.
 */
folder: string, };

export type Strength = { 
/**
 * 0 to 4.
 */
score: number, length: number, needed: number, warning: string | null, suggestions: Array<string>, };

export type StrengthOf = { password: string, email: string, };

export type TakenView = "opened" | "offered";

export type TextToCopy = { text: string, };

export type TickCode = { id: string, number: number, 
/**
 * The line, counted from 0.
 */
line: number, used: boolean, };

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

export type TypedEmail = { email: string, };

export type TypedField = { kind: FieldType, text: string, };

export type TypedGroup = { 
/**
 * The sheet that the group is of, from 0.
 */
sheet: number, typed: string, };

export type TypedText = { text: string, 
/**
 * The person paused or pressed Enter: missing and doubled characters are looked for.
 */
finished: boolean, };

export type Uncover = { password: string, 
/**
 * The six digits, where the wallet was locked and has them.
 */
digits: string | null, sheet: number, };

export type Unread = { 
/**
 * None for a picture that was pasted.
 */
name: string | null, problem: FileProblem, };

export type UnsavedWork = { 
/**
 * What is typed in the page would be lost.
 */
unsaved: boolean, };

export type VersionLine = { version: number, changed: number, };

export type VersionOf = { id: string, version: number, };

export type WalletSummary = { id: string, email: string, 
/**
 * When its file was written, where the disk tells: it tells wallets of one e-mail apart.
 */
saved: number | null, };

export type Wanted = { wanted: string, 
/**
 * Hidden texts too.
 */
hidden: boolean, };

export type Way = "network" | "file";

export type WordsLanguage = "english" | "simplified_chinese" | "traditional_chinese" | "czech" | "french" | "italian" | "japanese" | "korean" | "portuguese" | "spanish";

export type WordsVerdict = "empty" | "bip39" | "checksum" | "slip39" | "slip39_checksum" | "unfinished" | "too_many" | "unknown";

/** The events that Rust sends to the window, and the payload of each. */
export interface Events {
  /** A deadline or an absence locked everything. The page is about to be replaced. */
  locked: null;
  /** A drive answered late: the session says what became of its kits. */
  kits: null;
  /** The window is to be closed, and something is unsaved. */
  close_asked: null;
  /** Files were dropped on the window and have been scanned. */
  entry: Entered;
  /** Progress of reading files or a pasted picture. */
  scanning: Scanning;
  /** Progress of the print job. */
  printing: Printing;
  /** Files are being dragged over the window, or have left it. */
  drag: Drag;
}

export const commands = {
  status: () => call<Status>("status"),
  start_again: () => call<void>("start_again"),
  quit: () => call<void>("quit"),
  paint_ground: (request: Ground) => call<void>("paint_ground", request),
  change_preferences: (request: Preferences) => call<Preferences>("change_preferences", request),
  use_embedded_keychain: () => call<Status>("use_embedded_keychain"),
  unsaved_work: (request: UnsavedWork) => call<void>("unsaved_work", request),
  closing_heard: () => call<void>("closing_heard"),
  use_older_copy: (request: OlderCopy) => call<Status>("use_older_copy", request),
  mend_keychain: () => call<Status>("mend_keychain"),
  password_strength: (request: StrengthOf) => call<Strength>("password_strength", request),
  read_email: (request: TypedEmail) => call<string>("read_email", request),
  create_wallet: (request: CreateWallet) => call<SessionView>("create_wallet", request),
  begin_two_step: () => call<TwoStepSetup>("begin_two_step"),
  confirm_two_step: (request: Digits) => call<SessionView>("confirm_two_step", request),
  postpone_two_step: () => call<SessionView>("postpone_two_step"),
  turn_off_two_step: () => call<SessionView>("turn_off_two_step"),
  interrupted: (request: Named) => call<InterruptedView | null>("interrupted", request),
  sign_in: (request: SignIn) => call<SignInStep>("sign_in", request),
  sign_in_digits: (request: Digits) => call<SessionView>("sign_in_digits", request),
  lock: () => call<void>("lock"),
  touch: () => call<void>("touch"),
  new_item_id: () => call<string>("new_item_id"),
  list_items: () => call<Array<ItemSummary>>("list_items"),
  find_items: (request: Wanted) => call<Array<number>>("find_items", request),
  read_item: (request: ReadItem) => call<ItemView>("read_item", request),
  reveal_field: (request: FieldAt) => call<Revealed>("reveal_field", request),
  judge_field: (request: TypedField) => call<FieldJudged>("judge_field", request),
  complete_word: (request: StartOfWord) => call<Array<string>>("complete_word", request),
  one_time_digits: (request: FieldAt) => call<OneTimeShown>("one_time_digits", request),
  seed_qr: (request: FieldAt) => call<string>("seed_qr", request),
  read_qr_file: (request: ReadQrFile) => call<ReadQr | null>("read_qr_file", request),
  tick_code: (request: TickCode) => call<void>("tick_code", request),
  copy_field: (request: CopyField) => call<Copied>("copy_field", request),
  generate: (request: Generate) => call<Generated>("generate", request),
  save_item: (request: SaveItem) => call<SavedItem>("save_item", request),
  add_file: () => call<AddedFile | null>("add_file"),
  save_file: (request: FieldAt) => call<SavedFile | null>("save_file", request),
  end_editing: () => call<void>("end_editing"),
  keep_draft: (request: SaveItem) => call<void>("keep_draft", request),
  list_drafts: () => call<Array<DraftLine>>("list_drafts"),
  read_draft: (request: ItemOf) => call<DraftView | null>("read_draft", request),
  forget_draft: (request: ItemOf) => call<void>("forget_draft", request),
  restore_version: (request: VersionOf) => call<void>("restore_version", request),
  restore_field: (request: EarlierField) => call<void>("restore_field", request),
  bin_item: (request: ItemOf) => call<void>("bin_item", request),
  unbin_item: (request: ItemOf) => call<void>("unbin_item", request),
  delete_item: (request: ItemOf) => call<void>("delete_item", request),
  empty_bin: () => call<void>("empty_bin"),
  copy_text: (request: TextToCopy) => call<Copied>("copy_text", request),
  clear_clipboard: () => call<void>("clear_clipboard"),
  change_password: (request: ChangePassword) => call<SessionView>("change_password", request),
  identity: () => call<Identity>("identity"),
  confirm_identity: (request: ConfirmIdentity) => call<Identity>("confirm_identity", request),
  confirm_password: (request: ConfirmPassword) => call<Identity>("confirm_password", request),
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
  choose_sheets_folder: () => call<boolean>("choose_sheets_folder"),
  save_sheet_in_folder: (request: SheetOf) => call<SavedSheet>("save_sheet_in_folder", request),
  pages_extent: () => call<PagesExtent>("pages_extent"),
  save_pages: (request: PagesOf) => call<SavedPages | null>("save_pages", request),
  printers: () => call<Array<PrinterView>>("printers"),
  print_sheet: (request: PrintSheet) => call<Printed>("print_sheet", request),
  print_pages: (request: PrintPages) => call<Printed>("print_pages", request),
  save_service_codes: (request: ServiceCodesOf) => call<SavedServiceCodes | null>("save_service_codes", request),
  print_service_codes: (request: PrintServiceCodes) => call<Printed>("print_service_codes", request),
  print_cancel: () => call<void>("print_cancel"),
  enter_text: (request: TypedText) => call<Entered>("enter_text", request),
  spell_pasted: (request: PastedText) => call<string>("spell_pasted", request),
  enter_resume: () => call<Entered>("enter_resume"),
  enter_accept: () => call<Entered>("enter_accept"),
  enter_files: () => call<Entered>("enter_files"),
  enter_anyway: () => call<Entered>("enter_anyway"),
  enter_picture: (request: RawBody) => callRaw<Entered>("enter_picture", request),
  enter_cancel: () => call<void>("enter_cancel"),
  enter_remove: (request: SheetIndex) => call<Entered>("enter_remove", request),
  enter_clear: () => call<Entered>("enter_clear"),
  camera_start: (request: CameraStart) => call<void>("camera_start", request),
  camera_frame: (request: RawBody) => callRaw<FrameSeen>("camera_frame", request),
  camera_stop: () => call<void>("camera_stop"),
  check_entered: () => call<CodeOutcome>("check_entered"),
  redeem_begin: (request: RedeemBegin) => call<RedeemStep>("redeem_begin", request),
  redeem_commit: (request: RedeemCommit) => call<Redeemed>("redeem_commit", request),
  redeem_cancel: () => call<void>("redeem_cancel"),
  restore_begin: () => call<Entered>("restore_begin"),
  restore_folder: () => call<Entered>("restore_folder"),
  restore_forget_pages: () => call<Entered>("restore_forget_pages"),
  restore_open: (request: RestoreOpen) => call<RestoreFound>("restore_open", request),
  restore_commit: (request: RestoreCommit) => call<RestoredView>("restore_commit", request),
  restore_cancel: () => call<void>("restore_cancel"),
  activity: () => call<Array<LogView>>("activity"),
  export_activity: () => call<SavedFile | null>("export_activity"),
  change_email: (request: TypedEmail) => call<SessionView>("change_email", request),
  save_copy: () => call<SavedFile | null>("save_copy"),
  earlier_versions: () => call<Array<EarlierView>>("earlier_versions"),
  restore_earlier: (request: RestoreEarlier) => call<void>("restore_earlier", request),
  held_elsewhere: (request: ItemsOf) => call<HeldView>("held_elsewhere", request),
  what_remains: () => call<RemainsView>("what_remains"),
  delete_wallet: () => call<DeletedView>("delete_wallet"),
  choose_wallet_file: () => call<FoundWallet | null>("choose_wallet_file"),
  take_wallet_file: () => call<TakenView>("take_wallet_file"),
};
