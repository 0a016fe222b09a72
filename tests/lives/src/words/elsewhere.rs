//! What is said about wallet files that are kept elsewhere.

use usecases::elsewhere::{CopyError, LookError, TakeError, Taken};
use wallet::names::{self, Name};
use wallet::store::{self, LoadError};
use wallet::{FormatError, Sealed, WalletId};

use super::{holds, identity_needed, in_place_of, load, never, not_listed, not_replaced, own_lock};
use crate::around::{Around, Files};
use crate::belief::FoundFile;
use crate::oracle::{Broken, Verdict};
use crate::task::FoundAs;
use crate::truth::FileTruth;

/// What was in the place of a wallet before an act.
pub struct Place {
    /// The fingerprint of its own file.
    own: Option<u64>,
    /// Whether that can be read as the wallet's, or is one of a newer version.
    stands: bool,
    /// Whether there are copies that the app made of it.
    kept: bool,
}

impl Place {
    /// Looks at the place of a wallet.
    pub fn of(files: &Files, wallet: WalletId) -> Self {
        let own = store::path("".as_ref(), wallet);
        let own = own.to_str().and_then(|own| files.get(own));
        let mut names = files.keys().filter_map(|name| names::name(name.as_ref()));
        Self {
            own: own.map(|bytes| bytes.fingerprint()),
            stands: own.is_some_and(|bytes| match Sealed::parse(bytes.to_vec()) {
                Ok(sealed) => sealed.header().wallet_id == wallet,
                Err(error) => matches!(error, FormatError::NewerVersion { .. }),
            }),
            kept: names
                .any(|name| name == Name::Generation(wallet) || name == Name::Refused(wallet)),
        }
    }

    /// Whether nothing of the wallet was there.
    pub fn is_free(&self) -> bool {
        self.own.is_none() && !self.kept
    }

    /// Whether the file of this fingerprint was there.
    pub fn is(&self, print: u64) -> bool {
        self.own == Some(print)
    }
}

/// `Task::CopyAway`.
pub fn copy_away(it: &Around<'_>, error: &CopyError) -> Verdict {
    let Some(open) = it.open() else {
        return never("a copy without an open wallet");
    };
    match error {
        CopyError::Identity(_) => identity_needed(it, true),
        CopyError::Load(error) => load(it, Some(open.wallet), error),
        CopyError::Open(_) => {
            // A new password may not have reached the file.
            let other = it.of(open.wallet).is_some_and(|here| {
                let mut may = here.file.iter();
                here.damaged || may.any(|file| file.password != open.mine.password)
            });
            holds(other || it.below, "the wallet's file does not open")
        }
    }
}

/// `Task::LookElsewhere`, which found a file.
pub fn found(
    it: &Around<'_>,
    place: &Place,
    (wallet, truth): (WalletId, &FileTruth),
    said: &FoundAs,
) -> Verdict {
    holds(said.wallet == wallet, "the wallet of the file")?;
    holds(said.email == truth.email, "the e-mail of the file")?;
    // Codes that were never shown may have slots as well.
    holds(said.codes >= truth.slots.len(), "the codes of the file")?;
    holds(
        !place.stands || it.disk || it.raced,
        "this computer does not have the wallet",
    )
}

/// `Task::LookElsewhere`, which found none.
pub fn look_elsewhere(it: &Around<'_>, place: &Place, error: &LookError) -> Verdict {
    match error {
        LookError::Load(error) => match error {
            LoadError::Missing | LoadError::Format(_) => never("the file is no wallet"),
            LoadError::Io(_) => holds(it.disk, "the file cannot be read"),
        },
        LookError::Folder(error) => not_listed(it, error),
        LookError::Here => is_here(it, place),
    }
}

/// This computer has that wallet.
fn is_here(it: &Around<'_>, place: &Place) -> Verdict {
    holds(
        place.stands || it.raced || (it.disk && place.own.is_some()),
        "this computer has that wallet",
    )
}

/// `Task::Take`, which took the file.
pub fn taken(it: &Around<'_>, place: &Place, found: &FoundFile, taken: Taken) -> Verdict {
    let (Taken::Opened(wallet) | Taken::Offered(wallet)) = taken;
    holds(wallet == found.wallet, "the wallet that was taken")?;
    if it.raced {
        // What stood there when it was taken is not known.
        return Ok(());
    }
    let lost = |what: &str| Err(Broken::Lost(what.to_owned()));
    match taken {
        Taken::Opened(_) if place.is(found.print) => Ok(()),
        Taken::Opened(_) if place.own.is_some() => lost("a file from elsewhere replaced another"),
        Taken::Opened(_) if place.kept => lost("a file from elsewhere took the place of copies"),
        Taken::Opened(_) => Ok(()),
        Taken::Offered(_) => holds(
            !place.is_free() && (!place.stands || it.disk),
            "the wallet's own file is damaged or missing",
        ),
    }
}

/// `Task::Take`, which took nothing, or not surely.
pub fn take(it: &Around<'_>, place: &Place, error: &TakeError) -> Verdict {
    match error {
        TakeError::Here => is_here(it, place),
        TakeError::Folder(error) => not_listed(it, error),
        TakeError::Lock(error) => own_lock(it, error),
        TakeError::NotSaved(error) => not_replaced(it, error),
        TakeError::InPlace(error) => in_place_of(it, error),
    }
}
