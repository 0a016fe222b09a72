//! A correction that waits for a person's yes.

use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::checksum::{Codex32, HRP};
use crate::codeword::Codeword;
use crate::correction;
use crate::header::HeaderError;
use crate::symbol::Symbol;
use crate::{Corrected, Identifier};

/// The one code or share within reach of what was typed. Secret.
///
/// Never used unasked (BIP-93, "Error Correction"): showing it and [`Proposal::accept`] are the way.
pub struct Proposal {
    corrected: Corrected,
    corrections: Vec<Correction>,
}

/// One symbol that was not typed as it is printed. Secret: it says a character of the code.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct Correction {
    /// Which of the 60 symbols, from 1.
    pub position: usize,
    /// The symbol as read, in upper case after forgiveness; `None` where it was unreadable.
    pub read: Option<char>,
    /// The upper-case symbol proposed.
    pub meant: char,
}

impl Proposal {
    /// `None` where no codeword is near enough; an error where one is that is no code.
    pub(crate) fn find(typed: &[Option<Symbol>]) -> Option<Result<Proposal, HeaderError>> {
        let symbols = correction::correct::<Codex32>(HRP, typed)?;
        let codeword = Codeword::verify(&symbols)?;
        // Full size at once: a vector that grows leaves unwiped copies behind.
        let mut corrections = Vec::with_capacity(correction::REACH);
        for (index, (read, meant)) in typed.iter().zip(symbols.iter()).enumerate() {
            if *read != Some(*meant) {
                corrections.push(Correction {
                    position: index + 1,
                    read: read.map(Symbol::to_char),
                    meant: meant.to_char(),
                });
            }
        }
        Some(Corrected::sort(codeword).map(|corrected| Proposal {
            corrected,
            corrections,
        }))
    }

    /// The symbols that differ from what was typed, by position; at least one.
    pub fn corrections(&self) -> &[Correction] {
        &self.corrections
    }

    /// The identifier after correction.
    pub fn identifier(&self) -> Identifier {
        self.corrected.identifier()
    }

    /// The corrected 60 upper-case characters, for showing the correction in place.
    pub fn text(&self) -> &str {
        self.corrected.text()
    }

    /// The person's yes.
    pub fn accept(self) -> Corrected {
        self.corrected
    }
}
