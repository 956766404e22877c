//! What comes from outside because a program reads it: what is typed, and what is on the disk. It becomes part of the run as
//! a choice, and is read from the state after that: so a run is the same again without the disk, and without the person.

use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What comes from outside.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Given {
    /// The folder that the program runs in, an absolute path.
    Here(Arc<str>),
    /// What is typed: whole lines, or the last one when `end` says that nothing follows.
    Typed {
        /// Lines with their ends.
        text: Arc<str>,
        /// Nothing follows.
        end: bool,
    },
    /// What is at an absolute path.
    Found {
        /// The path, without `.` and `..`.
        path: Arc<str>,
        /// What is there.
        what: Found,
    },
}

/// What is found at a path.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Found {
    /// Nothing is there.
    Nothing,
    /// A file with these bytes.
    File(Arc<[u8]>),
    /// A folder with these names.
    Folder(Vec<Arc<str>>),
    /// The system refuses to say, with this `errno`.
    Refused(i32),
}

const HERE: u8 = 0;
const TYPED: u8 = 1;
const LAST_TYPED: u8 = 2;
const NOTHING: u8 = 3;
const FILE: u8 = 4;
const FOLDER: u8 = 5;
const REFUSED: u8 = 6;

impl Given {
    /// As bytes: the kind, the path with its length, and what is there.
    pub fn to_bytes(&self) -> Vec<u8> {
        let (kind, path, content) = match self {
            Given::Here(path) => (HERE, &**path, Vec::new()),
            Given::Typed { text, end } => (if *end { LAST_TYPED } else { TYPED }, "", text.as_bytes().to_vec()),
            Given::Found { path, what } => match what {
                Found::Nothing => (NOTHING, &**path, Vec::new()),
                Found::File(bytes) => (FILE, &**path, bytes.to_vec()),
                Found::Folder(names) => (FOLDER, &**path, names.join("\0").into_bytes()),
                Found::Refused(errno) => (REFUSED, &**path, errno.to_le_bytes().to_vec()),
            },
        };
        let mut bytes = vec![kind];
        bytes.extend((path.len() as u32).to_le_bytes());
        bytes.extend_from_slice(path.as_bytes());
        bytes.extend(content);
        bytes
    }

    /// From these bytes; `None` when they say nothing of the kind.
    pub fn of_bytes(bytes: &[u8]) -> Option<Given> {
        let (kind, rest) = bytes.split_first()?;
        let (length, rest) = rest.split_first_chunk::<4>()?;
        let (path, content) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        let path: Arc<str> = std::str::from_utf8(path).ok()?.into();
        let text = || std::str::from_utf8(content).ok();
        let what = match *kind {
            HERE => return Some(Given::Here(path)),
            TYPED | LAST_TYPED => return Some(Given::Typed { text: text()?.into(), end: *kind == LAST_TYPED }),
            NOTHING => Found::Nothing,
            FILE => Found::File(content.into()),
            FOLDER if content.is_empty() => Found::Folder(Vec::new()),
            FOLDER => Found::Folder(text()?.split('\0').map(Arc::from).collect()),
            REFUSED => Found::Refused(i32::from_le_bytes(content.try_into().ok()?)),
            _ => return None,
        };
        Some(Given::Found { path, what })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let found = |what| Given::Found { path: "/home/a b".into(), what };
        let all = [
            Given::Here("/home".into()),
            Given::Typed { text: "one\ntwo\n".into(), end: false },
            Given::Typed { text: "ü".into(), end: true },
            found(Found::Nothing),
            found(Found::File([0, 255, 10].into())),
            found(Found::Folder(vec!["b".into(), "a".into()])),
            found(Found::Folder(Vec::new())),
            found(Found::Refused(13)),
        ];
        for given in all {
            assert_eq!(Given::of_bytes(&given.to_bytes()), Some(given));
        }
        for wrong in [&[][..], &[0], &[9, 0, 0, 0, 0], &[3, 5, 0, 0, 0, 65], &[6, 0, 0, 0, 0, 1]] {
            assert_eq!(Given::of_bytes(wrong), None, "{wrong:?}");
        }
    }
}
