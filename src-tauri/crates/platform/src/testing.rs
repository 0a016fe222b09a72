//! The real services that tests need, isolated from those of the user who runs them.
//!
//! [`PrivateDesktop`] is a session bus with a Secret Service, [`PrintShop`] a print service with a
//! printer, [`ScreenSaver`] a stand-in. A missing program is an error: the test fails and is not
//! skipped.

mod bus;
mod desktop;
mod ipp_printer;
mod keepassxc;
mod print_shop;
mod process;
mod screen_saver;
mod secret_service;

pub use desktop::PrivateDesktop;
pub use ipp_printer::Printed;
pub use keepassxc::Database;
pub use print_shop::{DESK, HALL, PrintShop};
pub use screen_saver::ScreenSaver;
