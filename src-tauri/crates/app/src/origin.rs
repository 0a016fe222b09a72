//! Where a code or a sheet came from.

/// The way on which a code or a sheet was entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Typed, or pasted as text.
    Typed,
    /// Read from the file of this name.
    File(String),
    /// Shown to the camera.
    Camera,
    /// Read from a picture that was pasted.
    Clipboard,
}

impl Origin {
    /// Returns the file's name, for display.
    pub fn file_name(&self) -> Option<&str> {
        match self {
            Self::File(name) => Some(name),
            Self::Typed | Self::Camera | Self::Clipboard => None,
        }
    }
}
