//! The second corpus: sheets through real print paths on Linux.
//!
//! Poppler, MuPDF and Ghostscript draw pages. CUPS's filters lay them out, and convert them to
//! printers' pixels (PWG raster) and back. PostScript and fax stand for older devices. A missing
//! program is an error.

use std::error::Error;
use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use image::imageops::{self, FilterType};

use super::{Case, fresh, read_list, write_list};
use crate::sheets;

/// The seed of the first sheet. The first corpus uses other seeds.
const FIRST: u64 = 101;

/// Number of sheets, each of which goes through every path; and their number in a short run.
const SHEETS: u64 = 12;
const FEW: u64 = 2;

/// Changed together with the paths, so that pictures of earlier runs are made again.
const STAMP: &str = "print paths 2";

type Made<T> = Result<T, Box<dyn Error>>;

/// A path from a PDF to a picture.
struct PrintPath {
    subset: &'static str,
    name: &'static str,
    /// Whether it is part of the short run, which has at least one path of each kind.
    short: bool,
    go: fn(&Workshop) -> Made<PathBuf>,
}

const fn path(
    subset: &'static str,
    name: &'static str,
    short: bool,
    go: fn(&Workshop) -> Made<PathBuf>,
) -> PrintPath {
    PrintPath {
        subset,
        name,
        short,
        go,
    }
}

#[rustfmt::skip]
const PATHS: &[PrintPath] = &[
    path("drawn", "poppler-40", false, |shop| shop.poppler("sheet.pdf", 40)),
    path("drawn", "poppler-72", true, |shop| shop.poppler("sheet.pdf", 72)),
    path("drawn", "poppler-300", false, |shop| shop.poppler("sheet.pdf", 300)),
    path("drawn", "cairo-mono", true, |shop| shop.cairo("sheet.pdf", 100)),
    path("drawn", "mupdf-50", false, |shop| shop.mupdf("sheet.pdf", 50)),
    path("drawn", "mupdf-150", true, |shop| shop.mupdf("sheet.pdf", 150)),
    path("drawn", "ghostscript-60", false, |shop| shop.ghostscript("sheet.pdf", "pnggray", "60")),
    path("drawn", "ghostscript-mono", true, |shop| shop.ghostscript("sheet.pdf", "pngmono", "120")),
    path("PostScript", "pdftops", true, |shop| {
        shop.run("pdftops", &["sheet.pdf", "sheet.ps"])?;
        shop.ghostscript("sheet.ps", "pnggray", "100")
    }),
    path("PostScript", "ps2write", true, |shop| {
        shop.convert("sheet.pdf", "ps2write", &[], "sheet.ps")?;
        shop.convert("sheet.ps", "pdfwrite", &["-dPDFSETTINGS=/screen"], "again.pdf")?;
        shop.poppler("again.pdf", 60)
    }),
    path("CUPS", "raster-300", true, |shop| {
        shop.raster("sheet.pdf", "gstoraster", 300)?;
        shop.poppler("raster.pdf", 100)
    }),
    path("CUPS", "raster-75", false, |shop| {
        shop.raster("sheet.pdf", "pdftoraster", 75)?;
        shop.poppler("raster.pdf", 60)
    }),
    path("CUPS", "two-up", false, |shop| {
        shop.filter("pdftopdf", "application/vnd.cups-pdf", "number-up=2", "sheet.pdf", "up.pdf")?;
        shop.poppler("up.pdf", 75)
    }),
    path("CUPS", "four-up", true, |shop| {
        shop.filter("pdftopdf", "application/vnd.cups-pdf", "number-up=4", "sheet.pdf", "up.pdf")?;
        shop.raster("up.pdf", "gstoraster", 150)?;
        shop.poppler("raster.pdf", 100)
    }),
    path("CUPS", "nine-up", false, |shop| {
        shop.filter("pdftopdf", "application/vnd.cups-pdf", "number-up=9", "sheet.pdf", "up.pdf")?;
        shop.raster("up.pdf", "mupdftoraster", 300)?;
        shop.poppler("raster.pdf", 120)
    }),
    path("CUPS", "sixteen-up", true, |shop| {
        shop.filter("pdftopdf", "application/vnd.cups-pdf", "number-up=16", "sheet.pdf", "up.pdf")?;
        shop.raster("up.pdf", "gstoraster", 300)?;
        shop.poppler("raster.pdf", 150)
    }),
    path("fax", "fax-fine", true, |shop| shop.fax("204x196")),
    path("fax", "fax-standard", true, |shop| shop.fax("204x98")),
    path("fax", "fax-four-up", false, |shop| {
        shop.filter("pdftopdf", "application/vnd.cups-pdf", "number-up=4", "sheet.pdf", "up.pdf")?;
        fs::copy(shop.at("up.pdf"), shop.at("sheet.pdf"))?;
        shop.fax("204x196")
    }),
];

/// Returns the corpus in `folder` and makes it first if necessary. `short` is a part of it.
pub(crate) fn provide(folder: &Path, short: bool) -> Made<Vec<Case>> {
    let stamp = format!("{STAMP}{}", if short { ", few" } else { "" });
    if let Some(cases) = read_list(folder, &stamp) {
        return Ok(cases);
    }
    fresh(folder)?;
    let workshop = Workshop {
        folder: folder.join("desk"),
    };
    let mut cases = Vec::new();
    for seed in FIRST..FIRST + if short { FEW } else { SHEETS } {
        let sample = sheets::sample(seed)?;
        for path in PATHS.iter().filter(|path| path.short || !short) {
            fresh(&workshop.folder)?;
            fs::write(workshop.at("sheet.pdf"), &sample.pdf)?;
            let made = (path.go)(&workshop).map_err(|error| format!("{}: {error}", path.name))?;
            let picture = folder.join(format!("{}-{seed}.png", path.name));
            fs::rename(made, &picture)?;
            cases.push(Case {
                subset: format!("printed: {}", path.subset),
                path: picture,
                text: sample.text.clone(),
                ours: true,
            });
        }
    }
    fs::remove_dir_all(&workshop.folder)?;
    write_list(folder, &stamp, &cases)?;
    Ok(cases)
}

