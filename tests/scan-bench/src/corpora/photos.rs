//! The third corpus: photographs of other people's QR codes, pairs of `NAME.png` and `NAME.txt`.

use std::error::Error;
use std::fs;
use std::path::Path;

use super::Case;

/// The pairs in `folder` and in the folders in it, each folder a subset.
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
            cases.push(Case {
                subset: format!("photos {name}"),
                path,
                text: lines(&text),
                ours: false,
            });
        }
    }
    if cases.is_empty() {
        return Err(format!("{} has no pairs of PNG and TXT.", folder.display()).into());
    }
    Ok(cases)
}

/// Line ends as they are on this system, none at the end: files of texts differ in that.
pub(crate) fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").trim_end().to_owned()
}
