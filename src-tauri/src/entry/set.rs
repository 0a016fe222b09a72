//! The sheets of a set as they come in, in any order, typed and scanned.

use code::{BackupCode, Share, ShareError, ShareIndex, Shares};

use super::view::{Origin, SetSheet, SetView};

/// The sheets that are there, and the code once there are enough.
#[derive(Default)]
pub(crate) struct Set {
    shares: Shares,
    /// What is known of each share, in the order in which they came.
    sheets: Vec<Sheet>,
    code: Option<BackupCode>,
    /// Sheets that fit and are not needed.
    surplus: Vec<ShareIndex>,
}

/// What is known of a share.
struct Sheet {
    index: ShareIndex,
    origin: Origin,
    /// No checksum vouches for it.
    guess: bool,
}

impl Set {
    /// Takes a sheet.
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

    /// Puts a sheet away.
    pub(crate) fn remove(&mut self, index: ShareIndex) {
        self.shares.remove(index);
        self.sheets.retain(|sheet| sheet.index != index);
        self.code = self.shares.combine().ok();
        // What fitted the sheets that were there need not fit others.
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

    /// The sheets that were not needed: the same again, from those that were enough without them.
    pub(crate) fn surplus(&self) -> Vec<Share> {
        let made = self.surplus.iter().map(|index| self.shares.derive(*index));
        made.filter_map(Result::ok).collect()
    }

    /// Whether only trying can tell that the code is the one.
    pub(crate) fn is_a_guess(&self) -> bool {
        self.sheets.iter().any(|sheet| sheet.guess)
    }

    /// What the person sees; nothing of a set without sheets.
    pub(crate) fn view(&self) -> Option<SetView> {
        let (identifier, threshold) = (self.shares.identifier()?, self.shares.threshold()?);
        let sheets = self.sheets.iter().map(|sheet| SetSheet {
            index: sheet.index.as_char(),
            source: sheet.origin.source(),
            name: sheet.origin.name(),
        });
        Some(SetView {
            identifier: identifier.to_string(),
            needed: threshold.needed(),
            sheets: sheets.collect(),
        })
    }
}
