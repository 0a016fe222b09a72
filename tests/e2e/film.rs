//! Films of a sheet before a camera: a few frames each, made by the seeded simulation of the crate
//! `paper`.

use std::sync::Arc;
use std::thread;

use image::GrayImage;
use paper::{Camera, Lens, Light, Picture, Point, Sensor};
use raster::LumaImage;

/// Width of a frame in pixels.
pub(crate) const WIDTH: u32 = 1280;
/// Height of a frame in pixels.
pub(crate) const HEIGHT: u32 = 720;
pub(crate) const FRAMES_A_SECOND: u32 = 15;

/// Grey level of the table that the paper lies on.
const TABLE: u8 = 96;
/// Resolution of a page before the camera looks at it, in dots per inch.
const RESOLUTION: f32 = 150.0;
/// Size of the part of the page that the camera gets, as a multiple of the frame. The margin lets
/// the camera turn and lean.
const BEYOND: f32 = 1.3;

/// Number of lines in which a camera is led over a page.
const LINES: usize = 5;
/// Number of frames for which it stays at each place.
const STAYS: usize = 4;

/// Frames that are shown in a loop. Each is `WIDTH` × `HEIGHT` levels of grey.
#[derive(Clone)]
pub(crate) struct Film {
    frames: Vec<Arc<[u8]>>,
}

/// A page that lies on the table.
pub(crate) struct FilmedPage {
    clean: Picture,
}

/// Position of the camera and light for one frame.
#[derive(Copy, Clone)]
struct Shot {
    /// The point of the page in the middle of the frame, in millimetres from the upper left corner.
    middle: (f32, f32),
    /// Height of the frame in millimetres on the page.
    high: f32,
    turn_degrees: f32,
    tilt_degrees: f32,
    light: Light,
    lens: Lens,
    noise: f32,
}

impl FilmedPage {
    /// Renders a page of a PDF. Numbers start at 0.
    pub(crate) fn of(pdf: &[u8], number: usize) -> Self {
        let page = raster::render(pdf, number, RESOLUTION).expect("the page can be rasterised");
        let symbol =
            scan::symbol_corners(&page).map(|corners| corners.map(|(x, y)| Point { x, y }));
        Self {
            clean: Picture::new(grey(&page), RESOLUTION, symbol),
        }
    }

    /// A QR code of another program with this text, alone on a white page.
    pub(crate) fn of_symbol(text: &str) -> Self {
        /// Pixels of a module, modules of white around the symbol, and its side on paper.
        const MODULE: usize = 10;
        const WHITE: usize = 12;
        const SIDE_MM: f32 = 50.0;
        let code = qrcode::QrCode::new(text).expect("the text fits into a symbol");
        let (modules, colours) = (code.width(), code.to_colors());
        let side = (modules + 2 * WHITE) * MODULE;
        let module = |pixel: u32| (pixel as usize / MODULE).checked_sub(WHITE);
        let page = GrayImage::from_fn(side as u32, side as u32, |x, y| {
            let dark = match (module(x), module(y)) {
                (Some(x), Some(y)) if x < modules && y < modules => {
                    colours[y * modules + x] == qrcode::Color::Dark
                }
                _ => false,
            };
            image::Luma([if dark { 0 } else { 255 }])
        });
        let resolution = (modules * MODULE) as f32 / SIDE_MM * 25.4;
        Self {
            clean: Picture::new(page, resolution, None),
        }
    }

    /// Returns a good shot of the page's symbol, two thirds as high as the frame.
    fn good(&self) -> Shot {
        let focus = self.clean.focus();
        Shot {
            middle: (focus.x / self.clean.per_mm(), focus.y / self.clean.per_mm()),
            high: 85.0,
            turn_degrees: 2.0,
            tilt_degrees: 5.0,
            light: Light::EVEN,
            lens: Lens {
                defocus_mm: 0.15,
                motion_mm: 0.0,
                motion_degrees: 0.0,
            },
            noise: 4.0,
        }
    }

    fn shoot(&self, shot: Shot, seed: u64) -> Arc<[u8]> {
        let per_mm = self.clean.per_mm();
        let high = shot.high * BEYOND * per_mm;
        let wide = high * WIDTH as f32 / HEIGHT as f32;
        let left = shot.middle.0 * per_mm - wide / 2.0;
        let top = shot.middle.1 * per_mm - high / 2.0;
        let part = self
            .clean
            .part((left, top), (wide as u32, high as u32), TABLE);
        let camera = Camera {
            width: WIDTH,
            height: HEIGHT,
            turn_degrees: shot.turn_degrees,
            tilt_degrees: shot.tilt_degrees,
            slant_degrees: 0.0,
            distance_mm: shot.high * 2.0,
            fill: BEYOND,
            table: f32::from(TABLE),
        };
        let seen = camera.on(&part, seed);
        let lit = shot.light.on(&seen, seed);
        let sharp = shot.lens.on(&lit);
        let sensor = Sensor {
            noise: shot.noise,
            blotchy: 0.3,
        };
        sensor.on(&sharp, seed).grey.into_raw().into()
    }
}

