//! One thing that a person does with one program, with everything that it takes.

use std::path::PathBuf;
use std::sync::Arc;

use code::{Identifier, Threshold};
use kit::KitContents;
use usecases::check::{Named, Works};
use usecases::confirm::{ConfirmError, Kept};
use usecases::create::CreateError;
use usecases::delete::{DeleteError, Deleted, Remains};
use usecases::drafts::{DraftError, Unread};
use usecases::earlier::{BesideError, Earlier};
use usecases::elsewhere::{self, LookError, TakeError, Taken};
use usecases::email::EmailChangeError;
use usecases::find::Wallets;
use usecases::identity::IdentityError;
use usecases::interrupted::Interrupted;
use usecases::issue::IssueError;
use usecases::items::ItemError;
use usecases::judge::Refusal;
use usecases::kits::{KitState, MoveError};
use usecases::life::Life as CodeLife;
use usecases::mend::MendError;
use usecases::older::OlderError;
use usecases::pages::PagesError;
use usecases::password_change::PasswordChangeError;
use usecases::record::RecordError;
use usecases::redeem::{AcceptError, RedeemError};
use usecases::remake::RemakeError;
use usecases::restore::RestoreError;
use usecases::revoke::RevokeError;
use usecases::session::SaveError;
use usecases::shown::NotLegible;
use usecases::sign_in::SignInError;
use usecases::state::CodeState;
use usecases::two_step::TwoStepError;
use wallet::WalletId;
use wallet::store::FolderError;

use crate::drafts::Told;
use crate::drive::Bytes;
pub use crate::numbers::{CodeNumber, Note, Notes, PasswordNumber};
use crate::truth::Held;
use crate::typed::email_number;

/// The texts of the symbols on recovery pages, by page.
pub type Symbols = Vec<Vec<String>>;

/// Where a restored wallet is to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Nobody said.
    Unsaid,
    /// Beside those that are here.
    Beside,
    /// Into the place of this one.
    Replacing(WalletId),
}

/// What shows that a code is kept.
#[derive(Clone, Debug)]
pub enum Shows {
    /// The group that is asked of this sheet, right or wrong.
    Group {
        /// The sheet, from 0.
        sheet: usize,
        /// Whether it is the one that is asked.
        right: bool,
    },
    /// A share.
    Share(Arc<str>),
    /// The whole code.
    Whole(Arc<str>),
}

