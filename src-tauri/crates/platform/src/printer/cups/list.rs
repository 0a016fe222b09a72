//! The queues that are set up (CUPS-Get-Printers), and what each reports of its printer.

use std::num::NonZeroU8;

use ipp::model::{DelimiterTag, Operation, StatusCode};
use ipp::value::IppValue;
use usecases::ports::printer::{
    Connection, Paper, PrintError, PrinterId, PrinterInfo, PrinterState,
};

use super::link::Link;
use super::reasons::{self, Condition};
use super::request::{Described, Request, check};

const WANTED: &[&str] = &[
    "copies-supported",
    "device-uri",
    "media-default",
    "media-ready",
    "media-supported",
    "printer-info",
    "printer-is-accepting-jobs",
    "printer-location",
    "printer-name",
    "printer-state",
    "printer-state-reasons",
    "sides-supported",
];

/// Lists all queues. `preferred` is the user's own default; without it the service's default
/// counts.
pub(super) fn list(
    link: &Link,
    user: &str,
    preferred: Option<String>,
) -> Result<Vec<PrinterInfo>, PrintError> {
    let request = Request::new(Operation::CupsGetPrinters, None, user)?.asking_for(WANTED)?;
    let (status, answer) = link.send("/", request.get(), &[])?;
    if status == StatusCode::ClientErrorNotFound {
        return Err(PrintError::NoPrinter);
    }
    check(status)?;
    let mut printers: Vec<_> = Described::all(&answer, DelimiterTag::PrinterAttributes)
        .filter_map(read)
        .collect();
    let is_known = |name: &String| printers.iter().any(|it| it.id.0 == *name);
    let default = match preferred.filter(is_known) {
        Some(name) => Some(name),
        None => service_default(link, user)?,
    };
    for printer in &mut printers {
        printer.is_default = default.as_deref() == Some(&printer.id.0);
    }
    Ok(printers)
}

fn service_default(link: &Link, user: &str) -> Result<Option<String>, PrintError> {
    let request =
        Request::new(Operation::CupsGetDefault, None, user)?.asking_for(&["printer-name"])?;
    let (status, answer) = link.send("/", request.get(), &[])?;
    if status == StatusCode::ClientErrorNotFound {
        return Ok(None);
    }
    check(status)?;
    Ok(Described::all(&answer, DelimiterTag::PrinterAttributes)
        .find_map(|it| it.word("printer-name"))
        .map(str::to_owned))
}

fn read(printer: Described<'_>) -> Option<PrinterInfo> {
    let id = printer.word("printer-name")?;
    let text = |name| printer.word(name).map(str::to_owned);
    Some(PrinterInfo {
        id: PrinterId(id.to_owned()),
        name: text("printer-info").unwrap_or_else(|| id.to_owned()),
        location: text("printer-location"),
        is_default: false,
        state: state(printer),
        connection: printer
            .word("device-uri")
            .map_or(Connection::Unknown, connection),
        copies_max: copies_max(printer),
        two_sided: printer
            .words("sides-supported")
            .any(|it| it.starts_with("two-sided")),
        papers: papers(printer.words("media-supported")),
        paper: ["media-ready", "media-default"]
            .into_iter()
            .flat_map(|name| printer.words(name))
            .find_map(paper),
    })
}

fn state(printer: Described<'_>) -> PrinterState {
    if printer.truth("printer-is-accepting-jobs") == Some(false) {
        return PrinterState::NotAccepting;
    }
    let number = printer.number("printer-state");
    match condition(printer) {
        Some(Condition::Stops(problem)) => PrinterState::Stopped(problem),
        _ if number == Some(PRINTING) => PrinterState::Printing,
        Some(Condition::Warns(_)) | None => PrinterState::Ready,
    }
}

/// `printer-state` of a queue that is printing.
pub(super) const PRINTING: i32 = ipp::model::PrinterState::Processing as i32;
const STOPPED: i32 = ipp::model::PrinterState::Stopped as i32;

