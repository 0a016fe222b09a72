//! The part of a wallet that a kit contains.

use wallet::{Email, Item, Timestamp, WalletId};

use crate::NamedCommit;

/// The contents of a kit to be written: the current wallet without its TOTP secret and its log.
#[derive(Clone, Copy)]
pub struct Snapshot<'a> {
    /// The wallet's permanent id.
    pub wallet_id: WalletId,
    /// The account e-mail.
    pub email: &'a Email,
    /// Time of writing.
    pub date: Timestamp,
    /// The commit of the wallet file that this is, which `wallet.age` names; none for pages.
    pub commit: Option<NamedCommit>,
    /// The user's items.
    pub items: &'a [Item],
}

/// The contents of a kit that was opened.
pub struct KitContents {
    /// The permanent id of the wallet that the kit was made from.
    pub wallet_id: WalletId,
    /// The account e-mail of that wallet.
    pub email: Email,
    /// Time at which `wallet.age` was written.
    pub date: Timestamp,
    /// The user's items.
    pub items: Vec<Item>,
}

impl KitContents {
    /// The items that are not in the bin.
    pub fn items_in_use(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|item| item.binned.is_none())
    }

    /// Borrows the contents, to write them to a kit again.
    pub fn snapshot(&self) -> Snapshot<'_> {
        Snapshot {
            wallet_id: self.wallet_id,
            email: &self.email,
            date: self.date,
            commit: None,
            items: &self.items,
        }
    }
}
