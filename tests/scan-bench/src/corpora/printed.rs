//! The second corpus: sheets through real print paths, with the programs that printing on Linux is made of.
//!
//! Poppler, MuPDF and Ghostscript draw pages; CUPS's own filters lay them out, turn them into printers' pixels (PWG
//! raster) and back; PostScript and fax are what older devices take. A missing program is an error.

use std::error::Error;
use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use image::imageops::{self, FilterType};

use super::{Case, fresh, read_list, write_list};
use crate::sheets;

/// The seed of the first sheet: others than those of the first corpus.
const FIRST: u64 = 101;

/// Sheets, each through every path; in a short run, so many.
const SHEETS: u64 = 12;
const FEW: u64 = 2;

/// When paths change, pictures of an earlier run are made anew.
const STAMP: &str = "print paths 2";

type Outcome<T> = Result<T, Box<dyn Error>>;

/// A way from a PDF to a picture.
struct Way {
    subset: &'static str,
    name: &'static str,
    /// Whether it is in the short run, which has one of each kind.
    short: bool,
    go: fn(&Shop) -> Outcome<PathBuf>,
}

const fn way(
    subset: &'static str,
    name: &'static str,
    short: bool,
    go: fn(&Shop) -> Outcome<PathBuf>,
) -> Way {
    Way {
        subset,
        name,
        short,
        go,
    }
}

#[rustfmt::skip]
const WAYS: &[Way] = &[
    way("drawn", "poppler-40", false, |shop| shop.poppler("sheet.pdf", 40)),
    way("drawn", "poppler-72", true, |shop| shop.poppler("sheet.pdf", 72)),
    way("drawn", "poppler-300", false, |shop| shop.poppler("sheet.pdf", 300)),
    way("drawn", "cairo-mono", true, |shop| shop.cairo("sheet.pdf", 100)),
    way("drawn", "mupdf-50", false, |shop| shop.mupdf("sheet.pdf", 50)),
    way("drawn", "mupdf-150", true, |shop| shop.mupdf("sheet.pdf", 150)),
    way("drawn", "ghostscript-60", false, |shop| shop.ghostscript("sheet.pdf", "pnggray", "60")),
    way("drawn", "ghostscript-mono", true, |shop| shop.ghostscript("sheet.pdf", "pngmono", "120")),
    way("PostScript", "pdftops", true, |shop| {
        shop.run("pdftops", &["sheet.pdf", "sheet.ps"])?;
        shop.ghostscript("sheet.ps", "pnggray", "100")
    }),
    way("PostScript", "ps2write", true, |shop| {
        shop.convert("sheet.pdf", "ps2write", &[], "sheet.ps")?;
        shop.convert("sheet.ps", "pdfwrite", &["-dPDFSETTINGS=/screen"], "again.pdf")?;
        shop.poppler("again.pdf", 60)
    }),
    way("CUPS", "raster-300", true, |shop| {
        shop.raster("sheet.pdf", "gstoraster", 300)?;
        shop.poppler("raster.pdf", 100)
    }),
    way("CUPS", "raster-75", false, |shop| {
        shop.raster("sheet.pdf", "pdftoraster", 75)?;
        shop.poppler("raster.pdf", 60)
    }),
    way("CUPS", "two-up", false, |shop| {
        shop.filter("pdftopdf", "application/vnd.cups-pdf", "number-up=2", "sheet.pdf", "up.pdf")?;
        shop.poppler("up.pdf", 75)
    }),
    way("CUPS", "four-up", true, |shop| {
        shop.filter("pdftopdf", "application/vnd.cups-pdf", "number-up=4", "sheet.pdf", "up.pdf")?;
        shop.raster("up.pdf", "gstoraster", 150)?;
        shop.poppler("raster.pdf", 100)
    }),
    way("CUPS", "nine-up", false, |shop| {
        shop.filter("pdftopdf", "application/vnd.cups-pdf", "number-up=9", "sheet.pdf", "up.pdf")?;
        shop.raster("up.pdf", "mupdftoraster", 300)?;
        shop.poppler("raster.pdf", 120)
    }),
    way("CUPS", "sixteen-up", true, |shop| {
        shop.filter("pdftopdf", "application/vnd.cups-pdf", "number-up=16", "sheet.pdf", "up.pdf")?;
        shop.raster("up.pdf", "gstoraster", 300)?;
        shop.poppler("raster.pdf", 150)
    }),
    way("fax", "fax-fine", true, |shop| shop.fax("204x196")),
    way("fax", "fax-standard", true, |shop| shop.fax("204x98")),
    way("fax", "fax-four-up", false, |shop| {
        shop.filter("pdftopdf", "application/vnd.cups-pdf", "number-up=4", "sheet.pdf", "up.pdf")?;
        fs::copy(shop.at("up.pdf"), shop.at("sheet.pdf"))?;
        shop.fax("204x196")
    }),
];

