//! Kinds of files, recognised by their first bytes, never by their names.

use std::fmt;

use image::ImageFormat;

/// Kind of a file.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Portable Network Graphics.
    Png,
    /// JPEG, with or without Exif.
    Jpeg,
    /// WebP, lossy or lossless.
    WebP,
    /// GIF. Only the first picture of an animation is read.
    Gif,
    /// Windows bitmap.
    Bmp,
    /// TIFF. Only the first picture is read.
    Tiff,
    /// Portable Document Format.
    Pdf,
    /// HEIF pictures with HEVC inside, as some phones store photos. Recognised but not read.
    Heic,
}

impl Kind {
    /// Returns the `image` crate's format, or `None` if that crate does not decode it.
    pub(crate) fn image_format(self) -> Option<ImageFormat> {
        Some(match self {
            Kind::Png => ImageFormat::Png,
            Kind::Jpeg => ImageFormat::Jpeg,
            Kind::WebP => ImageFormat::WebP,
            Kind::Gif => ImageFormat::Gif,
            Kind::Bmp => ImageFormat::Bmp,
            Kind::Tiff => ImageFormat::Tiff,
            Kind::Pdf | Kind::Heic => return None,
        })
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Kind::Png => "PNG",
            Kind::Jpeg => "JPEG",
            Kind::WebP => "WebP",
            Kind::Gif => "GIF",
            Kind::Bmp => "BMP",
            Kind::Tiff => "TIFF",
            Kind::Pdf => "PDF",
            Kind::Heic => "HEIC",
        })
    }
}

/// Number of bytes within which readers look for `%PDF-` (ISO 32000-1, annex H.3, note 13).
const PDF_HEADER_WITHIN: usize = 1024;

/// Brands of an ISO base media file that indicate HEVC (ISO/IEC 23008-12, annex B).
const HEVC_BRANDS: [&[u8; 4]; 8] = [
    b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs",
];

/// Recognises a file by its magic bytes. Returns `None` for any other kind.
pub fn kind_of(bytes: &[u8]) -> Option<Kind> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some(Kind::Png)
    } else if bytes.starts_with(b"\xff\xd8\xff") {
        Some(Kind::Jpeg)
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        Some(Kind::WebP)
    } else if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") {
        Some(Kind::Gif)
    } else if bytes.starts_with(b"II*\0") || bytes.starts_with(b"MM\0*") {
        Some(Kind::Tiff)
    } else if is_heic(bytes) {
        Some(Kind::Heic)
    } else if has_pdf_header(bytes) {
        Some(Kind::Pdf)
    } else if bytes.starts_with(b"BM") {
        // Two letters are weak evidence, so every other kind is checked first.
        Some(Kind::Bmp)
    } else {
        None
    }
}

fn has_pdf_header(bytes: &[u8]) -> bool {
    bytes
        .get(..PDF_HEADER_WITHIN)
        .unwrap_or(bytes)
        .windows(5)
        .any(|window| window == b"%PDF-")
}

/// Whether there is a `ftyp` box whose major or compatible brands indicate HEVC. Some phones put
/// the neutral `mif1` first.
fn is_heic(bytes: &[u8]) -> bool {
    let Some((size, rest)) = bytes.split_first_chunk::<4>() else {
        return false;
    };
    if !rest.starts_with(b"ftyp") {
        return false;
    }
    let size = usize::try_from(u32::from_be_bytes(*size)).unwrap_or(usize::MAX);
    let end = size.min(bytes.len()).max(8);
    let (brands, _) = bytes.get(8..end).unwrap_or_default().as_chunks::<4>();
    brands.iter().any(|brand| HEVC_BRANDS.contains(&brand))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heic_is_recognised_by_any_of_its_brands_and_avif_is_not_heic() {
        let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic";
        let neutral_first = b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic";
        let avif = b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf";
        let brand_after_the_box = b"\0\0\0\x10ftypavif\0\0\0\0heic";
        assert_eq!(kind_of(heic), Some(Kind::Heic));
        assert_eq!(kind_of(neutral_first), Some(Kind::Heic));
        assert_eq!(kind_of(avif), None);
        assert_eq!(kind_of(brand_after_the_box), None);
        assert_eq!(kind_of(b"\0\0\0\x18ftyp"), None);
        assert_eq!(kind_of(b"\0\0"), None);
    }

    #[test]
    fn a_pdf_may_have_bytes_before_its_header() {
        let mut bytes = vec![b' '; 1000];
        bytes.extend_from_slice(b"%PDF-1.7");
        assert_eq!(kind_of(&bytes), Some(Kind::Pdf));
        bytes.splice(0..0, [b' '; 100]);
        assert_eq!(kind_of(&bytes), None);
    }

    #[test]
    fn text_has_no_kind() {
        assert_eq!(kind_of(b""), None);
        assert_eq!(kind_of(b"B"), None);
        assert_eq!(kind_of(b"<svg></svg>"), None);
        assert_eq!(kind_of(b"RIFF....WAVE"), None);
    }
}
