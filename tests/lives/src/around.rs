//! What was the case around an act: the ground on which words are judged.

use std::collections::BTreeMap;

use wallet::WalletId;

use crate::belief::{Belief, Open};
use crate::drive::Bytes;
use crate::oracle::{Opens, Oracle, Span};
use crate::task::CodeNumber;
use crate::truth::{
    DISCARDED, EXPIRED, Here, NEVER, RECOVERED, REPLACED, REVOKED, Status, USED, WORKS,
};

/// The files in the folder of a computer's wallets: names and fingerprints.
pub type Folder = BTreeMap<String, u64>;

/// The same files with their bytes.
pub type Files = BTreeMap<String, Bytes>;

/// What was the case while a program did something.
pub struct Around<'a> {
    /// What held before.
    pub oracle: &'a Oracle,
    /// What the program had been told before.
    pub belief: &'a Belief,
    /// The computer.
    pub computer: usize,
    /// The clocks.
    pub span: Span,
    /// The drive of the computer failed.
    pub disk: bool,
    /// The stick failed, or was not there.
    pub stick: bool,
    /// The number of the stick that is plugged in.
    pub stick_number: Option<usize>,
    /// The keychain failed.
    pub keychain: bool,
    /// Another program had a wallet open, or acted meanwhile.
    pub others: bool,
    /// Another program acted meanwhile.
    pub raced: bool,
    /// The six digits of the act may have been accepted before, or later ones.
    pub digits_again: bool,
    /// Something was put back, damaged or removed below an open wallet.
    pub below: bool,
}

impl Around<'_> {
    /// What held of a wallet.
    pub fn of(&self, wallet: WalletId) -> Option<&Here> {
        self.oracle.of(self.computer, wallet)
    }

    /// The open wallet.
    pub fn open(&self) -> Option<&Open> {
        self.belief.open.as_ref()
    }

    /// Whether the code opens its wallet here.
    pub fn opens(&self, code: CodeNumber) -> Opens {
        let belief = Some(self.belief);
        self.oracle.opens(self.computer, code, self.span, belief)
    }

    /// Whether a code may be said to work in the open wallet. What was changed below an open wallet
    /// is changed back by its next save.
    pub fn may_work(&self, wallet: WalletId, code: CodeNumber) -> bool {
        let in_memory = self
            .open()
            .is_some_and(|open| open.mine.slots.contains(&code) || open.mine.maybe.contains(&code));
        let comes_back = self.below && in_memory && self.status(wallet, code) & WORKS != 0;
        self.opens(code) != Opens::Never || comes_back
    }

    /// What may have become of a code.
    pub fn status(&self, wallet: WalletId, code: CodeNumber) -> Status {
        self.of(wallet).map_or(NEVER, |here| here.status(code))
    }

    /// Whether a code of the wallet may have ended as this.
    pub fn may_have_ended(&self, wallet: WalletId, code: CodeNumber, as_: Status) -> bool {
        let (_, over) = self.oracle.over(code, self.span, Some(self.belief));
        let status = self.status(wallet, code);
        status & as_ != 0 || (as_ == EXPIRED && over && status & WORKS != 0)
    }

    /// Whether the oracle's words allow that a code is neither live nor ended in the record.
    pub fn may_be_unknown(&self, wallet: WalletId, code: CodeNumber) -> bool {
        self.status(wallet, code) & NEVER != 0
    }

    /// Whether a code may be live in the record.
    pub fn may_be_live(&self, wallet: WalletId, code: CodeNumber) -> bool {
        self.status(wallet, code) & WORKS != 0
    }

    /// Whether a wait may last.
    pub fn may_have_to_wait(&self, wallet: Option<WalletId>, code: bool) -> bool {
        let told = self.belief.gates.contains_key(&(wallet, code));
        let named = wallet.and_then(|it| self.of(it));
        // Another program may have been told meanwhile.
        told || self.others || named.is_some_and(|here| here.failures[usize::from(code)])
    }

    /// Whether a wait surely lasts.
    pub fn has_to_wait(&self, wallet: Option<WalletId>, code: bool) -> bool {
        let gate = self.belief.gates.get(&(wallet, code));
        let to = self.span.to;
        gate.is_some_and(|gate| gate.boot == to.boot && to.since_boot < gate.until)
    }

    /// The ends that a code may have had.
    pub fn end_of(state: usecases::record::End) -> Status {
        match state {
            usecases::record::End::Used => USED,
            usecases::record::End::Expired => EXPIRED,
            usecases::record::End::Revoked => REVOKED,
            usecases::record::End::Replaced => REPLACED,
            usecases::record::End::Discarded => DISCARDED,
            usecases::record::End::Recovered => RECOVERED,
        }
    }
}
