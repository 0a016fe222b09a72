//! Scanning in another process: what it is asked and what it answers, as bytes over two pipes.
//!
//! Both ends are the same program, so the format has no version and changes with it. A message is a byte that says
//! what it is, four bytes with the length of the rest, and the rest; numbers are little-endian.
//!
//! The one who asks trusts nothing that comes back: foreign bytes may have taken over the process that read them.
//! Lengths and counts are judged before anything is allocated by them, and every text is judged as if it had just been
//! read from a picture. What such a process can do is say that it saw a code that it did not see, which whoever
//! made the file could have drawn into it.

mod answer;
mod request;
mod serve;
mod wire;

pub use answer::{Answer, read_answer};
pub use request::{FRAME_PIXELS, Request};
pub use serve::serve;
