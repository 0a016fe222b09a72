//! Answers of the print service (RFC 8010), which are not trusted.

use std::io::Cursor;

use ipp::attribute::IppAttributes;
use ipp::model::{StatusCode, ValueTag};
use ipp::parser::IppParser;
use ipp::reader::IppReader;
use usecases::ports::printer::PrintError;

/// Number of bytes before the attributes: version, status, number of the request.
const HEAD: usize = 8;
/// Ends the attributes.
const END: u8 = 0x03;
/// The first tag of a value; the ones below it begin groups.
const FIRST_VALUE: u8 = 0x10;

const COLLECTION: u8 = ValueTag::BegCollection as u8;
const COLLECTION_END: u8 = ValueTag::EndCollection as u8;
const TEXT_WITH_LANGUAGE: u8 = ValueTag::TextWithLanguage as u8;
const NAME_WITH_LANGUAGE: u8 = ValueTag::NameWithLanguage as u8;

/// Maximum depth of values within values. CUPS uses two: `media-size` in `media-col`.
const DEPTH: usize = 8;

/// Parses an answer.
///
/// # Errors
/// [`PrintError::Failed`] for bytes that are not an answer, or whose values are nested deeply.
pub(super) fn parse(bytes: Vec<u8>) -> Result<(StatusCode, IppAttributes), PrintError> {
    check(&bytes).ok_or(PrintError::Failed)?;
    let (header, attributes, _) = IppParser::new(IppReader::new(Cursor::new(bytes)))
        .parse_parts()
        .map_err(|_| PrintError::Failed)?;
    Ok((header.status_code(), attributes))
}

/// Refuses what the parser does not survive: values nested deeply, which it copies by recursion
/// once for each level around them, and a language that is longer than the value around it.
fn check(answer: &[u8]) -> Option<()> {
    let mut rest = answer.get(HEAD..)?;
    let mut depth = 0_usize;
    loop {
        let (&tag, after) = rest.split_first()?;
        rest = after;
        if tag == END {
            return Some(());
        }
        if tag < FIRST_VALUE {
            continue;
        }
        let _name = sized(&mut rest)?;
        let mut value = sized(&mut rest)?;
        match tag {
            COLLECTION if depth == DEPTH => return None,
            COLLECTION => depth += 1,
            COLLECTION_END => depth = depth.saturating_sub(1),
            TEXT_WITH_LANGUAGE | NAME_WITH_LANGUAGE => {
                let _language = sized(&mut value)?;
                sized(&mut value)?;
            }
            _ => {}
        }
    }
}

/// Takes bytes that stand after their number.
fn sized<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let (length, after) = rest.split_first_chunk()?;
    let (bytes, after) = after.split_at_checked(u16::from_be_bytes(*length).into())?;
    *rest = after;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_length(bytes: &[u8]) -> Vec<u8> {
        let length = u16::try_from(bytes.len()).unwrap_or(u16::MAX);
        [&length.to_be_bytes(), bytes].concat()
    }

    fn value(tag: u8, name: &[u8], value: &[u8]) -> Vec<u8> {
        [vec![tag], with_length(name), with_length(value)].concat()
    }

    /// An answer with these attributes of a printer.
    fn answer(attributes: &[u8]) -> Vec<u8> {
        let head = b"\x02\x00\x00\x00\x00\x00\x00\x01\x04";
        [&head[..], attributes, &[END]].concat()
    }

    /// Returns an answer with one attribute, whose value is nested to this depth.
    fn nested(levels: usize) -> Vec<u8> {
        let member = [
            value(ValueTag::MemberAttrName as u8, b"", b"media-size"),
            value(COLLECTION, b"", b""),
        ];
        let attribute = [
            value(COLLECTION, b"media-col", b""),
            member.concat().repeat(levels - 1),
            value(COLLECTION_END, b"", b"").repeat(levels),
        ];
        answer(&attribute.concat())
    }

    fn is_refused(answer: Vec<u8>) -> bool {
        parse(answer).err() == Some(PrintError::Failed)
    }

    #[test]
    fn values_in_values_are_read_up_to_a_depth() {
        assert!(parse(nested(1)).is_ok() && parse(nested(DEPTH)).is_ok());
        assert!(is_refused(nested(DEPTH + 1)));
        // Without the limit, this one would end the process.
        assert!(is_refused(nested(100_000)));
    }

    #[test]
    fn a_language_that_is_longer_than_its_value_is_refused() {
        for tag in [TEXT_WITH_LANGUAGE, NAME_WITH_LANGUAGE] {
            let text = [with_length(b"de"), with_length(b"Flur")].concat();
            let whole = answer(&value(tag, b"printer-info", &text));
            assert!(parse(whole).is_ok());
            for cut in 0..text.len() {
                let cut = answer(&value(tag, b"printer-info", &text[..cut]));
                assert!(is_refused(cut));
            }
        }
    }

    #[test]
    fn an_answer_that_ends_too_early_is_refused() {
        let answer = nested(2);
        for length in 0..answer.len() {
            assert!(is_refused(answer[..length].to_vec()), "{length}");
        }
    }
}
