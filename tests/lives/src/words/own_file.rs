//! What is said about the earlier versions of a wallet, and about its end.

use std::collections::BTreeSet;

use usecases::delete::{DeleteError, Remains};
use usecases::earlier::{BesideError, Differs, Earlier};
use wallet::names::{self, Name};
use wallet::{Sealed, WalletId};

use super::{holds, identity_needed, lock, never, save};
use crate::around::{Around, Files};
use crate::judge::Version;
use crate::oracle::Verdict;
use crate::task::Notes;

/// `Task::Earlier`: the versions that there are, and what each of them differs in.
pub fn earlier(it: &Around<'_>, versions: &[Version], listed: &[Earlier]) -> Verdict {
    let Some(open) = it.open() else {
        return never("earlier versions without an open wallet");
    };
    let mut left = versions.iter();
    for version in listed {
        let Earlier {
            path,
            version,
            differs,
        } = version;
        let file = path.file_name().unwrap_or_default();
        let is_it = |it: &&Version| it.file.as_str() == file && it.name == *version;
        let Some(known) = left.find(is_it) else {
            return never("an earlier version is there, and is newer than the next");
        };
        let true_ones = differences(&open.mine.notes, &known.notes);
        holds(*differs == true_ones, "what an earlier version differs in")?;
    }
    let all = listed.len() == versions.len();
    holds(all || it.disk, "every earlier version is listed")
}

fn differences(now: &Notes, then: &Notes) -> Differs {
    let in_use = |notes: &Notes| -> Notes {
        let notes = notes.iter().filter(|(_, note)| note.binned.is_none());
        notes
            .map(|(number, note)| (*number, note.clone()))
            .collect()
    };
    let (used_now, used_then) = (in_use(now), in_use(then));
    let kept = used_now.keys().filter(|note| used_then.contains_key(note));
    let kept = kept.count();
    let same = used_now.iter().filter(|(number, note)| {
        let then = used_then.get(number);
        then.is_some_and(|then| then.version == note.version)
    });
    let in_bin = then.iter().filter(|(_, note)| note.binned.is_some());
    let deleted = in_bin.filter(|(number, _)| !now.contains_key(number));
    Differs {
        items: used_then.len(),
        lacks: used_now.len() - kept,
        other: kept - same.count(),
        more: used_then.len() - kept + deleted.count(),
    }
}

/// `Task::RestoreBeside`, with the right password and digits. `is_there`: there is such a version.
pub fn beside(it: &Around<'_>, is_there: bool, error: &BesideError) -> Verdict {
    match error {
        BesideError::Identity(_) => never("identity was proved"),
        BesideError::Gone => holds(!is_there || it.disk, "there is no such version"),
        BesideError::Kdf(_) => never("the key cannot be derived"),
        BesideError::Lock(error) => lock(it, error),
        BesideError::Save(error) => save(it, error),
    }
}

/// `Task::Delete`.
pub fn delete(it: &Around<'_>, error: &DeleteError) -> Verdict {
    match error {
        DeleteError::Identity(_) => identity_needed(it, true),
        DeleteError::ReadOnly(_) => {
            let read_only = it.open().is_some_and(|open| open.read_only);
            holds(read_only, "the wallet is open for reading only")
        }
        DeleteError::NotRemoved { .. } => holds(it.disk, "the files cannot be removed"),
        DeleteError::NotConfirmed { .. } => holds(it.disk, "the disk did not confirm"),
    }
}

/// `Task::Remains`.
pub fn remains(it: &Around<'_>, files: &Files, remains: &Remains) -> Verdict {
    let Some(open) = it.open() else {
        return never("remains without an open wallet");
    };
    let Remains {
        codes,
        kits,
        pages,
        copies,
    } = remains;
    let (wallet, mine) = (open.wallet, &open.mine);
    for (number, facts) in &it.oracle.codes {
        // Of two codes of one name the newer one is meant.
        let is_it = it.oracle.named(wallet, facts.identifier) == Some(*number);
        if facts.wallet != wallet || !is_it {
            continue;
        }
        let (surely, perhaps) = (mine.slots.contains(number), mine.maybe.contains(number));
        let listed = codes.contains(&facts.identifier);
        holds(!surely || listed, "a code that it opens with")?;
        holds(
            !listed || surely || perhaps || it.below,
            "no code that it does not open with",
        )?;
        let mut known = kits.iter().filter(|(name, _)| *name == facts.identifier);
        let folder = known.next().map(|(_, folder)| folder);
        match &facts.kit {
            Some(kit) if surely && kit.must && !kit.moved && !it.below => {
                holds(folder == Some(&kit.folder), "a kit and where it is")?;
            }
            Some(_) => {}
            None => holds(folder.is_none(), "the code has a kit")?,
        }
    }
    if let Some(name) = pages {
        let made = it.oracle.named(wallet, *name);
        holds(made.is_some(), "a code that opens pages")?;
    }
    let copies: BTreeSet<&String> = copies.iter().collect();
    let there: BTreeSet<&String> = copies_in(files, wallet).collect();
    holds(copies.is_subset(&there) || it.raced, "a copy that is there")?;
    holds(
        there.is_subset(&copies) || it.disk || it.raced,
        "every copy that others made",
    )
}

/// The names of copies of a wallet's file that others made.
fn copies_in(files: &Files, wallet: WalletId) -> impl Iterator<Item = &String> {
    let copies = files.iter().filter(move |(name, bytes)| {
        let other = match names::name(name.as_ref()) {
            Some(Name::Wallet(of)) => of != wallet,
            Some(Name::Generation(_) | Name::Refused(_)) | None => false,
            Some(Name::Copy) => true,
        };
        let of = |sealed: Sealed| sealed.header().wallet_id == wallet;
        other && Sealed::parse(bytes.to_vec()).is_ok_and(of)
    });
    copies.map(|(name, _)| name)
}
