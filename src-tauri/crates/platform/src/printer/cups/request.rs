//! IPP requests, and access to the attributes of answers.

use ipp::attribute::{IppAttribute, IppAttributeGroup, IppAttributes};
use ipp::model::{DelimiterTag, IppVersion, Operation, StatusCode};
use ipp::parser::IppParseError;
use ipp::request::IppRequestResponse;
use ipp::value::IppValue;
use usecases::ports::printer::PrintError;

/// A request under construction.
pub(super) struct Request(IppRequestResponse);

impl Request {
    /// `target` is the attribute and URI of the printer or job; the service itself has none.
    pub(super) fn new(
        operation: Operation,
        target: Option<(&str, &str)>,
        user: &str,
    ) -> Result<Self, PrintError> {
        let request = IppRequestResponse::new(IppVersion::v2_0(), operation, None);
        let mut request = Self(request.map_err(unwritable)?);
        // Charset, language and target must come first, in this order (RFC 8011 §4.1.4, §4.1.5).
        if let Some((name, uri)) = target {
            request = request.with(name, IppValue::new_uri(uri))?;
        }
        request.with(
            "requesting-user-name",
            IppValue::new_name_without_language(user),
        )
    }

    /// Adds an operation attribute.
    pub(super) fn with(
        self,
        name: &str,
        value: Result<IppValue, IppParseError>,
    ) -> Result<Self, PrintError> {
        self.add(DelimiterTag::OperationAttributes, name, value)
    }

    /// Adds a job attribute.
    pub(super) fn with_job(
        self,
        name: &str,
        value: Result<IppValue, IppParseError>,
    ) -> Result<Self, PrintError> {
        self.add(DelimiterTag::JobAttributes, name, value)
    }

    /// Requests only these attributes.
    pub(super) fn asking_for(self, names: &[&str]) -> Result<Self, PrintError> {
        let names: Result<_, _> = names.iter().map(|&it| IppValue::new_keyword(it)).collect();
        self.with("requested-attributes", names.map(IppValue::Array))
    }

    fn add(
        mut self,
        group: DelimiterTag,
        name: &str,
        value: Result<IppValue, IppParseError>,
    ) -> Result<Self, PrintError> {
        let value = value.map_err(unwritable)?;
        let attribute = IppAttribute::with_name(name, value).map_err(unwritable)?;
        self.0.attributes_mut().add(group, attribute);
        Ok(self)
    }

    pub(super) fn get(&self) -> &IppRequestResponse {
        &self.0
    }
}

/// A value that IPP cannot encode, such as a name that is too long.
fn unwritable(_error: IppParseError) -> PrintError {
    PrintError::Failed
}

/// Maps a status other than success to an error.
pub(super) fn check(status: StatusCode) -> Result<(), PrintError> {
    Err(match status {
        it if it.is_success() => return Ok(()),
        StatusCode::ClientErrorForbidden
        | StatusCode::ClientErrorNotAuthenticated
        | StatusCode::ClientErrorNotAuthorized => PrintError::NotAllowed,
        StatusCode::ClientErrorNotFound | StatusCode::ClientErrorGone => PrintError::UnknownPrinter,
        StatusCode::ClientErrorDocumentFormatNotSupported
        | StatusCode::ClientErrorDocumentFormatError
        | StatusCode::ClientErrorCompressionNotSupported => PrintError::FormatRefused,
        StatusCode::ClientErrorRequestEntityTooLong | StatusCode::ServerErrorTemporaryError => {
            PrintError::NoRoom
        }
        // The answer of CUPS when the user's quota is used up.
        StatusCode::ClientErrorNotPossible => PrintError::NoRoom,
        StatusCode::ServerErrorNotAcceptingJobs => PrintError::NotAccepting,
        StatusCode::ServerErrorServiceUnavailable | StatusCode::ServerErrorBusy => {
            PrintError::NoService
        }
        _ => PrintError::Failed,
    })
}

/// One printer or one job in an answer.
#[derive(Clone, Copy)]
pub(super) struct Described<'a>(&'a IppAttributeGroup);

impl<'a> Described<'a> {
    /// All groups with this tag.
    pub(super) fn all(answer: &'a IppAttributes, tag: DelimiterTag) -> impl Iterator<Item = Self> {
        answer.groups_of(tag).map(Self)
    }

    /// All values of an attribute; empty if it is missing.
    pub(super) fn values(self, name: &str) -> impl Iterator<Item = &'a IppValue> + use<'a> {
        self.0
            .get(name)
            .into_iter()
            .flat_map(|attribute| attribute.value().into_iter())
    }

    /// All textual values of an attribute.
    pub(super) fn words(self, name: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        self.values(name).filter_map(word)
    }

    /// The first textual value that is not empty.
    pub(super) fn word(self, name: &str) -> Option<&'a str> {
        self.words(name).find(|it| !it.is_empty())
    }

    pub(super) fn number(self, name: &str) -> Option<i32> {
        self.values(name).find_map(|value| match value {
            IppValue::Integer(number) | IppValue::Enum(number) => Some(*number),
            _ => None,
        })
    }

    pub(super) fn truth(self, name: &str) -> Option<bool> {
        self.values(name).find_map(|it| it.as_boolean().copied())
    }
}

fn word(value: &IppValue) -> Option<&str> {
    Some(match value {
        IppValue::TextWithoutLanguage(text) | IppValue::TextWithLanguage { text, .. } => text,
        IppValue::NameWithoutLanguage(name) | IppValue::NameWithLanguage { name, .. } => name,
        IppValue::Uri(uri) => uri,
        IppValue::Keyword(keyword) => keyword,
        IppValue::MimeMediaType(kind) => kind,
        _ => return None,
    })
}

/// Percent-encodes `name` for a path (RFC 3986 §2.1): CUPS allows more characters in a queue's name
/// than a URI does.
pub(super) fn escaped(name: &str) -> String {
    use std::fmt::Write;

    let mut path = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            path.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(path, "%{byte:02X}");
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_queues_name_is_percent_encoded() {
        assert_eq!(escaped("HP_LaserJet-4.1"), "HP_LaserJet-4.1");
        assert_eq!(escaped("Büro?/%"), "B%C3%BCro%3F%2F%25");
    }

    #[test]
    fn a_success_with_ignored_attributes_is_a_success() {
        assert_eq!(
            check(StatusCode::SuccessfulOkIgnoredOrSubstitutedAttributes),
            Ok(())
        );
        assert_eq!(
            check(StatusCode::UnknownStatusCode),
            Err(PrintError::Failed)
        );
    }
}
