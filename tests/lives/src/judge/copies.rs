//! Judges kits and pages.

use std::sync::Arc;

use super::{Judge, lost};
use crate::oracle::Verdict;
use crate::process::Process;
use crate::task::Task;
use crate::truth::{NEVER, PagesFacts, WORKS};

impl Judge<'_> {
    /// Takes what the app says about its kits.
    pub(super) fn kits(&mut self, task: &Task, ended: bool) -> Verdict {
        let Some(open) = &self.belief.open else {
            return Ok(());
        };
        let (wallet, mine) = (open.wallet, Arc::clone(&open.mine));
        let computer = self.computer;
        if ended {
            let files = self
                .oracle
                .of(computer, wallet)
                .map(|here| here.file.clone())
                .unwrap_or_default();
            for code in self.oracle.codes.values_mut() {
                if let Some(kit) = code.kit.as_mut().filter(|_| code.wallet == wallet) {
                    let all = files.iter().chain([&mine]);
                    kit.may
                        .extend(all.map(|it| (it.version, Arc::clone(&it.notes))));
                }
            }
            return Ok(());
        }
        let Some(session) = self.process.and_then(Process::session) else {
            return Ok(());
        };
        let refreshed = task.changes()
            || matches!(
                task,
                Task::SignIn { .. }
                    | Task::Digits(_)
                    | Task::Uncover { .. }
                    | Task::Commit { .. }
                    | Task::Restore { .. }
            );
        if !refreshed || open.read_only {
            return Ok(());
        }
        for state in session.kits() {
            let Some(number) = self.oracle.named(wallet, state.identifier) else {
                continue;
            };
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
            let current = (mine.version, Arc::clone(&mine.notes));
            match state.problem {
                None if state.live => {
                    if let [(version, _)] = kit.may[..]
                        && self.overwritten.contains(&number)
                        && !versions.contains(&version)
                        && version != mine.version
                        && !mine.past.contains(&version)
                    {
                        return lost("a kit that is ahead was overwritten by an older file");
                    }
                    kit.may = vec![current];
                }
                _ => kit.may.push(current),
            }
        }
        Ok(())
    }

    pub(super) fn paged(&mut self, name: code::Identifier, symbols: &Arc<Vec<Vec<String>>>) {
        let Some(open) = &self.belief.open else {
            return;
        };
        if let Some(code) = self.oracle.named(open.wallet, name) {
            let notes = Arc::clone(&open.mine.notes);
            self.oracle.pages.push(PagesFacts {
                code,
                symbols: Arc::clone(symbols),
                notes,
            });
        }
    }
}
