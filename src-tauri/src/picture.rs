//! Pictures that cross to the page within an answer.

/// The picture as a URI: every byte that is not plainly allowed in one is escaped.
pub(crate) fn data_uri(svg: &str) -> String {
    let mut uri = String::with_capacity(2 * svg.len());
    uri.push_str("data:image/svg+xml,");
    for byte in svg.bytes() {
        if byte.is_ascii_alphanumeric() || b" -_.,:;=/()'".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_s_marks_are_escaped_in_its_uri() {
        assert_eq!(
            data_uri("<a b=\"#\"/>"),
            "data:image/svg+xml,%3Ca b=%22%23%22/%3E"
        );
    }
}
