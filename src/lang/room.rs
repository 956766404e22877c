//! Room on the stack. The parser, the tree's destructor and the compiler recurse as deep as a text is nested.
//!
//! With the feature `live` they have a thread with a large stack for themselves. Without it there may be no threads: they
//! use the caller's stack, and less deep texts are let through.

/// How deep a text may be nested.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Depths {
    pub(super) brackets: usize,
    pub(super) indentation: usize,
    /// Operators, calls and subscripts in one expression: `a + b + …` is as deep as it is long.
    pub(super) chain: usize,
}

/// CPython allows 200 brackets and 100 levels of indentation.
const ROOMY: Depths = Depths { brackets: 100, indentation: 100, chain: 1000 };
/// What fits into 1 MiB, in a debug build too.
pub(super) const NARROW: Depths = Depths { brackets: 24, indentation: 20, chain: 80 };

/// How deep the texts may be nested that are compiled.
pub(super) const DEPTHS: Depths = if cfg!(feature = "live") { ROOMY } else { NARROW };

/// Calls `compile` where there is room for it.
#[cfg(feature = "live")]
pub(super) fn with_room<T: Send + 'static>(compile: impl FnOnce() -> T + Send + 'static) -> std::io::Result<T> {
    /// Room for the deepest tree that is let through, in a debug build.
    const STACK_SIZE: usize = 64 << 20;
    let thread = std::thread::Builder::new().name("compile".into()).stack_size(STACK_SIZE).spawn(compile)?;
    Ok(thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
}

/// Calls `compile` where there is room for it.
#[cfg(not(feature = "live"))]
pub(super) fn with_room<T>(compile: impl FnOnce() -> T) -> std::io::Result<T> {
    Ok(compile())
}