/// The printer's own report of what stops it or what it warns of.
pub(super) fn condition(printer: Described<'_>) -> Option<Condition> {
    let stopped = printer.number("printer-state") == Some(STOPPED);
    reasons::of_printer(printer.words("printer-state-reasons"), stopped)
}

fn copies_max(printer: Described<'_>) -> NonZeroU8 {
    printer
        .values("copies-supported")
        .filter_map(|value| match value {
            IppValue::RangeOfInteger { max, .. } | IppValue::Integer(max) => Some(*max),
            _ => None,
        })
        .max()
        .and_then(|max| u8::try_from(max.clamp(1, i32::from(u8::MAX))).ok())
        .and_then(NonZeroU8::new)
        .unwrap_or(NonZeroU8::MIN)
}

fn papers<'a>(names: impl Iterator<Item = &'a str>) -> Vec<Paper> {
    let mut any = false;
    let mut known = Vec::new();
    for name in names {
        any = true;
        known.extend(paper(name).filter(|it| !known.contains(it)));
    }
    if any {
        known
    } else {
        vec![Paper::A4, Paper::Letter]
    }
}

/// Recognises the media names of PWG 5101.1 and those of older drivers.
fn paper(name: &str) -> Option<Paper> {
    match name {
        "A4" | "a4" => Some(Paper::A4),
        "Letter" | "letter" => Some(Paper::Letter),
        _ if name.starts_with("iso_a4_") => Some(Paper::A4),
        _ if name.starts_with("na_letter_") => Some(Paper::Letter),
        _ => None,
    }
}

/// The media name of a paper (PWG 5101.1).
pub(super) fn media(paper: Paper) -> &'static str {
    match paper {
        Paper::A4 => "iso_a4_210x297mm",
        Paper::Letter => "na_letter_8.5x11in",
    }
}

/// Where a device sends the document, by the scheme of its CUPS backend.
fn connection(device: &str) -> Connection {
    let (scheme, rest) = device.split_once(':').unwrap_or((device, ""));
    match scheme {
        "usb" | "parallel" | "serial" | "hp" if !rest.starts_with("/net") => Connection::Cable,
        // A local driver that speaks IPP for a printer on a cable (ipp-usb).
        "ipp" | "ipps"
            if ["//localhost", "//127.", "//[::1]"]
                .iter()
                .any(|it| rest.starts_with(it)) =>
        {
            Connection::Unknown
        }
        "ipp" | "ipps" | "http" | "https" | "socket" | "lpd" | "smb" | "dnssd" | "mdns" | "hp"
        | "implicitclass" => Connection::Network,
        "file" | "cups-pdf" => {
            if rest.trim_start_matches('/') == "dev/null" {
                Connection::Unknown
            } else {
                Connection::File
            }
        }
        _ => Connection::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_uri_tells_where_the_document_goes() {
        for (device, expected) in [
            ("usb://HP/LaserJet?serial=1", Connection::Cable),
            ("hp:/usb/DeskJet", Connection::Cable),
            ("hp:/net/DeskJet?ip=10.0.0.2", Connection::Network),
            ("dnssd://Office._ipp._tcp.local/", Connection::Network),
            ("implicitclass://Office/", Connection::Network),
            ("ipp://printer.example.org/ipp/print", Connection::Network),
            ("ipp://localhost:60000/ipp/print", Connection::Unknown),
            ("cups-pdf:/", Connection::File),
            ("file:///tmp/out.pdf", Connection::File),
            ("file:///dev/null", Connection::Unknown),
            ("something:/", Connection::Unknown),
        ] {
            assert_eq!(connection(device), expected, "{device}");
        }
    }

    #[test]
    fn a_printer_that_names_no_media_is_assumed_to_have_both_papers() {
        assert_eq!(papers([].into_iter()), [Paper::A4, Paper::Letter]);
        assert_eq!(papers(["iso_a5_148x210mm"].into_iter()), []);
        assert_eq!(
            papers(["na_letter_8.5x11in", "Letter", "iso_a4_210x297mm"].into_iter()),
            [Paper::Letter, Paper::A4]
        );
    }
}
