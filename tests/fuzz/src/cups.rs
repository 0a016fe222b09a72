//! The parsers of the print service's answers, from their own source: the crate speaks with
//! keychains and buses too. Only the connection is another one: it gives the same bytes to every
//! request.

#![allow(dead_code, reason = "nothing is printed here")]

use ipp::model::DelimiterTag;
use ipp::value::IppValue;
use usecases::ports::printer::{PrintError, PrinterId, PrinterInfo};

#[path = "../../../src-tauri/crates/platform/src/printer/cups/address.rs"]
mod address;
#[path = "../../../src-tauri/crates/platform/src/printer/cups/answer.rs"]
mod answer;
#[path = "../../../src-tauri/crates/platform/src/printer/cups/defaults.rs"]
mod defaults;
#[path = "../../../src-tauri/crates/platform/src/printer/cups/list.rs"]
mod list;
#[path = "../../../src-tauri/crates/platform/src/printer/cups/queue.rs"]
mod queue;
#[path = "../../../src-tauri/crates/platform/src/printer/cups/reasons.rs"]
mod reasons;
#[path = "../../../src-tauri/crates/platform/src/printer/cups/request.rs"]
mod request;
#[path = "../../../src-tauri/crates/platform/src/printer/cups/status.rs"]
mod status;

mod link {
    use ipp::attribute::IppAttributes;
    use ipp::model::StatusCode;
    use ipp::request::IppRequestResponse;
    use usecases::ports::printer::PrintError;

    /// A service that answers every request with these bytes.
    pub(super) struct Link(pub(super) Vec<u8>);

    impl Link {
        pub(super) fn send(
            &self,
            _path: &str,
            _request: &IppRequestResponse,
            _document: &[u8],
        ) -> Result<(StatusCode, IppAttributes), PrintError> {
            super::answer::parse(self.0.clone())
        }
    }
}

/// Lists the printers of an answer. The first is the person's own default.
///
/// # Errors
/// See [`PrintError`].
pub fn printers(answer: &[u8], preferred: &str) -> Result<Vec<PrinterInfo>, PrintError> {
    let preferred = Some(preferred.to_owned());
    list::list(&link::Link(answer.to_vec()), "zoe", preferred)
}

/// Reads the state of a job from an answer that describes its queue too.
///
/// # Errors
/// See [`PrintError`].
pub fn look_at_a_job(answer: &[u8]) -> Result<(), PrintError> {
    let link = link::Link(answer.to_vec());
    let queue = queue::Queue::new(&link, "zoe", &PrinterId("Office".to_owned()));
    queue.require_pdf()?;
    let (status, attributes) = answer::parse(answer.to_vec())?;
    request::check(status)?;
    status::JobStatus::read(&attributes, &queue).map(|_| ())
}

/// Returns how deep the values of an answer are nested; 0 of one that is refused.
pub fn depth(answer: &[u8]) -> usize {
    let Ok((_, attributes)) = answer::parse(answer.to_vec()) else {
        return 0;
    };
    let tags = [
        DelimiterTag::OperationAttributes,
        DelimiterTag::JobAttributes,
        DelimiterTag::PrinterAttributes,
    ];
    let groups = tags.iter().flat_map(|tag| attributes.groups_of(*tag));
    let values = groups.flat_map(|group| group.attributes().iter());
    values.map(|it| depth_of(it.value())).max().unwrap_or(0)
}

fn depth_of(value: &IppValue) -> usize {
    match value {
        IppValue::Array(values) => values.iter().map(depth_of).max().unwrap_or(0),
        IppValue::Collection(map) => 1 + map.values().map(depth_of).max().unwrap_or(0),
        _ => 0,
    }
}

/// Returns whether a server is on this computer; `None` if it is refused.
pub fn is_this_computer(server: &str) -> Option<bool> {
    Some(match address::local(server, 631)? {
        address::Address::Socket(path) => path.is_absolute(),
        address::Address::Loopback(addresses) => {
            !addresses.is_empty() && addresses.iter().all(|it| it.ip().is_loopback())
        }
    })
}
