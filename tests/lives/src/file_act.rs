//! Acts on the files of wallets.

use usecases::delete::DeleteError;
use usecases::elsewhere::Taken;
use wallet::WalletId;

use crate::belief::Belief;
use crate::task::{Outcome, PasswordNumber, Task};

/// An act on the files of wallets, and what the app said of it.
#[derive(Clone, Copy, Debug)]
pub enum FileAct {
    /// This wallet's earlier version became that one, if it did, with this password.
    Beside(WalletId, Option<(WalletId, PasswordNumber)>),
    /// A file from elsewhere was taken, or not.
    Take(Option<Taken>),
    /// This wallet was deleted, or not, or nobody knows.
    Delete(WalletId, Option<bool>),
}

/// What disturbed an act.
#[derive(Clone, Copy, Debug)]
pub struct Disturbed {
    /// The power was lost.
    pub power: bool,
    /// The drive failed.
    pub disk: bool,
    /// It was as if sectors were bad.
    pub unreadable: bool,
    /// Another program acted meanwhile.
    pub raced: bool,
    /// Something was changed below the open wallet before.
    pub below: bool,
}

impl FileAct {
    /// Whether a task is one, so that the files are to be compared.
    pub fn is(task: &Task) -> bool {
        matches!(
            task,
            Task::LookElsewhere(_)
                | Task::Take
                | Task::Earlier
                | Task::RestoreBeside { .. }
                | Task::Remains
                | Task::Delete
        )
    }

    /// What came of a task of a program that was told this; `None` if it is of no interest.
    pub fn of(task: &Task, outcome: Option<&Outcome>, belief: &Belief) -> Option<Self> {
        let open = belief.open.as_ref().map(|open| open.wallet);
        match (task, outcome) {
            (_, Some(Outcome::Idle)) => None,
            (Task::RestoreBeside { password, .. }, Some(Outcome::RestoreBeside(_, done))) => {
                let made = done.as_ref().ok().map(|made| (*made, *password));
                Some(Self::Beside(open?, made))
            }
            (Task::RestoreBeside { .. }, _) => Some(Self::Beside(open?, None)),
            (Task::Take, Some(Outcome::Take(Ok(taken)))) => Some(Self::Take(Some(*taken))),
            (Task::Take, _) => Some(Self::Take(None)),
            (Task::Delete, Some(Outcome::Delete(done))) => {
                let gone = match done {
                    Ok(_) | Err(DeleteError::NotConfirmed { .. }) => true,
                    Err(DeleteError::NotRemoved { .. }) => false,
                    Err(DeleteError::Identity(_) | DeleteError::ReadOnly(_)) => return None,
                };
                Some(Self::Delete(open?, Some(gone)))
            }
            (Task::Delete, _) => Some(Self::Delete(open?, None)),
            _ => None,
        }
    }
}
