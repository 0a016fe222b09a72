//! The pictures, and the texts of their symbols.

pub(crate) mod made;
pub(crate) mod photos;
pub(crate) mod printed;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

/// One picture.
pub(crate) struct Case {
    /// Row of the table.
    pub(crate) subset: String,
    pub(crate) path: PathBuf,
    /// Text of its symbol.
    pub(crate) text: String,
    /// Whether the text is a code or share of ours.
    pub(crate) ours: bool,
}

/// Writes the list of the pictures in `folder`, one line each: subset, file, text.
fn write_list(folder: &Path, stamp: &str, cases: &[Case]) -> Result<(), Box<dyn Error>> {
    let mut list = format!("{stamp}\n");
    for case in cases {
        let name = case.path.file_name().unwrap_or_default().to_string_lossy();
        list += &format!("{}\t{name}\t{}\n", case.subset, case.text);
    }
    Ok(fs::write(folder.join("list.tsv"), list)?)
}

/// Reads the list of an earlier run, if it is complete and has the same stamp.
fn read_list(folder: &Path, stamp: &str) -> Option<Vec<Case>> {
    let list = fs::read_to_string(folder.join("list.tsv")).ok()?;
    let rest = list.strip_prefix(stamp)?.strip_prefix('\n')?;
    rest.lines()
        .map(|line| {
            let mut fields = line.split('\t');
            let (subset, name, text) = (fields.next()?, fields.next()?, fields.next()?);
            let path = folder.join(name);
            path.is_file().then(|| Case {
                subset: subset.to_owned(),
                path,
                text: text.to_owned(),
                ours: true,
            })
        })
        .collect()
}

/// Makes an empty folder, removing an old one.
fn fresh(folder: &Path) -> Result<(), Box<dyn Error>> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    Ok(fs::create_dir_all(folder)?)
}
