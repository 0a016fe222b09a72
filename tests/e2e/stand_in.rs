//! A camera within the page that stands in for the desktop's: a canvas with a film answers what the
//! page asks the web view for. Everything behind it is real: the preview, the frames, the way to
//! Rust and what Rust does with them.
//!
//! ```text
//! Film ─▶ WebDriver ─▶ canvas, 15 pictures a second ─▶ captureStream ─▶ getUserMedia's answer
//! ```

use std::sync::Arc;

use serde_json::json;

use crate::app::App;
use crate::film::{FRAMES_A_SECOND, Film, HEIGHT, WIDTH};

/// The script in the page. Later calls set fields of `window.standIn`.
const PAGE: &str = r#"
const [width, height, rate] = arguments;
const canvas = document.createElement("canvas");
canvas.width = width;
canvas.height = height;
const context = canvas.getContext("2d");
const standIn = { frames: [], coming: [], next: 0, problem: null, tracks: [] };
const paint = () => {
  if (standIn.problem !== null || standIn.frames.length === 0) return;
  context.putImageData(standIn.frames[standIn.next % standIn.frames.length], 0, 0);
  standIn.next += 1;
};
standIn.paint = paint;
setInterval(paint, 1000 / rate);
MediaDevices.prototype.getUserMedia = async () => {
  if (standIn.problem !== null) throw new DOMException("a test wants it", standIn.problem);
  const stream = canvas.captureStream(rate);
  const [track] = stream.getTracks();
  const settings = { ...track.getSettings(), deviceId: "stand-in" };
  track.getSettings = () => settings;
  standIn.tracks.push(track);
  return stream;
};
MediaDevices.prototype.enumerateDevices = async () =>
  standIn.problem === null
    ? [{ kind: "videoinput", deviceId: "stand-in", label: "Camera", groupId: "" }]
    : [];
window.standIn = standIn;
"#;

/// The letter for grey level 0. Drivers may mishandle characters below it.
const FIRST_LETTER: u32 = 0x100;

/// Receives one frame, whose levels are letters.
const TAKE: &str = r#"
const [letters, width, height] = arguments;
const image = new ImageData(width, height);
const pixels = new Uint32Array(image.data.buffer);
for (let at = 0; at < letters.length; at += 1)
  pixels[at] = 0xff000000 | ((letters.charCodeAt(at) & 0xff) * 0x010101);
window.standIn.coming.push(image);
"#;

/// Shows the frames that were received, in an order that may repeat them.
const SHOW: &str = r#"
const [order] = arguments;
const { coming } = window.standIn;
Object.assign(window.standIn, { frames: order.map((at) => coming[at]), coming: [], next: 0 });
// A camera that is opened right afterwards begins with what the canvas holds.
window.standIn.paint();
"#;

/// The camera of the page that `app` shows now.
pub(crate) struct StandIn<'app> {
    app: &'app App,
}

impl<'app> StandIn<'app> {
    /// Replaces the desktop's cameras. It shows the bare table.
    pub(crate) fn plug_in(app: &'app App) -> Self {
        app.run_with(
            PAGE,
            vec![json!(WIDTH), json!(HEIGHT), json!(FRAMES_A_SECOND)],
        );
        let camera = Self { app };
        camera.show(&Film::table());
        camera
    }

    /// Shows `film` in a loop from now on.
    pub(crate) fn show(&self, film: &Film) {
        let mut taken: Vec<&Arc<[u8]>> = Vec::new();
        let mut order = Vec::new();
        for frame in film.frames() {
            // A page keeps a frame that stays once.
            if !taken.last().is_some_and(|last| Arc::ptr_eq(last, frame)) {
                self.hand_over(frame);
                taken.push(frame);
            }
            order.push(taken.len() - 1);
        }
        self.app.run_with(SHOW, vec![json!(order)]);
    }

    fn hand_over(&self, frame: &[u8]) {
        let letters: String = frame
            .iter()
            .map(|level| FIRST_LETTER + u32::from(*level))
            .map(|letter| char::from_u32(letter).expect("a letter of Latin Extended"))
            .collect();
        self.app
            .run_with(TAKE, vec![json!(letters), json!(WIDTH), json!(HEIGHT)]);
    }

    /// Denies access with an error of this name, until [`StandIn::allow`].
    pub(crate) fn refuse(&self, name: &str) {
        self.app
            .run_with("window.standIn.problem = arguments[0]", vec![json!(name)]);
    }

    /// Allows access.
    pub(crate) fn allow(&self) {
        self.app.run("window.standIn.problem = null");
    }

    /// Unplugs it. WebKitGTK only reports that the devices have changed: the track stays live.
    pub(crate) fn unplug(&self) {
        self.refuse("NotFoundError");
        self.app
            .run("navigator.mediaDevices.dispatchEvent(new Event('devicechange'))");
    }

    /// Ends its track, as systems do that report it.
    pub(crate) fn end(&self) {
        self.app.run(
            "for (const track of window.standIn.tracks) { track.stop(); track.dispatchEvent(new Event('ended')) }",
        );
    }

    /// Returns whether the page takes its pictures.
    pub(crate) fn is_on(&self) -> bool {
        let live = self
            .app
            .run("return window.standIn.tracks.some((it) => it.readyState === 'live')");
        live == true
    }
}
