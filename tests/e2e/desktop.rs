//! The desktop of one journey: display, session bus, keyring, settings, home folder.

use std::collections::{BTreeSet, HashMap};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use platform::testing::{PrintShop, PrivateDesktop};

use crate::camera::Camera;
use crate::close_button;
use crate::display::Display;
use crate::filters::without_filters;
use crate::hooks::Hooks;
use crate::portal::Portal;
use crate::turn::Turn;

/// A desktop without anything of the person who runs the test. Dropping it ends and removes it.
pub(crate) struct Desktop {
    journey: &'static str,
    pub(crate) session: PrivateDesktop,
    pub(crate) portal: Portal,
    pub(crate) hooks: Hooks,
    shop: Option<PrintShop>,
    camera: Option<Camera>,
    display: Display,
    /// The kernel can filter system calls.
    filters: bool,
    /// Where the app's connections are recorded.
    trace: Option<PathBuf>,
    _turn: Turn,
}

impl Desktop {
    /// Starts a desktop with an unlocked keyring. `journey` names its log and its pictures of
    /// failures.
    pub(crate) fn start(journey: &'static str) -> Self {
        Self::with_keyring(journey, Turn::beside_others())
    }

    /// The same for a journey that films in real time: no other journey runs beside it.
    pub(crate) fn alone(journey: &'static str) -> Self {
        Self::with_keyring(journey, Turn::alone())
    }

    fn with_keyring(journey: &'static str, turn: Turn) -> Self {
        Self::with(journey, turn, |display| {
            PrivateDesktop::with_display(display, &[])
        })
    }

    /// Starts a desktop without a keychain service, until [`PrivateDesktop::start_keyring`].
    pub(crate) fn without_keyring(journey: &'static str) -> Self {
        Self::with(journey, Turn::beside_others(), |_| {
            PrivateDesktop::without_keyring()
        })
    }

    fn with(
        journey: &'static str,
        turn: Turn,
        session: impl FnOnce(&str) -> std::io::Result<PrivateDesktop>,
    ) -> Self {
        let display = Display::start();
        let session = session(display.name())
            .expect("a session bus and a keyring start; `cargo xtask e2e` installs them");
        let environment = session.environment();
        let address = environment["DBUS_SESSION_BUS_ADDRESS"]
            .to_str()
            .expect("a bus address is text");
        let portal = Portal::start(address);
        fs::create_dir_all(session.home().with_file_name("tmp"))
            .expect("the desktop's folder can be written");
        keep_still(Path::new(&environment["XDG_CONFIG_HOME"]));
        Self {
            journey,
            session,
            portal,
            hooks: Hooks::new(),
            shop: None,
            camera: None,
            display,
            filters: true,
            trace: None,
            _turn: turn,
        }
    }

    /// Starts a desktop on which no process can be restricted.
    pub(crate) fn without_filters(journey: &'static str) -> Self {
        let mut desktop = Self::start(journey);
        desktop.filters = false;
        desktop
    }

    /// Starts a desktop that also has a print service and a printer. Other desktops have none.
    pub(crate) fn with_printer(journey: &'static str) -> Self {
        let mut desktop = Self::start(journey);
        let shop = PrintShop::open()
            .expect("cupsd and ippeveprinter start; `cargo xtask e2e` installs them");
        desktop.shop = Some(shop);
        desktop
    }

    /// Starts such a desktop, on which every address that the app and its processes use is recorded
    /// in `trace`.
    pub(crate) fn traced(journey: &'static str, trace: PathBuf) -> Self {
        let mut desktop = Self::with_printer(journey);
        desktop.trace = Some(trace);
        desktop
    }

    /// Returns the print service with its printer.
    pub(crate) fn shop(&self) -> &PrintShop {
        self.shop.as_ref().expect("the desktop has a printer")
    }

    /// Starts a desktop that also has PipeWire and a camera, while no other journey runs. Other
    /// desktops have no camera.
    pub(crate) fn with_camera(journey: &'static str) -> Self {
        let mut desktop = Self::alone(journey);
        desktop.camera = Some(Camera::start(desktop.session.environment()));
        desktop
    }

