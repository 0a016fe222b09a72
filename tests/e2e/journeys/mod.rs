//! The journeys, a file each.

mod opening;
