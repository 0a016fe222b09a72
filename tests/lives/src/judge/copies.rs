//! Judges kits and pages.

use std::sync::Arc;

use super::{Judge, lost};
use crate::oracle::Verdict;
use crate::process::Process;
use crate::task::{Outcome, Task};
use crate::truth::{NEVER, PagesFacts, WORKS};
use crate::words;

impl Judge<'_> {
    /// Takes what the app says about its kits.
    pub(super) fn kits(&mut self, task: &Task, outcome: Option<&Outcome>) -> Verdict {
        let Some(open) = &self.belief.open else {
            return Ok(());
        };
        let (wallet, mine) = (open.wallet, Arc::clone(&open.mine));
        let computer = self.computer;
        let Some(outcome) = outcome else {
            let files = self
                .oracle
                .of(computer, wallet)
                .map(|here| here.file.clone())
                .unwrap_or_default();
            for code in self.oracle.codes.values_mut() {
                if let Some(kit) = code.kit.as_mut().filter(|_| code.wallet == wallet) {
                    for file in files.iter().chain([&mine]) {
                        kit.may_hold(file, self.span.dates());
                    }
                }
            }
            return Ok(());
        };
        let Some(session) = self.process.and_then(Process::session) else {
            return Ok(());
        };
        let refreshed = task.changes()
            || matches!(
                outcome,
                Outcome::SignIn(Ok(false))
                    | Outcome::Digits(Ok(()))
                    | Outcome::Uncover(Ok(()))
                    | Outcome::Commit(Ok(()))
                    | Outcome::Restore(Ok(_))
            );
        if !refreshed || open.read_only {
            return Ok(());
        }
        for state in session.kits() {
            let Some(number) = self.oracle.named(wallet, state.identifier) else {
                continue;
            };
            words::kit(&self.around(), number, &state)?;
            let files = self.oracle.of(computer, wallet).map(|here| &here.file);
            let versions: Vec<_> = files.into_iter().flatten().map(|it| it.version).collect();
            let here = self.oracle.of(computer, wallet);
            // A keychain that forgot a code did not end it: its kit opens.
            let dead = here.is_none_or(|here| {
                here.dead.contains(&number) || here.status(number) & (WORKS | NEVER) == 0
            });
            let forgotten = here.is_some_and(|here| here.forgotten.contains(&number));
            let Some(code) = self.oracle.codes.get_mut(&number) else {
                continue;
            };
            let Some(kit) = &mut code.kit else {
                continue;
            };
            if dead && !forgotten {
                continue;
            }
            match state.problem {
                None if state.live => {
                    // One that is damaged may name no state that it could be ahead with.
                    if let [(version, _)] = kit.may[..]
                        && !kit.damaged
                        && self.overwritten.contains(&number)
                        && !versions.contains(&version)
                        && version != mine.version
                        && !mine.past.contains(&version)
                    {
                        return lost("a kit that is ahead was overwritten by an older file");
                    }
                    kit.holds(&mine, self.span.dates());
                }
                _ => kit.may_hold(&mine, self.span.dates()),
            }
        }
        Ok(())
    }

    pub(super) fn paged(&mut self, name: code::Identifier, symbols: &Arc<Vec<Vec<String>>>) {
        let Some(open) = &self.belief.open else {
            return;
        };
        if let Some(code) = self.oracle.named(open.wallet, name) {
            let held = open.mine.on_paper();
            self.oracle.pages.push(PagesFacts {
                code,
                symbols: Arc::clone(symbols),
                held,
            });
        }
    }
}
