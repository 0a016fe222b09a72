//! What must hold after every act, for every wallet on every computer.

use std::collections::BTreeMap;
use std::sync::Arc;

use wallet::{DraftsId, WalletId};

use crate::belief::Belief;
use crate::computer::Clocks;
use crate::drafts::{AllDrafts, DraftsTruth};
use crate::task::CodeNumber;
use crate::truth::{CodeFacts, ENDED, FileTruth, Here, PagesFacts, WORKS};

/// A promise that was not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Broken {
    /// Something that had to be there is not.
    Lost(String),
    /// Something opened for somebody who has no right to it.
    LetIn(String),
    /// Something that was said is not so.
    FalseWord(String),
}

/// A verdict on what had to be so.
pub type Verdict = Result<(), Broken>;

/// How far behind a clock may be, in seconds.
const TOLERANCE: i64 = 300;

/// Everything that is true.
#[derive(Default)]
pub struct Oracle {
    /// The codes that were shown.
    pub codes: BTreeMap<CodeNumber, CodeFacts>,
    /// The wallets, by computer.
    pub here: BTreeMap<(usize, WalletId), Here>,
    /// The computers on which recoveries were tried, and when.
    pub recoveries: Vec<(usize, Span)>,
    /// Recovery pages on paper.
    pub pages: Vec<PagesFacts>,
    /// What is typed and not saved.
    pub drafts: AllDrafts,
    /// The keys of authenticators.
    pub authenticators: Vec<Arc<str>>,
    versions: u32,
}

/// Whether a code opens the wallet on its computer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Opens {
    /// It has to.
    Must,
    /// It may.
    May,
    /// It must not.
    Never,
}

/// The clocks at the beginning and the end of something.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    /// At the beginning.
    pub from: Clocks,
    /// At the end.
    pub to: Clocks,
}

impl Span {
    /// What the system clock said, from and to.
    pub fn dates(self) -> (i64, i64) {
        (self.from.now, self.to.now)
    }

    /// A moment.
    pub fn at(clocks: Clocks) -> Self {
        Self {
            from: clocks,
            to: clocks,
        }
    }
}

impl Oracle {
    /// What holds of a wallet on a computer.
    pub fn of(&self, computer: usize, wallet: WalletId) -> Option<&Here> {
        self.here.get(&(computer, wallet))
    }

    /// The same, to change it.
    pub fn of_mut(&mut self, computer: usize, wallet: WalletId) -> &mut Here {
        self.here.entry((computer, wallet)).or_default()
    }

    /// The drafts under a key of a wallet on a computer. Nothing is known of those under a key that
    /// was never seen.
    pub fn drafts_of(&mut self, at: (usize, WalletId, DraftsId)) -> &mut DraftsTruth {
        self.drafts.entry(at).or_insert_with(DraftsTruth::unknown)
    }

    /// The drafts of a computer, and of one wallet or of all.
    pub fn drafts_on(
        &mut self,
        computer: usize,
        wallet: Option<WalletId>,
    ) -> impl Iterator<Item = (DraftsId, &mut DraftsTruth)> {
        self.drafts
            .iter_mut()
            .filter(move |((at, of, _), _)| {
                *at == computer && wallet.is_none_or(|wallet| *of == wallet)
            })
            .map(|((.., key), truth)| (*key, truth))
    }

    /// The code of this name that belongs to a wallet.
    pub fn named(&self, wallet: WalletId, name: code::Identifier) -> Option<CodeNumber> {
        let mut codes = self.codes.iter().rev();
        codes
            .find(|(_, code)| code.wallet == wallet && code.identifier == name)
            .map(|(number, _)| *number)
    }

    /// The version after this one, changed.
    pub fn after(
        &mut self,
        before: &Arc<FileTruth>,
        change: impl FnOnce(&mut FileTruth),
    ) -> Arc<FileTruth> {
        let mut next = FileTruth::clone(before);
        let mut past = std::collections::BTreeSet::clone(&before.past);
        past.insert(before.version);
        next.past = Arc::new(past);
        next.version = self.next_version();
        change(&mut next);
        Arc::new(next)
    }