impl Film {
    /// Shows the bare table in ordinary light.
    pub(crate) fn table() -> Self {
        let frame = vec![TABLE; (WIDTH * HEIGHT) as usize];
        Self {
            frames: vec![frame.into()],
        }
    }

    /// Shows the page in a calm hand and even light.
    pub(crate) fn steady(page: &FilmedPage) -> Self {
        Self::of(page, &[page.good(); 3])
    }

    /// Shows the page in a trembling hand: it moves, also while the shutter is open.
    pub(crate) fn shaky(page: &FilmedPage) -> Self {
        let good = page.good();
        let shots = [
            (9.0, -6.0, 3.0, 2.4),
            (4.0, 5.0, -4.0, 1.1),
            (-7.0, 3.0, 5.0, 2.0),
            (-2.0, -8.0, -2.0, 0.8),
            (6.0, 1.0, 4.0, 1.6),
            (-9.0, -3.0, -6.0, 2.8),
        ];
        let shots = shots.map(|(x, y, turn, smear)| Shot {
            middle: (good.middle.0 + x, good.middle.1 + y),
            turn_degrees: turn,
            lens: Lens {
                motion_mm: smear,
                motion_degrees: turn * 30.0,
                ..good.lens
            },
            ..good
        });
        Self::of(page, &shots)
    }

    /// Shows the page in a calm hand and a room so dark that its contrast is far below the noise:
    /// a symbol that is only dim is read from a few frames.
    pub(crate) fn dark(page: &FilmedPage) -> Self {
        let good = page.good();
        let shot = Shot {
            light: Light {
                exposure: 0.0005,
                haze: 2.0,
                ..good.light
            },
            noise: 14.0,
            ..good
        };
        Self::of(page, &[shot; 2])
    }

    /// Shows the whole page from across the table: a module of the symbol is three pixels wide.
    pub(crate) fn far(page: &FilmedPage) -> Self {
        let good = page.good();
        let shot = Shot {
            high: 350.0,
            ..good
        };
        Self::of(page, &[shot; 2])
    }

    /// Shows the page from too far and a little out of focus: a module is a pixel and a half wide.
    pub(crate) fn too_far(page: &FilmedPage) -> Self {
        let good = page.good();
        let shot = Shot {
            high: 800.0,
            lens: Lens {
                defocus_mm: 0.5,
                ..good.lens
            },
            ..good
        };
        Self::of(page, &[shot; 2])
    }

    /// Leads the camera over a page of many symbols, close enough for each: along one line and back
    /// along the next.
    pub(crate) fn read_along(page: &FilmedPage) -> Self {
        let good = page.good();
        let (wide, high) = (
            page.clean.width() as f32 / page.clean.per_mm(),
            page.clean.height() as f32 / page.clean.per_mm(),
        );
        let mut shots = Vec::new();
        for line in 0..LINES {
            let mut places = [0.3, 0.7];
            if line % 2 == 1 {
                places.reverse();
            }
            let down = (line as f32 + 1.0) / (LINES as f32 + 1.0);
            shots.extend(places.map(|across| Shot {
                middle: (wide * across, high * down),
                high: 80.0,
                ..good
            }));
        }
        let film = Self::of(page, &shots);
        // The hand pauses at each place.
        let stays = |frame| std::iter::repeat_n(frame, STAYS);
        Self {
            frames: film.frames.into_iter().flat_map(stays).collect(),
        }
    }

    /// Appends another film.
    pub(crate) fn then(mut self, next: Self) -> Self {
        self.frames.extend(next.frames);
        self
    }

    fn of(page: &FilmedPage, shots: &[Shot]) -> Self {
        let numbered: Vec<_> = (1_u64..).zip(shots).collect();
        // Two at a time, since the journeys' computers have two cores.
        let frames = numbered.chunks(2).flat_map(|pair| {
            thread::scope(|scope| {
                let shooting: Vec<_> = pair
                    .iter()
                    .map(|(seed, shot)| scope.spawn(|| page.shoot(**shot, *seed)))
                    .collect();
                let shot = shooting.into_iter().map(|it| it.join());
                shot.collect::<Result<Vec<_>, _>>().expect("a frame")
            })
        });
        Self {
            frames: frames.collect(),
        }
    }

    /// Returns its frames, each of `WIDTH` × `HEIGHT` levels.
    pub(crate) fn frames(&self) -> &[Arc<[u8]>] {
        &self.frames
    }

    /// Returns the frame that is shown as number `count`.
    pub(crate) fn frame(&self, count: usize) -> Arc<[u8]> {
        Arc::clone(&self.frames[count % self.frames.len()])
    }
}

fn grey(page: &LumaImage) -> GrayImage {
    GrayImage::from_raw(page.width(), page.height(), page.pixels().to_vec())
        .expect("a level for each pixel")
}
