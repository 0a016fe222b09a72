//! CUPS, the print service of Linux and macOS, by IPP (RFC 8011) over its socket or the loopback.

mod address;
mod answer;
mod defaults;
mod job;
mod link;
mod list;
mod pace;
mod queue;
mod reasons;
mod request;
mod status;

use usecases::ports::printer::{
    Continue, PrintEnd, PrintError, PrintJob, PrintProgress, PrinterInfo,
};

use super::patience::Patience;
use address::Settings;
use link::Link;

pub(super) fn printers(patience: &Patience) -> Result<Vec<PrinterInfo>, PrintError> {
    let settings = Settings::of_this_user();
    let link = Link::new(&settings.address()?, patience.answer);
    list::list(&link, &settings.user(), settings.default_printer())
}

pub(super) fn print(
    patience: &Patience,
    job: &PrintJob<'_>,
    watch: &mut dyn FnMut(PrintProgress) -> Continue,
) -> Result<PrintEnd, PrintError> {
    let settings = Settings::of_this_user();
    let link = Link::new(&settings.address()?, patience.answer);
    job::print(&link, &settings.user(), patience, job, watch)
}
