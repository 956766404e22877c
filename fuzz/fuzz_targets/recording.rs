//! Files that say they are recordings: each is read or refused, and what was read is written and read again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use raddle::trace::recording::{Recording, Writer};

/// Most bytes have no chance to begin like a recording, so half of them are what follows its beginning.
const BEGIN: &[u8] = b"raddle\r\n\x01\x00";

fuzz_target!(|bytes: &[u8]| {
    let behind = [BEGIN, bytes].concat();
    for bytes in [bytes, &behind] {
        match Recording::read(bytes) {
            Ok(recording) => {
                let mut again = Vec::new();
                let written = Writer::new(&mut again, &recording.header).and_then(|mut to| to.add(&recording.blocks));
                written.expect("memory can be written");
                let again = Recording::read(&again[..]).expect("what was written is read");
                assert_eq!((again.header, again.blocks), (recording.header, recording.blocks));
            }
            Err(error) => assert!(!error.to_string().contains(char::is_control)),
        }
    }
});
