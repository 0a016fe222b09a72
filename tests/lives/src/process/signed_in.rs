//! What a program does with an open wallet.

use std::path::PathBuf;
use std::sync::Arc;

use code::{SetSize, ShareIndex, Shares};
use rand::rngs::StdRng;
use usecases::confirm::{self, Proof};
use usecases::drafts;
use usecases::expire;
use usecases::issue::{self, Terms};
use usecases::items::{self, Saving};
use usecases::judge::Tried;
use usecases::password_change;
use usecases::ports::Clock as _;
use usecases::session::Session;
use usecases::state::code_state;
use usecases::two_step::{self, Setup};
use usecases::{check, email, identity, kits, pages, remake, revoke};
use wallet::{Body, ItemId, KdfParams, SecretText};

use super::Process;
use crate::computer::STICK;
use crate::task::{Outcome, Screen, Shows, Symbols, Task, told};
use crate::typed::{self, read_code, read_share};

fn screen(session: &Session) -> Option<Screen> {
    let shown = session.shown()?;
    Some(Screen {
        identifier: shown.identifier,
        sheets: Vec::new(),
        needed: shown.set.map_or(0, SetSize::needed),
        expires: shown.expires.map(|it| it.0),
        issued: shown.issued.0,
        kit: shown.kit,
        remade: shown.remade,
    })
}

