//! A camera of the desktop: PipeWire on its session bus, with a camera that shows a film.
//!
//! ```text
//! Film ─▶ thread, 15 frames a second ─▶ pipe ─▶ gst-launch-1.0 ─▶ pipewire ─▶ getUserMedia
//! ```

use std::collections::HashMap;
use std::ffi::OsString;
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{ChildStdin, Command, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, sleep};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::driver::wait_until;
use crate::film::{FRAMES_A_SECOND, Film, HEIGHT, WIDTH};
use crate::group::Group;

/// The camera's name in the window.
const NAME: &str = "Test-Camera";

/// Settings that keep the session manager away from this computer's cameras and sound cards: the
/// first file is for WirePlumber 0.4, the second for later versions.
const NO_HARDWARE: [(&str, &str); 2] = [
    (
        "main.lua.d/51-no-hardware.lua",
        "alsa_monitor.enabled = false\n\
         v4l2_monitor.enabled = false\n\
         if libcamera_monitor then libcamera_monitor.enabled = false end\n",
    ),
    (
        "wireplumber.conf.d/51-no-hardware.conf",
        "wireplumber.profiles = { main = { monitor.alsa = disabled, monitor.bluez = disabled, \
         monitor.libcamera = disabled, monitor.v4l2 = disabled } }\n",
    ),
];

/// PipeWire with one camera. Dropping it ends both.
pub(crate) struct Camera {
    environment: HashMap<&'static str, OsString>,
    film: Arc<Mutex<Film>>,
    /// The source of its pictures while it is plugged in.
    source: Option<Group>,
    _manager: Group,
    _server: Group,
}

impl Camera {
    /// Starts PipeWire in `environment` and plugs the camera in. It shows the bare table.
    pub(crate) fn start(environment: HashMap<&'static str, OsString>) -> Self {
        let settings = PathBuf::from(&environment["XDG_CONFIG_HOME"]).join("wireplumber");
        for (file, text) in NO_HARDWARE {
            let file = settings.join(file);
            fs::create_dir_all(file.parent().expect("it has a folder"))
                .and_then(|()| fs::write(&file, text))
                .expect("the desktop's settings can be written");
        }
        let server = run(Command::new("pipewire"), &environment);
        let socket = PathBuf::from(&environment["XDG_RUNTIME_DIR"]).join("pipewire-0");
        wait_until("pipewire answers", || socket.exists());
        let manager = run(Command::new("wireplumber"), &environment);
        let mut camera = Self {
            environment,
            film: Arc::new(Mutex::new(Film::table())),
            source: None,
            _manager: manager,
            _server: server,
        };
        camera.plug_in();
        camera
    }

    /// Plugs the camera in.
    pub(crate) fn plug_in(&mut self) {
        self.source = Some(source(&self.environment, Arc::clone(&self.film)));
        wait_until("the camera is there", || self.is_there());
    }

    /// Pulls its plug.
    pub(crate) fn unplug(&mut self) {
        self.source = None;
        wait_until("the camera is gone", || !self.is_there());
    }

    fn is_there(&self) -> bool {
        self.objects("Node").iter().any(is_camera)
    }

    /// Shows `film` in a loop from now on.
    pub(crate) fn show(&self, film: &Film) {
        *lock(&self.film) = film.clone();
    }

    /// Returns whether any program takes the camera's pictures, according to PipeWire.
    pub(crate) fn is_on(&self) -> bool {
        !self.objects("Link").is_empty()
    }

    /// Waits until no program takes the camera's pictures.
    pub(crate) fn wait_until_off(&self) {
        wait_until("the camera is off", || !self.is_on());
    }

    /// Returns PipeWire's objects of a kind, as `pw-dump` lists them.
    fn objects(&self, kind: &str) -> Vec<Value> {
        let kind = format!("PipeWire:Interface:{kind}");
        let mut found = Vec::new();
        wait_until("pw-dump shows all", || {
            let output = Command::new("pw-dump")
                .env_clear()
                .envs(&self.environment)
                .output()
                .expect("pw-dump runs; `cargo xtask e2e` installs it");
            // Its output may be truncated while objects come and go.
            let all = serde_json::from_slice::<Vec<Value>>(&output.stdout);
            let whole = all.is_ok();
            found = all.unwrap_or_default();
            whole
        });
        found.retain(|it| it["type"] == kind.as_str());
        found
    }
}

/// Starts a camera that shows `film`.
fn source(environment: &HashMap<&'static str, OsString>, film: Arc<Mutex<Film>>) -> Group {
    let properties = format!(
        "stream-properties=props,media.class=Video/Source,media.role=Camera,node.name=camera,node.description={NAME}"
    );
    let mut command = Command::new("gst-launch-1.0");
    command
        .args(["fdsrc", "fd=0", "!", "rawvideoparse", "format=gray8"])
        .args([
            format!("width={WIDTH}"),
            format!("height={HEIGHT}"),
            format!("framerate={FRAMES_A_SECOND}/1"),
        ])
        // A camera does not wait for its reader: it always has the newest picture.
        .args(["!", "imagefreeze", "is-live=true", "allow-replace=true"])
        .args(["!", &format!("video/x-raw,framerate={FRAMES_A_SECOND}/1")])
        .args(["!", "videoconvert", "!", "video/x-raw,format=YUY2"])
        // The sink crashes if `videoconvert` writes frames into the sink's own memory.
        .args(["!", "identity", "drop-allocation=true"])
        .args(["!", "pipewiresink", "mode=provide", &properties])
        .stdin(Stdio::piped());
    let mut source = run(command, environment);
    let input = source.input();
    thread::spawn(move || play(&film, input));
    source
}

fn is_camera(node: &Value) -> bool {
    node["info"]["props"]["media.class"] == "Video/Source"
}

fn run(mut command: Command, environment: &HashMap<&'static str, OsString>) -> Group {
    command
        .env_clear()
        .envs(environment)
        // Asks nothing of this computer's own services, such as real-time priority.
        .env("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent")
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    Group::start(command)
}

/// Writes frames in real time until their reader ends.
fn play(film: &Mutex<Film>, mut output: ChildStdin) {
    let pause = Duration::from_secs(1) / FRAMES_A_SECOND;
    let mut due = Instant::now();
    for count in 0.. {
        let frame = lock(film).frame(count);
        if output.write_all(&frame).is_err() {
            return;
        }
        due += pause;
        match due.checked_duration_since(Instant::now()) {
            Some(rest) => sleep(rest),
            // The machine was busy: late frames are dropped.
            None => due = Instant::now(),
        }
    }
}

fn lock(film: &Mutex<Film>) -> MutexGuard<'_, Film> {
    film.lock().unwrap_or_else(PoisonError::into_inner)
}
