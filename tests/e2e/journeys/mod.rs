//! The journeys, one file each.

mod camera;
mod changes;
mod clipboard;
mod covered;
mod crash;
mod fields;
mod files;
mod issue;
mod items;
mod keychain;
mod lock;
mod memory;
mod offline;
mod older;
mod opening;
mod own_file;
mod pages;
mod pipewire;
mod print;
mod protect;
mod redeem;
mod restore;
mod set;
mod settings;
mod two_step;
mod wallet;
