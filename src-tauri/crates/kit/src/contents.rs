//! What a kit keeps of a wallet.

use wallet::{Email, Item, Timestamp, WalletId};

/// What goes into a kit: the wallet as it is now, without its TOTP secret and its log.
#[derive(Clone, Copy)]
pub struct Snapshot<'a> {
    /// The wallet's name for life.
    pub wallet_id: WalletId,
    /// The account e-mail.
    pub email: &'a Email,
    /// When this is written.
    pub date: Timestamp,
    /// What the user keeps.
    pub items: &'a [Item],
}

/// What came out of a kit.
pub struct KitContents {
    /// The name for life of the wallet that it was made from.
    pub wallet_id: WalletId,
    /// That wallet's account e-mail.
    pub email: Email,
    /// When `wallet.age` was written.
    pub date: Timestamp,
    /// What the user keeps.
    pub items: Vec<Item>,
}

impl KitContents {
    /// The same as what goes into a kit.
    pub fn snapshot(&self) -> Snapshot<'_> {
        Snapshot {
            wallet_id: self.wallet_id,
            email: &self.email,
            date: self.date,
            items: &self.items,
        }
    }
}
