//! Reads what a field holds from a QR code that another program or a person has made.

use std::path::Path;

use content::mistaken::{Mistaken, mistaken};
use content::one_time::{self, OneTime};
use content::phrase;
use scan::{Foreign, Progress, Scanner, Text};
use thiserror::Error;
use usecases::ports::Disk;

use crate::files::{FileProblem, ReadError, read_foreign};

/// What a field is to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QrKind {
    /// The words of a wallet, from a SeedQR or a text of words.
    Words,
    /// An `otpauth` address.
    OneTime,
}

/// Why there is no text for the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ReadQrError {
    /// The person cancelled.
    #[error("reading was cancelled")]
    Cancelled,
    /// No QR code was read.
    #[error("no QR code was read from the file")]
    File(FileProblem),
    /// The QR codes hold nothing for the field.
    #[error(transparent)]
    Unfit(#[from] Unfit),
}

/// Why QR codes that were read hold nothing for the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Unfit {
    /// They are backup codes or parts of recovery pages, which no field holds.
    #[error("the QR code is one of this program")]
    Ours,
    /// They hold other texts, and perhaps another secret.
    #[error("the QR code holds something else")]
    Other(Option<Mistaken>),
}

impl From<ReadError> for ReadQrError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Problem(problem) => Self::File(problem),
            ReadError::Cancelled => Self::Cancelled,
        }
    }
}

/// Reads a picture or a PDF, and returns the first text that such a field holds: words with one
/// space between them, or an address.
///
/// # Errors
/// [`ReadQrError`].
pub fn read_qr(
    disk: &dyn Disk,
    scanner: &dyn Scanner,
    path: &Path,
    kind: QrKind,
    progress: &dyn Progress,
) -> Result<Text, ReadQrError> {
    let foreign = read_foreign(disk, scanner, path, progress)?;
    Ok(fitting(kind, &foreign)?)
}

/// Returns the first text that such a field holds.
pub(crate) fn fitting(kind: QrKind, Foreign { texts, ours }: &Foreign) -> Result<Text, Unfit> {
    match texts.iter().find_map(|text| content(kind, text)) {
        Some(content) => Ok(content),
        None if *ours => Err(Unfit::Ours),
        None => Err(Unfit::Other(texts.iter().find_map(|text| mistaken(text)))),
    }
}

fn content(kind: QrKind, text: &Text) -> Option<Text> {
    match kind {
        QrKind::Words => phrase::whole(text),
        QrKind::OneTime => {
            let is_usable = one_time::is_address(text) && OneTime::read(text).is_ok();
            is_usable.then(|| text.clone())
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

    use scan::Unattended;
    use wallet::disk::RealDisk;

    use super::*;
    use crate::testing::{LineScanner, single};

    const PHRASE: &str =
        "legal winner thank year wave sausage worth useful legal winner thank yellow";
    const SEED_QR: &str = "101920151790203919831533203119191019201517902040";
    const ADDRESS: &str = "otpauth://totp/Mail:ada?secret=JBSWY3DPEHPK3PXP";

    /// Reads a file with these texts.
    fn read(kind: QrKind, texts: &[&str]) -> Result<String, ReadQrError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("qr.png");
        std::fs::write(&path, texts.join("\n")).unwrap();
        let text = read_qr(&RealDisk, &LineScanner, &path, kind, &Unattended)?;
        Ok(text.to_string())
    }

    #[test]
    fn a_seed_qr_and_words_become_words_in_one_line() {
        for text in [SEED_QR, PHRASE, &PHRASE.replace(' ', "  ").to_uppercase()] {
            assert_eq!(read(QrKind::Words, &[text]).unwrap(), PHRASE);
        }
        // The field says that the checksum is wrong.
        let wrong = read(QrKind::Words, &[&format!("{}2041", &SEED_QR[..44])]).unwrap();
        assert_eq!(wrong, PHRASE.replace("yellow", "you"));
    }

    #[test]
    fn the_first_text_that_fits_is_taken() {
        let texts = ["https://example.org/", ADDRESS, SEED_QR, &single(1)];
        assert_eq!(read(QrKind::Words, &texts).unwrap(), PHRASE);
        assert_eq!(read(QrKind::OneTime, &texts).unwrap(), ADDRESS);
    }

    #[test]
    fn a_code_of_this_program_is_named_and_not_returned() {
        for ours in [&single(2), "UR:BYTES/1-2/AA"] {
            for kind in [QrKind::Words, QrKind::OneTime] {
                let error = read(kind, &["https://example.org/", ours]).unwrap_err();
                assert_eq!(error, ReadQrError::Unfit(Unfit::Ours));
            }
        }
    }

    #[test]
    fn another_secret_is_named() {
        let other = |kind, text: &str| match read(kind, &["https://example.org/", text]) {
            Err(ReadQrError::Unfit(Unfit::Other(what))) => what,
            read => panic!("{read:?}"),
        };
        assert_eq!(other(QrKind::OneTime, SEED_QR), Some(Mistaken::Phrase));
        assert_eq!(other(QrKind::OneTime, PHRASE), Some(Mistaken::Phrase));
        assert_eq!(other(QrKind::Words, ADDRESS), Some(Mistaken::OneTime));
        let counter = "otpauth://hotp/Mail?secret=JBSWY3DPEHPK3PXP&counter=1";
        assert_eq!(other(QrKind::OneTime, counter), Some(Mistaken::OneTime));
        // A key alone is not what a QR code for an authenticator app holds.
        assert_eq!(other(QrKind::OneTime, "JBSWY3DPEHPK3PX="), None);
    }

    #[test]
    fn a_file_without_a_qr_code_and_a_missing_one_have_their_own_problems() {
        let error = read(QrKind::Words, &[]).unwrap_err();
        assert_eq!(error, ReadQrError::File(FileProblem::NoCode));
        let path = Path::new("/nowhere/at/all");
        let missing = read_qr(&RealDisk, &LineScanner, path, QrKind::Words, &Unattended);
        assert_eq!(
            missing.unwrap_err(),
            ReadQrError::File(FileProblem::UnreadableFile)
        );
    }
}
