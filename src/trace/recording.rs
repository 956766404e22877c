//! Recordings: files with everything that makes a run: the program's text, what the run started from, and its tape.
//!
//! A file begins with a mark and a version. *Frames* follow, each with its length and a checksum: the first is the header, in
//! JSON, the others are the blocks of the tape. So a file that was cut off in the middle, by a crash, say, is read to its last
//! whole frame. `docs/recordings.md` describes it byte by byte.

use crate::base::SafeText;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Read, Write};
use std::sync::Arc;

/// What every recording begins with. The last two bytes would not survive a transfer as text.
const MARK: [u8; 8] = *b"raddle\r\n";
/// The version of the format that this raddle writes, and the only one that it reads.
const VERSION: u16 = 2;
/// No header is longer, in bytes: it has the program's text, which is no longer than a scenario may be.
const LONGEST_HEADER: u32 = 64 << 20;
/// No block is.
const LONGEST_BLOCK: u32 = 64 << 20;
/// What a file system wrote, it wrote in multiples of so many bytes.
const SECTOR: u64 = 512;

/// What makes up a run, beside its tape.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Header {
    /// The version of raddle that recorded it.
    pub raddle: String,
    /// The scenario's name: a path, or the name of a built-in one.
    pub name: String,
    /// The program's text.
    pub source: String,
    /// The other files that it was made of, in the order in which they were found: their names from the scenario's folder
    /// on, and their texts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<(String, String)>,
    /// What the program's random generator started from, and the policy's.
    pub seed: u64,
    /// The wall clock at the start, in nanoseconds since 1970.
    pub epoch: u64,
    /// Which clock the run had: `wall` or `virtual`.
    pub clock: String,
    /// The policy that picked the next thread at the start.
    pub policy: String,
    /// The threads' priorities at the start, by their names.
    #[serde(default)]
    pub priorities: BTreeMap<String, i32>,
    /// A thread that keeps a lock from others has the highest of their priorities.
    #[serde(default = "inherited")]
    pub inheritance: bool,
    /// How much memory the program was allowed, in bytes.
    #[serde(default = "usual_memory")]
    pub memory: u64,
}

fn inherited() -> bool {
    true
}

/// As `machine::budget::DEFAULT`, which this part does not know.
fn usual_memory() -> u64 {
    2 << 30
}

/// Writes a recording.
#[derive(Debug)]
pub struct Writer<W> {
    to: W,
}

impl<W: Write> Writer<W> {
    /// Begins a recording.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn new(mut to: W, header: &Header) -> io::Result<Writer<W>> {
        to.write_all(&MARK)?;
        to.write_all(&VERSION.to_le_bytes())?;
        let mut writer = Writer { to };
        writer.frame(&serde_json::to_vec(header)?)?;
        writer.to.flush()?;
        Ok(writer)
    }

    /// Adds blocks of the tape. When this returns, they are the operating system's: a crash of raddle does not lose them.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn add(&mut self, blocks: &[Arc<[u8]>]) -> io::Result<()> {
        for block in blocks {
            self.frame(block)?;
        }
        if blocks.is_empty() { Ok(()) } else { self.to.flush() }
    }

    /// What it is written to.
    pub fn target(&mut self) -> &mut W {
        &mut self.to
    }

    fn frame(&mut self, content: &[u8]) -> io::Result<()> {
        let length = u32::try_from(content.len()).map_err(|_| io::Error::other("a frame is too long"))?;
        self.to.write_all(&length.to_le_bytes())?;
        self.to.write_all(&crc32fast::hash(content).to_le_bytes())?;
        self.to.write_all(content)
    }
}

/// Whether these bytes begin like a recording.
pub fn is_marked(bytes: &[u8]) -> bool {
    bytes.starts_with(&MARK)
}

/// A recording that was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Recording {
    /// What makes up the run.
    pub header: Header,
    /// Its tape.
    pub blocks: Vec<Arc<[u8]>>,
    /// If the file was cut off: how many bytes there were of the last frame, which is not whole, or is only zeros from
    /// some place on.
    pub cut_off: Option<u64>,
}

/// Why a file cannot be read as a recording.
#[derive(Debug)]
pub enum Unreadable {
    /// It cannot be read at all.
    File(io::Error),
    /// It does not begin like a recording.
    Foreign,
    /// It is a recording of another version of the format.
    Version(u16),
    /// It ends before its header does.
    NoHeader,
    /// The header is damaged, or nonsense.
    Header(String),
    /// A frame is damaged.
    Damaged {
        /// Where it begins, in bytes.
        at: u64,
        /// How many blocks before it are whole.
        blocks: usize,
    },
    /// A frame says that it is longer than any is, or that it is empty.
    Length {
        /// Where it begins, in bytes.
        at: u64,
        /// How long it says it is, in bytes.
        length: u32,
    },
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unreadable::File(error) => write!(f, "it cannot be read: {error}"),
            Unreadable::Foreign => f.write_str(
                "that is not a recording; `raddle run --record FILE` makes one, and `raddle run` is for programs",
            ),
            Unreadable::Version(version) if *version > VERSION => write!(
                f,
                "it is a recording of format {version}, made by a newer raddle; this one reads format {VERSION}"
            ),
            Unreadable::Version(version) => {
                write!(f, "it is a recording of format {version}; this raddle reads format {VERSION}")
            }
            Unreadable::NoHeader => f.write_str("it ends before the recording begins: nothing was recorded"),
            Unreadable::Header(what) => write!(f, "its header is damaged: {what}"),
            Unreadable::Damaged { at, blocks } => {
                write!(f, "it is damaged at byte {at}, after {blocks} whole blocks: its checksum does not match")
            }
            Unreadable::Length { at, length } => {
                write!(f, "it is damaged at byte {at}: a block there would have {length} bytes, which none has")
            }
        }
    }
}

