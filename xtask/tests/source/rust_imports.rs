//! Which files of a Rust crate import from which.
//!
//! An import is a `use` declaration with a path into the same crate. It leads to the file that
//! defines the item: re-exports on the way are followed and are no imports themselves, and neither
//! are `mod` declarations. A module that uses the children which it declares is their facade, so
//! that does not count either. Modules for tests are left out.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use syn::{Attribute, Expr, ExprLit, Item, ItemMod, Lit, Meta, UseTree, Visibility};

use crate::files::shown;
use crate::graph::Imports;

/// A path in the source, such as `["super", "store", "Found"]`.
type Segments = Vec<String>;

/// The position of a module in [`Crate::modules`].
type Id = usize;

const ROOT: Id = 0;

/// A module: a file, or a block within one.
struct Module {
    file: String,
    parent: Option<Id>,
    children: BTreeMap<String, Id>,
    defined: BTreeSet<String>,
    uses: Vec<Use>,
}

/// One path of a `use` declaration.
struct Use {
    path: Segments,
    /// The name by which the module knows the item; `None` for all names (`*`).
    name: Option<String>,
    is_reexport: bool,
}

#[derive(Default)]
struct Crate {
    modules: Vec<Module>,
}

/// The imports between the files of the crate whose root is `file`.
pub(crate) fn imports(file: &Path) -> Imports {
    let mut this = Crate::default();
    let folder = file.parent().unwrap();
    this.read(file, folder, None);
    this.imports()
}

/// Where the files of child modules are.
#[derive(Clone, Copy)]
struct Folders<'a> {
    /// Those that are found by their names.
    named: &'a Path,
    /// Those with a `path` attribute, which starts at the file that declares them.
    path: &'a Path,
}

impl Crate {
    /// Reads a file as a module, with the files of its children, which are in `folder`.
    fn read(&mut self, file: &Path, folder: &Path, parent: Option<Id>) -> Id {
        let text = fs::read_to_string(file).unwrap();
        let parsed = syn::parse_file(&text).unwrap_or_else(|error| {
            panic!("{}: {error}", file.display());
        });
        let folders = Folders {
            named: folder,
            path: file.parent().unwrap(),
        };
        self.add(shown(file), &parsed.items, folders, parent)
    }

    fn add(
        &mut self,
        file: String,
        items: &[Item],
        folders: Folders<'_>,
        parent: Option<Id>,
    ) -> Id {
        let id = self.modules.len();
        self.modules.push(Module {
            file: file.clone(),
            parent,
            children: BTreeMap::new(),
            defined: BTreeSet::new(),
            uses: Vec::new(),
        });
        for item in items {
            match item {
                Item::Mod(module) if is_for_tests(&module.attrs) => {}
                Item::Mod(module) => {
                    let name = module.ident.to_string();
                    let child = match &module.content {
                        Some((_, items)) => {
                            let inner = &folders.named.join(&name);
                            let folders = Folders {
                                named: inner,
                                path: inner,
                            };
                            self.add(file.clone(), items, folders, Some(id))
                        }
                        None => {
                            let (file, below) = child_file(module, folders);
                            self.read(&file, &below, Some(id))
                        }
                    };
                    self.modules[id].children.insert(name, child);
                }
                Item::Use(declaration) if !is_for_tests(&declaration.attrs) => {
                    let is_reexport = !matches!(declaration.vis, Visibility::Inherited);
                    let mut paths = Vec::new();
                    leaves(&declaration.tree, &mut Vec::new(), &mut paths);
                    let uses = paths.into_iter().map(|(path, name)| Use {
                        path,
                        name,
                        is_reexport,
                    });
                    self.modules[id].uses.extend(uses);
                }
                other => self.modules[id].defined.extend(name_of(other)),
            }
        }
        id
    }

    fn imports(&self) -> Imports {
        let mut imports = Imports::new();
        for (id, module) in self.modules.iter().enumerate() {
            let targets = module
                .uses
                .iter()
                .filter(|it| !it.is_reexport)
                .filter(|it| !self.is_of_a_child(id, &it.path))
                .filter_map(|it| self.resolve(id, &it.path, &mut BTreeSet::new()))
                .filter(|target| *target != module.file);
            imports
                .entry(module.file.clone())
                .or_default()
                .extend(targets);
        }
        imports
    }

