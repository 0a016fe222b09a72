//! Contents of fields against published vectors, and as people write them.

mod codes;
mod generate;
mod key;
mod mistaken;
mod one_time;
mod phrase;
