//! What the program itself is run with: what stands behind `--`.

use super::wrong;
use std::ffi::OsString;

/// The complaint about other arguments.
pub(super) const NO_TEXT: &str = "the program's arguments are not UTF-8 text";

/// What stands before `--` and behind it: a file may stand behind it, too, if there is nothing else.
pub(super) fn parted(
    command: &str,
    before: Option<OsString>,
    behind: Vec<OsString>,
) -> Result<(OsString, Vec<String>), clap::Error> {
    let (what, arguments) = match (before, <[OsString; 1]>::try_from(behind)) {
        (None, Ok([what])) => (what, Vec::new()),
        (None, Err(_)) => return Err(wrong(command, "there is no file before --")),
        (Some(what), Ok([argument])) => (what, vec![argument]),
        (Some(what), Err(arguments)) => (what, arguments),
    };
    let texts = texts(arguments).ok_or_else(|| wrong(command, NO_TEXT))?;
    Ok((what, texts))
}

/// As texts, which a program's arguments are.
pub(super) fn texts(arguments: Vec<OsString>) -> Option<Vec<String>> {
    arguments.into_iter().map(|argument| argument.into_string().ok()).collect()
}
