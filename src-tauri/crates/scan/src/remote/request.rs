//! Requests to the scanning process.

use std::io::{self, Read, Write};

use zeroize::Zeroizing;

use super::wire::{HEAD, read_bytes, read_head};
use crate::limits::Limits;
use crate::sight::Frame;
use crate::wanted::Wanted;

/// Maximum number of pixels of a camera's frame: those of 4K video.
pub const FRAME_PIXELS: u64 = 3840 * 2160;

const FILE: u8 = 1;
const SHEET: u8 = 2;
const FRAME: u8 = 3;
const OWN: u8 = 4;
const FOREIGN: u8 = 5;
const FRAME_FOR_ALL: u8 = 6;

/// One request.
#[derive(Copy, Clone)]
pub enum Request<'a> {
    /// [`scan`](crate::scan) of a file of at most [`Limits::bytes`].
    File(&'a [u8]),
    /// [`read_foreign`](crate::read_foreign) of a file of at most [`Limits::bytes`].
    Foreign(&'a [u8]),
    /// `File` for a file that this program has just written.
    Own(&'a [u8]),
    /// [`read_pdf_with_both`](crate::read_pdf_with_both) of a file of at most [`Limits::bytes`].
    Sheet(&'a [u8]),
    /// [`Watch::look`](crate::Watch::look) at a frame with one byte for each of at most
    /// [`FRAME_PIXELS`] pixels. The other end keeps the state between frames.
    Frame(Frame<'a>, Wanted),
}

impl Request<'_> {
    /// Writes the request without buffering it.
    ///
    /// # Errors
    /// Those of `output`; `InvalidInput` for too many bytes or pixels.
    pub fn write(&self, output: &mut impl Write) -> io::Result<()> {
        let (kind, bytes, most) = match self {
            Request::File(bytes) => (FILE, *bytes, Limits::default().bytes),
            Request::Foreign(bytes) => (FOREIGN, *bytes, Limits::default().bytes),
            Request::Own(bytes) => (OWN, *bytes, Limits::default().bytes),
            Request::Sheet(bytes) => (SHEET, *bytes, Limits::default().bytes),
            Request::Frame(frame, Wanted::Ours) => (FRAME, frame.pixels, FRAME_PIXELS),
            Request::Frame(frame, Wanted::All) => (FRAME_FOR_ALL, frame.pixels, FRAME_PIXELS),
        };
        if bytes.len() as u64 > most {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        let mut head = [0; HEAD + 8];
        let (length, end) = match self {
            Request::Frame(frame, _) => {
                head[HEAD..HEAD + 4].copy_from_slice(&frame.width.to_le_bytes());
                head[HEAD + 4..].copy_from_slice(&frame.height.to_le_bytes());
                (8 + bytes.len(), HEAD + 8)
            }
            Request::File(_) | Request::Foreign(_) | Request::Own(_) | Request::Sheet(_) => {
                (bytes.len(), HEAD)
            }
        };
        let length = u32::try_from(length).map_err(|_| io::ErrorKind::InvalidInput)?;
        head[0] = kind;
        head[1..HEAD].copy_from_slice(&length.to_le_bytes());
        output.write_all(&head[..end])?;
        output.write_all(bytes)?;
        output.flush()
    }
}

/// A request as received.
pub(super) enum Received {
    File(Zeroizing<Vec<u8>>),
    Foreign(Zeroizing<Vec<u8>>),
    Own(Zeroizing<Vec<u8>>),
    Sheet(Zeroizing<Vec<u8>>),
    Frame {
        width: u32,
        height: u32,
        pixels: Zeroizing<Vec<u8>>,
        wanted: Wanted,
    },
}

/// Reads the next request. Returns `None` at the end of the input.
pub(super) fn receive(input: &mut impl Read) -> io::Result<Option<Received>> {
    let Some((kind, length)) = read_head(input)? else {
        return Ok(None);
    };
    let most = match kind {
        FILE | FOREIGN | OWN | SHEET => Limits::default().bytes,
        FRAME | FRAME_FOR_ALL => 8 + FRAME_PIXELS,
        _ => return Err(io::ErrorKind::InvalidData.into()),
    };
    if u64::from(length) > most {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let length = length as usize;
    Ok(Some(match kind {
        FILE => Received::File(read_bytes(input, length)?),
        FOREIGN => Received::Foreign(read_bytes(input, length)?),
        OWN => Received::Own(read_bytes(input, length)?),
        SHEET => Received::Sheet(read_bytes(input, length)?),
        _ => {
            let mut sides = [[0; 4]; 2];
            for side in &mut sides {
                input.read_exact(side)?;
            }
            let [width, height] = sides.map(u32::from_le_bytes);
            let pixels = length.checked_sub(8).ok_or(io::ErrorKind::InvalidData)?;
            let pixels = read_bytes(input, pixels)?;
            Received::Frame {
                width,
                height,
                pixels,
                wanted: match kind {
                    FRAME => Wanted::Ours,
                    _ => Wanted::All,
                },
            }
        }
    }))
}
