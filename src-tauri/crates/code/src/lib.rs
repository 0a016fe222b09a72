//! The backup code: its sixty characters, checksum, correction and parsing
