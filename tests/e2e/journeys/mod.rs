//! The journeys, a file each.

mod issue;
mod keychain;
mod opening;
mod redeem;
mod wallet;
