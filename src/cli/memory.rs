//! How much memory a program may have.

use crate::machine::budget::DEFAULT;
use std::fs;

/// The least that makes sense, in bytes.
const LEAST: u64 = 1 << 20;
/// The most: more than any computer has.
const MOST: u64 = 1 << 40;
/// What raddle needs for itself, in bytes.
const OWN: u64 = 192 << 20;
/// A process needs so many times as much as its program: the past has copies of what the program changes, and a growing
/// value is there twice while it moves.
const SHARE: u64 = 4;

/// Reads a size: bytes, or with `K`, `M`, `G` or `T`.
pub(super) fn parse(text: &str) -> Result<u64, String> {
    let (digits, shift) = match text.char_indices().next_back() {
        Some((at, unit)) if !unit.is_ascii_digit() => (&text[..at], shift(unit)),
        _ => (text, Some(0)),
    };
    let size = digits.parse::<u64>().ok().zip(shift).and_then(|(number, shift)| number.checked_mul(1 << shift));
    let digits_alone = digits.bytes().all(|byte| byte.is_ascii_digit());
    size.filter(|size| digits_alone && (LEAST..=MOST).contains(size))
        .ok_or_else(|| "a number of bytes, or one with K, M, G or T: 512M, 2G; from 1M to 1T".to_owned())
}

fn shift(unit: char) -> Option<u32> {
    Some(match unit.to_ascii_uppercase() {
        'K' => 10,
        'M' => 20,
        'G' => 30,
        'T' => 40,
        _ => return None,
    })
}

/// What a program may have by default: less than usual if the process may not have enough for that.
pub(super) fn usual() -> u64 {
    let limits = fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let share = address_space(&limits).map(|limit| limit.saturating_sub(OWN) / SHARE);
    share.map_or(DEFAULT, |share| share.clamp(LEAST, DEFAULT))
}

/// The limit of the address space in what the operating system says about limits, in bytes, if there is one.
fn address_space(limits: &str) -> Option<u64> {
    let line = limits.lines().find_map(|line| line.strip_prefix("Max address space"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// What a recording says that its program had, kept within bounds.
pub(super) fn recorded(memory: u64) -> u64 {
    memory.clamp(LEAST, MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_a_number_and_a_unit() {
        for (text, size) in
            [("1048576", 1 << 20), ("512M", 512 << 20), ("2g", 2 << 30), ("1024K", 1 << 20), ("1T", 1 << 40)]
        {
            assert_eq!(parse(text), Ok(size), "{text}");
        }
        for bad in
            ["", "M", "0", "-1G", "1.5G", "+2G", "2GB", "1023K", "2T", "99999999999999999999", "2 G", "\u{661}G", "x"]
        {
            assert!(parse(bad).is_err_and(|said| said.contains("512M")), "{bad}");
        }
    }

    #[test]
    fn the_limit_of_the_process_is_read() {
        let line =
            |limit| format!("Limit  Soft Limit\nMax address space         {limit}           unlimited    bytes\n");
        assert_eq!(address_space(&line("3072000000")), Some(3_072_000_000));
        assert_eq!(address_space(&line("unlimited")), None);
        assert_eq!(address_space(""), None);
    }
}
