//! What has been entered, as the page sees it.

use app::App;
use app::entry::{CodeSource, EnteredSet, Entry, Field, ShareProblem};
use app::files::Unread;
use app::gather::{Gathered, SeveralCodes};
use app::intake::Intake;
use app::origin::Origin;
use code::Identifier;
use content::mistaken::{Mistaken, mistaken};
use serde::Serialize;
use ts_rs::TS;

use super::correction::{ProposalView, RereadView};
use super::restoring::RestoringView;
use super::unread::{FileProblemView, UnreadView};

/// The field, the sheets of the set, and what there is to restore from.
#[derive(Clone, Serialize, TS)]
pub(crate) struct Entered {
    field: EntryView,
    set: Option<SetView>,
    /// None where nothing is being restored.
    restoring: Option<RestoringView>,
    /// The files that gave nothing; empty except right after files were read.
    unread: Vec<UnreadView>,
}

/// Another secret than a backup code.
#[derive(Clone, Copy, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "Mistaken")]
pub(crate) enum MistakenView {
    Phrase,
    Share,
    Key,
    OneTime,
    Digits,
}

impl From<Mistaken> for MistakenView {
    fn from(mistaken: Mistaken) -> Self {
        match mistaken {
            Mistaken::Phrase => Self::Phrase,
            Mistaken::Share => Self::Share,
            Mistaken::Key => Self::Key,
            Mistaken::OneTime => Self::OneTime,
            Mistaken::Digits => Self::Digits,
        }
    }
}

/// The state of the field.
#[derive(Clone, Serialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub(crate) enum EntryView {
    Empty,
    Typing {
        have: usize,
    },
    Illegal {
        character: char,
        /// The character is no mark of its own, so it has to be named by its number.
        unseen: bool,
        position: usize,
    },
    TooLong {
        have: usize,
    },
    Proposal(ProposalView),
    Reread(RereadView),
    NewerVersion,
    /// What was typed is no code, and another secret.
    Mistaken {
        what: MistakenView,
    },
    Added {
        identifier: String,
        index: char,
        missing: usize,
    },
    ShareRefused {
        identifier: String,
        index: char,
        problem: ShareProblemView,
    },
    Ready {
        identifier: String,
        source: SourceView,
        name: Option<String>,
    },
    FileProblem {
        /// None for what was pasted or shown to the camera.
        name: Option<String>,
        problem: FileProblemView,
        identifiers: Vec<String>,
    },
}

/// The sheets of the set.
#[derive(Clone, Serialize, TS)]
pub(crate) struct SetView {
    identifier: String,
    needed: u8,
    sheets: Vec<SetSheetView>,
}

/// One of them.
#[derive(Clone, Serialize, TS)]
#[ts(rename = "SetSheet")]
pub(crate) struct SetSheetView {
    index: char,
    source: SourceView,
    /// The file that it was read from.
    name: Option<String>,
}

#[derive(Clone, Copy, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "ShareProblem")]
pub(crate) enum ShareProblemView {
    Foreign,
    OtherThreshold,
    Repeated,
    Surplus,
    Contradicts,
}

#[derive(Clone, Copy, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "Source")]
pub(crate) enum SourceView {
    Typed,
    File,
    Camera,
    Clipboard,
    Set,
}

/// What has been entered, with this state of the field.
pub(super) fn entered(app: &App, field: Field) -> Entered {
    Entered {
        field: field.into(),
        set: app.entry(Entry::set).map(SetView::from),
        restoring: app.restoring_state().map(RestoringView::from),
        unread: Vec::new(),
    }
}

/// What has been entered after the person typed a text, and whether they paused then.
pub(super) fn entered_typed(app: &App, field: Field, text: &str, finished: bool) -> Entered {
    let may_be_another = match &field {
        Field::Illegal { .. } | Field::TooLong { .. } => true,
        // A code may begin like something else.
        Field::Typing { .. } => finished,
        Field::Empty
        | Field::Suggested(_)
        | Field::Reread(_)
        | Field::NewerVersion
        | Field::Added { .. }
        | Field::ShareRefused { .. }
        | Field::Ready { .. }
        | Field::SeveralCodes(_)
        | Field::Unread(_) => false,
    };
    let another = may_be_another.then(|| mistaken(text)).flatten();
    let entered = entered(app, field);
    match another {
        Some(what) => Entered {
            field: EntryView::Mistaken { what: what.into() },
            ..entered
        },
        None => entered,
    }
}