    /// A number for a new version.
    pub fn next_version(&mut self) -> u32 {
        self.versions += 1;
        self.versions
    }

    /// Whether a code is past its time: surely, or perhaps.
    pub fn over(&self, code: CodeNumber, span: Span, belief: Option<&Belief>) -> (bool, bool) {
        let Some(expires) = self.codes.get(&code).and_then(|it| it.expires) else {
            return (false, false);
        };
        let watched = belief.and_then(|it| it.watched.get(&code)).copied();
        let surely =
            span.from.now >= expires || watched.is_some_and(|ends| span.from.since_boot >= ends);
        let perhaps = surely
            || span.to.now >= expires
            || watched.is_some_and(|ends| span.to.since_boot >= ends);
        (surely, perhaps)
    }

    /// Whether the clock may be too far behind to judge a timed code.
    pub fn may_be_behind(&self, computer: usize, code: CodeNumber, span: Span) -> bool {
        let Some(facts) = self.codes.get(&code) else {
            return false;
        };
        let last = self.of(computer, facts.wallet).map_or(0, |here| here.last);
        facts.expires.is_some() && span.from.now < last - TOLERANCE
    }

    /// Whether a code opens its wallet on a computer, whose keychain and disk answer.
    pub fn opens(
        &self,
        computer: usize,
        code: CodeNumber,
        span: Span,
        belief: Option<&Belief>,
    ) -> Opens {
        let Some(facts) = self.codes.get(&code) else {
            return Opens::Never;
        };
        let Some(here) = self.of(computer, facts.wallet) else {
            return Opens::Never;
        };
        let status = here.status(code);
        let (surely_in, perhaps_in) = here.slot(code);
        let (surely_over, perhaps_over) = self.over(code, span, belief);
        if here.dead.contains(&code) || status & WORKS == 0 || !perhaps_in || surely_over {
            return Opens::Never;
        }
        let sure = status & !WORKS == 0
            && surely_in
            && !perhaps_over
            && !here.damaged
            && !here.several
            && !self.may_be_behind(computer, code, span);
        match sure {
            true => Opens::Must,
            false => Opens::May,
        }
    }

    /// Timed codes whose time is over by the clock may have been erased by now.
    pub fn may_have_expired(&mut self, computer: usize, wallet: WalletId, now: i64) {
        let over: Vec<_> = self
            .codes
            .iter()
            .filter(|(_, code)| code.wallet == wallet)
            .filter(|(_, code)| code.expires.is_some_and(|it| now >= it))
            .map(|(number, _)| *number)
            .collect();
        let here = self.of_mut(computer, wallet);
        for code in over {
            if here.status(code) & WORKS != 0 {
                here.may(code, crate::truth::EXPIRED);
                here.slots_may_go();
            }
        }
    }

    /// Confirming a code ends every other one, also one that the keychain forgot.
    pub fn kits_of_others_may_go(&mut self, wallet: WalletId, but: CodeNumber) {
        for (number, code) in &mut self.codes {
            if let Some(kit) = &mut code.kit
                && code.wallet == wallet
                && *number != but
            {
                kit.must = false;
            }
        }
    }

    /// Kits of codes that may be dead may be gone.
    pub fn kits_may_go(&mut self, wallet: WalletId) {
        for (number, code) in &mut self.codes {
            if code.wallet != wallet {
                continue;
            }
            let here = self.here.get(&(code.computer, wallet));
            let lives = here.is_some_and(|here| {
                here.status(*number) & ENDED == 0 && !here.dead.contains(number)
            });
            if let (false, Some(kit)) = (lives, &mut code.kit) {
                kit.must = false;
            }
        }
    }
}
