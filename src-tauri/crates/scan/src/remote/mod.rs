//! Scanning in another process: requests and answers as bytes over two pipes.
//!
//! Both ends are the same program, so the format has no version and changes with the program. A
//! message is one byte for its kind, four bytes for the length of the rest, and the rest; numbers
//! are little-endian.
//!
//! The asking end does not trust the answers: hostile bytes may have taken over the process that
//! read them. Lengths and counts are checked before memory is allocated for them, and every text is
//! parsed as if it had just been read from a picture. A compromised process can only claim to have
//! seen a code or a text that it did not see, which the author of the file could also have drawn
//! there.

mod answer;
mod bounds;
mod field;
mod reply;
mod request;
mod serve;
mod table;
mod wire;

pub use answer::{Answer, read_answer};
pub use request::{FRAME_PIXELS, Request};
pub use serve::{Reads, serve};
