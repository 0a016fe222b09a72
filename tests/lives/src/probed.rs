//! What was probed, so that nothing is probed twice on the same ground.

use wallet::WalletId;

use crate::task::CodeNumber;

/// Something that is probed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Probed {
    /// The file of a wallet on a computer.
    File(usize, WalletId),
    /// The sign-in to a wallet on a computer.
    SignIn(usize, WalletId),
    /// A code on a computer, and whether it was redeemed.
    Code(usize, CodeNumber, bool),
}