    /// Whether a path leads from the module `from` into a child of it.
    fn is_of_a_child(&self, from: Id, path: &[String]) -> bool {
        let relative = match path {
            [first, rest @ ..] if first == "self" => rest,
            path => path,
        };
        relative
            .first()
            .is_some_and(|it| self.modules[from].children.contains_key(it))
    }

    /// The file that a path leads to from the module `from`; `None` outside the crate.
    fn resolve(
        &self,
        from: Id,
        path: &[String],
        visited: &mut BTreeSet<(Id, Segments)>,
    ) -> Option<String> {
        // Two modules may re-export all names of each other.
        if !visited.insert((from, path.to_vec())) {
            return None;
        }
        let (first, mut rest) = path.split_first()?;
        let mut at = match first.as_str() {
            "crate" => ROOT,
            "self" => from,
            "super" => self.modules[from].parent?,
            name => {
                let module = &self.modules[from];
                if module.defined.contains(name) {
                    return Some(module.file.clone());
                }
                *module.children.get(name)?
            }
        };
        while let Some((name, after)) = rest.split_first() {
            let module = &self.modules[at];
            rest = after;
            if name == "super" {
                at = module.parent?;
            } else if let Some(child) = module.children.get(name) {
                at = *child;
            } else {
                return Some(self.item(at, name, visited));
            }
        }
        Some(self.modules[at].file.clone())
    }

    /// The file that defines the item which the module `at` knows as `name`.
    fn item(&self, at: Id, name: &str, visited: &mut BTreeSet<(Id, Segments)>) -> String {
        let module = &self.modules[at];
        if module.defined.contains(name) {
            return module.file.clone();
        }
        let named = module
            .uses
            .iter()
            .find(|it| it.name.as_deref() == Some(name));
        if let Some(named) = named {
            let file = self.resolve(at, &named.path, visited);
            return file.unwrap_or_else(|| module.file.clone());
        }
        for all in module.uses.iter().filter(|it| it.name.is_none()) {
            let path = [all.path.as_slice(), &[name.to_owned()]].concat();
            if let Some(file) = self.resolve(at, &path, visited) {
                return file;
            }
        }
        // A macro made it.
        module.file.clone()
    }
}

/// The file of a module that is declared by `mod name;`, and the folder of its children.
fn child_file(module: &ItemMod, folders: Folders<'_>) -> (PathBuf, PathBuf) {
    let folder = folders.named;
    let name = module.ident.to_string();
    if let Some(path) = path_attribute(&module.attrs) {
        let file = folders.path.join(path);
        let below = file.parent().unwrap().to_owned();
        return (file, below);
    }
    let file = folder.join(format!("{name}.rs"));
    let below = folder.join(&name);
    if file.exists() {
        (file, below)
    } else {
        (below.join("mod.rs"), below)
    }
}

/// The value of `#[path = "…"]`.
fn path_attribute(attributes: &[Attribute]) -> Option<String> {
    attributes.iter().find_map(|attribute| {
        let Meta::NameValue(pair) = &attribute.meta else {
            return None;
        };
        let Expr::Lit(ExprLit {
            lit: Lit::Str(text),
            ..
        }) = &pair.value
        else {
            return None;
        };
        pair.path.is_ident("path").then(|| text.value())
    })
}

/// Whether `#[cfg(test)]` is among the attributes.
fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let Meta::List(list) = &attribute.meta else {
            return false;
        };
        list.path.is_ident("cfg") && list.tokens.to_string() == "test"
    })
}

/// The paths of a `use` declaration, each with the name that it introduces.
fn leaves(tree: &UseTree, before: &mut Segments, found: &mut Vec<(Segments, Option<String>)>) {
    match tree {
        UseTree::Path(path) => {
            before.push(path.ident.to_string());
            leaves(&path.tree, before, found);
            before.pop();
        }
        UseTree::Group(group) => {
            for tree in &group.items {
                leaves(tree, before, found);
            }
        }
        UseTree::Glob(_) => found.push((before.clone(), None)),
        UseTree::Name(name) => found.push(leaf(before, &name.ident.to_string(), None)),
        UseTree::Rename(rename) => {
            let new = rename.rename.to_string();
            found.push(leaf(before, &rename.ident.to_string(), Some(new)));
        }
    }
}

