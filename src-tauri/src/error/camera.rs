//! Errors of the camera.

use app::camera_slot::CameraError;

use super::CommandError;

impl From<CameraError> for CommandError {
    fn from(error: CameraError) -> Self {
        match error {
            CameraError::Off => Self::CameraOff,
            CameraError::Scan(_) => Self::ScannerFailed,
        }
    }
}
