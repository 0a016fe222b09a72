//! The recovery sheet: page model, PDF and QR drawing