/// A thing to do.
#[derive(Clone, Debug)]
pub enum Task {
    /// Create a wallet of the e-mail of this number.
    Create {
        /// The e-mail.
        email: usize,
        /// The password.
        password: PasswordNumber,
    },
    /// Type the password.
    SignIn {
        /// The wallet.
        wallet: WalletId,
        /// The password.
        password: PasswordNumber,
    },
    /// Type six digits at sign-in.
    Digits(Arc<str>),
    /// Lock everything, or cancel.
    Lock,
    /// Lock everything but the shown code.
    LockAllButShown,
    /// Open the wallet of the covered code, or uncover it.
    Uncover {
        /// The password.
        password: PasswordNumber,
        /// The six digits.
        digits: Option<Arc<str>>,
    },
    /// Add or change a note.
    SaveNote {
        /// The note.
        note: u32,
        /// Its version.
        version: u32,
    },
    /// Delete a note.
    DeleteNote(u32),
    /// Move a note to the bin.
    BinNote(u32),
    /// Take a note out of the bin.
    UnbinNote(u32),
    /// Have a note hold again what it held.
    RestoreNote {
        /// The note.
        note: u32,
        /// How many versions ago, beyond the last one.
        back: usize,
    },
    /// Confirm identity.
    Identity {
        /// The password.
        password: PasswordNumber,
        /// The six digits.
        digits: Option<Arc<str>>,
        /// Whether the digits count, or the password alone.
        full: bool,
    },
    /// Issue a code.
    Issue {
        /// How long it works.
        life: CodeLife,
        /// The set that it is split into.
        set: Option<(u8, u8)>,
        /// Whether it gets a kit.
        kit: bool,
        /// Whether it may get pages.
        pages: bool,
        /// Whether it may die sooner than the one before.
        sooner_is_fine: bool,
    },
    /// Copy down what is on the screen.
    CopyDown,
    /// Show that a sheet or the code is kept.
    Keep(Shows),
    /// Throw the unconfirmed code away.
    Discard,
    /// Revoke a code.
    Revoke(CodeNumber, Identifier),
    /// Check a code.
    Check(CodeNumber, Arc<str>),
    /// Look up the name of a set.
    CheckName(CodeNumber, Identifier, Threshold),
    /// Look at the page about codes.
    Look,
    /// Have a code accepted for a wallet, or for the one that knows it.
    Accept {
        /// The wallet that was named.
        wallet: Option<WalletId>,
        /// The code.
        code: CodeNumber,
        /// Its characters.
        text: Arc<str>,
    },
    /// Redeem the accepted code.
    Commit {
        /// The password.
        password: PasswordNumber,
        /// Whether it is to be the present one.
        keep: bool,
    },
    /// Change the password.
    ChangePassword {
        /// The present one.
        current: PasswordNumber,
        /// The digits.
        digits: Option<Arc<str>>,
        /// The next one.
        next: PasswordNumber,
    },
    /// Change the e-mail to that of this number.
    ChangeEmail(usize),
    /// Begin to set up an authenticator.
    TwoStepBegin,
    /// Finish that with its six digits.
    TwoStepConfirm(Arc<str>),
    /// Turn two-step verification off.
    TwoStepOff,
    /// Put it off.
    TwoStepLater,
    /// Make recovery pages.
    Pages,
    /// Make sheets again.
    Remake {
        /// The code.
        code: CodeNumber,
        /// The sheets at hand.
        shares: Vec<Arc<str>>,
        /// The letter of the sheet to make, by its place in the order.
        letter: u8,
    },
    /// Say where a kit was moved.
    MoveKit(CodeNumber, Identifier, PathBuf),
    /// Forget a dead kit.
    ForgetKit(CodeNumber, Identifier),
    /// Do what the app does once a second.
    Tick,
    /// Open a kit with a code.
    OpenKit {
        /// The code.
        code: CodeNumber,
        /// Its characters.
        text: Arc<str>,
        /// The kit's folder.
        folder: PathBuf,
    },
    /// Open pages with a code.
    OpenPages {
        /// The code.
        code: CodeNumber,
        /// Its characters.
        text: Arc<str>,
        /// The texts of the pages' symbols.
        symbols: Arc<Symbols>,
        /// The page that was lost.
        lost: usize,
    },
    /// Make a wallet of the opened kit or pages.
    Restore {
        /// Where.
        to: Place,
        /// The new password.
        password: PasswordNumber,
    },
    /// Put a copy in the place of a wallet's file.
    PutOlder {
        /// The wallet.
        wallet: WalletId,
        /// The name of the copy.
        name: String,
    },
    /// Make one keychain record of several.
    Mend(WalletId),
    /// See which wallets are here.
    List,
    /// Take a copy of the wallet's file away.
    CopyAway,
    /// Look at a wallet file that was kept elsewhere.
    LookElsewhere(Source),
    /// Make the file that was found one of this computer's.
    Take,
    /// See the earlier versions of the wallet.
    Earlier,
    /// Make a wallet of its own of an earlier version.
    RestoreBeside {
        /// Which of those that were seen last.
        which: usize,
        /// The password.
        password: PasswordNumber,
        /// The six digits.
        digits: Option<Arc<str>>,
    },
    /// See what will remain of the wallet.
    Remains,
    /// Delete the wallet.
    Delete,
    /// Keep what is typed into a note and not saved.
    Draft {
        /// The note.
        note: u32,
        /// The number of its text.
        text: u32,
    },
    /// See what was typed and not saved.
    Drafts,
    /// Discard what was typed into a note.
    DiscardDraft(u32),
}

/// Where a wallet file that was kept elsewhere comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// A copy that the app gave out in the step of this number.
    Away(u32),
    /// The file of the backup of this number.
    Backup(usize),
}

impl Source {
    /// Where the file is while somebody looks at it.
    pub fn path(self) -> PathBuf {
        PathBuf::from(match self {
            Self::Away(step) => format!("/elsewhere/away {step}.wallet"),
            Self::Backup(number) => format!("/elsewhere/backup {number}.wallet"),
        })
    }
}

