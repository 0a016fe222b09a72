//! Which files of the UI import from which, TypeScript and Svelte alike. Imports of types alone do
//! not count: the compiler erases them.

use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::files::{files_below, shown};
use crate::graph::Imports;

/// What may follow the path in an import: `./task.svelte` is `task.svelte` or `task.svelte.ts`.
const ENDINGS: [&str; 4] = ["", ".ts", ".js", "/index.ts"];

/// The imports between the files below `folder`.
pub(crate) fn imports(folder: &Path) -> Imports {
    let mut imports = Imports::new();
    for file in files_below(folder, &["ts", "svelte"]) {
        let text = fs::read_to_string(&file).unwrap();
        let targets = specifiers(&text)
            .into_iter()
            .filter_map(|specifier| resolve(&file, specifier))
            .filter(|target| *target != file)
            .map(|target| shown(&target))
            .collect();
        imports.insert(shown(&file), targets);
    }
    imports
}

/// The relative paths in the `import … from` and `export … from` of a module.
fn specifiers(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut is_of_types = false;
    for line in text.lines().map(str::trim_start) {
        // Prettier begins each on a line, ends it on a line, and writes double quotes.
        if line.starts_with("import ") || line.starts_with("export ") {
            is_of_types = line.starts_with("import type ") || line.starts_with("export type ");
        }
        let Some((before, after)) = line.split_once('"') else {
            continue;
        };
        let before = before.trim_end();
        let is_end = before == "import"
            || before.ends_with(" from")
                && ["import ", "export ", "}"]
                    .iter()
                    .any(|it| before.starts_with(it));
        let path = after.split('"').next().unwrap_or_default();
        if is_end && !is_of_types && path.starts_with('.') {
            found.push(path);
        }
    }
    found
}

/// The file that `specifier` names in `file`; `None` for what other tools generate.
fn resolve(file: &Path, specifier: &str) -> Option<PathBuf> {
    let mut path = PathBuf::new();
    for part in file.parent()?.join(specifier).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => _ = path.pop(),
            other => path.push(other),
        }
    }
    let candidates = ENDINGS.map(|ending| {
        let mut name = path.clone().into_os_string();
        name.push(ending);
        PathBuf::from(name)
    });
    candidates.into_iter().find(|it| it.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::circles;

    #[test]
    fn imports_of_the_same_program_are_found() {
        let text = "import { a } from \"./a\";\n\
                    import {\n  b,\n} from \"../b.svelte\";\n\
                    import type { C } from \"./c\";\n\
                    import type {\n  G,\n} from \"./g\";\n\
                    import \"./styles.css\";\n\
                    import { d } from \"svelte\";\n\
                    export * from \"./e\";\n\
                    // import { f } from \"./f\";\n\
                    const from = \"./g\";\n";
        assert_eq!(
            specifiers(text),
            ["./a", "../b.svelte", "./styles.css", "./e"]
        );
    }

    #[test]
    fn a_component_and_a_module_that_import_from_each_other_form_a_circle() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        file("Page.svelte", "import { state } from \"./state.svelte\";");
        file("state.svelte.ts", "import Page from \"./Page.svelte\";");
        file("other.ts", "import Page from \"./Page.svelte\";");
        assert_eq!(circles(&imports(folder.path())).len(), 1);
    }
}
