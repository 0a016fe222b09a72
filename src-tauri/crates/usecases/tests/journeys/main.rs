//! Journeys over the use cases: a computer in memory with clocks that are set, and a keychain and a
//! disk that fail on demand.

#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

mod check;
mod confirm;
mod delete;
mod desk;
mod disk_fails;
mod drafts;
mod earlier;
mod elsewhere;
mod email;
mod expire;
mod files;
mod identity;
mod interrupted;
mod issue;
mod items;
mod keychain_away;
mod kits;
mod mend;
mod older;
mod password_change;
mod read_only;
mod record;
mod redeem;
mod remake;
mod restore;
mod set;
mod sheets;
mod sign_in;
mod stores;
mod transaction;
mod waits;
