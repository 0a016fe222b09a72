//! The journeys, a file each.

mod camera;
mod camera_dark;
mod changes;
mod issue;
mod keychain;
mod lock;
mod opening;
mod pages;
mod print;
mod redeem;
mod restore;
mod set;
mod wallet;
