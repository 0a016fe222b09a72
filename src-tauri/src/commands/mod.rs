//! The commands of the window, declared once: this list feeds the handler, the generated
//! TypeScript and the permission file. One short file a journey.

use std::sync::Arc;

use tauri::State;
use tauri::async_runtime::spawn_blocking;

use crate::error::CommandError;
use crate::shell::Shell;
#[cfg(test)]
use crate::typescript::Declared;
use crate::view::SessionView;

mod activity;
mod attending;
mod camera;
mod check;
mod clipboard;
mod closing;
mod correction;
mod create;
mod drafts;
mod enter;
mod entered;
mod field_view;
mod fields;
mod files;
mod generate;
mod ground;
mod identity;
mod issue;
mod items;
mod keep;
mod kits;
mod own_file;
mod pages;
mod password;
mod preferences;
mod print;
mod read_qr;
mod redeem;
mod remake;
mod restore;
mod restoring;
mod service_codes;
mod sheet;
mod shown;
mod sign_in;
mod start;
mod two_step;
mod unread;

/// The state that Tauri hands to commands.
pub(crate) type Shared<'a> = State<'a, Arc<Shell>>;

/// Marks a request whose body is bytes instead of JSON.
#[cfg(test)]
#[derive(ts_rs::TS)]
#[ts(type = "Uint8Array<ArrayBuffer>")]
pub(crate) struct RawBody;

macro_rules! commands {
    ($($module:ident::$name:ident($($request:ty)?) -> $reply:ty;)*) => {
        /// Dispatches the window's calls.
        pub(crate) fn handler() -> impl Fn(tauri::ipc::Invoke) -> bool + Send + Sync + 'static {
            tauri::generate_handler![$($module::$name),*]
        }

        /// Every command, for the generated files.
        #[cfg(test)]
        pub(crate) fn declared() -> Vec<Declared> {
            vec![$(Declared::new::<commands!(@unit $($request)?), $reply>(stringify!($name))),*]
        }
    };
    (@unit) => { () };
    (@unit $request:ty) => { $request };
}

