//! Journeys over the use cases: a computer in memory whose clocks are set, and whose keychain and disk fail on demand.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod check;
mod confirm;
mod desk;
mod disk_fails;
mod expire;
mod issue;
mod keychain_away;
mod kits;
mod password_change;
mod record;
mod redeem;
mod remake;
mod restore;
mod set;
mod sheets;
mod sign_in;
mod waits;
