//! Pixels, images and PDFs to backup codes
