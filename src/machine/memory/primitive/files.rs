//! What a run knows of what is outside of it: files, and what is typed.
//!
//! It is a copy. What the program asks for and is not known here comes as a choice ([`Given`]), once; from then on the run
//! has it, and what the program writes is written here. A live run also does to the disk what was done here
//! ([`Change`]); nothing else touches the disk.

use crate::machine::memory::encode::{Encode, Encoder, encoded};
use crate::schedule::{Found, Given};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

/// Below this folder nothing is read from the disk or written to it: it is empty at the start of every run.
pub const OWN: &str = "/tmp/raddle";
/// How much a file holds back before it writes.
const HELD_BACK: usize = 8192;

/// `errno` of what files and folders refuse.
pub const NO_ENTRY: i32 = 2;
pub(in crate::machine) const EXISTS: i32 = 17;
pub(in crate::machine) const NO_FOLDER: i32 = 20;
pub(in crate::machine) const IS_FOLDER: i32 = 21;
pub(in crate::machine) const INVALID: i32 = 22;
pub(in crate::machine) const NOT_EMPTY: i32 = 39;

/// What is at a path.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::machine) enum Node {
    Nothing,
    /// The file of that number.
    File(usize),
    Folder(BTreeSet<Arc<str>>),
    Refused(i32),
}

/// What is in a file.
#[derive(Clone, Debug, Default)]
struct Content(Vec<u8>);

impl Encode for Content {
    fn encode(&self, to: &mut Encoder<'_>) {
        to.text(&self.0);
    }
}

/// A file that the program has opened.
#[derive(Clone, Debug)]
pub(in crate::machine) struct Opened {
    pub(in crate::machine) path: Arc<str>,
    file: usize,
    at: usize,
    pub(in crate::machine) mode: Mode,
    /// What was written and is held back; it belongs before `at`.
    held: Vec<u8>,
}

/// How a file is opened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mode {
    /// It may be read.
    pub read: bool,
    /// It may be written.
    pub write: bool,
    /// All that is written goes to its end.
    pub append: bool,
    /// It is made if it is not there.
    pub create: bool,
    /// It must not be there.
    pub exclusive: bool,
    /// It is emptied.
    pub truncate: bool,
}

encoded!(struct Mode { read, write, append, create, exclusive, truncate });
encoded!(struct Opened { path, file, at, mode, held });

impl Encode for Node {
    fn encode(&self, to: &mut Encoder<'_>) {
        match self {
            Node::Nothing => to.byte(0),
            Node::File(number) => {
                to.byte(1);
                to.field("file", number);
            }
            Node::Folder(names) => {
                to.byte(2);
                to.field("folder", &names.iter().cloned().collect::<Vec<_>>());
            }
            Node::Refused(errno) => {
                to.byte(3);
                to.field("errno", &i64::from(*errno));
            }
        }
    }
}

/// What the live run does to the disk.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Change {
    /// The file has so many bytes; it is made if it is not there.
    Cut(Arc<str>, usize),
    /// These bytes are in the file from there on.
    Wrote(Arc<str>, usize, Vec<u8>),
    /// There is a folder.
    Folder(Arc<str>),
    /// The file is gone.
    Gone(Arc<str>),
    /// The folder is gone.
    FolderGone(Arc<str>),
    /// What was at the first path is at the second.
    Moved(Arc<str>, Arc<str>),
}

/// What somebody waits for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Want {
    /// The folder that the program runs in.
    Here,
    /// A line that is typed.
    Line,
    /// What is at a path.
    Path(Arc<str>),
}

impl Want {
    /// What is given where nothing is outside: there are no files, and nobody types.
    pub fn of_nothing(self) -> Given {
        match self {
            Want::Here => Given::Here("/".into()),
            Want::Line => Given::Typed { text: "".into(), end: true },
            Want::Path(path) if &*path == "/" => Given::Found { path, what: Found::Folder(Vec::new()) },
            Want::Path(path) => Given::Found { path, what: Found::Nothing },
        }
    }
}

