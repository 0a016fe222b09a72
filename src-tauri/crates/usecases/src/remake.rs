//! Make sheets of a set again, or further ones, from as many of its sheets as give the code. The
//! set, its code and how long it works stay as they are, and so does every sheet in people's hands.
//!
//! | 3 keychain | 2 file | 4 only now |
//! |---|---|---|
//! | further letters counted | the log says which sheets | shown |

use std::sync::Arc;

use code::{Share, ShareIndex, Shares, TooFew};
use thiserror::Error;
use wallet::{Event, KitPlace};

use crate::World;
use crate::identity::{self, IdentityNeeded, Level};
use crate::judge::{Refusal, Refused, Tried, judge};
use crate::ports::KeychainError;
use crate::record::RecordError;
use crate::session::{SaveError, Session, note};
use crate::settle;
use crate::shown::{Carried, Cover, Shown, ShownSheet};
use crate::waits::Waits;

/// Why no sheet was made. The set is what it was before.
#[derive(Debug, Error)]
pub enum RemakeError {
    /// The person has not confirmed who they are in the last minutes.
    #[error(transparent)]
    Identity(#[from] IdentityNeeded),
    /// No sheet was asked for, or one twice.
    #[error("no sheet was asked for, or one twice")]
    Sheets,
    /// Fewer sheets are at hand than give the code.
    #[error(transparent)]
    TooFew(#[from] TooFew),
    /// The code that the sheets give does not open this wallet now.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The keychain cannot be reached, or its record not be read.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// The log could not be saved.
    #[error(transparent)]
    Save(#[from] SaveError),
}

impl From<KeychainError> for RemakeError {
    fn from(error: KeychainError) -> Self {
        Self::Record(error.into())
    }
}

/// Makes the sheets with these letters from `shares` and puts them on the screen.
pub fn remake(
    world: &mut World<'_>,
    waits: &Waits,
    session: &mut Session,
    shares: &Shares,
    tried: Tried,
    letters: &[ShareIndex],
) -> Result<(), RemakeError> {
    session.writable().map_err(SaveError::from)?;
    identity::fresh(world, session, Level::Full)?;
    if letters.is_empty() || any_twice(letters) {
        return Err(RemakeError::Sheets);
    }
    let code = shares.combine()?;
    let identifier = code.identifier();
    let wallet = session.wallet();
    let at = world.moment();
    // What a redemption still owes is paid before the record is written again.
    settle::record(world, session)?;
    let mut record = judge(world, waits, wallet, &code, tried, at)?.record;
    let made = letters.iter().map(|letter| shares.derive(*letter));
    let made = made.collect::<Result<Vec<Share>, TooFew>>()?;

    let entry = record
        .entry_mut(identifier)
        .ok_or(Refusal::Code(Refused::WithoutKeychain { identifier }))?;
    let before = entry.sheets;
    // A sheet at hand was made, whatever an older record knows of it.
    entry.sheets = counting(before, shares.indices().iter().chain(letters));
    let (issued, expires, set) = (entry.issued, entry.expires, entry.set());
    let more = entry.sheets > before;
    if more {
        record.write(world.keychain, wallet)?;
    }
    let indices = letters.iter().map(|letter| letter.as_char()).collect();
    let event = Event::SheetsMade {
        identifier,
        indices,
    };
    let saved = session.change(world, |opened, _| {
        note(opened, at.now, event);
        Ok::<(), SaveError>(())
    });
    if let Err(error) = saved {
        if more && matches!(error, SaveError::NotSaved(_)) {
            // Best effort: a letter that is counted and was never made can be made later.
            if let Some(entry) = record.entry_mut(identifier) {
                entry.sheets = before;
            }
            let _ = record.write(world.keychain, wallet);
        }
        return Err(error.into());
    }
    let contents = &session.opened.contents;
    let is_of = |kit: &KitPlace| kit.identifier == identifier;
    let kit = contents.kits.iter().any(is_of);
    let pages = contents
        .pages
        .is_some_and(|pages| pages.identifier == identifier);
    session.shown = Some(Shown {
        identifier,
        set,
        sheets: made
            .into_iter()
            .map(|share| ShownSheet::new(world.rng, Carried::Share(share)))
            .collect(),
        issued,
        expires,
        replaces: None,
        kit,
        pages,
        remade: true,
        cover: Arc::new(Cover::later(world.clock.since_boot())),
    });
    Ok(())
}

fn any_twice(letters: &[ShareIndex]) -> bool {
    let mut rest = letters;
    while let [letter, others @ ..] = rest {
        if others.contains(letter) {
            return true;
        }
        rest = others;
    }
    false
}

/// Sheets of a set that has `made` so far, once these letters are among them too.
fn counting<'a>(made: u8, letters: impl Iterator<Item = &'a ShareIndex>) -> u8 {
    letters
        .filter_map(|letter| {
            (1..)
                .zip(ShareIndex::in_order())
                .find(|(_, one)| one == letter)
        })
        .map(|(count, _)| count)
        .fold(made, u8::max)
}