impl Process {
    /// Does what takes an open wallet.
    pub(super) fn change(
        &mut self,
        session: &mut Session,
        task: &Task,
        rng: &mut StdRng,
    ) -> Outcome {
        let now = self.port.since_boot();
        match task {
            Task::SaveNote { note, version } => {
                let title = format!("note {note}");
                let known = item_id(session, &title);
                let (id, saving) = match known {
                    Some(id) => (id, Saving::Changed),
                    None => (new_id(*note), Saving::Added),
                };
                let body = body(*note, *version);
                let held = known.and_then(|id| session.item(id).ok());
                if held.is_some_and(|item| item.present.body.is_same(&body)) {
                    return Outcome::Idle;
                }
                let world = &mut world!(self, rng);
                Outcome::SaveNote(items::save(world, session, id, saving, body))
            }
            Task::DeleteNote(note) => match item_id(session, &format!("note {note}")) {
                Some(id) => Outcome::DeleteNote(items::delete(&mut world!(self, rng), session, id)),
                None => Outcome::Idle,
            },
            Task::BinNote(note) => match item_id(session, &format!("note {note}")) {
                Some(id) => Outcome::BinNote(items::bin(&mut world!(self, rng), session, id)),
                None => Outcome::Idle,
            },
            Task::UnbinNote(note) => match item_id(session, &format!("note {note}")) {
                Some(id) => Outcome::UnbinNote(items::unbin(&mut world!(self, rng), session, id)),
                None => Outcome::Idle,
            },
            Task::RestoreNote { note, back } => {
                let known = item_id(session, &format!("note {note}"));
                let known = known.and_then(|id| {
                    let earlier = &session.item(id).ok()?.earlier;
                    let version = earlier.get(back % earlier.len().max(1))?;
                    Some((id, version.number))
                });
                match known {
                    Some((id, version)) => {
                        let world = &mut world!(self, rng);
                        Outcome::RestoreNote(items::restore(world, session, id, version))
                    }
                    None => Outcome::Idle,
                }
            }
            Task::Identity {
                password,
                digits,
                full,
            } => {
                let password = typed::password(*password);
                let world = &mut world!(self, rng);
                Outcome::Identity(match full {
                    true => {
                        identity::confirm(world, &self.waits, session, &password, digits.as_deref())
                    }
                    false => identity::confirm_password(world, &self.waits, session, &password),
                })
            }
            Task::Issue {
                life,
                set,
                kit,
                pages,
                sooner_is_fine,
            } => {
                let terms = Terms {
                    life: *life,
                    set: set.and_then(|(needed, sheets)| SetSize::new(needed, sheets)),
                    kit: kit.then(|| PathBuf::from(STICK)),
                    pages: *pages,
                };
                let issued = issue::issue(&mut world!(self, rng), session, &terms, *sooner_is_fine);
                if issued.is_ok() {
                    let wallet = session.wallet();
                    if let Ok(found) = expire::watch(&world!(self, rng), wallet) {
                        self.watch(found);
                    }
                }
                Outcome::Issue(issued.map(|()| copied(session, now)))
            }
            Task::CopyDown => match session.shown() {
                None => Outcome::Idle,
                Some(shown) => {
                    let legible = shown.legible(now).map(drop);
                    Outcome::CopyDown(legible.map(|()| copied(session, now)))
                }
            },
            Task::Keep(shows) => self.keep(session, shows, rng),
            Task::Discard => {
                let remade = session.shown().is_some_and(|shown| shown.remade);
                Outcome::Discard(remade, confirm::discard(&mut world!(self, rng), session))
            }
            Task::Revoke(_, identifier) => {
                Outcome::Revoke(revoke::revoke(&mut world!(self, rng), session, *identifier))
            }
            Task::Check(_, text) => match read_code(text) {
                Some(code) => Outcome::Check(check::check(
                    &mut world!(self, rng),
                    &self.waits,
                    session,
                    &code,
                    Tried::Counts,
                )),
                None => Outcome::Idle,
            },
            Task::CheckName(_, identifier, threshold) => Outcome::CheckName(check::name(
                &world!(self, rng),
                session,
                *identifier,
                *threshold,
            )),
            Task::Look => {
                let state = code_state(&world!(self, rng), session);
                Outcome::Look(Box::new(state), session.kits())
            }
            Task::ChangePassword {
                current,
                digits,
                next,
            } => Outcome::ChangePassword(password_change::change(
                &mut world!(self, rng),
                &self.waits,
                session,
                (&typed::password(*current), digits.as_deref()),
                &typed::password(*next),
                KdfParams::FLOOR,
            )),
            Task::ChangeEmail(email) => match typed::email(*email) {
                Some(email) => {
                    Outcome::ChangeEmail(email::change(&mut world!(self, rng), session, email))
                }
                None => Outcome::Idle,
            },
            Task::TwoStepBegin => {
                let begun = Setup::begin(&mut world!(self, rng), session);
                Outcome::TwoStepBegin(begun.map(|setup| {
                    let key = Arc::from(setup.key().as_str());
                    self.setup = Some(setup);
                    key
                }))
            }
            Task::TwoStepConfirm(digits) => match self.setup.take() {
                Some(setup) => {
                    let world = &mut world!(self, rng);
                    let done = two_step::confirm(world, &self.waits, session, &setup, digits);
                    if done.is_err() {
                        self.setup = Some(setup);
                    }
                    Outcome::TwoStepConfirm(done)
                }
                None => Outcome::Idle,
            },
            Task::TwoStepOff => {
                Outcome::TwoStepOff(two_step::turn_off(&mut world!(self, rng), session))
            }
            Task::TwoStepLater => {
                Outcome::TwoStepLater(two_step::postpone(&mut world!(self, rng), session))
            }
            Task::Pages => Outcome::Pages(self.pages(session, rng)),
            Task::Remake { shares, letter, .. } => {
                let mut at_hand = Shares::default();
                for share in shares.iter().filter_map(|text| read_share(text)) {
                    let _ = at_hand.add(share);
                }
                let letters: Vec<ShareIndex> = ShareIndex::in_order()
                    .skip(usize::from(*letter))
                    .take(1)
                    .collect();
                let world = &mut world!(self, rng);
                let tried = Tried::Counts;
                let made = remake::remake(world, &self.waits, session, &at_hand, tried, &letters);
                Outcome::Remake(made.map(|()| copied(session, now)))
            }
            Task::MoveKit(_, identifier, to) => Outcome::MoveKit(kits::moved(
                &mut world!(self, rng),
                session,
                *identifier,
                to,
            )),
            Task::ForgetKit(_, identifier) => {
                Outcome::ForgetKit(kits::forget(&mut world!(self, rng), session, *identifier))
            }
            Task::Draft { note, text } => {
                let known = item_id(session, &format!("note {note}"));
                let over = known.and_then(|id| Some(session.item(id).ok()?.present.number));
                let id = known.unwrap_or_else(|| new_id(*note));
                let body = body(*note, *text);
                let world = &mut world!(self, rng);
                Outcome::Draft(drafts::keep(world, session, id, over, body))
            }
            Task::Drafts => {
                let listed = drafts::list(&world!(self, rng), session);
                Outcome::Drafts(listed.map(|it| it.iter().filter_map(told).collect()))
            }
            Task::DiscardDraft(note) => {
                let known = item_id(session, &format!("note {note}"));
                let id = known.unwrap_or_else(|| new_id(*note));
                Outcome::DiscardDraft(drafts::forget(&mut world!(self, rng), session, &[id]))
            }
            Task::CopyAway | Task::Earlier | Task::RestoreBeside { .. } | Task::Remains => {
                self.own_file(session, task, rng)
            }
            Task::Create { .. }
            | Task::SignIn { .. }
            | Task::Digits(_)
            | Task::Lock
            | Task::LockAllButShown
            | Task::Uncover { .. }
            | Task::Tick
            | Task::Accept { .. }
            | Task::Commit { .. }
            | Task::OpenKit { .. }
            | Task::OpenPages { .. }
            | Task::Restore { .. }
            | Task::PutOlder { .. }
            | Task::Mend(_)
            | Task::List
            | Task::LookElsewhere(_)
            | Task::Take
            | Task::Delete => Outcome::Idle,
        }
    }

