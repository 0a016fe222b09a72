//! What the window sees of an open wallet.

use code::{SetSize, ShareIndex};
use serde::Serialize;
use ts_rs::TS;
use usecases::World;
use usecases::kits::{KitProblem, KitState};
use usecases::ports::StoreKind;
use usecases::record::EndedCode;
use usecases::session::Session;
use usecases::state::{LiveCode, code_state};
use wallet::TwoStep;

use crate::error::CommandError;
use crate::outcome::EndView;

/// The open wallet.
#[derive(Serialize, TS)]
pub(crate) struct SessionView {
    pub(crate) wallet_id: String,
    email: String,
    /// The folder of the wallets cannot be written: items are shown and copied, nothing changes.
    read_only: bool,
    two_step: TwoStepState,
    code: CodeState,
    recovered: bool,
    weaker_keychain: bool,
    kits: Vec<KitView>,
    pages: Option<PagesView>,
    /// What is on the screen to be kept.
    shown: Option<ShownKind>,
}

/// The kinds of what is on the screen.
#[derive(Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ShownKind {
    /// A new code, or the sheets of a new set.
    Issued,
    /// Sheets of a set that works already.
    Remade,
}

/// The recovery pages that were made last.
#[derive(Serialize, TS)]
pub(crate) struct PagesView {
    identifier: String,
    at: i64,
    /// Items that changed since.
    newer: usize,
}

/// A recovery kit, as of the last save.
#[derive(Serialize, TS)]
pub(crate) struct KitView {
    identifier: String,
    folder: String,
    /// Its code is live.
    live: bool,
    problem: Option<KitTrouble>,
}

/// Why a kit is not as it should be.
#[derive(Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum KitTrouble {
    Missing,
    Ahead,
    Full,
    NotWritten,
    TooLarge,
    Unsettled,
    Unverified,
    NoAnswer,
    NotRemoved,
}

impl From<KitProblem> for KitTrouble {
    fn from(problem: KitProblem) -> Self {
        match problem {
            KitProblem::Missing => Self::Missing,
            KitProblem::Ahead => Self::Ahead,
            KitProblem::Full => Self::Full,
            KitProblem::TooLarge => Self::TooLarge,
            KitProblem::NotWritten => Self::NotWritten,
            KitProblem::Unsettled => Self::Unsettled,
            KitProblem::Unverified => Self::Unverified,
            KitProblem::NoAnswer => Self::NoAnswer,
            KitProblem::NotRemoved => Self::NotRemoved,
        }
    }
}

impl From<KitState> for KitView {
    fn from(kit: KitState) -> Self {
        Self {
            identifier: kit.identifier.to_string(),
            folder: kit.folder.display().to_string(),
            live: kit.live,
            problem: kit.problem.map(KitTrouble::from),
        }
    }
}

/// Two-step verification.
#[derive(Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TwoStepState {
    On,
    Later,
    OffAfterRecovery,
}

/// The wallet's codes at a glance.
#[derive(Serialize, TS)]
pub(crate) struct CodeState {
    /// Why the keychain could not be asked; none if it could.
    trouble: Option<CommandError>,
    active: Option<CodeView>,
    unfinished: Option<CodeView>,
    outcomes: Vec<EndedCodeView>,
    other_store: bool,
    lost_with_keychain: Option<String>,
    older_file: bool,
}

/// A live code.
#[derive(Serialize, TS)]
pub(crate) struct CodeView {
    identifier: String,
    issued: i64,
    expires: Option<i64>,
    checked: Option<i64>,
    /// How many sheets give the code; 0 for a single one.
    threshold: u8,
    /// How many sheets the set has; 0 for a single code.
    sheets: u8,
    /// Their letters.
    letters: String,
    /// The letter of a further sheet, where there is one left.
    next_letter: Option<char>,
}

/// How a code ended.
#[derive(Serialize, TS)]
pub(crate) struct EndedCodeView {
    identifier: String,
    state: EndView,
    at: i64,
}

impl From<LiveCode> for CodeView {
    fn from(code: LiveCode) -> Self {
        Self {
            identifier: code.identifier.to_string(),
            issued: code.issued.0,
            expires: code.expires.map(|at| at.0),
            checked: code.checked.map(|at| at.0),
            threshold: code.set.map_or(0, SetSize::needed),
            sheets: code.set.map_or(0, SetSize::sheets),
            letters: letters(code.set.into_iter().flat_map(made)),
            next_letter: code
                .set
                .and_then(|set| ShareIndex::in_order().nth(set.sheets().into()))
                .map(ShareIndex::as_char),
        }
    }
}

/// The sheets of a set that were made so far.
fn made(set: SetSize) -> impl Iterator<Item = ShareIndex> {
    ShareIndex::in_order().take(set.sheets().into())
}

/// The letters of sheets, in one word.
pub(crate) fn letters(sheets: impl IntoIterator<Item = ShareIndex>) -> String {
    sheets.into_iter().map(ShareIndex::as_char).collect()
}

impl From<EndedCode> for EndedCodeView {
    fn from(ended: EndedCode) -> Self {
        Self {
            identifier: ended.identifier.to_string(),
            state: ended.state.into(),
            at: ended.at.0,
        }
    }
}

/// The state of the open wallet's codes.
pub(crate) fn code_view(world: &World<'_>, session: &Session) -> CodeState {
    let state = code_state(world, session);
    CodeState {
        trouble: state.trouble.map(CommandError::from),
        active: state.active.map(CodeView::from),
        unfinished: state.unfinished.map(CodeView::from),
        outcomes: state
            .outcomes
            .into_iter()
            .map(EndedCodeView::from)
            .collect(),
        other_store: state.other_store,
        lost_with_keychain: state
            .lost_with_keychain
            .map(|identifier| identifier.to_string()),
        older_file: state.older_file,
    }
}

/// The open wallet, without anything secret.
pub(crate) fn session_view(world: &World<'_>, session: &Session) -> SessionView {
    SessionView {
        wallet_id: session.wallet().to_string(),
        email: session.email().to_string(),
        read_only: session.is_read_only(),
        two_step: match session.two_step() {
            TwoStep::On(_) => TwoStepState::On,
            TwoStep::Later => TwoStepState::Later,
            TwoStep::OffAfterRecovery => TwoStepState::OffAfterRecovery,
        },
        code: code_view(world, session),
        recovered: session.recovered(),
        weaker_keychain: world.keychain.kind_of(session.wallet()) == StoreKind::Embedded,
        kits: session.kits().into_iter().map(KitView::from).collect(),
        pages: session.pages().map(|(pages, newer)| PagesView {
            identifier: pages.identifier.to_string(),
            at: pages.at.0,
            newer,
        }),
        shown: session.shown().map(|shown| match shown.remade {
            true => ShownKind::Remade,
            false => ShownKind::Issued,
        }),
    }
}