/// All that a run knows of what is outside of it.
#[derive(Clone, Debug, Default)]
pub struct Outside {
    pub(in crate::machine) here: Option<Arc<str>>,
    lines: VecDeque<Arc<str>>,
    ended: bool,
    disk: BTreeMap<Arc<str>, Node>,
    files: Vec<triomphe::Arc<Content>>,
    opened: Vec<Option<Opened>>,
    /// A search came to something that nobody gives: it goes no further there.
    pub(in crate::machine) lacking: bool,
    /// What was done to the disk, and the driver has not taken yet.
    changes: Vec<Change>,
}

encoded!(struct Outside { here, lines, ended, disk, files, opened, lacking; changes });

/// A path's folder, and its name there.
fn split(path: &str) -> (&str, &str) {
    match path.rsplit_once('/') {
        Some(("", name)) => ("/", name),
        Some((folder, name)) => (folder, name),
        None => ("/", path),
    }
}

fn is_own(path: &str) -> bool {
    path.strip_prefix(OWN).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

impl Outside {
    /// Takes in what comes from outside. What is known already stays as it is.
    pub fn take_in(&mut self, given: &Given) {
        match given {
            Given::Here(path) => self.here = Some(path.clone()),
            Given::Typed { text, end } => {
                if !self.ended {
                    self.lines.extend(text.split_inclusive('\n').map(Arc::from));
                    self.ended = *end;
                }
            }
            Given::Found { path, what } => {
                if self.node(path).is_some() {
                    return;
                }
                let node = match what {
                    Found::Nothing => Node::Nothing,
                    Found::File(bytes) => Node::File(self.new_file(bytes.to_vec())),
                    Found::Folder(names) => Node::Folder(names.iter().cloned().collect()),
                    Found::Refused(errno) => Node::Refused(*errno),
                };
                self.disk.insert(path.clone(), node);
            }
        }
    }

    /// What was given, as long as the program has done nothing with it.
    pub fn given(&self) -> Vec<Given> {
        let here = self.here.iter().cloned().map(Given::Here);
        let typed: String = self.lines.iter().map(|line| &**line).collect();
        let typed = (self.ended || !typed.is_empty()).then(|| Given::Typed { text: typed.into(), end: self.ended });
        let found = self.disk.iter().map(|(path, node)| {
            let what = match node {
                Node::Nothing => Found::Nothing,
                Node::File(file) => Found::File(self.files[*file].0.as_slice().into()),
                Node::Folder(names) => Found::Folder(names.iter().cloned().collect()),
                Node::Refused(errno) => Found::Refused(*errno),
            };
            Given::Found { path: path.clone(), what }
        });
        here.chain(typed).chain(found).collect()
    }

    /// What was done to the disk since this was last asked.
    pub fn take_changes(&mut self) -> Vec<Change> {
        std::mem::take(&mut self.changes)
    }

    /// Whether a search came to something that nobody gives.
    pub fn is_lacking(&self) -> bool {
        self.lacking
    }

    /// Whether nothing was done to the disk since then.
    pub fn is_unchanged(&self) -> bool {
        self.changes.is_empty()
    }

    /// What is at a path; `None`: that is not known.
    pub(in crate::machine) fn node(&self, path: &str) -> Option<Node> {
        if let Some(node) = self.disk.get(path) {
            return Some(node.clone());
        }
        if path == OWN {
            return Some(Node::Folder(BTreeSet::new()));
        }
        if path == "/" {
            return None;
        }
        let (folder, name) = split(path);
        match self.node(folder)? {
            Node::Nothing => Some(Node::Nothing),
            Node::File(_) => Some(Node::Refused(NO_FOLDER)),
            Node::Folder(names) if !names.contains(name) => Some(Node::Nothing),
            Node::Folder(_) | Node::Refused(_) => None,
        }
    }

    fn new_file(&mut self, bytes: Vec<u8>) -> usize {
        self.files.push(triomphe::Arc::new(Content(bytes)));
        self.files.len() - 1
    }

    /// What is missing to know what is at a path, and, if nothing is, in its folder.
    pub(in crate::machine) fn lacks(&self, path: &Arc<str>, folder_too: bool) -> Option<Want> {
        match self.node(path) {
            None => Some(Want::Path(path.clone())),
            Some(Node::Nothing) if folder_too => {
                let folder: Arc<str> = split(path).0.into();
                self.node(&folder).is_none().then_some(Want::Path(folder))
            }
            Some(_) => None,
        }
    }

    /// Whether a line can be read, or the end.
    pub(in crate::machine) fn has_line(&self) -> bool {
        self.ended || !self.lines.is_empty()
    }

    /// The next line with its end; empty at the end.
    pub(in crate::machine) fn line(&mut self) -> Arc<str> {
        self.lines.pop_front().unwrap_or_default()
    }

    fn note(&mut self, path: &str, change: impl FnOnce() -> Change) {
        if !is_own(path) {
            self.changes.push(change());
        }
    }

    /// Something is at a path from now on, where nothing was: or why that cannot be.
    fn put(&mut self, path: &Arc<str>, node: Node) -> Result<(), i32> {
        let (folder, name) = split(path);
        let folder: Arc<str> = folder.into();
        match self.node(&folder) {
            Some(Node::Folder(mut names)) => {
                names.insert(name.into());
                self.disk.insert(folder, Node::Folder(names));
            }
            Some(Node::File(_)) => return Err(NO_FOLDER),
            Some(Node::Refused(errno)) => return Err(errno),
            Some(Node::Nothing) | None => return Err(NO_ENTRY),
        }
        self.disk.insert(path.clone(), node);
        Ok(())
    }

    fn take_away(&mut self, path: &Arc<str>) -> Option<Node> {
        let (folder, name) = split(path);
        if let Some(Node::Folder(names)) = self.disk.get_mut(folder) {
            names.remove(name);
        }
        self.disk.insert(path.clone(), Node::Nothing)
    }

    /// Opens a file; gives its handle.
    pub(in crate::machine) fn open(&mut self, path: &Arc<str>, mode: Mode) -> Result<usize, i32> {
        let file = match self.node(path).unwrap_or(Node::Nothing) {
            Node::Folder(_) if mode.exclusive => return Err(EXISTS),
            Node::Folder(_) => return Err(IS_FOLDER),
            Node::Refused(errno) => return Err(errno),
            Node::File(_) if mode.exclusive => return Err(EXISTS),
            Node::File(file) => {
                if mode.truncate && !self.files[file].0.is_empty() {
                    self.files[file] = triomphe::Arc::default();
                    self.note(path, || Change::Cut(path.clone(), 0));
                }
                file
            }
            Node::Nothing if !mode.create => return Err(NO_ENTRY),
            Node::Nothing => {
                let file = self.files.len();
                self.put(path, Node::File(file))?;
                self.new_file(Vec::new());
                self.note(path, || Change::Cut(path.clone(), 0));
                file
            }
        };
        let at = if mode.append { self.files[file].0.len() } else { 0 };
        let opened = Opened { path: path.clone(), file, at, mode, held: Vec::new() };
        self.opened.push(Some(opened));
        Ok(self.opened.len() - 1)
    }

    /// The file with that handle; `None`: it is closed.
    pub(in crate::machine) fn opened(&self, handle: usize) -> Option<&Opened> {
        self.opened.get(handle)?.as_ref()
    }

    /// Writes what a file holds back.
    pub(in crate::machine) fn flush(&mut self, handle: usize) {
        let Some(Some(opened)) = self.opened.get_mut(handle) else { return };
        let held = std::mem::take(&mut opened.held);
        if held.is_empty() {
            return;
        }
        let Content(content) = triomphe::Arc::make_mut(&mut self.files[opened.file]);
        let at = if opened.mode.append { content.len() } else { opened.at - held.len() };
        if content.len() < at + held.len() {
            content.resize(at + held.len(), 0);
        }
        content[at..at + held.len()].copy_from_slice(&held);
        opened.at = at + held.len();
        // One that was removed is nowhere on the disk.
        let (path, file) = (opened.path.clone(), opened.file);
        if self.disk.get(&path) == Some(&Node::File(file)) {
            self.note(&path.clone(), || Change::Wrote(path, at, held));
        }
    }

    /// Adds to a file where it stands. Gives whether a part of it was held back.
    pub(in crate::machine) fn write(&mut self, handle: usize, data: &[u8]) {
        let Some(Some(opened)) = self.opened.get_mut(handle) else { return };
        opened.held.extend_from_slice(data);
        opened.at += data.len();
        if opened.held.len() > HELD_BACK {
            self.flush(handle);
        }
    }

    /// What a file has from where it stands on, after what it held back was written.
    fn rest(&mut self, handle: usize) -> &[u8] {
        self.flush(handle);
        match self.opened(handle) {
            Some(opened) => self.files[opened.file].0.get(opened.at..).unwrap_or_default(),
            None => &[],
        }
    }

    fn passed(&mut self, handle: usize, count: usize) {
        if let Some(Some(opened)) = self.opened.get_mut(handle) {
            opened.at += count;
        }
    }

    /// Reads so many bytes, or characters of UTF-8; without a number all the rest.
    pub(in crate::machine) fn read(&mut self, handle: usize, count: Option<usize>, chars: bool) -> Vec<u8> {
        let rest = self.rest(handle);
        let begins = |byte: &u8| *byte & 0xC0 != 0x80;
        let end = match count {
            None => rest.len(),
            Some(count) if chars => {
                let starts = rest.iter().enumerate().filter(|(_, byte)| begins(byte));
                starts.map(|(at, _)| at).nth(count).unwrap_or(rest.len())
            }
            Some(count) => count.min(rest.len()),
        };
        let read = rest[..end].to_vec();
        self.passed(handle, read.len());
        read
    }

    /// Reads a line with its end.
    pub(in crate::machine) fn read_line(&mut self, handle: usize) -> Vec<u8> {
        let rest = self.rest(handle);
        let end = rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |at| at + 1);
        let read = rest[..end].to_vec();
        self.passed(handle, read.len());
        read
    }

    /// Where a file stands, and how long it is.
    pub(in crate::machine) fn place(&mut self, handle: usize) -> (usize, usize) {
        self.flush(handle);
        self.opened(handle).map_or((0, 0), |opened| (opened.at, self.files[opened.file].0.len()))
    }

    /// It stands there from now on.
    pub(in crate::machine) fn seek(&mut self, handle: usize, at: usize) {
        self.flush(handle);
        if let Some(Some(opened)) = self.opened.get_mut(handle) {
            opened.at = at;
        }
    }

    /// It has so many bytes from now on.
    pub(in crate::machine) fn cut(&mut self, handle: usize, size: usize) {
        self.flush(handle);
        let Some(Some(opened)) = self.opened.get(handle) else { return };
        triomphe::Arc::make_mut(&mut self.files[opened.file]).0.resize(size, 0);
        let path = opened.path.clone();
        self.note(&path.clone(), || Change::Cut(path, size));
    }

    /// Closes a file.
    pub(in crate::machine) fn close(&mut self, handle: usize) {
        self.flush(handle);
        if let Some(opened) = self.opened.get_mut(handle) {
            *opened = None;
        }
    }

    /// Whether a file was opened.
    pub(in crate::machine) fn has_opened(&self) -> bool {
        !self.opened.is_empty()
    }

    /// The program ends: what files hold back is written.
    pub(in crate::machine) fn close_all(&mut self) {
        (0..self.opened.len()).for_each(|handle| self.close(handle));
    }

    /// How long the file of a number is.
    pub(in crate::machine) fn size(&self, file: usize) -> usize {
        self.files.get(file).map_or(0, |content| content.0.len())
    }

    /// Makes a folder.
    pub(in crate::machine) fn make_folder(&mut self, path: &Arc<str>) -> Result<(), i32> {
        match self.node(path) {
            Some(Node::Nothing) | None => {}
            Some(Node::Refused(errno)) => return Err(errno),
            Some(Node::File(_) | Node::Folder(_)) => return Err(EXISTS),
        }
        self.put(path, Node::Folder(BTreeSet::new()))?;
        self.note(path, || Change::Folder(path.clone()));
        Ok(())
    }

    /// Paths begin at this folder from now on.
    pub(in crate::machine) fn go(&mut self, path: &Arc<str>) -> Result<(), i32> {
        match self.node(path) {
            Some(Node::Folder(_)) => self.here = Some(path.clone()),
            Some(Node::File(_)) => return Err(NO_FOLDER),
            Some(Node::Refused(errno)) => return Err(errno),
            Some(Node::Nothing) | None => return Err(NO_ENTRY),
        }
        Ok(())
    }

    /// Removes a file, or an empty folder.
    pub(in crate::machine) fn remove(&mut self, path: &Arc<str>, folder: bool) -> Result<(), i32> {
        match (self.node(path).unwrap_or(Node::Nothing), folder) {
            (Node::Nothing, _) => return Err(NO_ENTRY),
            (Node::Refused(errno), _) => return Err(errno),
            (Node::Folder(_), false) => return Err(IS_FOLDER),
            (Node::File(_), true) => return Err(NO_FOLDER),
            (Node::Folder(names), true) if !names.is_empty() => return Err(NOT_EMPTY),
            (Node::Folder(_), true) | (Node::File(_), false) => {}
        }
        self.take_away(path);
        self.note(path, || if folder { Change::FolderGone(path.clone()) } else { Change::Gone(path.clone()) });
        Ok(())
    }

    /// Gives a file, or a folder, another path; a file that was there is gone.
    pub(in crate::machine) fn rename(&mut self, from: &Arc<str>, to: &Arc<str>) -> Result<(), i32> {
        let node = match (self.node(from).unwrap_or(Node::Nothing), self.node(to)) {
            (Node::Nothing, _) => return Err(NO_ENTRY),
            (Node::Refused(errno), _) => return Err(errno),
            (Node::File(_), Some(Node::Folder(_))) => return Err(IS_FOLDER),
            (Node::Folder(_), Some(Node::File(_))) => return Err(NO_FOLDER),
            (Node::Folder(_), Some(Node::Folder(names))) if !names.is_empty() => return Err(NOT_EMPTY),
            (node, _) => node,
        };
        if from == to {
            return Ok(());
        }
        self.put(to, node)?;
        self.take_away(from);
        // What is in a folder goes with it.
        let prefix = format!("{from}/");
        let inside: Vec<Arc<str>> = self.disk.keys().filter(|path| path.starts_with(&prefix)).cloned().collect();
        for path in inside {
            if let Some(node) = self.disk.remove(&path) {
                self.disk.insert(format!("{to}/{}", &path[prefix.len()..]).into(), node);
            }
        }
        self.note(from, || Change::Moved(from.clone(), to.clone()));
        Ok(())
    }
}