/// What has been entered before, unchanged.
pub(super) fn entered_before(app: &App) -> Entered {
    entered(app, app.entry(Entry::field))
}

/// Takes in what was gathered for a page of this epoch, and shows what there is then.
pub(super) fn taken(app: &App, gathered: Gathered, epoch: u64) -> Entered {
    after(app, app.take(gathered, epoch))
}

/// What there is after something was taken in.
pub(super) fn after(app: &App, intake: Intake) -> Entered {
    let Intake { field, unread } = intake;
    Entered {
        unread: unread.into_iter().map(UnreadView::from).collect(),
        ..entered(app, field)
    }
}

impl From<Field> for EntryView {
    fn from(field: Field) -> Self {
        match field {
            Field::Empty => Self::Empty,
            Field::Typing { have } => Self::Typing { have },
            Field::Illegal {
                character,
                position,
            } => Self::Illegal {
                character,
                unseen: !code::folding::is_seen(character),
                position,
            },
            Field::TooLong { have } => Self::TooLong { have },
            Field::Suggested(suggestion) => Self::Proposal(suggestion.into()),
            Field::Reread(reread) => Self::Reread(reread.into()),
            Field::NewerVersion => Self::NewerVersion,
            Field::Added {
                identifier,
                index,
                missing,
            } => Self::Added {
                identifier: identifier.to_string(),
                index: index.as_char(),
                missing,
            },
            Field::ShareRefused {
                identifier,
                index,
                problem,
            } => Self::ShareRefused {
                identifier: identifier.to_string(),
                index: index.as_char(),
                problem: problem.into(),
            },
            Field::Ready { identifier, source } => Self::ready(identifier, &source),
            Field::SeveralCodes(SeveralCodes {
                identifiers,
                file_name,
            }) => Self::FileProblem {
                name: file_name,
                problem: FileProblemView::SeveralCodes,
                identifiers: identifiers.iter().map(ToString::to_string).collect(),
            },
            Field::Unread(Unread { name, problem }) => Self::FileProblem {
                name,
                problem: problem.into(),
                identifiers: Vec::new(),
            },
        }
    }
}

impl EntryView {
    fn ready(identifier: Identifier, source: &CodeSource) -> Self {
        let (source, name) = match source {
            CodeSource::Whole(origin) => (origin.into(), origin.file_name()),
            CodeSource::Set => (SourceView::Set, None),
        };
        Self::Ready {
            identifier: identifier.to_string(),
            source,
            name: name.map(str::to_owned),
        }
    }
}

impl From<EnteredSet> for SetView {
    fn from(set: EnteredSet) -> Self {
        let sheets = set.sheets.iter().map(|sheet| SetSheetView {
            index: sheet.index.as_char(),
            source: (&sheet.origin).into(),
            name: sheet.origin.file_name().map(str::to_owned),
        });
        Self {
            identifier: set.identifier.to_string(),
            needed: set.needed,
            sheets: sheets.collect(),
        }
    }
}

impl From<&Origin> for SourceView {
    fn from(origin: &Origin) -> Self {
        match origin {
            Origin::Typed => Self::Typed,
            Origin::File(_) => Self::File,
            Origin::Camera => Self::Camera,
            Origin::Clipboard => Self::Clipboard,
        }
    }
}

impl From<ShareProblem> for ShareProblemView {
    fn from(problem: ShareProblem) -> Self {
        match problem {
            ShareProblem::Foreign => Self::Foreign,
            ShareProblem::OtherThreshold => Self::OtherThreshold,
            ShareProblem::Repeated => Self::Repeated,
            ShareProblem::Surplus => Self::Surplus,
            ShareProblem::Contradicts => Self::Contradicts,
        }
    }
}
