//! What a person can do with a wallet and its backup code, over ports.

pub mod ports;
