//! CUPS, the print service of Linux and macOS, by IPP (RFC 8011) over its socket or this computer's loopback.

mod address;
mod job;
mod link;
mod queue;
mod reasons;
mod request;

use usecases::ports::printer::{
    Continue, PrintEnd, PrintError, PrintJob, PrintProgress, PrinterInfo,
};

use super::{Patience, in_order};
use address::Settings;
use link::Link;

pub(super) fn printers(patience: &Patience) -> Result<Vec<PrinterInfo>, PrintError> {
    let settings = Settings::of_this_person();
    let link = Link::new(&settings.address()?, patience.answer);
    in_order(queue::list(
        &link,
        &settings.user(),
        settings.default_printer(),
    )?)
}

pub(super) fn print(
    patience: &Patience,
    job: &PrintJob<'_>,
    watch: &mut dyn FnMut(PrintProgress) -> Continue,
) -> Result<PrintEnd, PrintError> {
    let settings = Settings::of_this_person();
    let link = Link::new(&settings.address()?, patience.answer);
    job::print(&link, &settings.user(), patience, job, watch)
}
