//! Collects the shares of a set.

use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::codeword::Codeword;
use crate::header::Header;
use crate::interpolation::interpolate;
use crate::symbol::Symbol;
use crate::{BackupCode, Corrected, Identifier, Share, ShareIndex, Threshold};

/// Shares of one set, in any order. Secret once there are enough of them.
#[derive(Default)]
pub struct Shares {
    shares: Vec<Share>,
}

/// Reasons why a share was not added. The other shares are unchanged.
#[derive(Copy, Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ShareError {
    /// The share belongs to another set.
    #[error("the share belongs to the set {theirs}, the others to {ours}")]
    Foreign {
        /// Identifier of the set that is being collected.
        ours: Identifier,
        /// Identifier of the rejected share.
        theirs: Identifier,
    },
    /// The share has the same identifier but another threshold.
    #[error("the share has another threshold than the others")]
    OtherThreshold {
        /// Threshold of the set that is being collected.
        ours: Threshold,
        /// Threshold of the rejected share.
        theirs: Threshold,
    },
    /// The same share was added before.
    #[error("share {index} was added before")]
    Repeated {
        /// Letter of the share.
        index: ShareIndex,
    },
    /// The share belongs to the set, but there are already enough shares.
    #[error("share {index} is not needed: there are enough shares")]
    Surplus {
        /// Letter of the share.
        index: ShareIndex,
    },
    /// The share is inconsistent with the others: they have the same identifier, but at least one
    /// of them belongs to another set.
    #[error("share {index} contradicts the others")]
    Contradicts {
        /// Letter of the share.
        index: ShareIndex,
    },
}

/// There are not enough shares.
#[derive(Copy, Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there are {have} of {need} shares")]
pub struct TooFew {
    /// Number of shares present.
    pub have: usize,
    /// Number of shares needed; 0 if none is present, because only a share states the number.
    pub need: usize,
}

impl Shares {
    /// Adds a share.
    ///
    /// # Errors
    /// Returns why the share does not belong to the others, or is not needed.
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

    /// Removes the share with this letter. Returns false if there is none.
    pub fn remove(&mut self, index: ShareIndex) -> bool {
        let before = self.shares.len();
        self.shares.retain(|share| share.index() != index);
        self.shares.len() < before
    }

    /// Returns the identifier of the set; `None` if no share is present.
    pub fn identifier(&self) -> Option<Identifier> {
        self.shares.first().map(Share::identifier)
    }

    /// Returns the threshold of the set; `None` if no share is present.
    pub fn threshold(&self) -> Option<Threshold> {
        self.shares.first().map(Share::threshold)
    }

    /// Returns the letters in the order in which the shares were added.
    pub fn indices(&self) -> Vec<ShareIndex> {
        self.shares.iter().map(Share::index).collect()
    }

    /// Iterates over the shares in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = &Share> {
        self.shares.iter()
    }

    /// Returns the number of shares present.
    pub fn len(&self) -> usize {
        self.shares.len()
    }

    /// Returns whether no share is present.
    pub fn is_empty(&self) -> bool {
        self.shares.is_empty()
    }

    /// Returns the number of shares still missing; 0 if none is present, because only a share
    /// states the number needed.
    pub fn missing(&self) -> usize {
        self.needed().saturating_sub(self.len())
    }

    /// Restores the secret code, the share at index `S` (BIP-93, "Recovering Master Seed").
    ///
    /// # Errors
    /// Returns [`TooFew`] if there are not enough shares.
    pub fn combine(&self) -> Result<BackupCode, TooFew> {
        match self.at(Header::SECRET)? {
            Corrected::Code(code) => Ok(code),
            Corrected::Share(_) => Err(self.too_few()),
        }
    }

    /// Derives the share with any other letter, whether it was issued with the set or is added to
    /// it later (BIP-93, "For a fresh master seed", step 5).
    ///
    /// # Errors
    /// Returns [`TooFew`] if there are not enough shares.
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
        // Codewords with the same threshold and identifier interpolate to a codeword with both, and
        // with this index.
        Codeword::verify(&interpolate(&points, index.0))
            .and_then(|codeword| Corrected::classify(codeword).ok())
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
