//! A desktop of a test's own, with nothing of the person's who runs it: a session bus, a Secret Service
//! (`gnome-keyring-daemon`) that can be killed, restarted and locked, and a home folder, all in a temporary
//! folder. The process under test is a child that gets [`PrivateDesktop::apply`].
//!
//! The bus starts no service by itself, so a killed daemon stays dead until the test restarts it. A missing
//! `dbus-daemon` or `gnome-keyring-daemon` is an error: such a test fails and is not skipped.

mod print_shop;

use std::collections::HashMap;
use std::ffi::OsString;
use std::fs::{self, DirBuilder};
use std::io::{self, BufRead, BufReader, Write};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;
use zbus::blocking::connection::Builder;
use zbus::blocking::fdo::DBusProxy;
use zbus::blocking::{Connection, Proxy};
use zbus::names::BusName;
use zbus::zvariant::{ObjectPath, OwnedObjectPath};

pub use print_shop::{DESK, HALL, PrintShop, Printed};

const SECRET_SERVICE: &str = "org.freedesktop.secrets";
const LOGIN: &str = "/org/freedesktop/secrets/collection/login";

/// Longer than a daemon takes to start on a machine under load.
const PATIENCE: Duration = Duration::from_secs(20);

/// A session bus, a keyring daemon and a home folder. Dropping it ends all of them.
pub struct PrivateDesktop {
    folder: TempDir,
    bus: Child,
    address: String,
    keyring: Option<Child>,
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

    /// A desktop on the X display `display` (`:99`), its keyring unlocked. Once locked, the keyring asks for
    /// its password in a dialog on that display and waits. `services` are further bus services to start on
    /// demand, by the names of their files in `/usr/share/dbus-1/services` without `.service`.
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
        let config = folder.path().join("bus.conf");
        fs::write(&config, bus_config(folder.path()))?;

        let mut command = Command::new("dbus-daemon");
        command
            .args(["--nofork", "--nopidfile", "--print-address=1"])
            .arg(format!("--config-file={}", config.display()))
            .env_clear()
            .envs(folders(folder.path()))
            .envs(display.iter().map(|name| ("DISPLAY", name)))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut bus = spawn(command)?;
        let mut address = String::new();
        if let Some(output) = bus.stdout.take() {
            BufReader::new(output).read_line(&mut address)?;
        }
        Ok(Self {
            folder,
            bus,
            address: address.trim().to_owned(),
            keyring: None,
            display,
        })
    }

    /// The environment of a process on this desktop. It replaces what the test runner's own desktop set.
    pub fn environment(&self) -> HashMap<&'static str, OsString> {
        let mut environment = folders(self.folder.path());
        environment.insert("DBUS_SESSION_BUS_ADDRESS", self.address.clone().into());
        if let Some(display) = &self.display {
            environment.insert("DISPLAY", display.clone());
        }
        environment
    }

    /// Puts `command` on this desktop.
    pub fn apply<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        for name in ["DISPLAY", "WAYLAND_DISPLAY", "GNOME_KEYRING_CONTROL"] {
            command.env_remove(name);
        }
        command.envs(self.environment())
    }

    /// The home folder of this desktop's person.
    pub fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    /// Starts the keyring daemon on this desktop's records and unlocks it. Returns when it answers.
    pub fn start_keyring(&mut self) -> io::Result<()> {
        let mut command = self.keyring_command();
        command.arg("--unlock").stdin(Stdio::piped());
        let mut keyring = spawn(command)?;
        if let Some(mut input) = keyring.stdin.take() {
            input.write_all(b"the password of a test")?;
        }
        self.keyring = Some(keyring);
        let (bus, deadline) = self.wait_for_keyring(true)?;
        wait_for_login_keyring(&bus, deadline)?;
        wait_for_default(&bus, deadline)
    }

    /// Starts the keyring daemon as a person finds it who never had a keyring: unlocked, and with no keyring to
    /// put a record into.
    pub fn start_keyring_without_login(&mut self) -> io::Result<()> {
        self.keyring = Some(spawn(self.keyring_command())?);
        self.wait_for_keyring(true).map(drop)
    }

    /// Stops the keyring daemon where it is (`SIGSTOP`): it keeps its name on the bus and answers nothing.
    pub fn freeze_keyring(&self) -> io::Result<()> {
        self.signal_keyring(Signal::STOP)
    }

    /// Lets a frozen keyring daemon go on.
    pub fn thaw_keyring(&self) -> io::Result<()> {
        self.signal_keyring(Signal::CONT)
    }

    fn signal_keyring(&self, signal: Signal) -> io::Result<()> {
        let keyring = self.keyring.as_ref().ok_or(io::ErrorKind::NotFound)?;
        Ok(kill_process(Pid::from_child(keyring), signal)?)
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

    /// Ends the keyring daemon at once (`SIGKILL`). Returns when the bus knows it.
    pub fn kill_keyring(&mut self) -> io::Result<()> {
        if let Some(mut keyring) = self.keyring.take() {
            keyring.kill()?;
            keyring.wait()?;
        }
        self.wait_for_keyring(false).map(drop)
    }

    /// Locks the login keyring. Without a display nobody can unlock it but a restart.
    pub fn lock_keyring(&self) -> io::Result<()> {
        let bus = self.connect()?;
        let service = service(&bus).map_err(io::Error::other)?;
        let login = ObjectPath::try_from(LOGIN).map_err(io::Error::other)?;
        let (locked, _prompt): (Vec<OwnedObjectPath>, OwnedObjectPath) = service
            .call("Lock", &(vec![login],))
            .map_err(io::Error::other)?;
        if locked.is_empty() {
            return Err(io::Error::other("the login keyring was not locked"));
        }
        Ok(())
    }

    /// Ends the session bus. It cannot be started again: every client has its address.
    pub fn kill_bus(&mut self) -> io::Result<()> {
        self.bus.kill()?;
        self.bus.wait()?;
        Ok(())
    }

    fn connect(&self) -> io::Result<Connection> {
        Builder::address(self.address.as_str())
            .and_then(Builder::build)
            .map_err(io::Error::other)
    }

    fn wait_for_keyring(&self, present: bool) -> io::Result<(Connection, Instant)> {
        let bus = self.connect()?;
        let names = DBusProxy::new(&bus).map_err(io::Error::other)?;
        let name = BusName::try_from(SECRET_SERVICE).map_err(io::Error::other)?;
        let deadline = Instant::now() + PATIENCE;
        while names
            .name_has_owner(name.clone())
            .map_err(io::Error::other)?
            != present
        {
            pause(deadline, "gnome-keyring-daemon did not start or end")?;
        }
        Ok((bus, deadline))
    }
}

