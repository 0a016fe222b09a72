//! Kits and pages through the public interface of the crate.
#![allow(clippy::unwrap_used, reason = "tests may panic")]

mod common;
mod files;
mod hostile;
mod lifecycle;
mod pages;
mod pages_figures;
mod pages_vectors;
mod stock_age;
mod vectors;
mod without_the_app;
