//! What the start page says about the folder of the wallets.

use std::path::Path;

use usecases::copies::{Lost, Why};
use usecases::find::{Beside, Compared, Known, Wallets};
use usecases::interrupted::Interrupted;
use wallet::WalletId;
use wallet::names::{self, Name};
use wallet::store::{self, FolderError};

use super::{holds, never};
use crate::around::{Around, Folder};
use crate::oracle::{Broken, Verdict};
use crate::task::Listed;
use crate::truth::Here;
use crate::typed::email_number;

/// `Task::List` failed.
pub fn not_listed(it: &Around<'_>, error: &FolderError) -> Verdict {
    let FolderError(_) = error;
    holds(it.disk, "the folder cannot be read")
}

/// `Task::List`.
pub fn listed(it: &Around<'_>, folder: &Folder, listed: &Listed) -> Verdict {
    let Listed {
        wallets: listed,
        interrupted: recoveries,
    } = listed;
    let Wallets {
        known: wallets,
        lost: missed,
        beside: copies,
        unreadable: names,
    } = listed;
    if it.raced {
        // Which state was listed is not known.
        return Ok(());
    }
    wallets.iter().try_for_each(|wallet| known(it, wallet))?;
    missed
        .iter()
        .try_for_each(|wallet| lost(it, folder, wallet))?;
    copies
        .iter()
        .try_for_each(|copy| beside(it, folder, copy))?;
    names.iter().try_for_each(|name| unreadable(it, name))?;
    recoveries
        .iter()
        .try_for_each(|(wallet, found)| interrupted(it, *wallet, found))?;
    match it.disk {
        true => Ok(()),
        false => complete(it, folder, listed),
    }
}

fn known(it: &Around<'_>, known: &Known) -> Verdict {
    let Some(here) = it.of(known.wallet) else {
        return never("a wallet that nobody made is here");
    };
    holds(!here.file.is_empty(), "the wallet is here")?;
    if here.damaged {
        // What the damage changed is not known before the file is opened.
        return Ok(());
    }
    holds(here.may_be_of(email_number(&known.email)), "its e-mail")?;
    for (number, code) in &it.oracle.codes {
        if code.wallet != known.wallet {
            continue;
        }
        let (surely, perhaps) = here.slot(*number);
        let listed = known.slots.contains(&code.identifier);
        holds(!surely || listed, "a code that it opens with")?;
        holds(!listed || perhaps, "no code that it does not open with")?;
    }
    Ok(())
}

fn interrupted(it: &Around<'_>, wallet: WalletId, found: &Interrupted) -> Verdict {
    let Interrupted {
        identifier,
        at,
        in_place,
    } = found;
    let Some(code) = it.oracle.named(wallet, *identifier) else {
        return never("a recovery with a code that nobody issued");
    };
    let begun = it.oracle.recoveries.iter().any(|(computer, span)| {
        let (from, to) = span.dates();
        *computer == it.computer && (from..=to).contains(&at.0)
    });
    holds(begun, "a recovery was begun then")?;
    let opens = it.of(wallet).is_some_and(|here| here.slot(code).0);
    holds(!(*in_place && opens), "the recovery's file is here")
}

fn lost(it: &Around<'_>, folder: &Folder, lost: &Lost) -> Verdict {
    holds(!lost.copies.is_empty(), "there are copies")?;
    for copy in &lost.copies {
        holds(folder.contains_key(&name_of(&copy.path)), "a copy is there")?;
    }
    let here = it.of(lost.wallet);
    let damaged = here.is_some_and(|here| here.damaged);
    match lost.why {
        Why::Missing => {
            let missing = here.is_some_and(|here| here.file.is_empty());
            // A damaged id makes a file that of a wallet that nobody made.
            let misread = here.is_none() && here_are(it).any(|(_, here)| here.damaged);
            holds(missing || misread, "the wallet's file is missing")
        }
        Why::Damaged => holds(damaged, "the wallet's file is damaged"),
        Why::Unreadable => holds(it.disk, "the wallet's file cannot be read"),
        Why::Password | Why::Code(_) => never("nobody tried to open it"),
    }
}

fn beside(it: &Around<'_>, folder: &Folder, beside: &Beside) -> Verdict {
    let name = name_of(&beside.path);
    let Some(copy) = folder.get(&name) else {
        return never("a copy that is not there");
    };
    let own = store::path(Path::new(""), beside.wallet);
    let is_it = |name: String| folder.get(&name) == Some(copy);
    let same = is_it(name_of(&own));
    let older = (1..=store::GENERATIONS).any(|back| is_it(name_of(&store::generation(&own, back))));
    match beside.compared {
        Compared::Same => holds(same, "the copy is the same"),
        Compared::Older => holds(older, "the copy is an older one"),
        Compared::Apart => holds(!same && (!older || it.disk), "the copy is another version"),
    }
}

fn unreadable(it: &Around<'_>, name: &str) -> Verdict {
    let damaged = match names::name(Path::new(name)) {
        Some(Name::Wallet(wallet)) => it.of(wallet).is_some_and(|here| here.damaged),
        Some(Name::Generation(_) | Name::Refused(_) | Name::Copy) | None => false,
    };
    holds(damaged || it.disk, "the file cannot be read")
}

/// Every wallet that is here is shown, as a wallet or as one that is damaged, and so is every copy.
fn complete(it: &Around<'_>, folder: &Folder, listed: &Wallets) -> Verdict {
    for (wallet, here) in here_are(it) {
        if here.file.is_empty() {
            continue;
        }
        let known = listed.known.iter().any(|known| known.wallet == wallet);
        let own = name_of(&store::path(Path::new(""), wallet));
        let copies = listed.lost.iter().flat_map(|lost| &lost.copies);
        let mut paths = copies
            .map(|copy| &copy.path)
            .chain(listed.beside.iter().map(|copy| &copy.path));
        let told = listed.lost.iter().any(|lost| lost.wallet == wallet)
            || listed.unreadable.contains(&own)
            || paths.any(|path| name_of(path) == own);
        if !(known || (here.damaged && told)) {
            return Err(Broken::Lost(format!("wallet {wallet} is not shown")));
        }
        let older = |back| {
            let name = name_of(&store::generation(Path::new(&own), back));
            folder
                .get(&name)
                .is_some_and(|it| here.known.contains_key(it))
        };
        let helps = (1..=store::GENERATIONS).any(older);
        let offered = listed.lost.iter().any(|lost| lost.wallet == wallet);
        let is_newer = folder
            .get(&own)
            .is_some_and(|it| here.newer_as.contains(it));
        if here.damaged && helps && !(known || offered || is_newer) {
            return Err(Broken::Lost(format!("no copy of {wallet} is offered")));
        }
        let beside: Vec<_> = listed
            .beside
            .iter()
            .map(|copy| name_of(&copy.path))
            .collect();
        let is_copy = |name: &&String| {
            let rest = name.strip_prefix(&wallet.to_string());
            rest.is_some_and(|it| it.starts_with(" (") || it.starts_with(" from elsewhere "))
        };
        let mut copies = folder.keys().filter(is_copy);
        holds(
            here.damaged || copies.all(|copy| beside.contains(copy)),
            "a copy beside the wallet is shown",
        )?;
    }
    Ok(())
}

fn here_are<'a>(it: &'a Around<'_>) -> impl Iterator<Item = (WalletId, &'a Here)> {
    let here = it.oracle.here.iter();
    let here = here.filter(|((computer, _), _)| *computer == it.computer);
    here.map(|((_, wallet), here)| (*wallet, here))
}

fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}
