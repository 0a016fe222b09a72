//! The wallet file: format, header, slots, key derivation, atomic store and lock