impl std::error::Error for Unreadable {}

impl Recording {
    /// Reads a recording to its end, or to its last whole frame.
    ///
    /// # Errors
    /// When it is none, or damaged.
    pub fn read(from: impl Read) -> Result<Recording, Unreadable> {
        let mut frames = Frames { from, at: 0 };
        let mut start = [0; MARK.len() + 2];
        let found = frames.fill(&mut start)?;
        let same = found.min(MARK.len());
        if same == 0 || start[..same] != MARK[..same] {
            return Err(Unreadable::Foreign);
        }
        if found < start.len() {
            return Err(Unreadable::NoHeader);
        }
        let version = u16::from_le_bytes([start[MARK.len()], start[MARK.len() + 1]]);
        if version != VERSION {
            return Err(Unreadable::Version(version));
        }
        let header = match frames.next(LONGEST_HEADER, 0) {
            Ok(Frame::Whole(header)) => header,
            Ok(Frame::Part(_) | Frame::None) => return Err(Unreadable::NoHeader),
            Err(Unreadable::Damaged { .. }) => return Err(Unreadable::Header("its checksum does not match".into())),
            Err(error) => return Err(error),
        };
        let header: Header = serde_json::from_slice(&header)
            .map_err(|error| Unreadable::Header(SafeText::new(&error.to_string()).into_string()))?;
        let mut blocks = Vec::new();
        let cut_off = loop {
            match frames.next(LONGEST_BLOCK, blocks.len())? {
                Frame::Whole(block) => blocks.push(block.into()),
                Frame::Part(bytes) => break Some(bytes),
                Frame::None => break None,
            }
        };
        Ok(Recording { header, blocks, cut_off })
    }
}

enum Frame {
    Whole(Vec<u8>),
    /// The file ends after so many bytes of it, or was not written behind some of them.
    Part(u64),
    None,
}

struct Frames<R> {
    from: R,
    at: u64,
}

impl<R: Read> Frames<R> {
    fn next(&mut self, longest: u32, blocks: usize) -> Result<Frame, Unreadable> {
        let at = self.at;
        let mut head = [0; 8];
        match self.fill(&mut head)? {
            0 => return Ok(Frame::None),
            8 => {}
            part => return Ok(Frame::Part(part as u64)),
        }
        let [a, b, c, d, checksum @ ..] = head;
        let length = u32::from_le_bytes([a, b, c, d]);
        if length > longest {
            return Err(Unreadable::Length { at, length });
        }
        // A length may lie: no more memory is reserved than there is to read.
        let mut content = Vec::new();
        let read = (&mut self.from).take(u64::from(length)).read_to_end(&mut content).map_err(Unreadable::File)?;
        self.at += read as u64;
        if read < length as usize {
            return Ok(Frame::Part(read as u64 + 8));
        }
        if length > 0 && crc32fast::hash(&content) == u32::from_le_bytes(checksum) {
            return Ok(Frame::Whole(content));
        }
        if let Some(bytes) = self.zeros_from(at, &[&head, &content[..]].concat())? {
            return Ok(Frame::Part(bytes));
        }
        Err(if length == 0 { Unreadable::Length { at, length } } else { Unreadable::Damaged { at, blocks } })
    }

    /// Some file systems leave zeros, after a crash, where they had not yet written. If that is what this frame is, from its
    /// beginning or from a sector's, to the end of the file: how many bytes there are from its beginning on.
    fn zeros_from(&mut self, at: u64, frame: &[u8]) -> Result<Option<u64>, Unreadable> {
        let written = frame.iter().rposition(|byte| *byte != 0).map_or(0, |last| last as u64 + 1);
        let zeros = if written == 0 { at } else { (at + written).next_multiple_of(SECTOR) };
        if zeros >= self.at {
            return Ok(None);
        }
        let mut buffer = [0; SECTOR as usize];
        loop {
            match self.fill(&mut buffer)? {
                0 => return Ok(Some(self.at - at)),
                read if buffer[..read].iter().any(|byte| *byte != 0) => return Ok(None),
                _ => {}
            }
        }
    }

