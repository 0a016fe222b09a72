//! A checksum in the place of a cipher's tag, for simulations.

const ODD: [u64; 2] = [0x9E37_79B9_7F4A_7C15, 0xD1B5_4A32_D192_ED03];

/// Returns a checksum of the parts one after another. A change within eight bytes always changes
/// it, and any other one nearly always. It is no obstacle to anybody.
pub(crate) fn checksum(parts: &[&[u8]]) -> [u8; 16] {
    let mut sums = ODD;
    let mut add = |word: u64| {
        for (sum, odd) in sums.iter_mut().zip(ODD) {
            *sum = (sum.rotate_left(29) ^ word).wrapping_mul(odd);
        }
    };
    for part in parts {
        let (words, rest) = part.as_chunks();
        for word in words {
            add(u64::from_le_bytes(*word));
        }
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        add(u64::from_le_bytes(last));
        add(part.len() as u64);
    }
    let mut all = [0; 16];
    for (bytes, sum) in all.chunks_exact_mut(8).zip(sums) {
        bytes.copy_from_slice(&(sum ^ (sum >> 31)).to_be_bytes());
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checksum_depends_on_every_bit_and_on_the_bounds_of_the_parts() {
        let bytes: Vec<u8> = (0..=255).collect();
        let whole = checksum(&[&bytes]);
        for bit in 0..8 * bytes.len() {
            let mut other = bytes.clone();
            other[bit / 8] ^= 1 << (bit % 8);
            assert_ne!(checksum(&[&other]), whole, "{bit}");
        }
        for at in 0..bytes.len() {
            assert_ne!(checksum(&[&bytes[..at]]), whole, "{at}");
            assert_ne!(checksum(&[&bytes[..at], &bytes[at..]]), whole, "{at}");
        }
    }
}
