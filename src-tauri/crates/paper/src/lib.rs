//! Simulation of damage to paper, for tests: never part of the app.
//!
//! ```text
//! Picture (a clean page, its dpi, the position of its symbol)
//!   ─▶ Print
//!   ─▶ Fold, Curl, Crumple, Stain, Soak, Cover, Tear, Mended
//!   ─▶ Flatbed, Fax, Photograph
//!   ─▶ Picture
//! ```
//!
//! Each step is a small function of its own parameters (in millimetres of paper, degrees, and grey
//! levels from 0 black to 255 white) and of a seed. A [`Recipe`] combines steps under a name, with
//! a severity. The same recipe, severity and seed give the same pixels on every machine: no step
//! uses the system's mathematics library, a clock, or the order of a hash table. `docs/paper.md`
//! shows pictures, and how many of them are read.

mod arithmetic;
mod blur;
mod camera;
mod cover;
mod crumple;
mod curl;
mod dice;
mod fax;
mod flatbed;
mod fold;
mod generations;
mod lens;
mod light;
mod noise;
mod photograph;
mod picture;
mod print;
mod recipe;
mod recipes;
mod relief;
mod screen;
mod sensor;
mod stain;
mod tear;
mod warp;

pub use camera::Camera;
pub use cover::{Cover, Shape};
pub use crumple::Crumple;
pub use curl::Curl;
pub use fax::Fax;
pub use flatbed::Flatbed;
pub use fold::Fold;
pub use generations::Generations;
pub use lens::Lens;
pub use light::Light;
pub use photograph::Photograph;
pub use picture::{Picture, Point};
pub use print::Print;
pub use recipe::{Family, Recipe};
pub use screen::Screen;
pub use sensor::{Jpeg, Sensor};
pub use stain::{Soak, Stain};
pub use tear::{Corner, Mended, Tear};
