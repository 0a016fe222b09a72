//! The app under test, and the WebDriver server that reaches into it.

use std::fs::{self, File};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::group::{Group, kill, signal};

/// Maximum time for a program to start on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// Held from the choice of ports until both are in use, so that two journeys never choose the same.
static CHOICE_OF_PORTS: Mutex<()> = Mutex::new(());

/// The app and WebKit's WebDriver server. Dropping it ends both and everything that they started.
///
/// The server does not start the app but finds it, and finds it again when the page's process is
/// another one.
pub(crate) struct Driver {
    app: Group,
    _server: Group,
    port: u16,
}

impl Driver {
    /// Starts `app`, and the server by the command that `run` makes of it. Both write to `log`.
    pub(crate) fn start(mut app: Command, run: impl FnOnce(&Path) -> Command, log: &File) -> Self {
        let _choice = CHOICE_OF_PORTS
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let [port, reached_at] = free_ports();
        let reached_at = format!("{}:{reached_at}", Ipv4Addr::LOCALHOST);
        app.env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("WEBKIT_INSPECTOR_SERVER", &reached_at);
        let app = logged(app, log);
        let mut server = run(Path::new("WebKitWebDriver"));
        server.arg(format!("--port={port}"));
        server.arg(format!("--target={reached_at}"));
        server.arg("--replace-on-new-session");
        let server = logged(server, log);
        wait_until("the app can be reached", || {
            TcpStream::connect(&reached_at).is_ok()
        });
        wait_until("WebKitWebDriver answers", || {
            TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok()
        });
        Self {
            app,
            _server: server,
            port,
        }
    }

    /// Returns the server's address.
    pub(crate) fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Returns the process of the app under test, if it runs.
    pub(crate) fn app(&self) -> Option<u32> {
        self.running("backup-code")
    }

    /// Returns the process of the page that the app shows, if there is one.
    pub(crate) fn page(&self) -> Option<u32> {
        self.running("WebKitWebProces")
    }

    fn running(&self, name: &str) -> Option<u32> {
        let processes = processes();
        processes
            .iter()
            .find(|it| it.name.starts_with(name) && descends(it, self.app.id(), &processes))
            .map(|it| it.id)
    }

    /// Kills the page's process, as a crash does.
    pub(crate) fn kill_page(&self) {
        if let Some(id) = self.page() {
            kill(&id.to_string());
        }
    }

    /// Kills the app, as a crash or a power cut does.
    pub(crate) fn kill_app(&self) {
        if let Some(id) = self.app() {
            kill(&id.to_string());
        }
        self.wait_for_app_to_end();
    }

    /// Stops the app for a while, as a computer that sleeps does.
    pub(crate) fn suspend_app(&self, duration: Duration) {
        let app = self.app().expect("the app runs").to_string();
        signal("STOP", &app);
        sleep(duration);
        signal("CONT", &app);
    }

    /// Waits until the app is gone.
    pub(crate) fn wait_for_app_to_end(&self) {
        wait_until("the app ends", || self.app().is_none());
    }
}

/// Waits until `done` returns true. Fails if that takes too long.
pub(crate) fn wait_until(what: &str, mut done: impl FnMut() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !done() {
        assert!(
            Instant::now() < deadline,
            "timed out after {PATIENCE:?}: {what}"
        );
        sleep(Duration::from_millis(20));
    }
}

/// Starts a program without input that writes to `log`.
fn logged(mut command: Command, log: &File) -> Group {
    let writes = || log.try_clone().expect("the log can be shared");
    command
        .stdin(Stdio::null())
        .stdout(writes())
        .stderr(writes());
    Group::start(command)
}

/// Returns two ports that were free a moment ago.
fn free_ports() -> [u16; 2] {
    // Both are held before either is released: they differ.
    [(); 2]
        .map(|()| {
            TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("this computer has a free port")
        })
        .map(|it| it.local_addr().expect("it is bound").port())
}

/// A process, as `/proc` shows it.
pub(crate) struct Process {
    pub(crate) id: u32,
    pub(crate) parent: u32,
    pub(crate) name: String,
}

/// Returns whether a process runs.
pub(crate) fn runs(id: u32) -> bool {
    process(&Path::new("/proc").join(id.to_string())).is_some()
}

/// Returns all processes that have not ended.
pub(crate) fn processes() -> Vec<Process> {
    fs::read_dir("/proc")
        .expect("Linux has /proc")
        .filter_map(|entry| process(&entry.ok()?.path()))
        .collect()
}

/// Parses `/proc/ID/stat`: `ID (NAME) STATE PARENT …`. A zombie counts as gone.
fn process(folder: &Path) -> Option<Process> {
    let id = folder.file_name()?.to_str()?.parse().ok()?;
    let stat = fs::read_to_string(folder.join("stat")).ok()?;
    let (_, rest) = stat.split_once('(')?;
    let (name, rest) = rest.rsplit_once(") ")?;
    let mut fields = rest.split(' ');
    if fields.next()? == "Z" {
        return None;
    }
    let parent = fields.next()?.parse().ok()?;
    Some(Process {
        id,
        parent,
        name: name.to_owned(),
    })
}

fn descends(process: &Process, ancestor: u32, all: &[Process]) -> bool {
    process.id == ancestor
        || all
            .iter()
            .find(|it| it.id == process.parent)
            .is_some_and(|parent| descends(parent, ancestor, all))
}