/// Folder in which the programs run.
struct Workshop {
    folder: PathBuf,
}

impl Workshop {
    fn at(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Runs a program in the folder.
    fn run(&self, program: &str, arguments: &[&str]) -> Made<()> {
        self.finish(Command::new(program).args(arguments))
    }

    fn finish(&self, command: &mut Command) -> Made<()> {
        let name = command.get_program().to_string_lossy().into_owned();
        let output = command
            .current_dir(&self.folder)
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .output()
            .map_err(|error| format!("{name} does not start: {error}"))?;
        if output.status.success() {
            return Ok(());
        }
        let said = String::from_utf8_lossy(&output.stderr);
        Err(format!("{name}: {}: {}", output.status, said.trim()).into())
    }

    /// Draws a page in grey with Poppler.
    fn poppler(&self, pdf: &str, dpi: u32) -> Made<PathBuf> {
        let dpi = dpi.to_string();
        self.run(
            "pdftoppm",
            &["-gray", "-png", "-singlefile", "-r", &dpi, pdf, "page"],
        )?;
        Ok(self.at("page.png"))
    }

    /// Draws a page in black and white with Poppler and Cairo.
    fn cairo(&self, pdf: &str, dpi: u32) -> Made<PathBuf> {
        let dpi = dpi.to_string();
        self.run(
            "pdftocairo",
            &["-mono", "-png", "-singlefile", "-r", &dpi, pdf, "page"],
        )?;
        Ok(self.at("page.png"))
    }

    /// Draws a page in grey with MuPDF.
    fn mupdf(&self, pdf: &str, dpi: u32) -> Made<PathBuf> {
        let dpi = dpi.to_string();
        self.run(
            "mutool",
            &[
                "draw", "-q", "-c", "gray", "-r", &dpi, "-o", "page.png", pdf, "1",
            ],
        )?;
        Ok(self.at("page.png"))
    }

    /// Draws a page with one of Ghostscript's devices.
    fn ghostscript(&self, from: &str, device: &str, dpi: &str) -> Made<PathBuf> {
        self.convert(
            from,
            device,
            &["-dLastPage=1", &format!("-r{dpi}")],
            "page.png",
        )?;
        Ok(self.at("page.png"))
    }

    /// Converts a document with Ghostscript.
    fn convert(&self, from: &str, device: &str, options: &[&str], to: &str) -> Made<()> {
        let device = format!("-sDEVICE={device}");
        let to = format!("-sOutputFile={to}");
        let mut arguments = vec!["-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", &device, &to];
        arguments.extend(options);
        arguments.push(from);
        self.run("gs", &arguments)
    }

    /// Runs one of CUPS's filters on a PDF with the print service's arguments: job, user, title,
    /// copies, options, file.
    fn filter(&self, name: &str, kind: &str, options: &str, from: &str, to: &str) -> Made<()> {
        let from_kind = if from.ends_with("pwg") {
            "image/pwg-raster"
        } else {
            "application/pdf"
        };
        let program: OsString = Path::new("/usr/lib/cups/filter").join(name).into();
        let mut command = Command::new(program);
        command
            .args(["1", "somebody", "sheet", "1", options, from])
            .env("CONTENT_TYPE", from_kind)
            .env("FINAL_CONTENT_TYPE", kind)
            .stdout(File::create(self.at(to))?);
        self.finish(&mut command)?;
        if fs::metadata(self.at(to))?.len() == 0 {
            return Err(format!("{name} gave an empty file").into());
        }
        Ok(())
    }

    /// Makes `raster.pdf` from the pixels that a driverless printer gets.
    fn raster(&self, pdf: &str, filter: &str, dpi: u32) -> Made<()> {
        let options = format!("Resolution={dpi}dpi ColorModel=Gray");
        self.filter(filter, "image/pwg-raster", &options, pdf, "raster.pwg")?;
        self.filter(
            "rastertopdf",
            "application/pdf",
            "",
            "raster.pwg",
            "raster.pdf",
        )
    }

    /// Makes a fax with group 3 resolution and group 4 coding, with lines stretched to their true
    /// height.
    fn fax(&self, resolution: &str) -> Made<PathBuf> {
        let options = ["-dLastPage=1", &format!("-r{resolution}")];
        self.convert("sheet.pdf", "tiffg4", &options, "page.tif")?;
        let sent = image::open(self.at("page.tif"))?.into_luma8();
        let lines: u32 = if resolution.ends_with("98") { 2 } else { 1 };
        let (width, height) = sent.dimensions();
        let page = self.at("page.png");
        imageops::resize(&sent, width, height * lines, FilterType::Nearest).save(&page)?;
        Ok(page)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn path_names_are_unique_and_every_kind_is_in_the_short_run() {
        let names: HashSet<&str> = PATHS.iter().map(|path| path.name).collect();
        assert_eq!(names.len(), PATHS.len());
        let kinds = |few: bool| -> HashSet<&str> {
            let paths = PATHS.iter().filter(|path| path.short || !few);
            paths.map(|path| path.subset).collect()
        };
        assert_eq!(kinds(true), kinds(false));
    }
}
