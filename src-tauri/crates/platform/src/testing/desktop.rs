//! A private desktop.

use std::collections::HashMap;
use std::ffi::OsString;
use std::fs::{self, DirBuilder};
use std::io::{self, Write};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use super::bus::Bus;
use super::keepassxc::{self, Database};
use super::process::{Running, spawn};
use super::secret_service::SecretService;

/// A session bus, a Secret Service (`gnome-keyring-daemon`, or KeePassXC) that can be killed,
/// restarted and locked, and a home folder, all in a temporary folder. Dropping it ends all of
/// them.
///
/// The process under test is a child that [`Self::apply`] prepares. The bus starts no service by
/// itself, so a killed daemon stays dead until the test restarts it.
pub struct PrivateDesktop {
    // The keyring ends before its bus, and both before their folder.
    keyring: Option<Running>,
    bus: Bus,
    folder: TempDir,
    display: Option<OsString>,
}

impl PrivateDesktop {
    /// A desktop without a display, its keyring unlocked.
    pub fn start() -> io::Result<Self> {
        let mut desktop = Self::build(None, &[])?;
        desktop.start_keyring()?;
        Ok(desktop)
    }

    /// A desktop without a Secret Service.
    pub fn without_keyring() -> io::Result<Self> {
        Self::build(None, &[])
    }

    /// A desktop on the X display `display` (`:99`), its keyring unlocked. Once locked, the keyring
    /// prompts for its password on that display and waits. `services` are further bus services to
    /// start on demand: the names of their files in `/usr/share/dbus-1/services` without
    /// `.service`.
    pub fn with_display(display: impl Into<OsString>, services: &[&str]) -> io::Result<Self> {
        let services = [&["org.gnome.keyring.SystemPrompter"], services].concat();
        let mut desktop = Self::build(Some(display.into()), &services)?;
        desktop.start_keyring()?;
        Ok(desktop)
    }

    fn build(display: Option<OsString>, services: &[&str]) -> io::Result<Self> {
        let folder = tempfile::Builder::new().prefix("desktop-").tempdir()?;
        for name in [
            "home", "data", "config", "state", "cache", "run", "services",
        ] {
            DirBuilder::new()
                .mode(0o700)
                .create(folder.path().join(name))?;
        }
        for name in services {
            let file = format!("{name}.service");
            fs::copy(
                Path::new("/usr/share/dbus-1/services").join(&file),
                folder.path().join("services").join(&file),
            )?;
        }
        let bus = Bus::start(folder.path(), |mut command| {
            command
                .env_clear()
                .envs(folders(folder.path()))
                .envs(display.iter().map(|name| ("DISPLAY", name)))
                .stderr(Stdio::null());
            Ok(command)
        })?;
        Ok(Self {
            keyring: None,
            bus,
            folder,
            display,
        })
    }

