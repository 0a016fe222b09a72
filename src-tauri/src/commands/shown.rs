//! The code on the screen, sheet by sheet, and covering it.

use app::sheets::on_screen;
use code::{SetSize, ShareIndex};
use serde::{Deserialize, Serialize};
use tauri::command;
use ts_rs::TS;
use usecases::World;
use usecases::session::Session;
use usecases::shown::ShownSheet;
use usecases::state::code_state;
use wallet::Password;

use super::{Shared, run};
use crate::error::CommandError;
use crate::shell::Shell;
use crate::view::CodeView;

#[derive(Deserialize, TS)]
pub(crate) struct OneSheet {
    /// The sheet's place on the screen, from 0.
    sheet: usize,
}

#[derive(Deserialize, TS)]
pub(crate) struct Uncover {
    password: String,
    /// The six digits, where the wallet was locked and has them.
    digits: Option<String>,
    sheet: usize,
}

/// The code on the screen. It reaches the page to be shown: one sheet at a time, and not while it
/// is covered.
#[derive(Serialize, TS)]
pub(crate) struct ShownCode {
    identifier: String,
    /// Number of sheets that give the code; 0 for a single code.
    threshold: u8,
    /// The sheets on the screen.
    sheets: Vec<SheetView>,
    /// Number of sheets in the set; 0 for a single code.
    in_set: u8,
    /// The sheet that the groups belong to, from 0.
    sheet: usize,
    /// Twelve groups of five; none while covered.
    groups: Vec<String>,
    covered: bool,
    issued: i64,
    expires: Option<i64>,
    /// Seconds until it is covered.
    cover_seconds: u64,
    replaces: Option<CodeView>,
    /// Whether it has a recovery kit.
    kit: bool,
    /// Whether recovery pages are, or were, to be made with it.
    pages: bool,
    /// Whether sheets of a working set were made again or added.
    remade: bool,
}

/// One sheet on the screen.
#[derive(Serialize, TS)]
pub(crate) struct SheetView {
    /// Its letter; none for a whole code.
    index: Option<char>,
    /// The group that is asked back, from 1.
    ask_group: usize,
    /// Whether the person has proved that they kept it.
    kept: bool,
}

impl From<&ShownSheet> for SheetView {
    fn from(sheet: &ShownSheet) -> Self {
        Self {
            index: sheet.index().map(ShareIndex::as_char),
            ask_group: sheet.ask_group(),
            kept: sheet.kept(),
        }
    }
}

/// Returns the sheets on the screen, with the groups of one of them.
pub(crate) fn shown_view(shell: &Shell, sheet: usize) -> Result<ShownCode, CommandError> {
    shell.app.read(|world, session| view(world, session, sheet))
}

fn view(world: &World<'_>, session: &Session, sheet: usize) -> Result<ShownCode, CommandError> {
    let now = world.clock.since_boot();
    let (shown, _) = on_screen(session, sheet)?;
    // Exposed to be written down.
    let groups = match shown.legible(now) {
        Ok(legible) => legible.sheet(sheet)?.groups().map(str::to_owned).to_vec(),
        Err(_) => Vec::new(),
    };
    let replaces = shown
        .replaces
        .and_then(|_| code_state(world, session).active);
    Ok(ShownCode {
        identifier: shown.identifier.to_string(),
        threshold: shown.set.map_or(0, SetSize::needed),
        sheets: shown.sheets().iter().map(SheetView::from).collect(),
        in_set: shown.set.map_or(0, SetSize::sheets),
        sheet,
        covered: groups.is_empty(),
        groups,
        issued: shown.issued.0,
        expires: shown.expires.map(|at| at.0),
        cover_seconds: shown.left(now).as_secs(),
        replaces: replaces.map(CodeView::from),
        kit: shown.kit,
        pages: shown.pages,
        remade: shown.remade,
    })
}

#[command]
pub(crate) async fn shown_code(
    shell: Shared<'_>,
    request: OneSheet,
) -> Result<ShownCode, CommandError> {
    run(shell, move |shell| shown_view(shell, request.sheet)).await
}

#[command]
pub(crate) async fn cover_code(
    shell: Shared<'_>,
    request: OneSheet,
) -> Result<ShownCode, CommandError> {
    run(shell, move |shell| {
        shell.app.cover();
        shown_view(shell, request.sheet)
    })
    .await
}

#[command]
pub(crate) async fn uncover_code(
    shell: Shared<'_>,
    request: Uncover,
) -> Result<ShownCode, CommandError> {
    run(shell, move |shell| {
        let password = Password::typed(request.password);
        let digits = request.digits.as_deref();
        shell.app.uncover::<CommandError>(&password, digits)?;
        shown_view(shell, request.sheet)
    })
    .await
}
