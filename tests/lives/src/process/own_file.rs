//! What a program does with the files of wallets: copies, earlier versions, and their end.

use rand::rngs::StdRng;
use usecases::delete::{self, DeleteError};
use usecases::earlier;
use usecases::elsewhere;
use usecases::session::Session;
use wallet::KdfParams;

use super::{Process, Stage};
use crate::task::{FoundAs, Outcome, Source, Task};
use crate::typed::{self, email_number};

impl Process {
    pub(super) fn look_elsewhere(&mut self, source: Source, rng: &mut StdRng) -> Outcome {
        let found = elsewhere::look(&world!(self, rng), &source.path());
        Outcome::LookElsewhere(found.map(|found| {
            let said = FoundAs {
                wallet: found.wallet(),
                email: email_number(found.email()),
                codes: found.codes(),
            };
            self.found = Some(found);
            said
        }))
    }

    pub(super) fn take(&mut self, rng: &mut StdRng) -> Outcome {
        let Some(found) = self.found.take() else {
            return Outcome::Idle;
        };
        let taken = elsewhere::take(&world!(self, rng), &found);
        match &taken {
            Ok(elsewhere::Taken::Opened(wallet)) => {
                self.unopened.remove(wallet);
            }
            Ok(elsewhere::Taken::Offered(_)) => {}
            Err(_) => self.found = Some(found),
        }
        Outcome::Take(taken)
    }

    /// Whatever is open is locked once its wallet is gone.
    pub(super) fn delete(&mut self, rng: &mut StdRng) -> Outcome {
        match std::mem::take(&mut self.stage) {
            Stage::SignedIn(mut session) => {
                let deleted = delete::delete(&mut world!(self, rng), &mut session);
                match &deleted {
                    Ok(_) | Err(DeleteError::NotConfirmed { .. }) => {
                        drop(session);
                        drop(self.lock());
                    }
                    Err(
                        DeleteError::Identity(_)
                        | DeleteError::ReadOnly(_)
                        | DeleteError::NotRemoved { .. },
                    ) => self.stage = Stage::SignedIn(session),
                }
                Outcome::Delete(deleted)
            }
            other => self.back(other),
        }
    }

    /// Does what is done with the file of an open wallet.
    pub(super) fn own_file(
        &mut self,
        session: &mut Session,
        task: &Task,
        rng: &mut StdRng,
    ) -> Outcome {
        match task {
            Task::CopyAway => {
                let copy = elsewhere::copy(&world!(self, rng), session);
                Outcome::CopyAway(copy.map(Into::into))
            }
            Task::Earlier => {
                let listed = earlier::list(&world!(self, rng), session);
                if let Ok(versions) = &listed {
                    let names = versions.iter().map(|it| it.version.clone());
                    self.earlier = names.collect();
                }
                Outcome::Earlier(listed)
            }
            Task::RestoreBeside {
                which,
                password,
                digits,
            } => {
                let known = self.earlier.len().max(1);
                let Some(version) = self.earlier.get(which % known).cloned() else {
                    return Outcome::Idle;
                };
                let proof = (&typed::password(*password), digits.as_deref());
                let done = earlier::restore_beside(
                    &mut world!(self, rng),
                    &self.waits,
                    session,
                    proof,
                    &version,
                    KdfParams::FLOOR,
                );
                Outcome::RestoreBeside(version, done)
            }
            Task::Remains => Outcome::Remains(delete::remains(&world!(self, rng), session)),
            _ => Outcome::Idle,
        }
    }
}
