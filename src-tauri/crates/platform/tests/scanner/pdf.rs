//! Hand-written PDFs.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use image::GrayImage;

/// A PDF of these objects, numbered from 1. The first is the catalogue.
pub(crate) fn of_objects(objects: &[Vec<u8>]) -> Vec<u8> {
    with_trailer(objects, "")
}

/// Like [`of_objects`], with `more` in the trailer, where `START` is replaced by the offset of the
/// cross-reference table.
pub(crate) fn with_trailer(objects: &[Vec<u8>], more: &str) -> Vec<u8> {
    let mut pdf = b"%PDF-1.7\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (index, object) in objects.iter().enumerate() {
        table.push_str(&format!("{:010} 00000 n \n", pdf.len()));
        pdf.extend_from_slice(format!("{} 0 obj\n", index + 1).as_bytes());
        pdf.extend_from_slice(object);
        pdf.extend_from_slice(b"\nendobj\n");
    }
    let start = pdf.len();
    let more = more.replace("START", &start.to_string());
    let size = objects.len() + 1;
    pdf.extend_from_slice(table.as_bytes());
    pdf.extend_from_slice(
        format!("trailer\n<< /Size {size} /Root 1 0 R {more} >>\nstartxref\n{start}\n%%EOF\n")
            .as_bytes(),
    );
    pdf
}

/// A stream object with these dictionary entries.
pub(crate) fn stream(dictionary: &str, data: &[u8]) -> Vec<u8> {
    let length = data.len();
    let mut object = format!("<< {dictionary} /Length {length} >>\nstream\n").into_bytes();
    object.extend_from_slice(data);
    object.extend_from_slice(b"\nendstream");
    object
}

/// One page with this content stream, in which `/Picture` names the stream `picture`.
pub(crate) fn of_content(content: Vec<u8>, picture: Vec<u8>) -> Vec<u8> {
    of_objects(&[
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 400] /Contents 4 0 R \
          /Resources << /XObject << /Picture 5 0 R >> >> >>"
            .to_vec(),
        content,
        picture,
    ])
}

/// One page that shows a picture with these dictionary entries in addition to its type.
pub(crate) fn of_picture(dictionary: &str, data: &[u8]) -> Vec<u8> {
    let dictionary = format!("/Type /XObject /Subtype /Image {dictionary}");
    of_content(
        stream("", b"300 0 0 300 50 50 cm /Picture Do"),
        stream(&dictionary, data),
    )
}

/// `pages` pages that show the same picture.
pub(crate) fn of_scans(picture: &GrayImage, pages: usize) -> Vec<u8> {
    let image = format!(
        "/Type /XObject /Subtype /Image /Width {} /Height {} /ColorSpace /DeviceGray /BitsPerComponent 8",
        picture.width(),
        picture.height()
    );
    let kids: String = (0..pages)
        .map(|page| format!("{} 0 R ", page + 5))
        .collect();
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\\(1\\); while \\(true\\) {}) >> >>"
            .to_vec(),
        format!("<< /Type /Pages /Count {pages} /Kids [{kids}] >>").into_bytes(),
        stream(&image, picture.as_raw()),
        stream("", b"300 0 0 300 50 50 cm /Picture Do"),
    ];
    let page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 400] /Contents 4 0 R \
                 /Resources << /XObject << /Picture 3 0 R >> >> >>";
    objects.extend(std::iter::repeat_n(page.to_vec(), pages));
    of_objects(&objects)
}

/// `pattern` repeated `times` times and compressed.
pub(crate) fn squeezed(pattern: &[u8], times: usize) -> Vec<u8> {
    let block = pattern.repeat(times.min(4096));
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(6));
    for _ in 0..times / times.min(4096) {
        encoder.write_all(&block).unwrap();
    }
    encoder
        .write_all(&pattern.repeat(times % times.min(4096)))
        .unwrap();
    encoder.finish().unwrap()
}
