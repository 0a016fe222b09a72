//! The sheets of a set as they come in, in any order, typed and scanned.

use code::{BackupCode, Identifier, Share, ShareError, ShareIndex, Shares};

use crate::origin::Origin;

/// The sheets that are there, and the code once there are enough.
#[derive(Default)]
pub(crate) struct Set {
    shares: Shares,
    /// The sheets of `shares`, in the order in which they were entered.
    sheets: Vec<Sheet>,
    code: Option<BackupCode>,
    /// Sheets that fit and are not needed.
    surplus: Vec<ShareIndex>,
}

/// What is known of a share.
struct Sheet {
    index: ShareIndex,
    origin: Origin,
    /// Whether no checksum vouches for it.
    guess: bool,
}

/// The sheets of a set that have been entered, for display.
pub struct EnteredSet {
    /// The set's name.
    pub identifier: Identifier,
    /// Number of sheets that give the code.
    pub needed: u8,
    /// The sheets, in the order in which they were entered.
    pub sheets: Vec<EnteredSheet>,
}

/// A sheet that has been entered.
pub struct EnteredSheet {
    /// Its letter.
    pub index: ShareIndex,
    /// Where it was read.
    pub origin: Origin,
}

impl Set {
    /// Adds a sheet; `guess` if no checksum vouches for it.
    pub(crate) fn add(
        &mut self,
        share: Share,
        origin: Origin,
        guess: bool,
    ) -> Result<(), ShareError> {
        let index = share.index();
        let added = self.shares.add(share);
        if matches!(added, Err(ShareError::Surplus { .. })) && !self.surplus.contains(&index) {
            self.surplus.push(index);
        }
        added?;
        self.sheets.push(Sheet {
            index,
            origin,
            guess,
        });
        self.code = self.shares.combine().ok();
        Ok(())
    }

    /// Removes a sheet.
    pub(crate) fn remove(&mut self, index: ShareIndex) {
        self.shares.remove(index);
        self.sheets.retain(|sheet| sheet.index != index);
        self.code = self.shares.combine().ok();
        // Surplus sheets fitted the sheets that were there; they need not fit others.
        self.surplus.clear();
    }

    /// The code that the sheets give, once there are enough.
    pub(crate) fn code(&self) -> Option<&BackupCode> {
        self.code.as_ref()
    }

    /// The shares themselves.
    pub(crate) fn shares(&self) -> &Shares {
        &self.shares
    }

    /// The sheets that were not needed, derived again from those that are enough.
    pub(crate) fn surplus(&self) -> Vec<Share> {
        let derived = self.surplus.iter().map(|index| self.shares.derive(*index));
        derived.filter_map(Result::ok).collect()
    }

    /// Whether only a try can tell that the code is the right one.
    pub(crate) fn is_a_guess(&self) -> bool {
        self.sheets.iter().any(|sheet| sheet.guess)
    }

    /// The set for display; none without sheets.
    pub(crate) fn entered(&self) -> Option<EnteredSet> {
        let (identifier, threshold) = (self.shares.identifier()?, self.shares.threshold()?);
        let sheets = self.sheets.iter().map(|sheet| EnteredSheet {
            index: sheet.index,
            origin: sheet.origin.clone(),
        });
        Some(EnteredSet {
            identifier,
            needed: threshold.needed(),
            sheets: sheets.collect(),
        })
    }
}
