//! The adapters to the operating system: keychain stores, clocks, hardening
