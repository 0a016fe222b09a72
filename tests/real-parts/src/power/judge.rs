//! Starts the program on what a power loss left, and compares what it finds with what the person
//! knows.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use usecases::record::End;

use super::known::{Fate, Known, State};
use super::script::{self, KIT_FOLDERS};
use crate::person::{Person, Standing, Told, kit_folder, notes, open_kit};

/// Which state was found whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Whole {
    Old,
    New,
}

/// What the program finds after the power loss.
struct Seen {
    /// The password that opens the wallet; none where there is no wallet.
    password: Option<String>,
    /// The notes in the wallet.
    notes: Vec<String>,
    /// What became of the codes, before and after the sign-in.
    codes: [BTreeMap<String, Standing>; 2],
    /// The notes in the kits that open.
    kits: BTreeMap<String, Vec<String>>,
}

/// Judges a disk.
///
/// # Errors
/// What was lost, in words.
pub(crate) fn judge(disk: &Path, known: &Known) -> Told<Whole> {
    let mut person = script::start(disk)?;
    let seen = look(&mut person, disk, known)?;
    let mut misfits = Vec::new();
    let mut whole = None;
    for (state, found) in known.allowed().zip([Whole::Old, Whole::New]) {
        match fits(&seen, state, known) {
            Ok(()) if whole.is_none() => whole = Some(found),
            Ok(()) => {}
            Err(misfit) => misfits.push(misfit),
        }
    }
    let whole = whole.ok_or_else(|| misfits.join("; and for the new state: "))?;
    if let Some(password) = &seen.password {
        works_on(&mut person, password, &seen)?;
    }
    Ok(whole)
}

fn look(person: &mut Person, disk: &Path, known: &Known) -> Told<Seen> {
    let mut seen = Seen {
        password: None,
        notes: Vec::new(),
        codes: Default::default(),
        kits: kits(disk, known)?,
    };
    if person.found()?.is_empty() {
        return Ok(seen);
    }
    let mut passwords: Vec<_> = known.allowed().flat_map(|it| it.password.clone()).collect();
    passwords.dedup();
    let mut opening = Vec::new();
    for password in passwords {
        if person.opens(&password)? {
            opening.push(password);
        }
    }
    let [password] = opening.as_slice() else {
        return Err(format!("{} passwords open the wallet", opening.len()));
    };
    seen.codes[0] = codes(person, known);
    let session = person.sign_in(password)?;
    if session.is_read_only() {
        return Err("the wallet opens for reading only".to_owned());
    }
    seen.notes = notes(&session);
    drop(session);
    seen.codes[1] = codes(person, known);
    seen.password = Some(password.clone());
    Ok(seen)
}

fn codes(person: &mut Person, known: &Known) -> BTreeMap<String, Standing> {
    let codes = known.allowed().flat_map(|state| state.codes.keys());
    codes
        .map(|code| (code.clone(), person.standing(code)))
        .collect()
}

/// The notes in each kit that a state promises, wherever the person moved it.
fn kits(disk: &Path, known: &Known) -> Told<BTreeMap<String, Vec<String>>> {
    let mut found = BTreeMap::new();
    for code in known.allowed().flat_map(|state| state.kits.keys()) {
        for around in KIT_FOLDERS {
            let folder = kit_folder(&disk.join(around), code)?;
            if let Some(notes) = kit(&folder, code) {
                found.insert(code.clone(), notes);
            }
        }
    }
    Ok(found)
}

/// The notes in a kit that opens and whose README is whole.
fn kit(folder: &Path, code: &str) -> Option<Vec<String>> {
    let contents = open_kit(folder, code).ok()?;
    let readme = fs::read_to_string(folder.join(kit::README_FILE)).ok()?;
    let is_whole = readme.ends_with('\n') && !readme.contains('\0');
    // Exposed for the comparison.
    let titles = contents
        .items
        .iter()
        .map(|item| item.present.body.title.expose().to_owned());
    is_whole.then(|| titles.collect())
}

/// Compares what was found with one complete state.
fn fits(seen: &Seen, state: &State, known: &Known) -> Told<()> {
    if seen.password != state.password {
        return Err(format!(
            "the password is {:?}, not {:?}",
            seen.password, state.password
        ));
    }
    if seen.notes != state.notes {
        return Err(format!(
            "the notes are {:?}, not {:?}",
            seen.notes, state.notes
        ));
    }
    for (code, fate) in &state.codes {
        let expected = match fate {
            Fate::Live => Standing::Live,
            Fate::Used => Standing::Ended(End::Used),
            Fate::Revoked => Standing::Ended(End::Revoked),
            Fate::Replaced => Standing::Ended(End::Replaced),
            Fate::Recovered => Standing::Ended(End::Recovered),
        };
        for (codes, when) in seen.codes.iter().zip(["before", "after"]) {
            if codes.get(code) != Some(&expected) {
                let found = codes.get(code);
                return Err(format!(
                    "a code is {found:?} {when} the sign-in, not {expected:?}"
                ));
            }
        }
    }
    for (code, least) in &state.kits {
        let mut newer = vec![least, &known.sure.notes];
        newer.extend(known.trying.iter().map(|state| &state.notes));
        match seen.kits.get(code) {
            Some(notes) if newer.contains(&notes) => {}
            Some(notes) => return Err(format!("a kit holds {notes:?}, not {least:?}")),
            None => return Err("a kit does not open".to_owned()),
        }
    }
    Ok(())
}

/// The wallet can be saved again, and opened after that, whatever files were left.
fn works_on(person: &mut Person, password: &str, seen: &Seen) -> Told<()> {
    let mut session = person.sign_in(password)?;
    let title = "a note after the power loss";
    person.save(&mut session, title)?;
    drop(session);
    let session = person.sign_in(password)?;
    let expected: Vec<_> = seen
        .notes
        .iter()
        .map(String::as_str)
        .chain([title])
        .collect();
    if notes(&session) != expected {
        return Err("a save after the power loss is lost".to_owned());
    }
    no_temporaries(&person.path()?)
}

/// A save leaves no unfinished file beside the wallet.
fn no_temporaries(path: &Path) -> Told<()> {
    for name in ["new", "keep"] {
        let left: PathBuf = path.with_added_extension(name);
        if left.exists() {
            return Err(format!("{} is left", left.display()));
        }
    }
    Ok(())
}
