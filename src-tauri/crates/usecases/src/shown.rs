//! What is on the screen to be written down, printed or saved: a code, or the sheets of a set.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use code::{BackupCode, GROUPS, Identifier, SetSize, Share, ShareIndex, TypedCode};
use rand::{CryptoRng, RngExt as _};
use subtle::ConstantTimeEq as _;
use thiserror::Error;
use wallet::Timestamp;

use crate::breaks::{Break, is_planted};

/// The groups that can be asked back: the first two carry the identifier, the last three the
/// checksum.
const ASKED: std::ops::RangeInclusive<usize> = 3..=9;

/// How long a code stays legible after it was shown or uncovered.
pub const UNCOVERED: Duration = Duration::from_secs(2 * 60);

/// Why nobody may read what is on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NotLegible {
    /// No code is shown, or no such sheet of it.
    #[error("no such sheet is shown")]
    NotShown,
    /// The code is covered.
    #[error("the code is covered")]
    Covered,
}

/// A code on the screen, as one sheet or several: the only place in the program where a code or its
/// sheets outlive the call that needed them. Of a set only the sheets stay; the code that they give
/// does not.
#[derive(Clone)]
pub struct Shown {
    /// The name that all the sheets share.
    pub identifier: Identifier,
    /// The set as it is now; none for a single code.
    pub set: Option<SetSize>,
    /// The sheets to be kept: the one of a single code, all of a new set, or those that were made
    /// again.
    pub(crate) sheets: Vec<ShownSheet>,
    /// When the code was issued.
    pub issued: Timestamp,
    /// When it stops working; `None`: until used.
    pub expires: Option<Timestamp>,
    /// The confirmed code that confirming this one revokes.
    pub replaces: Option<Identifier>,
    /// It has a recovery kit.
    pub kit: bool,
    /// Recovery pages were or are to be made of it.
    pub pages: bool,
    /// The set works already, and these of its sheets were made again or added.
    pub remade: bool,
    /// Shared by the copies of a session, so that a change under way uncovers nothing.
    pub(crate) cover: Arc<Cover>,
}

/// When the code on the screen is covered.
pub(crate) struct Cover(Mutex<Duration>);

impl Cover {
    /// Legible for [`UNCOVERED`] from now, a time since boot.
    pub(crate) fn later(now: Duration) -> Self {
        Self(Mutex::new(now.saturating_add(UNCOVERED)))
    }

    fn at(&self) -> Duration {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, at: Duration) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = at;
    }
}

impl Shown {
    /// Its sheets, without what they carry.
    pub fn sheets(&self) -> &[ShownSheet] {
        &self.sheets
    }

    /// What the sheets carry, while they are not covered: the one way to it for the screen, for
    /// paper, for files and for recovery pages. `now` is a time since boot.
    ///
    /// # Errors
    /// [`NotLegible::Covered`].
    pub fn legible(&self, now: Duration) -> Result<Legible<'_>, NotLegible> {
        match self.left(now).is_zero() && !is_planted(Break::CoverIgnored) {
            true => Err(NotLegible::Covered),
            false => Ok(Legible(self)),
        }
    }

    /// How long the code stays legible; zero while it is covered.
    pub fn left(&self, now: Duration) -> Duration {
        self.cover.at().saturating_sub(now)
    }

    /// How long the code has been covered.
    pub fn covered_for(&self, now: Duration) -> Duration {
        now.saturating_sub(self.cover.at())
    }

    /// Covers the code.
    pub fn cover(&self, now: Duration) {
        // One that is covered already stays covered since then.
        self.cover.set(self.cover.at().min(now));
    }

    /// Makes the code legible for [`UNCOVERED`].
    pub fn uncover(&self, now: Duration) {
        self.cover.set(now.saturating_add(UNCOVERED));
    }

    /// Whether each sheet has to be shown to be kept on its own.
    pub fn is_set(&self) -> bool {
        self.set.is_some()
    }
}

/// Sheets that are not covered.
pub struct Legible<'a>(&'a Shown);

impl<'a> Legible<'a> {
    /// One sheet, counted from 0.
    ///
    /// # Errors
    /// [`NotLegible::NotShown`] where there is none.
    pub fn sheet(&self, sheet: usize) -> Result<LegibleSheet<'a>, NotLegible> {
        let sheet = self.0.sheets.get(sheet).ok_or(NotLegible::NotShown)?;
        Ok(LegibleSheet(sheet))
    }
}

/// One sheet that is not covered.
pub struct LegibleSheet<'a>(&'a ShownSheet);

impl<'a> LegibleSheet<'a> {
    /// What it carries: to be printed, or compared with what was read.
    pub fn carries(&self) -> &'a Carried {
        &self.0.carries
    }

    /// Its 60 characters.
    pub fn expose(&self) -> &'a str {
        self.0.expose()
    }

    /// The same in the twelve groups of five in which people copy them.
    pub fn groups(&self) -> [&'a str; GROUPS] {
        match self.carries() {
            Carried::Code(code) => code.groups(),
            Carried::Share(share) => share.groups(),
        }
    }
}

/// One sheet on the screen.
#[derive(Clone)]
pub struct ShownSheet {
    // Shared by the copies of a session, so that the secret is in memory once.
    carries: Arc<Carried>,
    ask_group: usize,
    kept: bool,
}

/// What a sheet carries. Secret.
pub enum Carried {
    /// The whole code.
    Code(BackupCode),
    /// One share of a set.
    Share(Share),
}

impl ShownSheet {
    /// A sheet that has just been made; `rng` chooses the group that is asked back.
    pub(crate) fn new(rng: &mut dyn CryptoRng, carries: Carried) -> Self {
        Self {
            carries: Arc::new(carries),
            ask_group: rng.random_range(ASKED),
            kept: false,
        }
    }

    pub(crate) fn carries(&self) -> &Carried {
        &self.carries
    }

    /// Its letter in its set; none for a whole code.
    pub fn index(&self) -> Option<ShareIndex> {
        match &*self.carries {
            Carried::Code(_) => None,
            Carried::Share(share) => Some(share.index()),
        }
    }

    pub(crate) fn expose(&self) -> &str {
        match &*self.carries {
            Carried::Code(code) => code.expose(),
            Carried::Share(share) => share.expose(),
        }
    }

    /// The group that is asked back, 3 to 9.
    pub fn ask_group(&self) -> usize {
        self.ask_group
    }

    /// Whether the person has shown that they kept it.
    pub fn kept(&self) -> bool {
        self.kept
    }

    pub(crate) fn keep(&mut self) {
        self.kept = true;
    }

    /// Whether the typed text is the group that is asked back; read as forgivingly as a whole code.
    pub(crate) fn group_is(&self, typed: &str) -> bool {
        let group = self.ask_group;
        TypedCode::parse(typed).is_ok_and(|typed| match &*self.carries {
            Carried::Code(code) => code.group_is(group, &typed),
            Carried::Share(share) => share.group_is(group, &typed),
        })
    }

    /// Whether it carries this very share.
    pub(crate) fn is(&self, share: &Share) -> bool {
        match &*self.carries {
            Carried::Code(_) => false,
            Carried::Share(own) => own.ct_eq(share).into(),
        }
    }
}
