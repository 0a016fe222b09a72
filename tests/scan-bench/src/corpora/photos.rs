//! The third corpus: photographs of foreign QR codes, as pairs of `NAME.png` and `NAME.txt`. Texts
//! with characters outside ASCII are skipped.

use std::error::Error;
use std::fs;
use std::path::Path;

use super::Case;

/// Texts that are wrong in a collection, with the text that error correction gives for its picture.
const MISTAKEN: [(&str, &str); 1] = [(
    "The 2005 USGS aerial photograph of the Washington Monument is censored.",
    "The 2005 USGS aerial photography of the Washington Monument is censored.",
)];

/// Returns the pairs in `folder` and its subfolders; each folder is a subset.
pub(crate) fn provide(folder: &Path) -> Result<Vec<Case>, Box<dyn Error>> {
    let mut folders = vec![folder.to_owned()];
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            folders.push(path);
        }
    }
    folders.sort();
    let mut cases = Vec::new();
    for folder in folders {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let mut pictures = Vec::new();
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|end| end == "png") {
                pictures.push(path);
            }
        }
        pictures.sort();
        for path in pictures {
            let truth = path.with_extension("txt");
            let text = fs::read_to_string(&truth)
                .map_err(|error| format!("{}: {error}", truth.display()))?;
            // Symbols seldom declare their character set; different guesses do not measure reading.
            if !text.is_ascii() {
                continue;
            }
            let text = lines(&text);
            let known = MISTAKEN.iter().find(|(mistaken, _)| *mistaken == text);
            cases.push(Case {
                subset: format!("photos {name}"),
                path,
                text: known.map_or(text.clone(), |(_, right)| (*right).to_owned()),
                ours: false,
            });
        }
    }
    if cases.is_empty() {
        return Err(format!("{} has no pairs of PNG and TXT.", folder.display()).into());
    }
    Ok(cases)
}

/// Normalises line ends, which differ between the files.
pub(crate) fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").trim_end().to_owned()
}
