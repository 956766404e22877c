//! Blocks of a tape: each is read or refused, and what is copied from it says the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use raddle::schedule::Choice;
use raddle::schedule::tape::{Entry, Reader};
use std::sync::Arc;

/// What a block says, with steps of one thread in a row put together, and a clock that is told whenever it matters.
fn said(blocks: &[Arc<[u8]>]) -> Option<Vec<(u64, Entry)>> {
    let mut all: Vec<(u64, Entry)> = Vec::new();
    for block in blocks {
        let mut reader = Reader::new(block.clone()).ok()?;
        let mut clock = reader.start().clock;
        while let Some(entry) = reader.read().ok()? {
            match entry {
                Entry::Choice(Choice::Clock(time)) => clock = time,
                Entry::End(_) => {}
                Entry::Steps { thread, alternative, count, check } => match all.last_mut() {
                    Some((at, Entry::Steps { thread: last, alternative: how, count: before, check: led }))
                        if *at == clock && *last == thread && *how == alternative && count < u64::MAX - *before =>
                    {
                        (*before, *led) = (*before + count, check);
                    }
                    _ => all.push((clock, Entry::Steps { thread, alternative, count, check })),
                },
                other => all.push((clock, other)),
            }
        }
    }
    Some(all)
}

fuzz_target!(|bytes: &[u8]| {
    let block: Arc<[u8]> = bytes.into();
    let Ok(mut reader) = Reader::new(block.clone()) else { return };
    while let Ok(Some(_)) = reader.read() {}
    let copied = reader.copy_until_here(None);
    if let Some(was) = said(&[block])
        // Counts that run over are not put together.
        && was.iter().all(|(_, entry)| !matches!(entry, Entry::Steps { count, .. } if *count > 1 << 60))
    {
        assert_eq!(said(&copied), Some(was));
    }
});
