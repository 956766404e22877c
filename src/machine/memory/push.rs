//! Pushing values that are made in parts. If a value is written in parts and then moved as a whole, the processor waits
//! for the parts; so the values that loops push again and again are made where they will lie.

use std::iter;

/// Pushes what `make` makes, where it will lie. (`Vec::push` is one function for all callers, and takes a finished
/// value unless the compiler inlines it; this function is compiled into each caller.)
#[inline(always)]
pub(in crate::machine) fn push_made<T>(to: &mut Vec<T>, make: impl FnOnce() -> T) {
    to.extend(iter::once_with(make));
}
