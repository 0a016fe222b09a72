//! Judges what becomes of codes: shown, kept, replaced, made again, ended.

use std::sync::Arc;

use usecases::confirm::{ConfirmError, Kept};
use usecases::waits::Secret;
use wallet::WalletId;

use super::{Judge, Saved, let_in};
use crate::belief::{LEGIBLE, OnScreen};
use crate::computer::STICK;
use crate::oracle::{Broken, Span, Verdict};
use crate::task::{CodeNumber, Screen, Shows, Task};
use crate::truth::{
    CodeFacts, ENDED, EXPIRED, KEPT, KitFacts, LIVE, NEVER, RECOVERED, REPLACED, Status, USED,
    WORKS,
};
use crate::typed::combine;
use crate::words;

impl Judge<'_> {
    /// A code came on the screen.
    pub(super) fn shown(&mut self, screen: &Screen, kit: bool, pages: bool) {
        let Some(wallet) = self.wallet() else {
            return;
        };
        let Some(code) = combine(&screen.sheets) else {
            return;
        };
        let Span { from, to } = self.span;
        let number = CodeNumber::try_from(self.step).unwrap_or_default();
        let mine = self.belief.open.as_ref().map(|open| Arc::clone(&open.mine));
        let folder = std::path::Path::new(STICK).join(kit::folder_name(screen.identifier));
        let facts = CodeFacts {
            wallet,
            computer: self.computer,
            identifier: screen.identifier,
            text: code.expose().into(),
            sheets: screen.sheets.clone(),
            needed: screen.needed,
            expires: screen.expires,
            kit: self.stick_number.filter(|_| kit).map(|stick| KitFacts {
                stick,
                folder,
                may: mine.iter().map(|it| (it.version, it.held())).collect(),
                written: vec![self.span.dates()],
                must: true,
                damaged: false,
                moved: false,
                seen: 0,
            }),
        };
        self.oracle.codes.insert(number, facts);
        if let Some(open) = &mut self.belief.open {
            open.screen = Some(OnScreen {
                code: number,
                covered: (from.since_boot + LEGIBLE, to.since_boot + LEGIBLE),
                remade: false,
                sheets: screen.sheets.len(),
                pages,
                kept: Vec::new(),
            });
        }
    }

    /// A code was confirmed, perhaps.
    pub(super) fn confirmed(&mut self, wallet: WalletId, code: CodeNumber, surely: bool) {
        let computer = self.computer;
        let here = self.oracle.of_mut(computer, wallet);
        match surely {
            true => {
                here.is(code, KEPT);
                here.dead.remove(&code);
            }
            false => here.may(code, KEPT),
        }
        self.others_end(wallet, Some(code), WORKS, REPLACED, surely);
        self.oracle.kits_of_others_may_go(wallet, code);
        if let Some(open) = self.belief.open.as_mut().filter(|_| surely) {
            let mine = Arc::make_mut(&mut open.mine);
            let others: Vec<_> = mine
                .slots
                .iter()
                .copied()
                .filter(|it| *it != code)
                .collect();
            for other in others {
                mine.slots.remove(&other);
                mine.maybe.insert(other);
            }
        }
    }

    /// Every other code that may be live in one of these ways ends so, for sure or perhaps. One
    /// whose time was over by then may have expired before.
    pub(super) fn others_end(
        &mut self,
        wallet: WalletId,
        but: Option<CodeNumber>,
        which: Status,
        how: Status,
        surely: bool,
    ) {
        let here = self.oracle.of_mut(self.computer, wallet);
        for code in here.live() {
            let (_, over) = self.oracle.over(code, self.span, Some(self.belief));
            let end = if over { how | EXPIRED } else { how };
            let here = self.oracle.of_mut(self.computer, wallet);
            let status = here.status(code);
            if Some(code) == but || status & which == 0 {
                continue;
            }
            if surely && status & !which == 0 {
                here.is(code, end);
                here.died(code);
            } else {
                // One that lost its slot before its entry is dropped without a trace.
                here.may(code, end | NEVER);
            }
        }
        self.oracle.kits_may_go(wallet);
    }

    /// A redemption took place, surely or perhaps.
    pub(super) fn used(&mut self, wallet: WalletId, code: CodeNumber, surely: bool) {
        let settled = surely && !self.keychain;
        let here = self.oracle.of_mut(self.computer, wallet);
        // One that ended before, and opened a kit, has two ends.
        match settled && here.status(code) & ENDED == 0 {
            true => here.is(code, USED),
            false => here.may(code, USED),
        }
        if surely {
            here.died(code);
        }
        self.others_end(wallet, Some(code), WORKS, RECOVERED, settled);
        self.oracle.kits_of_others_may_go(wallet, code);
        if surely {
            let here = self.oracle.of_mut(self.computer, wallet);
            for other in here.live() {
                here.died(other);
            }
        }
        self.oracle.kits_may_go(wallet);
    }

    /// The code that a proof confirms.
    pub(super) fn kept_code(&self, shows: &Shows) -> Option<CodeNumber> {
        match shows {
            Shows::Whole(text) => {
                let mut codes = self.oracle.codes.iter();
                codes
                    .find(|(_, code)| code.text == *text)
                    .map(|(number, _)| *number)
            }
            Shows::Group { .. } | Shows::Share(_) => {
                let open = self.belief.open.as_ref()?;
                open.screen.as_ref().map(|screen| screen.code)
            }
        }
    }

    /// What is in memory has no slots of codes that are dead, or the next save removes them.
    pub(super) fn forget_dead_slots(&mut self) {
        let Some(open) = &mut self.belief.open else {
            return;
        };
        let Some(here) = self.oracle.here.get(&(self.computer, open.wallet)) else {
            return;
        };
        here.let_slots_go(&mut open.mine);
    }

    /// Whether the shown code is surely covered; `None` where the oracle knows of none.
    pub(super) fn legible_now(&self) -> Result<Option<bool>, Broken> {
        let screen = self.belief.open.as_ref().and_then(|it| it.screen.as_ref());
        Ok(screen.map(|screen| self.span.from.since_boot >= screen.covered.1))
    }

    pub(super) fn issued(
        &mut self,
        task: &Task,
        kit: bool,
        pages: bool,
        issued: &Result<Option<Screen>, usecases::issue::IssueError>,
    ) -> Verdict {
        let Some(wallet) = self.wallet() else {
            return Ok(());
        };
        let computer = self.computer;
        match issued {
            Ok(Some(screen)) => {
                self.needs_identity(true)?;
                self.others_end(wallet, None, LIVE, REPLACED, !self.keychain);
                self.shown(screen, kit, pages);
                let number = CodeNumber::try_from(self.step).unwrap_or_default();
                self.oracle.of_mut(computer, wallet).is(number, LIVE);
                self.change(Saved::Yes, |file| {
                    file.slots.insert(number);
                });
                // A second save takes out the slots of the codes that it replaces.
                self.saved_again();
                Ok(())
            }
            Ok(None) => Err(Broken::FalseWord(
                "a code was issued and not shown".to_owned(),
            )),
            Err(error) => {
                words::issue(&self.around(), task, error)?;
                let saved = match error {
                    usecases::issue::IssueError::Save(error) => Saved::of(error),
                    _ => Saved::No,
                };
                self.change(saved, |_| {});
                Ok(())
            }
        }
    }

    pub(super) fn keep(
        &mut self,
        task: &Task,
        shows: &Shows,
        kept: &Result<Kept, ConfirmError>,
    ) -> Verdict {
        let Some(wallet) = self.wallet() else {
            return Ok(());
        };
        if kept.is_ok() && matches!(shows, Shows::Group { right: false, .. }) {
            return let_in("a wrong group confirms a code");
        }
        match kept {
            Ok(Kept::Sheet { left }) => {
                let screen = self.belief.open.as_mut().and_then(|it| it.screen.as_mut());
                if screen.is_none_or(|screen| *left >= screen.sheets.max(1)) {
                    return Err(Broken::FalseWord("how many sheets are left".to_owned()));
                }
            }
            Ok(Kept::Code(name)) => {
                let screen = self.belief.open.as_ref().and_then(|it| it.screen.as_ref());
                let remade =
                    screen.is_some_and(|screen| screen.remade) && !matches!(shows, Shows::Whole(_));
                if let Some(code) = self.oracle.named(wallet, *name).filter(|_| !remade) {
                    let around = self.around();
                    if around.status(wallet, code) & WORKS == 0 {
                        return let_in("a dead code was confirmed");
                    }
                    self.confirmed(wallet, code, true);
                }
            }
            Err(error) => {
                words::confirm(&self.around(), task, error)?;
                if matches!(error, ConfirmError::Record(_))
                    && let Some(code) = self.kept_code(shows)
                {
                    self.confirmed(wallet, code, false);
                }
            }
        }
        self.change_nothing();
        Ok(())
    }

    pub(super) fn unknown(&mut self, word: &usecases::judge::Refusal) {
        use usecases::judge::{Refusal, Refused};
        if let Refusal::Code(Refused::Unknown { .. }) = word {
            let wallets = self.wallets_here();
            for wallet in wallets {
                self.oracle.of_mut(self.computer, wallet).failures[1] = true;
                self.tried(Some(wallet), Secret::Code);
            }
            self.tried(None, Secret::Code);
        }
    }

    pub(super) fn remade(
        &mut self,
        code: CodeNumber,
        sheets: usize,
        made: &Result<Option<Screen>, usecases::remake::RemakeError>,
    ) -> Verdict {
        let needed = self.oracle.codes.get(&code).map_or(0, |it| it.needed);
        match made {
            Ok(_) => {
                self.needs_identity(true)?;
                let wallet = self.oracle.codes.get(&code).map(|it| it.wallet);
                if !wallet.is_some_and(|it| self.around().may_work(it, code)) {
                    return let_in("sheets of a dead set are made");
                }
                if sheets < usize::from(needed) {
                    return let_in("too few sheets give the others");
                }
                let Span { from, to } = self.span;
                if let Some(open) = &mut self.belief.open {
                    open.screen = Some(OnScreen {
                        code,
                        covered: (from.since_boot + LEGIBLE, to.since_boot + LEGIBLE),
                        remade: true,
                        sheets: 1,
                        pages: false,
                        kept: Vec::new(),
                    });
                }
            }
            Err(error) => {
                let enough = sheets >= usize::from(needed);
                words::remake(&self.around(), code, enough, error)?;
                if let usecases::remake::RemakeError::Refused(word) = error {
                    self.unknown(word);
                }
            }
        }
        self.change_nothing();
        Ok(())
    }
}