/// What is done with what is outside. Paths are absolute, without `.` and `..`.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "each is what a function of Python does")]
pub enum Action {
    Here,
    /// The folder that the program runs in is this from now on.
    Go(Arc<str>),
    Line,
    Look(Arc<str>),
    List(Arc<str>),
    Open(Arc<str>, Mode),
    /// Without a number: all the rest. `chars`: not bytes.
    Read {
        handle: usize,
        count: Option<usize>,
        chars: bool,
    },
    ReadLine(usize),
    Write(usize, Arc<[u8]>),
    Tell(usize),
    Seek {
        handle: usize,
        offset: i64,
        whence: u8,
    },
    Cut(usize, Option<usize>),
    Flush(usize),
    Close(usize),
    MakeFolder(Arc<str>),
    Remove(Arc<str>),
    RemoveFolder(Arc<str>),
    Rename(Arc<str>, Arc<str>),
}

encoded!(enum Action {
    Here, Go(path), Line, Look(path), List(path), Open(path, mode), Read { handle, count, chars }, ReadLine(handle), Write(handle, data),
    Tell(handle), Seek { handle, offset, whence }, Cut(handle, size), Flush(handle), Close(handle), MakeFolder(path),
    Remove(path), RemoveFolder(path), Rename(from, to)
});

