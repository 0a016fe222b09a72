//! What no file may contain.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::files::{files_below, root, shown};

/// Characters in a line of a comment at most.
const COLUMNS: usize = 100;

/// All files that people write.
fn written_files() -> Vec<PathBuf> {
    let extensions = [
        "css", "html", "js", "json", "md", "mjs", "rs", "svelte", "toml", "ts", "yml",
    ];
    files_below(&root(), &extensions)
}

/// The lines of the files that `is_wrong` holds for, with their places.
fn lines(files: &[PathBuf], is_wrong: impl Fn(&Path, &str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for file in files {
        let text = fs::read_to_string(file).unwrap();
        for (number, line) in (1..).zip(text.lines()) {
            if is_wrong(file, line) {
                found.push(format!("{}:{number}: {}", shown(file), line.trim()));
            }
        }
    }
    found
}

#[test]
fn every_enum_of_the_workspace_is_closed() {
    let attribute = format!("#[{}]", "non_exhaustive");
    let found = lines(
        &files_below(&root().join("src-tauri"), &["rs"]),
        |_, line| line.contains(&attribute),
    );
    assert!(
        found.is_empty(),
        "The workspace is not published, and an open enum hides missing arms from the compiler:\n{}",
        found.join("\n")
    );
}

#[test]
fn every_page_that_is_named_is_in_the_repository() {
    let pages: BTreeSet<String> = files_below(&root(), &["md"])
        .iter()
        .map(|page| shown(page))
        .collect();
    let found = lines(&written_files(), |_, line| {
        names_of_pages(line).any(|name| !is_among(&pages, name))
    });
    assert!(
        found.is_empty(),
        "These name a page that a reader of the repository does not have:\n{}",
        found.join("\n")
    );
}

/// The names of Markdown files in a line, without the folders above.
fn names_of_pages(line: &str) -> impl Iterator<Item = &str> {
    line.split(|it: char| !(it.is_alphanumeric() || "-_./".contains(it)))
        .filter_map(|word| {
            let end = word.find(".md")? + ".md".len();
            // Another extension, such as `.mdx`.
            let continues = word[end..].starts_with(char::is_alphanumeric);
            let name = word[..end]
                .trim_start_matches("./")
                .trim_start_matches("../");
            // An absolute path is where the package installs a page.
            let name = match name.rsplit_once('/') {
                Some((_, file)) if name.starts_with('/') => file,
                _ => name,
            };
            (!continues && name != ".md" && !word.contains("//")).then_some(name)
        })
}

fn is_among(pages: &BTreeSet<String>, name: &str) -> bool {
    pages
        .iter()
        .any(|page| page == name || page.ends_with(&format!("/{name}")))
}

#[test]
fn no_comment_is_wider_than_100_columns() {
    let found = lines(&written_files(), |file, line| {
        let is_prose = file.extension().is_some_and(|it| it == "md");
        line.chars().count() > COLUMNS
            && is_breakable(line)
            && !is_table_row(line)
            && !is_third_party(file)
            && (is_prose || is_comment(line))
    });
    assert!(
        found.is_empty(),
        "{} lines are wider than {COLUMNS} columns:\n{}",
        found.len(),
        found.join("\n")
    );
}

fn is_table_row(line: &str) -> bool {
    let content = line.trim_start().trim_start_matches(['/', '!']);
    content.trim_start().starts_with('|')
}

/// Whether a tool writes the file beside our own.
fn is_third_party(file: &Path) -> bool {
    file.components()
        .any(|it| it.as_os_str() == "project.inlang")
}

fn is_comment(line: &str) -> bool {
    let line = line.trim_start();
    ["//", "/*", "* ", "# ", "<!--"]
        .iter()
        .any(|it| line.starts_with(it))
}

/// Whether a line break could make the line narrower: an address has no place for one.
fn is_breakable(line: &str) -> bool {
    line.split_whitespace()
        .all(|word| word.chars().count() < COLUMNS / 2)
}

#[test]
fn the_names_of_pages_in_a_line_are_found() {
    let names = |line| names_of_pages(line).collect::<Vec<_>>();
    assert_eq!(
        names("see `docs/paper.md`, and [it](../README.md#what)"),
        ["docs/paper.md", "README.md"]
    );
    assert_eq!(
        names("\"/usr/share/doc/backup-code/paper.md\""),
        ["paper.md"]
    );
    assert!(names("an extension (.md), `page.mdx`, https://example.org//a.md").is_empty());
}

#[test]
fn comments_are_told_from_code() {
    assert!(is_comment("    /// Returns it."));
    assert!(is_comment("# a reason"));
    assert!(!is_comment("let url = \"https://example.org\";"));
    assert!(!is_comment("#[test]"));
}