/// What a wallet file that was kept elsewhere says of itself.
#[derive(Clone, Copy, Debug)]
pub struct FoundAs {
    /// Its wallet.
    pub wallet: WalletId,
    /// The number of its e-mail.
    pub email: usize,
    /// How many codes it has a slot for.
    pub codes: usize,
}

/// What is on the screen.
#[derive(Clone, Debug)]
pub struct Screen {
    /// The code's name.
    pub identifier: Identifier,
    /// Its sheets.
    pub sheets: Vec<Arc<str>>,
    /// How many of them give the code; 0 for a single code.
    pub needed: u8,
    /// When it ends.
    pub expires: Option<i64>,
    /// When it was issued.
    pub issued: i64,
    /// Whether it has a kit.
    pub kit: bool,
    /// Whether sheets were made again.
    pub remade: bool,
}

/// What came of a task.
pub enum Outcome {
    /// Nothing could be done at this stage.
    Idle,
    /// It was done, and says nothing.
    Done,
    /// See [`Task::Create`].
    Create(Result<WalletId, CreateError>),
    /// See [`Task::SignIn`]; whether digits are needed.
    SignIn(Result<bool, SignInError>),
    /// See [`Task::Digits`].
    Digits(Result<(), SignInError>),
    /// See [`Task::Uncover`] with a covered code.
    Uncover(Result<(), SignInError>),
    /// See [`Task::SaveNote`].
    SaveNote(Result<(), ItemError>),
    /// See [`Task::DeleteNote`].
    DeleteNote(Result<(), ItemError>),
    /// See [`Task::BinNote`].
    BinNote(Result<(), ItemError>),
    /// See [`Task::UnbinNote`].
    UnbinNote(Result<(), ItemError>),
    /// See [`Task::RestoreNote`].
    RestoreNote(Result<(), ItemError>),
    /// See [`Task::Identity`].
    Identity(Result<(), IdentityError>),
    /// See [`Task::Issue`].
    Issue(Result<Option<Screen>, IssueError>),
    /// See [`Task::CopyDown`].
    CopyDown(Result<Option<Screen>, NotLegible>),
    /// See [`Task::Keep`].
    Keep(Result<Kept, ConfirmError>),
    /// See [`Task::Discard`]; whether sheets left the screen only.
    Discard(bool, Result<(), ConfirmError>),
    /// See [`Task::Revoke`].
    Revoke(Result<(), RevokeError>),
    /// See [`Task::Check`].
    Check(Result<Works, Refusal>),
    /// See [`Task::CheckName`].
    CheckName(Result<Named, RecordError>),
    /// See [`Task::Look`].
    Look(Box<CodeState>, Vec<KitState>),
    /// See [`Task::Accept`]; the wallet that it opens.
    Accept(Result<WalletId, AcceptError>),
    /// See [`Task::Commit`].
    Commit(Result<(), RedeemError>),
    /// See [`Task::ChangePassword`].
    ChangePassword(Result<(), PasswordChangeError>),
    /// See [`Task::ChangeEmail`].
    ChangeEmail(Result<(), EmailChangeError>),
    /// See [`Task::TwoStepBegin`]; the key.
    TwoStepBegin(Result<Arc<str>, TwoStepError>),
    /// See [`Task::TwoStepConfirm`].
    TwoStepConfirm(Result<(), TwoStepError>),
    /// See [`Task::TwoStepOff`].
    TwoStepOff(Result<(), TwoStepError>),
    /// See [`Task::TwoStepLater`].
    TwoStepLater(Result<(), TwoStepError>),
    /// See [`Task::Pages`]; the symbols, and whether they were remembered.
    Pages(Result<(Identifier, Arc<Symbols>), PagesError>),
    /// See [`Task::Remake`].
    Remake(Result<Option<Screen>, RemakeError>),
    /// See [`Task::MoveKit`].
    MoveKit(Result<(), MoveError>),
    /// See [`Task::ForgetKit`].
    ForgetKit(Result<(), SaveError>),
    /// See [`Task::OpenKit`] and [`Task::OpenPages`]; what they hold.
    OpenCopy(Result<Held, CopyError>),
    /// See [`Task::Restore`].
    Restore(Result<RestoredAs, RestoreError>),
    /// See [`Task::PutOlder`].
    PutOlder(Result<(), OlderError>),
    /// See [`Task::Mend`].
    Mend(Result<bool, MendError>),
    /// See [`Task::List`].
    List(Result<Listed, FolderError>),
    /// See [`Task::CopyAway`].
    CopyAway(Result<Bytes, elsewhere::CopyError>),
    /// See [`Task::LookElsewhere`].
    LookElsewhere(Result<FoundAs, LookError>),
    /// See [`Task::Take`].
    Take(Result<Taken, TakeError>),
    /// See [`Task::Earlier`].
    Earlier(Result<Vec<Earlier>, FolderError>),
    /// See [`Task::RestoreBeside`]; the version, and the wallet that it became.
    RestoreBeside(String, Result<WalletId, BesideError>),
    /// See [`Task::Remains`].
    Remains(Result<Remains, FolderError>),
    /// See [`Task::Delete`].
    Delete(Result<Deleted, DeleteError>),
    /// See [`Task::Draft`].
    Draft(Result<(), DraftError>),
    /// See [`Task::Drafts`].
    Drafts(Result<Vec<Told>, Unread>),
    /// See [`Task::DiscardDraft`].
    DiscardDraft(Result<(), DraftError>),
}