    /// The environment of a process on this desktop. It overrides the test runner's own desktop.
    pub fn environment(&self) -> HashMap<&'static str, OsString> {
        let mut environment = folders(self.folder.path());
        // It is the system bus too, on which the real desktop reports the lock of its screen.
        for bus in ["DBUS_SESSION_BUS_ADDRESS", "DBUS_SYSTEM_BUS_ADDRESS"] {
            environment.insert(bus, self.address().into());
        }
        if let Some(display) = &self.display {
            environment.insert("DISPLAY", display.clone());
        }
        environment
    }

    /// Prepares `command` to run on this desktop.
    pub fn apply<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        for name in ["DISPLAY", "WAYLAND_DISPLAY", "GNOME_KEYRING_CONTROL"] {
            command.env_remove(name);
        }
        command.envs(self.environment())
    }

    /// The address of its bus.
    pub fn address(&self) -> &str {
        &self.bus.address
    }

    /// The home folder of this desktop's user.
    pub fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    /// Starts the keyring daemon on this desktop's records, unlocks it, and waits until it answers.
    pub fn start_keyring(&mut self) -> io::Result<()> {
        let mut command = self.keyring_command();
        command.arg("--unlock").stdin(Stdio::piped());
        let mut keyring = spawn(command)?;
        if let Some(mut input) = keyring.stdin.take() {
            input.write_all(b"the password of a test")?;
        }
        self.keyring = Some(Running(keyring));
        let service = self.secret_service()?;
        service.wait_for_owner(true)?;
        service.wait_for_login_keyring()?;
        service.wait_for_default()
    }

    /// Starts the keyring daemon for a user who never had a keyring: it has none that could hold a
    /// record.
    pub fn start_keyring_without_login(&mut self) -> io::Result<()> {
        self.keyring = Some(Running(spawn(self.keyring_command())?));
        self.secret_service()?.wait_for_owner(true)
    }

    /// Starts KeePassXC as the keyring daemon, and waits until it shows these databases. The last
    /// one is its default keyring.
    pub fn start_keepassxc(&mut self, databases: &[Database]) -> io::Result<()> {
        let keepassxc = keepassxc::start(self.folder.path(), databases, |command| {
            command.env_clear().envs(self.environment());
        })?;
        self.keyring = Some(Running(keepassxc));
        let service = self.secret_service()?;
        service.wait_for_owner(true)?;
        databases
            .iter()
            .try_for_each(|it| service.wait_for_database(it.name, !it.unlocked))
    }

    /// Suspends the keyring daemon (`SIGSTOP`): it keeps its name on the bus and does not answer.
    pub fn freeze_keyring(&self) -> io::Result<()> {
        self.signal_keyring(Signal::STOP)
    }

    /// Resumes a suspended keyring daemon.
    pub fn thaw_keyring(&self) -> io::Result<()> {
        self.signal_keyring(Signal::CONT)
    }

    fn signal_keyring(&self, signal: Signal) -> io::Result<()> {
        let keyring = self.keyring.as_ref().ok_or(io::ErrorKind::NotFound)?;
        Ok(kill_process(Pid::from_child(&keyring.0), signal)?)
    }

    fn keyring_command(&self) -> Command {
        let control = self.folder.path().join("run/keyring");
        let mut command = Command::new("gnome-keyring-daemon");
        command
            .args(["--foreground", "--components=secrets"])
            .arg(format!("--control-directory={}", control.display()))
            .env_clear()
            .envs(self.environment())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    }

    /// Kills the keyring daemon (`SIGKILL`) and waits until the bus has noticed.
    pub fn kill_keyring(&mut self) -> io::Result<()> {
        self.keyring = None;
        self.secret_service()?.wait_for_owner(false)
    }

    /// Starts the keyring daemon again if it has ended by itself. Returns whether it had.
    pub fn restart_ended_keyring(&mut self) -> io::Result<bool> {
        let ended = match &mut self.keyring {
            Some(keyring) => keyring.0.try_wait()?.is_some(),
            None => false,
        };
        if ended {
            self.start_keyring()?;
        }
        Ok(ended)
    }

    /// Lets the keyring daemon end by itself (`SIGTERM`) and waits until it has: KeePassXC writes
    /// its databases some time after a change.
    pub fn quit_keyring(&mut self) -> io::Result<()> {
        self.signal_keyring(Signal::TERM)?;
        self.secret_service()?.wait_for_owner(false)?;
        if let Some(mut keyring) = self.keyring.take() {
            keyring.0.wait()?;
        }
        Ok(())
    }

    /// Locks the login keyring. Without a display only a restart unlocks it.
    pub fn lock_keyring(&self) -> io::Result<()> {
        self.secret_service()?.lock_login_keyring()
    }

    /// Ends the session bus. It cannot be restarted, because its clients know its address only.
    pub fn kill_bus(&mut self) -> io::Result<()> {
        self.bus.daemon.0.kill()?;
        self.bus.daemon.0.wait()?;
        Ok(())
    }

    fn secret_service(&self) -> io::Result<SecretService> {
        SecretService::connect(&self.bus.address)
    }
}

fn folders(root: &Path) -> HashMap<&'static str, OsString> {
    let mut environment: HashMap<_, OsString> = [
        ("HOME", "home"),
        ("XDG_DATA_HOME", "data"),
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_STATE_HOME", "state"),
        ("XDG_CACHE_HOME", "cache"),
        ("XDG_RUNTIME_DIR", "run"),
    ]
    .into_iter()
    .map(|(variable, folder)| (variable, root.join(folder).into()))
    .collect();
    if let Some(path) = std::env::var_os("PATH") {
        environment.insert("PATH", path);
    }
    environment
}
