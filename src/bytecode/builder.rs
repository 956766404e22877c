//! Builds programs by hand.
