//! The page's side of the boundary, generated: types, one typed function for each command, the
//! payload of each event, and the permission file.

use std::any::TypeId;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use ts_rs::{Config, TS, TypeVisitor};

use crate::commands::{RawBody, declared};
use crate::error::CommandError;
use crate::events;

/// One command, as the window sees it.
pub(crate) struct Declared {
    name: &'static str,
    request: Option<String>,
    /// The request's body is bytes.
    raw: bool,
    reply: String,
    types: BTreeMap<String, String>,
}

impl Declared {
    /// A command with this request and this reply.
    pub(crate) fn new<Request: TS + 'static, Reply: TS + 'static>(name: &'static str) -> Self {
        let config = config();
        let mut types = Types {
            found: BTreeMap::new(),
            config: self::config(),
        };
        types.visit::<Request>();
        types.visit::<Reply>();
        let void = TypeId::of::<Request>() == TypeId::of::<()>();
        Self {
            name,
            raw: TypeId::of::<Request>() == TypeId::of::<RawBody>(),
            request: (!void).then(|| Request::name(&config)),
            reply: match TypeId::of::<Reply>() == TypeId::of::<()>() {
                true => "void".to_owned(),
                false => Reply::name(&config),
            },
            types: types.found,
        }
    }
}

/// One event, as the window hears it.
pub(crate) struct DeclaredEvent {
    name: &'static str,
    about: &'static str,
    payload: String,
    types: BTreeMap<String, String>,
}

impl DeclaredEvent {
    /// An event with this payload.
    pub(crate) fn new<Payload: TS + 'static>(name: &'static str, about: &'static str) -> Self {
        let mut types = Types {
            found: BTreeMap::new(),
            config: config(),
        };
        types.visit::<Payload>();
        Self {
            name,
            about: about.trim(),
            payload: Payload::name(&config()),
            types: types.found,
        }
    }
}

fn config() -> Config {
    // Seconds since 1970 are exact as a JavaScript number for the next 285 million years.
    Config::new().with_large_int("number")
}

struct Types {
    found: BTreeMap<String, String>,
    config: Config,
}

impl TypeVisitor for Types {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if T::output_path().is_some() {
            let name = T::ident(&self.config);
            if self.found.contains_key(&name) {
                return;
            }
            self.found.insert(name, T::decl(&self.config));
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

/// The file `ui/src/ipc/generated.ts`.
pub(crate) fn typescript() -> String {
    let mut types = Types {
        found: BTreeMap::new(),
        config: config(),
    };
    types.visit::<CommandError>();
    let (commands, events) = (declared(), events::declared());
    let mut all = types.found;
    for command in &commands {
        all.extend(command.types.clone());
    }
    for event in &events {
        all.extend(event.types.clone());
    }
    let mut text = String::from(
        "// Generated from the commands and events in src-tauri/src by `cargo xtask generate`: do not edit.\n\n\
         import { call, callRaw } from \"./call\";\n\n",
    );
    for declaration in all.values() {
        let _ = writeln!(text, "export {declaration}\n");
    }
    text.push_str(
        "/** The events that Rust sends to the window, and the payload of each. */\n\
         export interface Events {\n",
    );
    for DeclaredEvent {
        name,
        about,
        payload,
        ..
    } in &events
    {
        let _ = writeln!(text, "  /** {about} */\n  {name}: {payload};");
    }
    text.push_str("}\n\nexport const commands = {\n");
    for command in &commands {
        let Declared {
            name,
            request,
            raw,
            reply,
            ..
        } = command;
        let _ = match request {
            Some(request) => {
                let call = if *raw { "callRaw" } else { "call" };
                writeln!(
                    text,
                    "  {name}: (request: {request}) => {call}<{reply}>(\"{name}\", request),"
                )
            }
            None => writeln!(text, "  {name}: () => call<{reply}>(\"{name}\"),"),
        };
    }
    text.push_str("};\n");
    text
}

/// The file `src-tauri/permissions/commands.toml`.
pub(crate) fn permissions() -> String {
    let mut text = String::from(
        "# Generated from the commands in src-tauri/src/commands by `cargo xtask generate`: do not edit.\n",
    );
    for command in declared() {
        let name = command.name;
        let _ = write!(
            text,
            "\n[[permission]]\nidentifier = \"allow-{}\"\ndescription = \"Lets the window call {name}.\"\ncommands.allow = [\"{name}\"]\n",
            name.replace('_', "-")
        );
    }
    text
}

/// The file `src-tauri/capabilities/main.json`: single commands for the one window.
pub(crate) fn capability() -> String {
    let mut text = String::from(
        "{\n  \"identifier\": \"main\",\n  \"description\": \"What the one window may call.\",\n  \"windows\": [\"main\"],\n  \"permissions\": [\n    \"core:event:allow-listen\",\n    \"core:event:allow-unlisten\"",
    );
    for command in declared() {
        let _ = write!(text, ",\n    \"allow-{}\"", command.name.replace('_', "-"));
    }
    text.push_str("\n  ]\n}\n");
    text
}

mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

    use std::fs;
    use std::path::Path;

    use super::*;

    /// With `BACKUP_CODE_GENERATE` set, as `cargo xtask generate` does, the files are written
    /// instead.
    #[test]
    fn generated_files_are_those_of_the_command_list() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        for (path, text) in [
            ("ui/src/ipc/generated.ts", typescript()),
            ("src-tauri/permissions/commands.toml", permissions()),
            ("src-tauri/capabilities/main.json", capability()),
        ] {
            let path = root.join(path);
            if std::env::var_os("BACKUP_CODE_GENERATE").is_some() {
                fs::write(&path, &text).unwrap();
            }
            let committed = fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
            assert!(
                committed == text,
                "{} is old: run `cargo xtask generate`",
                path.display()
            );
        }
    }

    #[test]
    fn every_command_is_declared_once() {
        assert_unique(declared().iter().map(|command| command.name).collect());
    }

    #[test]
    fn every_event_is_declared_once() {
        assert_unique(events::declared().iter().map(|event| event.name).collect());
    }

    fn assert_unique(mut names: Vec<&str>) {
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
