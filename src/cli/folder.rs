//! The files beside a scenario: what its imports may reach, and nothing outside of its folder.

use super::load::{self, read_some};
use crate::lang::{self, Beside, Entry};
use std::fs::File;
use std::path::{Path, PathBuf};

/// The folder of a scenario.
#[derive(Clone, Debug)]
pub(super) struct Folder {
    /// As the user named it: empty for the folder where raddle was started, else with a slash at its end.
    shown: String,
    /// Where it is; `None`: it cannot be found.
    place: Option<PathBuf>,
}

impl Folder {
    /// That of the scenario at `path`. As in CPython, a link to a scenario leads to the folder of what it leads to.
    pub(super) fn of(path: &Path) -> Folder {
        let real =
            if load::is_link(path) { path.canonicalize().unwrap_or_else(|_| path.to_owned()) } else { path.to_owned() };
        let parent = real.parent().map(Path::to_path_buf).unwrap_or_default();
        let shown = path.parent().map(|parent| parent.to_string_lossy().into_owned()).unwrap_or_default();
        let shown = match shown.ends_with('/') || shown.is_empty() {
            true => shown,
            false => format!("{shown}/"),
        };
        let parent = if parent.as_os_str().is_empty() { PathBuf::from(".") } else { parent };
        Folder { shown, place: parent.canonicalize().ok() }
    }
}

impl Beside for Folder {
    fn find(&self, path: &str) -> Entry {
        let Some(folder) = &self.place else { return Entry::Nothing };
        let at = folder.join(path);
        let Ok(found) = std::fs::metadata(&at) else {
            return match load::is_link(&at) {
                true => Entry::Refused("it is a symbolic link that leads nowhere".to_owned()),
                false => Entry::Nothing,
            };
        };
        // A link may lead to another place in the folder, and not out of it.
        match at.canonicalize() {
            Ok(real) if real.starts_with(folder) => {}
            Ok(_) => return Entry::Refused("it is a symbolic link that leads out of the scenario's folder".to_owned()),
            Err(error) => return Entry::Refused(load::reason(&at, &error)),
        }
        if found.is_dir() {
            return Entry::Folder;
        }
        if !found.is_file() {
            return Entry::Nothing;
        }
        match File::open(&at).and_then(read_some) {
            Ok(bytes) => Entry::File(lang::read_bytes(&format!("{}{path}", self.shown), &bytes)),
            Err(error) => Entry::Refused(load::reason(&at, &error)),
        }
    }
}