#[cfg(test)]
mod tests {
    use super::*;

    const READ: Mode =
        Mode { read: true, write: false, append: false, create: false, exclusive: false, truncate: false };
    const WRITE: Mode = Mode { read: false, write: true, create: true, truncate: true, ..READ };

    /// A folder with one file, `a`, which has `text`.
    fn with_a(text: &str) -> Outside {
        let mut outside = Outside::default();
        outside.take_in(&Given::Found { path: "/d".into(), what: Found::Folder(vec!["a".into()]) });
        outside.take_in(&Given::Found { path: "/d/a".into(), what: Found::File(text.as_bytes().into()) });
        outside
    }

    #[test]
    fn what_a_folder_does_not_name_is_not_there() {
        let outside = with_a("");
        assert_eq!(outside.lacks(&"/d/b".into(), true), None);
        assert_eq!(outside.node("/d/b"), Some(Node::Nothing));
        assert_eq!(outside.node("/d/b/c"), Some(Node::Nothing));
        assert_eq!(outside.node("/d/a/c"), Some(Node::Refused(NO_FOLDER)));
        assert_eq!(outside.lacks(&"/e".into(), false), Some(Want::Path("/e".into())));
    }

    #[test]
    fn what_was_given_is_given_once() {
        let mut outside = with_a("old");
        outside.take_in(&Given::Found { path: "/d/a".into(), what: Found::Nothing });
        let handle = outside.open(&"/d/a".into(), READ).unwrap();
        assert_eq!(outside.read(handle, None, false), b"old");
        outside.take_in(&Given::Typed { text: "one\ntwo".into(), end: true });
        outside.take_in(&Given::Typed { text: "three\n".into(), end: false });
        assert_eq!([outside.line(), outside.line(), outside.line()], ["one\n".into(), "two".into(), Arc::from("")]);
    }

