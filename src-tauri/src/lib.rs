//! Wires the adapters to the ports and the commands to the window.

/// Opens the window and runs until it is closed.
pub fn run() {}
