//! Errors of the camera.

use app::camera_slot::CameraError;
use scan::ScanError;

use super::CommandError;

impl From<CameraError> for CommandError {
    fn from(error: CameraError) -> Self {
        match error {
            CameraError::Off => Self::CameraOff,
            CameraError::Scan(ScanError::Unprotected) => Self::ScannerUnprotected,
            CameraError::Scan(_) => Self::ScannerFailed,
        }
    }
}