    fn pages(
        &mut self,
        session: &mut Session,
        rng: &mut StdRng,
    ) -> Result<(code::Identifier, Arc<Symbols>), pages::PagesError> {
        let made = pages::make(&world!(self, rng), session)?;
        pages::remember(&mut world!(self, rng), session, &made)?;
        Ok((made.identifier, Arc::new(made.pages.pages().to_vec())))
    }

    fn keep(&mut self, session: &mut Session, shows: &Shows, rng: &mut StdRng) -> Outcome {
        let world = &mut world!(self, rng);
        match shows {
            Shows::Group { sheet, right } => {
                let typed = match right {
                    true => asked(session, *sheet),
                    false => Some("22222".to_owned()),
                };
                let Some(typed) = typed else {
                    return Outcome::Idle;
                };
                let proof = Proof::Group {
                    sheet: *sheet,
                    typed: &typed,
                };
                Outcome::Keep(confirm::keep(world, session, &proof))
            }
            Shows::Share(text) => match read_share(text) {
                Some(share) => Outcome::Keep(confirm::keep(world, session, &Proof::Share(&share))),
                None => Outcome::Idle,
            },
            Shows::Whole(text) => match read_code(text) {
                Some(code) => Outcome::Keep(confirm::keep(world, session, &Proof::Whole(&code))),
                None => Outcome::Idle,
            },
        }
    }
}

/// The group of a sheet on the screen that is asked back, from the paper of somebody who copied
/// it while it could be read.
fn asked(session: &Session, sheet: usize) -> Option<String> {
    let shown = session.shown()?;
    let group = shown.sheets().get(sheet)?.ask_group();
    let legible = shown.legible(std::time::Duration::ZERO).ok()?;
    let legible = legible.sheet(sheet).ok()?;
    legible.groups().get(group - 1).map(|it| (*it).to_owned())
}

/// The screen with what is legible on it.
fn copied(session: &Session, now: std::time::Duration) -> Option<Screen> {
    let mut copied = screen(session)?;
    if let Some(shown) = session.shown()
        && let Ok(legible) = shown.legible(now)
    {
        copied.sheets = (0..shown.sheets().len())
            .filter_map(|at| Some(Arc::from(legible.sheet(at).ok()?.expose())))
            .collect();
    }
    Some(copied)
}

fn body(note: u32, text: u32) -> Body {
    let title = SecretText::new(format!("note {note}"));
    Body::note(title, SecretText::new(format!("version {text}")))
}

/// The id of a note that the wallet does not have.
fn new_id(note: u32) -> ItemId {
    ItemId::from_bytes(u128::from(note).to_be_bytes())
}

fn item_id(session: &Session, title: &str) -> Option<ItemId> {
    let mut items = session.items().iter();
    items
        .find(|item| item.present.body.title.expose() == title)
        .map(|item| item.id)
}