/// The daemon takes its name before it has unlocked the login keyring.
fn wait_for_login_keyring(bus: &Connection, deadline: Instant) -> io::Result<()> {
    loop {
        let locked = Proxy::new(
            bus,
            SECRET_SERVICE,
            LOGIN,
            "org.freedesktop.Secret.Collection",
        )
        .and_then(|login| login.get_property::<bool>("Locked"));
        if matches!(locked, Ok(false)) {
            return Ok(());
        }
        pause(deadline, "the login keyring was not unlocked")?;
    }
}

/// The daemon unlocks the login keyring before it makes it the default, into which a first record is put.
fn wait_for_default(bus: &Connection, deadline: Instant) -> io::Result<()> {
    loop {
        let default = service(bus)
            .and_then(|service| service.call::<_, _, OwnedObjectPath>("ReadAlias", &("default",)));
        if default.is_ok_and(|path| path.as_str() != "/") {
            return Ok(());
        }
        pause(deadline, "no keyring became the default")?;
    }
}

fn service(bus: &Connection) -> zbus::Result<Proxy<'_>> {
    Proxy::new(
        bus,
        SECRET_SERVICE,
        "/org/freedesktop/secrets",
        "org.freedesktop.Secret.Service",
    )
}

/// A moment for a daemon to get on.
fn pause(deadline: Instant, otherwise: &str) -> io::Result<()> {
    if Instant::now() > deadline {
        return Err(io::Error::new(io::ErrorKind::TimedOut, otherwise));
    }
    thread::sleep(Duration::from_millis(5));
    Ok(())
}

impl Drop for PrivateDesktop {
    fn drop(&mut self) {
        for child in self.keyring.iter_mut().chain([&mut self.bus]) {
            // It may be gone already, which is what is wanted.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// Starts `command`, naming it where it is not installed.
fn spawn(mut command: Command) -> io::Result<Child> {
    command.spawn().map_err(|error| {
        let program = command.get_program().to_string_lossy();
        io::Error::new(error.kind(), format!("{program}: {error}"))
    })
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

/// A session bus of its own: it starts only what lies in its own `services` folder.
fn bus_config(root: &Path) -> String {
    format!(
        r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir={root}/run</listen>
  <auth>EXTERNAL</auth>
  <servicedir>{root}/services</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#,
        root = root.display()
    )
}
