//! The secret half of a recipient of `age`, as a scalar and as a text.

use zeroize::Zeroizing;

use crate::key::KEY_LENGTH;

const IDENTITY_PREFIX: bech32::Hrp = bech32::Hrp::parse_unchecked("age-secret-key-");
/// Length of `AGE-SECRET-KEY-1…`: prefix, separator, 52 symbols for 32 bytes, 6 of checksum.
const IDENTITY_LENGTH: usize = 15 + 1 + 52 + 6;

/// Applies X25519's `decodeScalar25519` (RFC 7748 §5). `age` would do it too, but clamping here
/// makes the text form canonical.
pub(crate) fn clamp(scalar: &mut [u8; KEY_LENGTH]) {
    scalar[0] &= 248;
    scalar[31] &= 127;
    scalar[31] |= 64;
}

/// Encodes `AGE-SECRET-KEY-1…` in a buffer that never grows and leaves no copy behind.
pub(crate) fn identity_text(scalar: &[u8; KEY_LENGTH]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(IDENTITY_LENGTH));
    bech32::encode_upper_to_fmt::<bech32::Bech32, _>(&mut *text, IDENTITY_PREFIX, scalar)
        .unwrap_or_else(|_| unreachable!("74 characters are within Bech32's 90"));
    text
}