    /// Returns the camera.
    pub(crate) fn camera(&mut self) -> &mut Camera {
        self.camera.as_mut().expect("the desktop has a camera")
    }

    /// Returns what the display shows now, as a person sees it.
    pub(crate) fn picture(&self) -> image::RgbImage {
        self.display.picture()
    }

    /// Presses the button that closes the window.
    pub(crate) fn press_close_button(&self) {
        close_button::press(self.display.name());
    }

    /// Returns the name of the journey.
    pub(crate) fn journey(&self) -> &'static str {
        self.journey
    }

    /// Returns the command that runs the app on this desktop.
    pub(crate) fn app(&self) -> Command {
        let app = Path::new(env!("CARGO_BIN_EXE_backup-code"));
        let Some(trace) = &self.trace else {
            return self.command(app);
        };
        let mut command = self.command(Path::new("strace"));
        command
            .args(["--follow-forks", "--seccomp-bpf", "--quiet=all"])
            .args(["--trace=connect,bind,sendto,sendmsg,sendmmsg", "--output"])
            .args([trace, app]);
        command
    }

    /// Returns the command that runs `program` on this desktop.
    pub(crate) fn command(&self, program: &Path) -> Command {
        let mut command = match self.filters {
            true => Command::new(program),
            false => without_filters(program),
        };
        command.env_clear().envs(self.environment());
        command
    }

    /// Returns the environment of a program on this desktop.
    pub(crate) fn environment(&self) -> HashMap<&'static str, OsString> {
        let mut environment = self.session.environment();
        let (name, folder) = self.hooks.variable();
        environment.insert(name, folder.to_owned());
        environment.insert("DISPLAY", self.display.name().into());
        environment.insert("TMPDIR", self.temporary().into());
        // Keeps away from the print service of the person who runs the test.
        match &self.shop {
            Some(shop) => environment.extend(shop.environment()),
            None => environment.extend(PrintShop::environment_in(&self.home())),
        }
        // Makes pictures the same on every computer.
        environment.extend([
            ("LANG", "C.UTF-8".into()),
            ("TZ", "UTC".into()),
            ("GTK_THEME", "Adwaita".into()),
            ("GDK_BACKEND", "x11".into()),
            ("NO_AT_BRIDGE", "1".into()),
        ]);
        // There is no graphics card. WebKit would paint on a simulated one, with threads that
        // compete for the processor.
        environment.extend([
            ("WEBKIT_SKIA_ENABLE_CPU_RENDERING", "1".into()),
            ("LP_NUM_THREADS", "0".into()),
        ]);
        environment
    }

    /// Returns the folder for temporary files of programs on this desktop.
    fn temporary(&self) -> PathBuf {
        self.home().with_file_name("tmp")
    }

    /// Returns every file of this desktop's person and of the programs that they use.
    pub(crate) fn files(&self) -> BTreeSet<PathBuf> {
        let mut files = BTreeSet::new();
        let root = self.home().parent().map(PathBuf::from);
        let mut folders = Vec::from_iter(root);
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
                match entry.file_type() {
                    Ok(kind) if kind.is_dir() => folders.push(entry.path()),
                    Ok(kind) if kind.is_file() => _ = files.insert(entry.path()),
                    _ => {}
                }
            }
        }
        files
    }

    /// Returns the person's home folder.
    pub(crate) fn home(&self) -> PathBuf {
        self.session.home()
    }
}

/// Asks programs to animate nothing, as a person can. Without a graphics card the processor draws
/// every frame of a spinner, and what the spinner waits for takes longer.
fn keep_still(configuration: &Path) {
    let folder = configuration.join("gtk-3.0");
    fs::create_dir_all(&folder)
        .and_then(|()| {
            let settings = "[Settings]\ngtk-enable-animations=0\n";
            fs::write(folder.join("settings.ini"), settings)
        })
        .expect("the desktop's folder can be written");
}
