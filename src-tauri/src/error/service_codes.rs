//! Errors of listing the codes of another service.

use app::service_codes::DrawServiceCodesError;

use super::CommandError;

impl From<DrawServiceCodesError> for CommandError {
    fn from(error: DrawServiceCodesError) -> Self {
        match error {
            DrawServiceCodesError::Identity(error) => error.into(),
            DrawServiceCodesError::Item(error) => error.into(),
            DrawServiceCodesError::NoneLeft => Self::NoCodesLeft,
            DrawServiceCodesError::Draw(_) => Self::Internal,
        }
    }
}