fn leaf(before: &[String], last: &str, new: Option<String>) -> (Segments, Option<String>) {
    let mut path = before.to_vec();
    // `use a::{self}` is `use a`.
    if last != "self" || path.is_empty() {
        path.push(last.to_owned());
    }
    let name = new.or_else(|| path.last().cloned());
    (path, name)
}

fn name_of(item: &Item) -> Option<String> {
    let name = match item {
        Item::Const(it) => &it.ident,
        Item::Enum(it) => &it.ident,
        Item::Fn(it) => &it.sig.ident,
        Item::Macro(it) => it.ident.as_ref()?,
        Item::Static(it) => &it.ident,
        Item::Struct(it) => &it.ident,
        Item::Trait(it) => &it.ident,
        Item::Type(it) => &it.ident,
        Item::Union(it) => &it.ident,
        _ => return None,
    };
    Some(name.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::circles;

    /// The imports of a crate with these files, as `from -> to`.
    fn imports_of(files: &[(&str, &str)]) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let imports = imports(&folder.path().join(files[0].0));
        let short = |path: &String| {
            let path = Path::new(path).strip_prefix(folder.path()).unwrap();
            path.display().to_string()
        };
        imports
            .iter()
            .flat_map(|(from, to)| {
                to.iter()
                    .map(move |to| format!("{} -> {}", short(from), short(to)))
            })
            .collect()
    }

    #[test]
    fn paths_from_the_root_and_from_the_parent_are_imports() {
        let imports = imports_of(&[
            ("lib.rs", "mod a; mod b; mod c;"),
            ("a.rs", "use crate::b::{B, other::*}; use std::fs;"),
            ("b.rs", "pub struct B; mod other { pub struct O; }"),
            ("c/mod.rs", "mod inner; use inner::I;"),
            ("c/inner.rs", "pub struct I; use super::super::a;"),
        ]);
        assert_eq!(imports, ["a.rs -> b.rs", "c/inner.rs -> a.rs"]);
    }

    #[test]
    fn an_import_leads_through_reexports_to_the_definition() {
        let imports = imports_of(&[
            ("lib.rs", "mod a; mod b; pub use a::{A as Renamed, *};"),
            ("a.rs", "pub struct A; pub struct Other;"),
            ("b.rs", "use crate::Renamed; use crate::Other;"),
        ]);
        assert_eq!(imports, ["b.rs -> a.rs"]);
    }

    #[test]
    fn declarations_reexports_and_tests_are_no_imports() {
        let imports = imports_of(&[
            ("lib.rs", "mod a; mod b; pub use a::A;"),
            (
                "a.rs",
                "pub struct A; #[cfg(test)] mod tests { use super::*; use crate::b::B; }",
            ),
            ("b.rs", "pub struct B; enum E { F } use E::F;"),
        ]);
        assert!(imports.is_empty(), "{imports:?}");
    }

    #[test]
    fn two_modules_that_import_from_each_other_form_a_circle() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        file("lib.rs", "mod a; mod b; pub use a::A;");
        file("a.rs", "use crate::b::B; pub struct A;");
        file("b.rs", "use crate::A; pub struct B;");
        assert_eq!(circles(&imports(&folder.path().join("lib.rs"))).len(), 1);
    }

    #[test]
    fn a_parent_may_use_the_children_that_it_declares() {
        let imports = imports_of(&[
            (
                "lib.rs",
                "mod a; use a::A; use self::a::Other; pub struct L;",
            ),
            ("a.rs", "use super::L; pub struct A; pub struct Other;"),
        ]);
        assert_eq!(imports, ["a.rs -> lib.rs"]);
    }

    #[test]
    fn a_module_may_have_its_file_elsewhere() {
        let imports = imports_of(&[
            ("lib.rs", "#[path = \"elsewhere/a.rs\"] mod a; mod b;"),
            ("b.rs", "use crate::a::A;"),
            ("elsewhere/a.rs", "pub struct A;"),
        ]);
        assert_eq!(imports, ["b.rs -> elsewhere/a.rs"]);
    }
}
