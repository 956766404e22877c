//! What a program reads from outside: who types, and the disk.

use crate::engine::{Disk, Outside, Typist};
use crate::schedule::{Found, Given};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How many bytes of files are taken together before that is too much.
const MOST: u64 = 256 << 20;

/// The lines that `--input` names.
///
/// # Errors
/// Why they cannot be read.
pub(super) fn lines(file: &Path) -> Result<Arc<str>, String> {
    let bytes = fs::read(file).map_err(|error| format!("--input {}: {error}", file.display()))?;
    Ok(String::from_utf8_lossy(&bytes).into())
}

/// The disk, and who types: the file that `--input` names, else `typist`.
///
/// # Errors
/// Why the file cannot be read.
pub(super) fn disk(input: Option<&PathBuf>, typist: Typist) -> Result<Arc<dyn Outside>, String> {
    let typist = input.map_or(Ok(typist), |file| lines(file).map(Typist::Lines))?;
    Ok(Arc::new(Disk { typist, writes: true }))
}

/// What a search is given: the lines that are typed, and these files and folders as they are now.
///
/// # Errors
/// Why one of them cannot be read.
pub(super) fn snapshot(input: Option<&PathBuf>, files: &[PathBuf]) -> Result<Vec<Given>, String> {
    let disk = Disk { typist: Typist::Lines("".into()), writes: false };
    let mut given = Vec::new();
    if let Some(input) = input {
        given.push(Given::Typed { text: lines(input)?, end: true });
    }
    if files.is_empty() {
        return Ok(given);
    }
    let here = disk.here();
    given.push(Given::Here(here.clone()));
    let mut left: Vec<String> = files.iter().map(|file| absolute(&here, file)).collect();
    let mut room = MOST;
    while let Some(path) = left.pop() {
        let what = disk.find(&path);
        match &what {
            Found::Folder(names) => {
                left.extend(names.iter().map(|name| format!("{}/{name}", path.trim_end_matches('/'))))
            }
            Found::File(bytes) => {
                let taken = room.checked_sub(bytes.len() as u64);
                room = taken.ok_or_else(|| "--read: these are more than 256 MiB".to_owned())?;
            }
            Found::Nothing | Found::Refused(_) => {}
        }
        given.push(Given::Found { path: path.into(), what });
    }
    Ok(given)
}

/// The absolute path, without `.` and `..`.
fn absolute(here: &str, file: &Path) -> String {
    let whole = Path::new(here).join(file);
    let mut parts: Vec<&str> = Vec::new();
    for part in whole.to_str().unwrap_or_default().split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    format!("/{}", parts.join("/"))
}
