//! The camera: frames come in as raw bodies of calls, and what they show goes where the codes of files go.

use scan::{Frame, Hint};
use serde::Serialize;
use tauri::command;
use tauri::ipc::Request;
use ts_rs::TS;

use super::enter::{raw, take};
use super::{Shared, run};
use crate::camera::Seen;
use crate::desk::Desk;
use crate::entry::{Entered, gather_sight};
use crate::error::{CommandError, ErrorCode};

/// Bytes before a frame's luminance: its width and its height in pixels, 32 bits each, little-endian.
const HEAD: usize = 8;

/// What a frame shows.
#[derive(Serialize, TS)]
pub(crate) struct FrameSeen {
    /// What has been entered by now; none unless the frame showed something new.
    entered: Option<Entered>,
    /// A code of ours is in view, or a part of recovery pages.
    ours: bool,
    /// A QR code is in view that is none of ours.
    others: bool,
    /// The corners of each symbol that was found, in pixels of the frame.
    outlines: Vec<[(f32, f32); 4]>,
    hint: Option<CameraHint>,
}

/// What would help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CameraHint {
    TooDark,
    MoveCloser,
    HoldStill,
}

#[command]
pub(crate) async fn camera_start(desk: Shared<'_>) -> Result<(), CommandError> {
    run(desk, |desk| {
        desk.start_camera()?;
        Ok(())
    })
    .await
}

/// Looks at a frame: width, height, then a byte of luminance for each pixel.
#[command]
pub(crate) async fn camera_frame(
    desk: Shared<'_>,
    request: Request<'_>,
) -> Result<FrameSeen, CommandError> {
    let body = raw(&request)?;
    run(desk, move |desk| look(desk, &body)).await
}

#[command]
pub(crate) async fn camera_stop(desk: Shared<'_>) -> Result<(), CommandError> {
    desk.stop_camera();
    Ok(())
}

fn look(desk: &Desk, body: &[u8]) -> Result<FrameSeen, CommandError> {
    let frame = parse(body).ok_or_else(|| {
        CommandError::new(ErrorCode::Internal, "the frame is not what it says it is")
    })?;
    let (seen, entered) = desk.see(&frame, |open, finds| take(open, gather_sight(finds)))?;
    let Seen {
        ours,
        others,
        outlines,
        hint,
        ..
    } = seen;
    Ok(FrameSeen {
        entered,
        ours,
        others,
        outlines,
        hint: hint.map(worded),
    })
}

fn worded(hint: Hint) -> CameraHint {
    match hint {
        Hint::TooDark => CameraHint::TooDark,
        Hint::MoveCloser => CameraHint::MoveCloser,
        Hint::HoldStill => CameraHint::HoldStill,
    }
}

fn parse(body: &[u8]) -> Option<Frame<'_>> {
    let (head, pixels) = body.split_at_checked(HEAD)?;
    let (width, height) = head.split_first_chunk::<4>()?;
    let width = u32::from_le_bytes(*width);
    let height = u32::from_le_bytes(height.try_into().ok()?);
    let size = u64::from(width) * u64::from(height);
    (size > 0 && u64::try_from(pixels.len()) == Ok(size)).then_some(Frame {
        width,
        height,
        pixels,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_has_a_byte_for_each_pixel_it_says_it_has() {
        let body = |width: u32, height: u32, bytes: usize| {
            let mut body = width.to_le_bytes().to_vec();
            body.extend(height.to_le_bytes());
            body.extend(vec![7; bytes]);
            body
        };
        let right = body(3, 2, 6);
        assert!(
            parse(&right)
                .is_some_and(|frame| (frame.width, frame.height, frame.pixels.len()) == (3, 2, 6))
        );
        for wrong in [
            body(3, 2, 5),
            body(3, 2, 7),
            body(0, 2, 0),
            body(u32::MAX, u32::MAX, 1),
            right[..7].to_vec(),
            Vec::new(),
        ] {
            assert!(parse(&wrong).is_none());
        }
    }
}