/// Why a kit or pages did not open.
#[derive(Debug)]
pub enum CopyError {
    /// The drive did not give a file.
    Disk(std::io::Error),
    /// The files do not open.
    Open(kit::OpenError),
    /// The symbols do not give a file.
    Incomplete,
}

/// What the start page says.
pub struct Listed {
    /// The wallets that are here.
    pub wallets: Wallets,
    /// Those whose recovery was interrupted.
    pub interrupted: Vec<(WalletId, Interrupted)>,
}

/// A restored wallet.
#[derive(Clone, Debug)]
pub struct RestoredAs {
    /// Its id.
    pub wallet: WalletId,
    /// Whether the keychain remembers that the code was used.
    pub remembered: bool,
    /// Whether the code lives on.
    pub code_lives: bool,
    /// The file that is said to keep the wallet that was replaced.
    pub kept_aside: Option<PathBuf>,
}

fn number(text: &str) -> Option<u32> {
    text.rsplit(' ').next().and_then(|it| it.parse().ok())
}

fn version(body: &wallet::Body) -> Option<u32> {
    number(body.fields.first()?.text.expose())
}

/// The note that a draft is of, and the number of its text.
pub fn told(draft: &wallet::drafts::Draft) -> Option<Told> {
    Some((number(draft.body.title.expose())?, version(&draft.body)?))
}

/// The notes in opened contents.
pub fn notes_of(items: &[wallet::Item]) -> Notes {
    let notes = items.iter().filter_map(|item| {
        let earlier = item.earlier.iter();
        let note = Note {
            version: version(&item.present.body)?,
            earlier: earlier.filter_map(|it| version(&it.body)).collect(),
            binned: item.binned.map(|at| at.0),
        };
        Some((number(item.present.body.title.expose())?, note))
    });
    notes.collect()
}

/// What opened contents of a kit or of pages hold.
pub fn held_in(contents: &KitContents) -> Held {
    Held {
        notes: Arc::new(notes_of(&contents.items)),
        email: email_number(&contents.email),
    }
}

impl Task {
    /// Whether the app brings the kits up to date afterwards.
    pub fn changes(&self) -> bool {
        match self {
            Self::SaveNote { .. }
            | Self::DeleteNote(_)
            | Self::BinNote(_)
            | Self::UnbinNote(_)
            | Self::RestoreNote { .. }
            | Self::Issue { .. }
            | Self::Keep(_)
            | Self::Discard
            | Self::Revoke(..)
            | Self::Check(..)
            | Self::ChangePassword { .. }
            | Self::ChangeEmail(_)
            | Self::TwoStepConfirm(_)
            | Self::TwoStepOff
            | Self::TwoStepLater
            | Self::Pages
            | Self::Remake { .. }
            | Self::MoveKit(..)
            | Self::ForgetKit(..) => true,
            Self::Create { .. }
            | Self::SignIn { .. }
            | Self::Digits(_)
            | Self::Lock
            | Self::LockAllButShown
            | Self::Uncover { .. }
            | Self::Identity { .. }
            | Self::CopyDown
            | Self::CheckName(..)
            | Self::Look
            | Self::Accept { .. }
            | Self::Commit { .. }
            | Self::TwoStepBegin
            | Self::Tick
            | Self::OpenKit { .. }
            | Self::OpenPages { .. }
            | Self::Restore { .. }
            | Self::PutOlder { .. }
            | Self::Mend(_)
            | Self::List
            | Self::CopyAway
            | Self::LookElsewhere(_)
            | Self::Take
            | Self::Earlier
            | Self::RestoreBeside { .. }
            | Self::Remains
            | Self::Delete
            | Self::Draft { .. }
            | Self::Drafts
            | Self::DiscardDraft(_) => false,
        }
    }

