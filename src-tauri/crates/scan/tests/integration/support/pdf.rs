//! PDFs: sheets made with `printpdf`, and unusual files written by hand.

use image::GrayImage;
use printpdf::{
    LinePoint, Mm, Op, PaintMode, PdfDocument, PdfPage, PdfSaveOptions, Point, Polygon,
    PolygonRing, WindingOrder,
};
use qrcode::Color;

/// A4 pages, each with a symbol as vector squares of `module` millimetres, written by `printpdf`.
pub(crate) fn vector_sheet(texts: &[&str], module: f32) -> Vec<u8> {
    let pages = texts
        .iter()
        .map(|text| PdfPage::new(Mm(210.0), Mm(297.0), vec![squares(text, module)]))
        .collect();
    PdfDocument::new("sheet")
        .with_pages(pages)
        .save(&PdfSaveOptions::default(), &mut Vec::new())
}

fn squares(text: &str, module: f32) -> Op {
    let qr = super::modules(text);
    let corner = |x: usize, y: usize| LinePoint {
        p: Point::new(Mm(30.0 + x as f32 * module), Mm(250.0 - y as f32 * module)),
        bezier: false,
    };
    let dark = (0..qr.width())
        .flat_map(|y| (0..qr.width()).map(move |x| (x, y)))
        .filter(|&at| qr[at] == Color::Dark);
    let rings = dark
        .map(|(x, y)| PolygonRing {
            points: vec![
                corner(x, y),
                corner(x + 1, y),
                corner(x + 1, y + 1),
                corner(x, y + 1),
            ],
        })
        .collect();
    Op::DrawPolygon {
        polygon: Polygon {
            rings,
            mode: PaintMode::Fill,
            winding_order: WindingOrder::NonZero,
        },
    }
}

/// A PDF of numbered objects; the first is the catalogue.
pub(crate) fn of_objects(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut pdf = b"%PDF-1.7\n".to_vec();
    let mut offsets = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        offsets.push(pdf.len());
        pdf.extend_from_slice(format!("{} 0 obj\n", index + 1).as_bytes());
        pdf.extend_from_slice(object);
        pdf.extend_from_slice(b"\nendobj\n");
    }
    let start = pdf.len();
    pdf.extend_from_slice(format!("xref\n0 {}\n", objects.len() + 1).as_bytes());
    pdf.extend_from_slice(b"0000000000 65535 f \n");
    for offset in offsets {
        pdf.extend_from_slice(format!("{offset:010} 00000 n \n").as_bytes());
    }
    let trailer = format!(
        "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n",
        objects.len() + 1
    );
    pdf.extend_from_slice(trailer.as_bytes());
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

/// Pages of `width` × `height` PDF units, each with the same picture in a corner, 200 units wide.
pub(crate) fn of_scans(picture: &GrayImage, pages: usize, width: u64, height: u64) -> Vec<u8> {
    let image = format!(
        "/Type /XObject /Subtype /Image /Width {} /Height {} /ColorSpace /DeviceGray \
         /BitsPerComponent 8",
        picture.width(),
        picture.height()
    );
    let kids: String = (0..pages)
        .map(|page| format!("{} 0 R ", page + 5))
        .collect();
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!("<< /Type /Pages /Count {pages} /Kids [{kids}] >>").into_bytes(),
        stream(&image, picture.as_raw()),
        stream("", b"200 0 0 200 0 0 cm /Picture Do"),
    ];
    for _ in 0..pages {
        let page = format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Contents 4 0 R \
             /Resources << /XObject << /Picture 3 0 R >> >> >>"
        );
        objects.push(page.into_bytes());
    }
    of_objects(&objects)
}
