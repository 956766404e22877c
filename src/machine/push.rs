//! Pushing what is made in parts. Whoever writes a value in parts and then moves it as a whole makes the processor wait for
//! the parts; so what loops push, again and again, is made where it will lie.

use std::iter;

/// Pushes what `make` makes, where it will lie. (`Vec::push` is one function for all who push such values, called with a
/// finished one unless the compiler thinks better of it; this is compiled into each of them.)
#[inline(always)]
pub(super) fn push_made<T>(to: &mut Vec<T>, make: impl FnOnce() -> T) {
    to.extend(iter::once_with(make));
}
