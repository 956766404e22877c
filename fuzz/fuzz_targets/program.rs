//! Texts that a recording, or a file, says are its program: each is compiled or refused, at places that it has.
#![no_main]

use libfuzzer_sys::fuzz_target;
use raddle::lang;
use raddle::machine::Image;
use std::sync::Arc;

fuzz_target!(|bytes: &[u8]| {
    let Ok(source) = lang::read_bytes("program", bytes) else { return };
    let _ = raddle::scenario::metadata::parse(&source);
    let source = Arc::new(source);
    match lang::compile(source.clone()) {
        Ok(program) => drop(Image::new(Arc::new(program))),
        Err(found) => {
            let inside = |at: u32| source.text().is_char_boundary((at as usize).min(source.text().len()));
            assert!(!found.is_empty());
            assert!(found.iter().filter_map(|it| it.span).all(|span| inside(span.start) && inside(span.end)));
        }
    }
});
