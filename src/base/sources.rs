//! The files of a program, and lines that know their file.
//!
//! A line of a program is one number, which tells the file and the line in it: those of the scenario's own file are the
//! plain numbers of its lines, and those of every other file begin at a multiple of [`LINES`]. So code, events,
//! breakpoints and tapes of a program of one file are what they are without all this, and code that only compares lines
//! needs to know nothing of files.

use super::Source;
use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

/// More lines than any file has: each has at least one byte.
pub const LINES: u32 = 1 << 21;
/// The most files that a program has.
pub const FILES: usize = 1000;

/// A file of a program: 0 is the scenario's own.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct FileId(pub u16);

impl FileId {
    /// The scenario's own file.
    pub const OWN: FileId = FileId(0);

    /// The file in which the line of a program lies.
    pub fn of(line: u32) -> FileId {
        FileId((line / LINES) as u16)
    }

    /// The line `number` (from 1) of this file, as a line of the program. 0, which is no line, stays 0.
    pub fn line(self, number: u32) -> u32 {
        if number == 0 { 0 } else { u32::from(self.0) * LINES + number }
    }
}

/// The number that a line of a program has in its file.
pub fn number_of(line: u32) -> u32 {
    line % LINES
}

/// The first of `lines` from `line` on that is in the same file.
pub fn next_in_file(lines: &BTreeSet<u32>, line: u32) -> Option<u32> {
    lines.range(line..).next().copied().filter(|next| FileId::of(*next) == FileId::of(line))
}

/// The files of a program, the scenario's own first.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Sources {
    files: Vec<Arc<Source>>,
}

impl From<Arc<Source>> for Sources {
    fn from(own: Arc<Source>) -> Self {
        Sources { files: vec![own] }
    }
}

impl Sources {
    /// Adds a file that belongs to the program.
    pub fn add(&mut self, file: Arc<Source>) -> FileId {
        self.files.push(file);
        FileId(self.files.len() as u16 - 1)
    }

    /// Every file, the scenario's own first.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &Arc<Source>)> {
        (0..).map(FileId).zip(&self.files)
    }

    /// How many files there are.
    pub fn count(&self) -> usize {
        self.files.len()
    }

    /// The scenario's own file.
    pub fn own(&self) -> &Arc<Source> {
        &self.files[0]
    }

    /// A file; the scenario's own when there is no such file.
    pub fn file(&self, file: FileId) -> &Arc<Source> {
        self.files.get(usize::from(file.0)).unwrap_or_else(|| self.own())
    }

    /// The name of the scenario's own file, as the user gave it.
    pub fn name(&self) -> &str {
        self.own().name()
    }

    /// The text of the scenario's own file.
    pub fn text(&self) -> &str {
        self.own().text()
    }

    /// How many lines the scenario's own file has.
    pub fn line_count(&self) -> u32 {
        self.own().line_count()
    }

    /// The text of a line of the program, without its line end; empty when there is no such line.
    pub fn line(&self, line: u32) -> &str {
        self.files.get(usize::from(FileId::of(line).0)).map_or("", |file| file.line(number_of(line)))
    }

    /// A file's name from the folder of the scenario's own file on: `bank.py`, `shop/till.py`.
    pub fn short(&self, file: FileId) -> &str {
        let name = self.file(file).name();
        let folder = folder(self.name());
        name.strip_prefix(folder).unwrap_or(name)
    }

    /// The file of a line, if that is not the scenario's own: what a person has to be told beside the number.
    pub fn other(&self, line: u32) -> Option<&str> {
        let file = FileId::of(line);
        (file != FileId::OWN).then(|| self.short(file))
    }

    /// A line, as a person reads it: `12`, or `bank.py:12` when it is not in the scenario's own file.
    pub fn place(&self, line: u32) -> Place<'_> {
        Place { file: self.other(line), number: number_of(line) }
    }

    /// A line, as a sentence has it behind the word `line`: `12`, `12 of bank.py`.
    pub fn spot(&self, line: u32) -> Spot<'_> {
        Spot(self.place(line))
    }

    /// The file with that name, whole or from the scenario's folder on.
    pub fn find(&self, name: &str) -> Option<FileId> {
        self.files().map(|(file, _)| file).find(|file| self.short(*file) == name || self.file(*file).name() == name)
    }
}

/// The folder of a file, with the slash; empty when its name has none.
pub fn folder(name: &str) -> &str {
    &name[..name.rfind('/').map_or(0, |slash| slash + 1)]
}

/// A line, as a person reads it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Place<'s> {
    /// The file, if it is not the scenario's own.
    pub file: Option<&'s str>,
    /// The line's number in it.
    pub number: u32,
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.file {
            Some(file) => write!(f, "{}:{}", super::SafeText::brief(file), self.number),
            None => write!(f, "{}", self.number),
        }
    }
}

/// A line, as a sentence has it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Spot<'s>(Place<'s>);

impl fmt::Display for Spot<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.file {
            Some(file) => write!(f, "{} of {}", self.0.number, super::SafeText::brief(file)),
            None => write!(f, "{}", self.0.number),
        }
    }
}

/// A line, where nobody knows what the files are called: `12`, `12 of file 3`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Bare(pub u32);

impl fmt::Display for Bare {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match FileId::of(self.0) {
            FileId::OWN => write!(f, "{}", self.0),
            FileId(file) => write!(f, "{} of file {}", number_of(self.0), u32::from(file) + 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_knows_its_file() {
        let mut sources = Sources::from(Arc::new(Source::new("hw/main.py", "import bank\n")));
        let bank = sources.add(Arc::new(Source::new("hw/shop/bank.py", "one\ntwo\n")));
        let (own, other) = (FileId::OWN.line(1), bank.line(2));
        assert_eq!((own, FileId::of(own), number_of(own)), (1, FileId::OWN, 1));
        assert_eq!((FileId::of(other), number_of(other)), (bank, 2));
        assert_eq!((sources.line(own), sources.line(other), sources.line(bank.line(9))), ("import bank", "two", ""));
        assert_eq!(
            (sources.spot(own).to_string(), sources.spot(other).to_string()),
            ("1".into(), "2 of shop/bank.py".into())
        );
        assert_eq!(sources.find("shop/bank.py"), Some(bank));
        assert_eq!((bank.line(0), sources.line(0)), (0, ""));
    }
}