    #[test]
    fn little_is_held_back_until_it_is_asked_for() {
        let mut outside = with_a("old");
        let path: Arc<str> = "/d/a".into();
        let (writer, reader) = (outside.open(&path, WRITE).unwrap(), outside.open(&path, READ).unwrap());
        outside.write(writer, b"new");
        assert_eq!(outside.read(reader, None, false), b"");
        outside.flush(writer);
        assert_eq!(outside.read(reader, None, false), b"new");
        outside.write(writer, b"er");
        outside.close_all();
        let changes = outside.take_changes();
        let wrote = |at, text: &str| Change::Wrote(path.clone(), at, text.as_bytes().to_vec());
        assert_eq!(changes, [Change::Cut(path.clone(), 0), wrote(0, "new"), wrote(3, "er")]);
        assert!(outside.is_unchanged());
    }

    #[test]
    fn what_is_the_runs_own_is_nowhere_on_the_disk() {
        let mut outside = Outside::default();
        let path: Arc<str> = format!("{OWN}/x").into();
        assert_eq!(outside.lacks(&path, true), None);
        let handle = outside.open(&path, WRITE).unwrap();
        outside.write(handle, b"text");
        outside.close(handle);
        assert_eq!((outside.take_changes(), outside.size(0)), (Vec::new(), 4));
    }

    #[test]
    fn a_folder_takes_its_files_along() {
        let mut outside = with_a("x");
        outside.make_folder(&"/d/e".into()).unwrap();
        outside.rename(&"/d/a".into(), &"/d/e/b".into()).unwrap();
        outside.rename(&"/d/e".into(), &"/d/f".into()).unwrap();
        assert_eq!(outside.node("/d/f/b"), Some(Node::File(0)));
        assert_eq!((outside.node("/d/e/b"), outside.node("/d/a")), (Some(Node::Nothing), Some(Node::Nothing)));
        assert_eq!(outside.remove(&"/d/f".into(), true), Err(NOT_EMPTY));
        assert_eq!(outside.remove(&"/d/f".into(), false), Err(IS_FOLDER));
        assert_eq!(outside.rename(&"/gone".into(), &"/d/x".into()), Err(NO_ENTRY));
    }
}