    /// Reads as much as there is, at most the buffer's length; gives how much.
    fn fill(&mut self, buffer: &mut [u8]) -> Result<usize, Unreadable> {
        let mut filled = 0;
        while filled < buffer.len() {
            match self.from.read(&mut buffer[filled..]) {
                Ok(0) => break,
                Ok(read) => filled += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(Unreadable::File(error)),
            }
        }
        self.at += filled as u64;
        Ok(filled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header() -> Header {
        Header {
            raddle: "0.1.0".into(),
            name: "bank.py".into(),
            source: "import a\n".into(),
            files: vec![("a.py".into(), "print(1)\n".into())],
            seed: 7,
            epoch: 1,
            clock: "virtual".into(),
            policy: "os".into(),
            priorities: BTreeMap::from([("left".to_owned(), -3)]),
            inheritance: false,
            memory: 1 << 20,
        }
    }

    fn sample() -> (Vec<u8>, Recording) {
        let blocks: Vec<Arc<[u8]>> = vec![Arc::from(&b"one"[..]), Arc::from(&[7_u8; 500][..])];
        let mut bytes = Vec::new();
        Writer::new(&mut bytes, &header()).and_then(|mut writer| writer.add(&blocks)).expect("memory can be written");
        (bytes, Recording { header: header(), blocks, cut_off: None })
    }

    #[test]
    fn what_is_written_is_read() {
        let (bytes, recording) = sample();
        assert_eq!(Recording::read(&bytes[..]).expect("a recording"), recording);
    }

    #[test]
    fn a_file_that_was_cut_off_anywhere_is_read_to_its_last_whole_frame() {
        let (bytes, whole) = sample();
        let mut most = 0;
        for length in 0..bytes.len() {
            match Recording::read(&bytes[..length]) {
                Ok(recording) => {
                    most = most.max(recording.blocks.len());
                    assert_eq!(recording.blocks, whole.blocks[..recording.blocks.len()]);
                    let at_a_seam = recording.cut_off.is_none();
                    assert_eq!(at_a_seam, length == bytes.len() - 508 || length == bytes.len() - 519, "{length}");
                }
                Err(Unreadable::Foreign) => assert_eq!(length, 0),
                Err(Unreadable::NoHeader) => assert_eq!(most, 0),
                Err(error) => panic!("{length} bytes: {error}"),
            }
        }
        assert_eq!(most, 1);
    }

    #[test]
    fn any_damage_is_noticed() {
        let (bytes, whole) = sample();
        for at in 0..bytes.len() {
            for bit in [1, 0x80] {
                let mut damaged = bytes.clone();
                damaged[at] ^= bit;
                // A length that is too long makes the file look cut off.
                let noticed =
                    Recording::read(&damaged[..]).map_or(true, |read| read != whole && read.cut_off.is_some());
                assert!(noticed, "byte {at}");
            }
        }
    }

    #[test]
    fn zeros_to_the_end_of_the_file_are_where_it_was_cut_off() {
        let (mut bytes, mut whole) = sample();
        whole.blocks.truncate(1);
        let begin = bytes.len() - 508;
        bytes.extend([7; 3_000]);
        let zeros_from = |from: usize| [&bytes[..from], &vec![0; bytes.len() - from]].concat();
        // From the block's beginning, and from any sector on.
        for from in [begin, 512] {
            assert!(from >= begin && from < begin + 508, "the test's file has changed");
            let read = Recording::read(&zeros_from(from)[..]).expect("a recording");
            assert_eq!(read, Recording { cut_off: Some((bytes.len() - begin) as u64), ..whole.clone() });
        }
        // If the last bytes were written, so were all before them.
        let behind = |at: usize| {
            let mut bytes = zeros_from(begin);
            bytes[at] = 1;
            Recording::read(&bytes[..]).expect_err("no recording").to_string()
        };
        assert!(behind(bytes.len() - 1).contains("a block there would have 0 bytes"));
        let mut odd = zeros_from(600);
        assert!(matches!(Recording::read(&odd[..]), Err(Unreadable::Damaged { blocks: 1, .. })));
        odd.truncate(begin + 508);
        assert!(matches!(Recording::read(&odd[..]), Err(Unreadable::Damaged { blocks: 1, .. })));
        // Nothing but a mark was written.
        assert!(matches!(Recording::read(&zeros_from(10)[..]), Err(Unreadable::NoHeader)));
    }

    #[test]
    fn lengths_that_lie_and_other_versions_are_told() {
        let (bytes, _) = sample();
        let told = |bytes: &[u8]| Recording::read(bytes).expect_err("no recording").to_string();
        let mut newer = bytes.clone();
        newer[8] = 9;
        assert!(told(&newer).contains("made by a newer raddle"));
        let mut long = bytes[..10].to_vec();
        long.extend(u32::MAX.to_le_bytes());
        long.extend([0; 4]);
        assert!(told(&long).contains("4294967295 bytes"));
        assert!(told(b"import threading").contains("not a recording"));
    }
}
