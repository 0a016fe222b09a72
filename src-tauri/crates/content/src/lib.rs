//! What the content of a field is, judged by its own form: the words of a wallet, one-time
//! passwords, the codes of other services, keys; and texts that nobody guesses.
//!
//! Each type of field has a module with the same parts: what is said *about* a content without
//! showing any of it, and what can be done with it. A judgement never refuses a text: what a
//! person keeps is theirs, and a wrong word is pointed at.
//!
//! | module | reads | source |
//! |---|---|---|
//! | [`phrase`] | words of a wallet, SLIP-39 shares, SeedQR | BIP-39, SLIP-39, SeedQR |
//! | [`one_time`] | `otpauth` addresses and keys | RFC 6238, Key Uri Format |
//! | [`codes`] | codes of other services in any layout | – |
//! | [`key`] | keys and addresses by their form | BIP-32, BIP-38, BIP-173, BIP-350, EIP-55, … |
//! | [`mistaken`] | what was entered where a backup code is asked | – |
//! | [`generate`] | – | – |
//!
//! The crate is pure: no clock, no disk, and randomness is a parameter. Texts that outlive a call
//! are wiped on drop.

pub mod codes;
pub mod generate;
pub mod key;
pub mod mistaken;
pub mod one_time;
pub mod phrase;
