//! What came of an act, in words for whoever reads a life.

use crate::task::{Listed, Outcome};

fn result<T: std::fmt::Debug, E: std::fmt::Debug>(done: &Result<T, E>) -> String {
    match done {
        Ok(done) => format!("done: {done:?}"),
        Err(error) => format!("not done: {error:?}"),
    }
}

/// What the start page shows.
fn listed(
    Listed {
        wallets,
        interrupted,
    }: &Listed,
) -> String {
    let known = wallets.known.iter().map(|it| format!("{} ", it.wallet));
    let lost = wallets
        .lost
        .iter()
        .map(|it| format!("{} lost: {:?} ", it.wallet, it.why));
    let beside = wallets
        .beside
        .iter()
        .map(|it| format!("{:?}: {:?} ", it.path, it.compared));
    let unreadable = wallets
        .unreadable
        .iter()
        .map(|it| format!("{it} unreadable "));
    let interrupted = interrupted
        .iter()
        .map(|(wallet, found)| format!("{wallet} interrupted: {found:?} "));
    let files = known.chain(lost).chain(beside).chain(unreadable);
    files.chain(interrupted).collect()
}

/// An outcome in one line.
pub fn outcome(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Idle => "nothing can be done".to_owned(),
        Outcome::Done => "done".to_owned(),
        Outcome::Create(done) => result(done),
        Outcome::SignIn(done) => result(done),
        Outcome::Digits(done) | Outcome::Uncover(done) => result(done),
        Outcome::SaveNote(done)
        | Outcome::DeleteNote(done)
        | Outcome::BinNote(done)
        | Outcome::UnbinNote(done)
        | Outcome::RestoreNote(done) => result(done),
        Outcome::Identity(done) => result(done),
        Outcome::Issue(done) => result(done),
        Outcome::CopyDown(done) => result(done),
        Outcome::Keep(done) => result(done),
        Outcome::Discard(_, done) => result(done),
        Outcome::Revoke(done) => result(done),
        Outcome::Check(done) => result(done),
        Outcome::CheckName(done) => result(done),
        Outcome::Look(state, kits) => format!("{state:?}, {kits:?}"),
        Outcome::Accept(done) => result(done),
        Outcome::Commit(done) => result(done),
        Outcome::ChangePassword(done) => result(done),
        Outcome::ChangeEmail(done) => result(done),
        Outcome::TwoStepBegin(done) => result(done),
        Outcome::TwoStepConfirm(done) | Outcome::TwoStepOff(done) | Outcome::TwoStepLater(done) => {
            result(done)
        }
        Outcome::Pages(done) => result(&done.as_ref().map(|(name, pages)| (name, pages.len()))),
        Outcome::Remake(done) => result(done),
        Outcome::MoveKit(done) => result(done),
        Outcome::ForgetKit(done) => result(done),
        Outcome::OpenCopy(done) => result(done),
        Outcome::Restore(done) => result(done),
        Outcome::PutOlder(done) => result(done),
        Outcome::Mend(done) => result(done),
        Outcome::List(Ok(found)) => listed(found),
        Outcome::List(Err(error)) => format!("not done: {error:?}"),
        Outcome::CopyAway(done) => result(&done.as_ref().map(|bytes| bytes.fingerprint())),
        Outcome::LookElsewhere(done) => result(done),
        Outcome::Take(done) => result(done),
        Outcome::Earlier(done) => result(done),
        Outcome::RestoreBeside(version, done) => format!("{version}: {}", result(done)),
        Outcome::Remains(done) => result(done),
        Outcome::Delete(done) => result(done),
        Outcome::Draft(done) | Outcome::DiscardDraft(done) => result(done),
        Outcome::Drafts(done) => result(done),
    }
}
