//! The queue that a job goes to: what it accepts, and the request that sends the document.

use ipp::attribute::IppAttributes;
use ipp::model::{DelimiterTag, Operation};
use ipp::value::IppValue;
use usecases::ports::printer::{PrintError, PrintJob, PrinterId};

use super::link::Link;
use super::list::media;
use super::request::{Described, Request, check, escaped};

const PDF: &str = "application/pdf";
const PORTRAIT: i32 = ipp::model::Orientation::Portrait as i32;

/// A queue of the print service.
pub(super) struct Queue<'a> {
    pub(super) link: &'a Link,
    pub(super) user: &'a str,
    path: String,
}

impl<'a> Queue<'a> {
    pub(super) fn new(link: &'a Link, user: &'a str, printer: &PrinterId) -> Self {
        Queue {
            link,
            user,
            path: format!("/printers/{}", escaped(&printer.0)),
        }
    }

    fn request(&self, operation: Operation) -> Result<Request, PrintError> {
        let uri = format!("ipp://localhost{}", self.path);
        Request::new(operation, Some(("printer-uri", &uri)), self.user)
    }

    /// Reads these attributes of the queue.
    pub(super) fn describe(&self, names: &[&str]) -> Result<IppAttributes, PrintError> {
        let request = self
            .request(Operation::GetPrinterAttributes)?
            .asking_for(names)?;
        let (status, answer) = self.link.send("/", request.get(), &[])?;
        check(status)?;
        Ok(answer)
    }

    /// Refuses a queue that cannot convert PDF: it would print the source, on many sheets of paper.
    pub(super) fn require_pdf(&self) -> Result<(), PrintError> {
        let answer = self.describe(&["document-format-supported"])?;
        let supported = Described::all(&answer, DelimiterTag::PrinterAttributes)
            .any(|it| it.words("document-format-supported").any(|it| it == PDF));
        supported.then_some(()).ok_or(PrintError::FormatRefused)
    }

    /// Sends the document and returns the job's number.
    pub(super) fn send(&self, job: &PrintJob<'_>) -> Result<i32, PrintError> {
        let keyword = IppValue::new_keyword;
        let request = self
            .request(Operation::PrintJob)?
            .with("job-name", IppValue::new_name_without_language(job.title))?
            .with("document-format", IppValue::new_mime_media_type(PDF))?
            // The printer ignores attributes that it does not support, and prints the sheet.
            .with("ipp-attribute-fidelity", Ok(IppValue::new_boolean(false)))?
            .with_job("copies", Ok(IppValue::new_integer(job.copies.get().into())))?
            .with_job("media", keyword(media(job.paper)))?
            .with_job("sides", keyword("one-sided"))?
            // True size: the QR code has measured modules, and the margins suit any printer.
            .with_job("print-scaling", keyword("none"))?
            .with_job("number-up", Ok(IppValue::new_integer(1)))?
            .with_job("orientation-requested", Ok(IppValue::Enum(PORTRAIT)))?
            .with_job("print-color-mode", keyword("monochrome"))?
            // No cover pages: they would show the job to anyone at the printer.
            .with_job(
                "job-sheets",
                keyword("none").map(|none| IppValue::Array(vec![none.clone(), none])),
            )?;
        let (status, answer) = self
            .link
            .send(&self.path, request.get(), job.document.pdf())?;
        check(status)?;
        Described::all(&answer, DelimiterTag::JobAttributes)
            .find_map(|it| it.number("job-id"))
            .ok_or(PrintError::Failed)
    }
}
