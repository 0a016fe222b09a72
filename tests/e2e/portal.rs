//! The desktop's portal: a person's choices for programs, which are light or dark and access to the
//! camera.

use std::collections::HashMap;
use std::os::fd::OwnedFd as Descriptor;
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, sleep};
use std::time::Duration;

use zbus::blocking::Connection;
use zbus::blocking::connection::Builder;
use zbus::blocking::fdo::DBusProxy;
use zbus::message::Header;
use zbus::zvariant::{ObjectPath, OwnedFd, OwnedObjectPath, OwnedValue, Value};
use zbus::{fdo, interface};

use crate::driver::wait_until;

const PATH: &str = "/org/freedesktop/portal/desktop";
const NAMESPACE: &str = "org.freedesktop.appearance";
const KEY: &str = "color-scheme";
/// The bus name that the first instance of the app owns.
const APP: &str = "org.backupcode.app.SingleInstance";

/// The appearance that the desktop asks its programs for, with the portal's numbers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    Dark = 1,
    Light = 2,
}

impl Look {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Dark => "dark",
            Self::Light => "light",
        }
    }
}

/// Delays before the answer and its repetitions. WebKit starts to listen only a moment after it has
/// asked, later on a busy computer, and would wait without end for an answer that it missed. The
/// first answer that it receives counts.
const THOUGHTS: [Duration; 3] = [
    Duration::from_millis(300),
    Duration::from_millis(700),
    Duration::from_secs(3),
];

/// The portal on one session bus. It starts light and without a camera.
pub(crate) struct Portal {
    bus: Connection,
    look: Arc<AtomicU32>,
    cameras: Arc<Mutex<Cameras>>,
}

/// The desktop's camera and the person's answer to a program that asks for it.
#[derive(Default)]
struct Cameras {
    /// PipeWire's socket, if there is a camera.
    socket: Option<PathBuf>,
    refused: bool,
    /// Number of requests.
    asked: u32,
}

struct Camera(Arc<Mutex<Cameras>>);

#[interface(name = "org.freedesktop.portal.Camera")]
impl Camera {
    #[zbus(property)]
    fn is_camera_present(&self) -> bool {
        lock(&self.0).socket.is_some()
    }

    /// Returns the path of the object that will emit the answer as a signal.
    fn access_camera(
        &self,
        mut options: HashMap<String, OwnedValue>,
        #[zbus(header)] header: Header<'_>,
        #[zbus(connection)] bus: &zbus::Connection,
    ) -> fdo::Result<OwnedObjectPath> {
        let token = options.remove("handle_token");
        let token = token.and_then(|it| String::try_from(it).ok());
        let (Some(sender), Some(token)) = (header.sender(), token) else {
            return Err(fdo::Error::InvalidArgs("a token is missing".to_owned()));
        };
        let sender = sender.to_owned();
        let asker = sender.as_str().trim_start_matches(':').replace('.', "_");
        let request = OwnedObjectPath::try_from(format!("{PATH}/request/{asker}/{token}"))
            .map_err(|error| fdo::Error::InvalidArgs(error.to_string()))?;
        let refused = {
            let mut cameras = lock(&self.0);
            cameras.asked += 1;
            cameras.refused
        };
        let bus = Connection::from(bus.clone());
        let path: ObjectPath<'static> = request.clone().into_inner();
        thread::spawn(move || {
            for thought in THOUGHTS {
                sleep(thought);
                let results = HashMap::<&str, Value<'_>>::new();
                // A program that has ended receives nothing, which is no failure.
                let _ = bus.emit_signal(
                    Some(sender.as_ref()),
                    &path,
                    "org.freedesktop.portal.Request",
                    "Response",
                    &(u32::from(refused), results),
                );
            }
        });
        Ok(request)
    }

    fn open_pipe_wire_remote(&self, _options: HashMap<String, OwnedValue>) -> fdo::Result<OwnedFd> {
        let cameras = lock(&self.0);
        match &cameras.socket {
            Some(socket) if !cameras.refused => UnixStream::connect(socket)
                .map(|it| OwnedFd::from(Descriptor::from(it)))
                .map_err(|error| fdo::Error::Failed(error.to_string())),
            _ => Err(fdo::Error::AccessDenied("the person said no".to_owned())),
        }
    }
}

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Settings {
    look: Arc<AtomicU32>,
}

#[interface(name = "org.freedesktop.portal.Settings")]
impl Settings {
    fn read(&self, namespace: &str, key: &str) -> fdo::Result<OwnedValue> {
        if (namespace, key) != (NAMESPACE, KEY) {
            return Err(fdo::Error::Failed(format!("{namespace} {key} is not set")));
        }
        // A variant in a variant: an old mistake of the portal that became its interface.
        let value = Value::Value(Box::new(Value::U32(self.look.load(Ordering::SeqCst))));
        OwnedValue::try_from(value).map_err(|error| fdo::Error::Failed(error.to_string()))
    }
}

impl Portal {
    /// Serves the session bus at `address`.
    pub(crate) fn start(address: &str) -> Self {
        let look = Arc::new(AtomicU32::new(Look::Light as u32));
        let settings = Settings {
            look: Arc::clone(&look),
        };
        let cameras = Arc::default();
        let camera = Camera(Arc::clone(&cameras));
        let bus = Builder::address(address)
            .and_then(|it| it.serve_at(PATH, settings))
            .and_then(|it| it.serve_at(PATH, camera))
            .and_then(|it| it.name("org.freedesktop.portal.Desktop"))
            .and_then(Builder::build)
            .expect("the session bus takes a portal");
        Self { bus, look, cameras }
    }

    /// Gives the desktop a camera behind PipeWire's `socket`.
    pub(crate) fn has_camera(&self, socket: PathBuf) {
        lock(&self.cameras).socket = Some(socket);
    }

    /// Denies access to the camera.
    pub(crate) fn refuse_camera(&self) {
        lock(&self.cameras).refused = true;
    }

    /// Returns how often a program has asked for the camera.
    pub(crate) fn asked_for_camera(&self) -> u32 {
        lock(&self.cameras).asked
    }

    /// Waits until the session bus has noticed that the app ended. Until then a new app considers
    /// itself a second instance and hands over to the first.
    pub(crate) fn wait_until_the_app_left(&self) {
        let bus = DBusProxy::new(&self.bus).expect("the session bus answers");
        wait_until("the app leaves the session bus", || {
            let owned = bus.name_has_owner(APP.try_into().expect("a bus name"));
            !owned.expect("the session bus answers")
        });
    }

    /// Changes the appearance and notifies every program.
    pub(crate) fn switch(&self, look: Look) {
        self.look.store(look as u32, Ordering::SeqCst);
        self.bus
            .emit_signal(
                None::<&str>,
                PATH,
                "org.freedesktop.portal.Settings",
                "SettingChanged",
                &(NAMESPACE, KEY, Value::U32(look as u32)),
            )
            .expect("the session bus carries the change");
    }
}