    /// The code that it is about.
    pub fn code(&self) -> Option<CodeNumber> {
        match self {
            Self::Revoke(code, _)
            | Self::Check(code, _)
            | Self::CheckName(code, ..)
            | Self::MoveKit(code, ..)
            | Self::ForgetKit(code, _)
            | Self::Accept { code, .. }
            | Self::Remake { code, .. }
            | Self::OpenKit { code, .. }
            | Self::OpenPages { code, .. } => Some(*code),
            _ => None,
        }
    }

    /// The six digits that it takes.
    pub fn digits(&self) -> Option<&Arc<str>> {
        match self {
            Self::Digits(digits) | Self::TwoStepConfirm(digits) => Some(digits),
            Self::Uncover { digits, .. }
            | Self::Identity { digits, .. }
            | Self::RestoreBeside { digits, .. }
            | Self::ChangePassword { digits, .. } => digits.as_ref(),
            _ => None,
        }
    }

    /// The file kept elsewhere that it is about.
    pub fn source(&self) -> Option<Source> {
        match self {
            Self::LookElsewhere(source) => Some(*source),
            _ => None,
        }
    }

    /// The symbols of the pages that it is about.
    pub fn symbols(&self) -> Option<&Arc<Symbols>> {
        match self {
            Self::OpenPages { symbols, .. } => Some(symbols),
            _ => None,
        }
    }

    /// The position in [`crate::acts::ACTS`].
    pub fn kind(&self) -> usize {
        match self {
            Self::Create { .. } => 0,
            Self::SignIn { .. } => 1,
            Self::Digits(_) => 2,
            Self::Lock => 3,
            Self::LockAllButShown => 4,
            Self::Uncover { .. } => 5,
            Self::SaveNote { .. } => 6,
            Self::DeleteNote(_) => 7,
            Self::Identity { .. } => 8,
            Self::Issue { .. } => 9,
            Self::CopyDown => 10,
            Self::Keep(_) => 11,
            Self::Discard => 12,
            Self::Revoke(..) => 13,
            Self::Check(..) => 14,
            Self::CheckName(..) => 15,
            Self::Look => 16,
            Self::Accept { .. } => 17,
            Self::Commit { .. } => 18,
            Self::ChangePassword { .. } => 19,
            Self::TwoStepBegin => 20,
            Self::TwoStepConfirm(_) => 21,
            Self::TwoStepOff => 22,
            Self::TwoStepLater => 23,
            Self::Pages => 24,
            Self::Remake { .. } => 25,
            Self::MoveKit(..) => 26,
            Self::ForgetKit(..) => 27,
            Self::Tick => 28,
            Self::OpenKit { .. } => 29,
            Self::OpenPages { .. } => 30,
            Self::Restore { .. } => 31,
            Self::PutOlder { .. } => 32,
            Self::Mend(_) => 33,
            Self::List => 34,
            Self::ChangeEmail(_) => 35,
            Self::CopyAway => 36,
            Self::LookElsewhere(_) => 37,
            Self::Take => 38,
            Self::Earlier => 39,
            Self::RestoreBeside { .. } => 40,
            Self::Remains => 41,
            Self::Delete => 42,
            Self::BinNote(_) => 43,
            Self::UnbinNote(_) => 44,
            Self::RestoreNote { .. } => 45,
            Self::Draft { .. } => 46,
            Self::Drafts => 47,
            Self::DiscardDraft(_) => 48,
        }
    }
}
