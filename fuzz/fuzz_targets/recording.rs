//! Files that say they are recordings: each is read or refused, and what was read is written and read again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use raddle::trace::recording::{Recording, Writer};

/// Most bytes have no chance to begin like a recording, so half of them are what follows its beginning.
const BEGIN: &[u8] = b"raddle\r\n\x01\x00";

/// The same with checksums that are right, which nobody guesses.
fn mended(bytes: &[u8]) -> Vec<u8> {
    let (mut bytes, mut at) = (bytes.to_vec(), BEGIN.len());
    while let Some(length) = bytes.get(at..at + 4) {
        let length = u32::from_le_bytes(length.try_into().expect("four bytes")) as usize;
        let Some(content) = bytes.get(at + 8..at + 8 + length) else { break };
        let checksum = crc32fast::hash(content);
        bytes[at + 4..at + 8].copy_from_slice(&checksum.to_le_bytes());
        at += 8 + length;
    }
    bytes
}

fuzz_target!(|bytes: &[u8]| {
    let behind = [BEGIN, bytes].concat();
    for bytes in [bytes, &mended(bytes), &mended(&behind)] {
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
