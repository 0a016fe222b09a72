//! The sheets of a set as they come in.

use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::codeword::Codeword;
use crate::header::Header;
use crate::interpolation::interpolate;
use crate::symbol::Symbol;
use crate::{BackupCode, Corrected, Identifier, Share, ShareIndex, Threshold};

/// Shares of one set, in any order. Secret once there are enough.
#[derive(Default)]
pub struct Shares {
    shares: Vec<Share>,
}

/// Why a share did not join the others. They are as they were.
#[derive(Copy, Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ShareError {
    /// It is of another set.
    #[error("a share of {theirs} among shares of {ours}")]
    Foreign {
        /// The set that the others are of.
        ours: Identifier,
        /// The set that it is of.
        theirs: Identifier,
    },
    /// It has the others' name, and another number of needed sheets.
    #[error("a share of a set with another threshold")]
    OtherThreshold {
        /// The others'.
        ours: Threshold,
        /// Its own.
        theirs: Threshold,
    },
    /// It is there already.
    #[error("share {index} is there already")]
    Repeated {
        /// Its letter.
        index: ShareIndex,
    },
    /// It fits, but there were enough without it.
    #[error("there are enough shares without {index}")]
    Surplus {
        /// Its letter.
        index: ShareIndex,
    },
    /// It does not fit the others: one of them is not of this set, though all bear its name.
    #[error("share {index} does not fit the others")]
    Contradicts {
        /// Its letter.
        index: ShareIndex,
    },
}

/// Not enough shares.
#[derive(Copy, Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{have} shares of {need} needed")]
pub struct TooFew {
    /// Shares that are there.
    pub have: usize,
    /// Shares that are needed; 0 while none is there to say.
    pub need: usize,
}

impl Shares {
    /// Takes in one more share.
    ///
    /// # Errors
    /// Says why it does not belong to the others, or is not needed.
    pub fn add(&mut self, share: Share) -> Result<(), ShareError> {
        let index = share.index();
        if let Some(first) = self.shares.first() {
            let (ours, theirs) = (first.identifier(), share.identifier());
            if ours != theirs {
                return Err(ShareError::Foreign { ours, theirs });
            }
            let (ours, theirs) = (first.threshold(), share.threshold());
            if ours != theirs {
                return Err(ShareError::OtherThreshold { ours, theirs });
            }
        }
        let known = self.shares.iter().find(|known| known.index() == index);
        if let Some(known) = known {
            return Err(match bool::from(known.ct_eq(&share)) {
                true => ShareError::Repeated { index },
                false => ShareError::Contradicts { index },
            });
        }
        if let Ok(made) = self.derive(index) {
            return Err(match bool::from(made.ct_eq(&share)) {
                true => ShareError::Surplus { index },
                false => ShareError::Contradicts { index },
            });
        }
        self.shares.push(share);
        Ok(())
    }

    /// Takes the share of this letter out again. False where there is none.
    pub fn remove(&mut self, index: ShareIndex) -> bool {
        let before = self.shares.len();
        self.shares.retain(|share| share.index() != index);
        self.shares.len() < before
    }

    /// The name of the set; `None` while it is empty.
    pub fn identifier(&self) -> Option<Identifier> {
        self.shares.first().map(Share::identifier)
    }

    /// How many shares are needed; `None` while it is empty.
    pub fn threshold(&self) -> Option<Threshold> {
        self.shares.first().map(Share::threshold)
    }

    /// The letters, in the order in which the shares came.
    pub fn indices(&self) -> Vec<ShareIndex> {
        self.shares.iter().map(Share::index).collect()
    }

    /// The shares, in the order in which they came.
    pub fn iter(&self) -> impl Iterator<Item = &Share> {
        self.shares.iter()
    }

    /// Shares that are there.
    pub fn len(&self) -> usize {
        self.shares.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.shares.is_empty()
    }

    /// Shares still to come; 0 while none is there to say how many are needed.
    pub fn missing(&self) -> usize {
        self.needed().saturating_sub(self.len())
    }

    /// The secret code: the share at index `S` (BIP-93, "Recovering Master Seed").
    ///
    /// # Errors
    /// There are not enough shares.
    pub fn combine(&self) -> Result<BackupCode, TooFew> {
        match self.at(Header::SECRET)? {
            Corrected::Code(code) => Ok(code),
            Corrected::Share(_) => Err(self.too_few()),
        }
    }

    /// The share at any other letter, as it was issued or as it can be added to the set (BIP-93, "For a fresh master
    /// seed", step 5).
    ///
    /// # Errors
    /// There are not enough shares.
    pub fn derive(&self, index: ShareIndex) -> Result<Share, TooFew> {
        match self.at(index.symbol())? {
            Corrected::Share(share) => Ok(share),
            Corrected::Code(_) => Err(self.too_few()),
        }
    }

    fn at(&self, index: Symbol) -> Result<Corrected, TooFew> {
        if self.is_empty() || self.missing() > 0 {
            return Err(self.too_few());
        }
        let points: Vec<(Symbol, Zeroizing<Vec<Symbol>>)> = self
            .shares
            .iter()
            .map(|share| (share.index().symbol(), share.symbols()))
            .collect();
        let points: Vec<(bech32::Fe32, &[Symbol])> =
            points.iter().map(|(x, y)| (x.0, y.as_slice())).collect();
        // Codewords of one threshold and identifier give a codeword of them, with this index.
        Codeword::verify(&interpolate(&points, index.0))
            .and_then(|codeword| Corrected::sort(codeword).ok())
            .ok_or_else(|| self.too_few())
    }

    fn needed(&self) -> usize {
        self.threshold().map_or(0, |it| usize::from(it.needed()))
    }

    fn too_few(&self) -> TooFew {
        TooFew {
            have: self.len(),
            need: self.needed(),
        }
    }
}
