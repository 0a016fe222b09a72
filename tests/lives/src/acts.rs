//! The acts, as tables count them, and which faults each can meet.

use crate::faults::Kind;

/// What an act does with the disk, or with the keychain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Touch {
    /// Nothing.
    Never,
    /// It reads.
    Reads,
    /// It reads and changes.
    Writes,
}

use Touch::{Never, Reads, Writes};

/// An act.
pub struct Act {
    /// Its name.
    pub name: &'static str,
    /// What it does with the disk.
    pub disk: Touch,
    /// What it does with the keychain.
    pub keychain: Touch,
    /// Whether few steps draw it, so that more of them meet a fault.
    pub is_rare: bool,
}

const fn act(name: &'static str, disk: Touch, keychain: Touch, is_rare: bool) -> Act {
    Act {
        name,
        disk,
        keychain,
        is_rare,
    }
}

/// The acts.
pub const ACTS: [Act; 49] = [
    act("create", Writes, Reads, false),
    act("sign in", Writes, Writes, false),
    act("digits", Writes, Writes, true),
    act("lock", Never, Never, false),
    act("lock all but the code", Never, Never, false),
    act("uncover", Writes, Writes, true),
    act("save a note", Writes, Never, false),
    act("delete a note", Writes, Never, false),
    act("prove identity", Reads, Writes, false),
    act("issue", Writes, Writes, false),
    act("copy down", Never, Never, false),
    act("keep", Writes, Writes, true),
    act("discard", Writes, Writes, true),
    act("revoke", Writes, Writes, true),
    act("check", Writes, Writes, false),
    act("check a name", Never, Reads, true),
    act("look", Reads, Reads, false),
    act("accept", Writes, Writes, false),
    act("redeem", Writes, Writes, true),
    act("change the password", Writes, Writes, false),
    act("begin two-step", Never, Never, false),
    act("confirm two-step", Writes, Writes, false),
    act("turn two-step off", Writes, Never, true),
    act("put two-step off", Writes, Never, true),
    act("make pages", Writes, Never, true),
    act("make sheets again", Writes, Writes, true),
    act("move a kit", Writes, Never, true),
    act("forget a kit", Writes, Never, true),
    act("a second passes", Writes, Writes, false),
    act("open a kit", Reads, Never, true),
    act("open pages", Never, Never, false),
    act("restore", Writes, Writes, true),
    act("put an older copy", Writes, Never, false),
    act("mend the keychain", Writes, Writes, false),
    act("see the start page", Writes, Reads, false),
    act("change the e-mail", Writes, Never, true),
    act("take a copy away", Reads, Never, true),
    act("look elsewhere", Reads, Never, true),
    act("take", Writes, Never, true),
    act("see earlier versions", Reads, Never, true),
    act("restore beside", Writes, Writes, true),
    act("see what remains", Reads, Never, true),
    act("delete", Writes, Writes, true),
    act("move to the bin", Writes, Never, true),
    act("take out of the bin", Writes, Never, true),
    act("restore a version", Writes, Never, true),
    act("keep a draft", Writes, Never, false),
    act("see the drafts", Reads, Never, true),
    act("discard a draft", Writes, Never, true),
];

impl Act {
    /// Whether it can meet a fault of this kind.
    pub fn can_meet(&self, fault: Kind) -> bool {
        let Self { disk, keychain, .. } = *self;
        match fault {
            Kind::None => true,
            Kind::Crash | Kind::PowerLoss | Kind::Slow | Kind::Race => disk.max(keychain) > Never,
            Kind::DiskFails => disk > Never,
            Kind::DiskLies => disk == Writes,
            Kind::KeychainFails => keychain > Never,
            Kind::KeychainLies | Kind::KeychainDies => keychain == Writes,
        }
    }
}
