//! The numbers of enum variants in messages: one table for both directions.

use super::field::Field;
use super::wire::{Message, Rest};
use crate::engine::Engine;
use crate::error::ScanError;
use crate::kind::Kind;
use crate::sight::Hint;

/// Implements [`Field`] for an enum: one byte for the variant, then the variant's fields in order.
macro_rules! table {
    ($type:ident { $($number:literal => $variant:ident $({ $($field:ident),+ })?,)+ }) => {
        impl Field for $type {
            fn size(&self) -> usize {
                match self {
                    $($type::$variant $({ $($field),+ })? => 1 $($(+ $field.size())+)?,)+
                }
            }

            fn write(&self, message: &mut Message) {
                match self {
                    $($type::$variant $({ $($field),+ })? => {
                        message.byte($number);
                        $($($field.write(message);)+)?
                    })+
                }
            }

            fn read(rest: &mut Rest<'_>) -> Option<$type> {
                Some(match rest.byte()? {
                    $($number => $type::$variant $({ $($field: Field::read(rest)?),+ })?,)+
                    _ => return None,
                })
            }
        }
    };
}

table!(ScanError {
    0 => Empty,
    1 => Unsupported,
    2 => Heic,
    3 => TooManyBytes { have, most },
    4 => TooManyPixels { megapixels },
    5 => TooManyPages { have, looked_at },
    6 => Broken { kind },
    7 => EncryptedPdf,
    9 => NoCode,
    10 => NotABackupCode,
    11 => Several { identifiers },
    12 => NotReadBy { engine },
    13 => BrokenFrame,
    14 => TooHeavy,
    15 => Unavailable,
    16 => Cancelled,
    17 => Unprotected,
});

table!(Engine {
    0 => Rxing,
    1 => Rqrr,
    2 => Rescue,
});

table!(Kind {
    0 => Png,
    1 => Jpeg,
    2 => WebP,
    3 => Gif,
    4 => Bmp,
    5 => Tiff,
    6 => Pdf,
    7 => Heic,
});

table!(Hint {
    1 => TooDark,
    2 => MoveCloser,
    3 => HoldStill,
});

/// Zero stands for `None`, so no hint has that number.
impl Field for Option<Hint> {
    fn size(&self) -> usize {
        1
    }

    fn write(&self, message: &mut Message) {
        match self {
            Some(hint) => hint.write(message),
            None => message.byte(0),
        }
    }

    fn read(rest: &mut Rest<'_>) -> Option<Option<Hint>> {
        if rest.0.first() == Some(&0) {
            rest.byte()?;
            return Some(None);
        }
        Some(Some(Hint::read(rest)?))
    }
}
