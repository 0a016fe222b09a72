//! The camera: frames come in as raw bodies of calls; what they show is taken as from files.

use app::camera::Purpose;
use app::camera_slot::FrameReport;
use app::entering::FrameTaken;
use scan::{Frame, Hint};
use serde::{Deserialize, Serialize};
use tauri::command;
use tauri::ipc::Request;
use ts_rs::TS;

use super::enter::raw;
use super::entered::{Entered, after};
use super::read_qr::{QrKindRequest, ReadQr, fitting_view};
use super::{Shared, run};
use crate::error::CommandError;
use crate::shell::Shell;

/// Bytes before a frame's luminance: width and height in pixels, each a little-endian `u32`.
const HEAD: usize = 8;

#[derive(Deserialize, TS)]
pub(crate) struct CameraStart {
    /// The type of the field that a text is read for; none where codes and recovery pages are
    /// entered.
    field: Option<QrKindRequest>,
}

/// What a frame shows.
#[derive(Serialize, TS)]
pub(crate) struct FrameSeen {
    /// What has been entered so far; none unless the frame showed something new.
    entered: Option<Entered>,
    /// What the QR codes in view hold for the field; none without a field, or without QR codes.
    field: Option<ReadQr>,
    /// A backup code or a part of recovery pages is in view.
    ours: bool,
    /// Another QR code is in view.
    others: bool,
    /// The corners of each symbol that was found, in pixels of the frame.
    outlines: Vec<[(f32, f32); 4]>,
    hint: Option<CameraHint>,
}

/// What the person can do so that the scanner reads more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CameraHint {
    TooDark,
    MoveCloser,
    HoldStill,
}

#[command]
pub(crate) async fn camera_start(
    shell: Shared<'_>,
    request: CameraStart,
) -> Result<(), CommandError> {
    let purpose = match request.field {
        Some(kind) => Purpose::Field(kind.into()),
        None => Purpose::Entry,
    };
    run(shell, move |shell| {
        shell.app.start_camera(purpose)?;
        Ok(())
    })
    .await
}

/// Looks at a frame: width, height, then a byte of luminance for each pixel.
#[command]
pub(crate) async fn camera_frame(
    shell: Shared<'_>,
    request: Request<'_>,
) -> Result<FrameSeen, CommandError> {
    let body = raw(&request)?;
    run(shell, move |shell| look(shell, &body)).await
}

#[command]
pub(crate) async fn camera_stop(shell: Shared<'_>) -> Result<(), CommandError> {
    shell.app.stop_camera();
    Ok(())
}

fn look(shell: &Shell, body: &[u8]) -> Result<FrameSeen, CommandError> {
    let frame = parse(body).ok_or(CommandError::Internal)?;
    let (report, taken) = shell.app.see(&frame)?;
    let FrameReport {
        ours,
        others,
        outlines,
        hint,
        ..
    } = report;
    let (entered, field) = match taken {
        Some(FrameTaken::Entry(intake)) => (Some(after(&shell.app, intake)), None),
        Some(FrameTaken::Field(read)) => (None, Some(fitting_view(read))),
        None => (None, None),
    };
    Ok(FrameSeen {
        entered,
        field,
        ours,
        others,
        outlines,
        hint: hint.map(hint_view),
    })
}

fn hint_view(hint: Hint) -> CameraHint {
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
    fn a_frame_without_a_byte_for_each_pixel_is_rejected() {
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
