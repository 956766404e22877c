//! How much memory the process has.

use std::fs;

/// The size of a page, in bytes.
const PAGE: u64 = 4096;

/// How much memory the process has, in bytes, where the operating system says so.
pub fn resident() -> Option<u64> {
    let pages = fs::read_to_string("/proc/self/statm").ok()?;
    let pages: u64 = pages.split_whitespace().nth(1)?.parse().ok()?;
    Some(pages.saturating_mul(PAGE))
}
