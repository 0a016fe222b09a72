//! What is on the screen to be written down, printed or saved: a code, or the sheets of a set.

use std::sync::Arc;

use code::{BackupCode, GROUPS, Identifier, SetSize, Share, ShareIndex, TypedCode};
use rand::{CryptoRng, RngExt as _};
use subtle::ConstantTimeEq as _;
use wallet::Timestamp;

/// The groups that can be asked back: the first two carry the identifier, the last three the
/// checksum.
const ASKED: std::ops::RangeInclusive<usize> = 3..=9;

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
    pub sheets: Vec<ShownSheet>,
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
}

impl Shown {
    /// Whether each sheet has to be shown to be kept on its own.
    pub fn is_set(&self) -> bool {
        self.set.is_some()
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

    /// What it carries: to be printed, or compared with what was read.
    pub fn carries(&self) -> &Carried {
        &self.carries
    }

    /// Its letter in its set; none for a whole code.
    pub fn index(&self) -> Option<ShareIndex> {
        match &*self.carries {
            Carried::Code(_) => None,
            Carried::Share(share) => Some(share.index()),
        }
    }

    /// Its 60 characters.
    pub fn expose(&self) -> &str {
        match &*self.carries {
            Carried::Code(code) => code.expose(),
            Carried::Share(share) => share.expose(),
        }
    }

    /// The same in the twelve groups of five in which people copy them.
    pub fn groups(&self) -> [&str; GROUPS] {
        match &*self.carries {
            Carried::Code(code) => code.groups(),
            Carried::Share(share) => share.groups(),
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