/// The corpus in `folder`, made there if it is not yet. `short` is a share of it.
pub(crate) fn provide(folder: &Path, short: bool) -> Outcome<Vec<Case>> {
    let stamp = format!("{STAMP}{}", if short { ", few" } else { "" });
    if let Some(cases) = read_list(folder, &stamp) {
        return Ok(cases);
    }
    fresh(folder)?;
    let shop = Shop {
        folder: folder.join("desk"),
    };
    let mut cases = Vec::new();
    for seed in FIRST..FIRST + if short { FEW } else { SHEETS } {
        let sample = sheets::sample(seed)?;
        for way in WAYS.iter().filter(|way| way.short || !short) {
            fresh(&shop.folder)?;
            fs::write(shop.at("sheet.pdf"), &sample.pdf)?;
            let made = (way.go)(&shop).map_err(|error| format!("{}: {error}", way.name))?;
            let path = folder.join(format!("{}-{seed}.png", way.name));
            fs::rename(made, &path)?;
            cases.push(Case {
                subset: format!("printed: {}", way.subset),
                path,
                text: sample.text.clone(),
                ours: true,
            });
        }
    }
    fs::remove_dir_all(&shop.folder)?;
    write_list(folder, &stamp, &cases)?;
    Ok(cases)
}

/// A folder in which the programs work.
struct Shop {
    folder: PathBuf,
}

impl Shop {
    fn at(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Runs a program in the folder.
    fn run(&self, program: &str, arguments: &[&str]) -> Outcome<()> {
        self.finish(Command::new(program).args(arguments))
    }

    fn finish(&self, command: &mut Command) -> Outcome<()> {
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

    /// A page drawn in grey by Poppler.
    fn poppler(&self, pdf: &str, dpi: u32) -> Outcome<PathBuf> {
        let dpi = dpi.to_string();
        self.run(
            "pdftoppm",
            &["-gray", "-png", "-singlefile", "-r", &dpi, pdf, "page"],
        )?;
        Ok(self.at("page.png"))
    }

    /// A page drawn in black and white by Poppler over Cairo.
    fn cairo(&self, pdf: &str, dpi: u32) -> Outcome<PathBuf> {
        let dpi = dpi.to_string();
        self.run(
            "pdftocairo",
            &["-mono", "-png", "-singlefile", "-r", &dpi, pdf, "page"],
        )?;
        Ok(self.at("page.png"))
    }

    /// A page drawn in grey by MuPDF.
    fn mupdf(&self, pdf: &str, dpi: u32) -> Outcome<PathBuf> {
        let dpi = dpi.to_string();
        self.run(
            "mutool",
            &[
                "draw", "-q", "-c", "gray", "-r", &dpi, "-o", "page.png", pdf, "1",
            ],
        )?;
        Ok(self.at("page.png"))
    }

    /// A page drawn by Ghostscript for one of its devices.
    fn ghostscript(&self, from: &str, device: &str, dpi: &str) -> Outcome<PathBuf> {
        self.convert(
            from,
            device,
            &["-dLastPage=1", &format!("-r{dpi}")],
            "page.png",
        )?;
        Ok(self.at("page.png"))
    }

    /// A document made by Ghostscript of another one.
    fn convert(&self, from: &str, device: &str, options: &[&str], to: &str) -> Outcome<()> {
        let device = format!("-sDEVICE={device}");
        let to = format!("-sOutputFile={to}");
        let mut arguments = vec!["-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", &device, &to];
        arguments.extend(options);
        arguments.push(from);
        self.run("gs", &arguments)
    }

    /// What one of CUPS's filters makes of a PDF, as the print service runs it: job, person, title, copies, options,
    /// file.
    fn filter(&self, name: &str, kind: &str, options: &str, from: &str, to: &str) -> Outcome<()> {
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
            return Err(format!("{name} makes nothing of it").into());
        }
        Ok(())
    }

    /// `raster.pdf`: the pixels that a driverless printer gets.
    fn raster(&self, pdf: &str, filter: &str, dpi: u32) -> Outcome<()> {
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

    /// A fax of group 3's resolution in group 4's coding, each line drawn as high as it stands for.
    fn fax(&self, resolution: &str) -> Outcome<PathBuf> {
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
    fn every_way_has_its_own_name_and_every_kind_is_in_the_short_run() {
        let names: HashSet<&str> = WAYS.iter().map(|way| way.name).collect();
        assert_eq!(names.len(), WAYS.len());
        let kinds = |few: bool| -> HashSet<&str> {
            let ways = WAYS.iter().filter(|way| way.short || !few);
            ways.map(|way| way.subset).collect()
        };
        assert_eq!(kinds(true), kinds(false));
    }
}