commands! {
    start::status() -> start::Status;
    start::start_again() -> ();
    start::quit() -> ();
    ground::paint_ground(ground::Ground) -> ();
    preferences::change_preferences(preferences::Preferences) -> preferences::Preferences;
    start::use_embedded_keychain() -> start::Status;
    closing::unsaved_work(closing::UnsavedWork) -> ();
    closing::closing_heard() -> ();
    start::use_older_copy(start::OlderCopy) -> start::Status;
    start::mend_keychain() -> start::Status;
    create::password_strength(create::StrengthOf) -> create::Strength;
    create::read_email(create::TypedEmail) -> String;
    create::create_wallet(create::CreateWallet) -> crate::view::SessionView;
    two_step::begin_two_step() -> two_step::TwoStepSetup;
    two_step::confirm_two_step(two_step::Digits) -> crate::view::SessionView;
    two_step::postpone_two_step() -> crate::view::SessionView;
    two_step::turn_off_two_step() -> crate::view::SessionView;
    sign_in::interrupted(sign_in::Named) -> Option<sign_in::InterruptedView>;
    sign_in::sign_in(sign_in::SignIn) -> sign_in::SignInStep;
    sign_in::sign_in_digits(two_step::Digits) -> crate::view::SessionView;
    sign_in::lock() -> ();
    sign_in::touch() -> ();
    items::new_item_id() -> String;
    items::list_items() -> Vec<items::ItemSummary>;
    items::find_items(items::Wanted) -> Vec<usize>;
    items::read_item(items::ReadItem) -> items::ItemView;
    items::reveal_field(items::FieldAt) -> field_view::Revealed;
    fields::judge_field(fields::TypedField) -> fields::FieldJudged;
    fields::complete_word(fields::StartOfWord) -> Vec<&'static str>;
    fields::one_time_digits(items::FieldAt) -> fields::OneTimeShown;
    fields::seed_qr(items::FieldAt) -> String;
    read_qr::read_qr_file(read_qr::ReadQrFile) -> Option<read_qr::ReadQr>;
    fields::tick_code(fields::TickCode) -> ();
    fields::copy_field(fields::CopyField) -> clipboard::Copied;
    generate::generate(generate::Generate) -> generate::Generated;
    items::save_item(items::SaveItem) -> items::SavedItem;
    files::add_file() -> Option<files::AddedFile>;
    files::save_file(items::FieldAt) -> Option<activity::SavedFile>;
    files::end_editing() -> ();
    drafts::keep_draft(items::SaveItem) -> ();
    drafts::list_drafts() -> Vec<drafts::DraftLine>;
    drafts::read_draft(items::ItemOf) -> Option<drafts::DraftView>;
    drafts::forget_draft(items::ItemOf) -> ();
    items::restore_version(items::VersionOf) -> ();
    items::restore_field(items::EarlierField) -> ();
    items::bin_item(items::ItemOf) -> ();
    items::unbin_item(items::ItemOf) -> ();
    items::delete_item(items::ItemOf) -> ();
    items::empty_bin() -> ();
    clipboard::copy_text(clipboard::TextToCopy) -> clipboard::Copied;
    clipboard::clear_clipboard() -> ();
    password::change_password(password::ChangePassword) -> crate::view::SessionView;
    identity::identity() -> identity::Identity;
    identity::confirm_identity(identity::ConfirmIdentity) -> identity::Identity;
    identity::confirm_password(identity::ConfirmPassword) -> identity::Identity;
    issue::issue_code(issue::IssueCode) -> shown::ShownCode;
    shown::shown_code(shown::OneSheet) -> shown::ShownCode;
    shown::cover_code(shown::OneSheet) -> shown::ShownCode;
    shown::uncover_code(shown::Uncover) -> shown::ShownCode;
    keep::confirm_by_group(keep::TypedGroup) -> keep::KeepStep;
    keep::confirm_by_entry() -> keep::KeepStep;
    kits::choose_kit_folder() -> Option<kits::KitFolder>;
    kits::kits_again() -> crate::view::SessionView;
    kits::kit_forget(issue::CodeNamed) -> crate::view::SessionView;
    kits::kit_moved(issue::CodeNamed) -> Option<crate::view::SessionView>;
    issue::discard_code() -> crate::view::SessionView;
    issue::leave_code() -> crate::view::SessionView;
    issue::revoke_code(issue::CodeNamed) -> crate::view::SessionView;
    issue::code_state() -> crate::view::CodeState;
    remake::remake_sheets(remake::RemakeSheets) -> shown::ShownCode;
    sheet::save_sheet(sheet::SheetOf) -> Option<sheet::SavedSheet>;
    sheet::choose_sheets_folder() -> bool;
    sheet::save_sheet_in_folder(sheet::SheetOf) -> sheet::SavedSheet;
    pages::pages_extent() -> pages::PagesExtent;
    pages::save_pages(pages::PagesOf) -> Option<pages::SavedPages>;
    print::printers() -> Vec<print::PrinterView>;
    print::print_sheet(print::PrintSheet) -> print::Printed;
    print::print_pages(print::PrintPages) -> print::Printed;
    service_codes::save_service_codes(
        service_codes::ServiceCodesOf
    ) -> Option<service_codes::SavedServiceCodes>;
    print::print_service_codes(print::PrintServiceCodes) -> print::Printed;
    print::print_cancel() -> ();
    enter::enter_text(enter::TypedText) -> entered::Entered;
    enter::spell_pasted(enter::PastedText) -> String;
    enter::enter_resume() -> entered::Entered;
    enter::enter_accept() -> entered::Entered;
    enter::enter_files() -> entered::Entered;
    enter::enter_anyway() -> entered::Entered;
    enter::enter_picture(RawBody) -> entered::Entered;
    enter::enter_cancel() -> ();
    enter::enter_remove(enter::SheetIndex) -> entered::Entered;
    enter::enter_clear() -> entered::Entered;
    camera::camera_start(camera::CameraStart) -> ();
    camera::camera_frame(RawBody) -> camera::FrameSeen;
    camera::camera_stop() -> ();
    check::check_entered() -> crate::outcome::CodeOutcome;
    redeem::redeem_begin(redeem::RedeemBegin) -> redeem::RedeemStep;
    redeem::redeem_commit(redeem::RedeemCommit) -> redeem::Redeemed;
    redeem::redeem_cancel() -> ();
    restore::restore_begin() -> entered::Entered;
    restore::restore_folder() -> entered::Entered;
    restore::restore_forget_pages() -> entered::Entered;
    restore::restore_open(restore::RestoreOpen) -> restore::RestoreFound;
    restore::restore_commit(restore::RestoreCommit) -> restore::RestoredView;
    restore::restore_cancel() -> ();
    activity::activity() -> Vec<activity::LogView>;
    activity::export_activity() -> Option<activity::SavedFile>;
    own_file::change_email(create::TypedEmail) -> crate::view::SessionView;
    own_file::save_copy() -> Option<activity::SavedFile>;
    own_file::earlier_versions() -> Vec<own_file::EarlierView>;
    own_file::restore_earlier(own_file::RestoreEarlier) -> ();
    own_file::held_elsewhere(own_file::ItemsOf) -> own_file::HeldView;
    own_file::what_remains() -> own_file::RemainsView;
    own_file::delete_wallet() -> own_file::DeletedView;
    own_file::choose_wallet_file() -> Option<own_file::FoundWallet>;
    own_file::take_wallet_file() -> own_file::TakenView;
}

/// Runs a command's work on a blocking thread: it may wait for a key derivation or a dialog.
async fn run<T: Send + 'static>(
    shell: Shared<'_>,
    work: impl FnOnce(&Shell) -> Result<T, CommandError> + Send + 'static,
) -> Result<T, CommandError> {
    let shell = Arc::clone(&shell);
    match spawn_blocking(move || work(&shell)).await {
        Ok(done) => done,
        // The text of a panic may hold secrets: it does not reach the page.
        Err(_) => Err(CommandError::Internal),
    }
}

/// The open wallet, as the page sees it. It is remembered as the one that was open last.
fn session_view(shell: &Shell) -> Result<SessionView, CommandError> {
    let view: Result<SessionView, CommandError> = shell
        .app
        .read(|world, session| Ok(crate::view::session_view(world, session)));
    if let Ok(view) = &view {
        shell.forget_lock();
        shell.forget_deleted();
        let last = Some(view.wallet_id.clone());
        // Where it is not remembered, the next sign-in asks for another wallet first.
        let _ = shell.change_settings(|settings| settings.last_wallet = last);
    }
    view
}

/// Parses a wallet's id that the page sent.
fn wallet_id(text: &str) -> Result<wallet::WalletId, CommandError> {
    text.parse().map_err(|_| CommandError::WalletNotFound)
}

pub(crate) use enter::dropped;
pub(crate) use entered::Entered;
pub(crate) use preferences::dress;
pub(crate) use sheet::{SheetOf, draw};
