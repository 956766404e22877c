//! Characters and sets of them, in the crate's syntax.

/// A member of a set.
#[derive(Debug)]
pub(super) enum Member {
    Char(char),
    /// A category, as it stands inside brackets.
    Class(&'static str),
}

impl Member {
    /// As it stands inside brackets.
    pub(super) fn text(&self) -> String {
        match self {
            Member::Char(c) => format!("\\x{{{:x}}}", u32::from(*c)),
            Member::Class(class) => (*class).to_owned(),
        }
    }
}

/// A character that stands for itself.
pub(super) fn literal(c: char) -> String {
    if c.is_alphanumeric() || c == '_' { c.to_string() } else { format!("\\x{{{:x}}}", u32::from(c)) }
}

/// What `\d` and its kin stand for, as it stands inside brackets: Python's own idea of digits, blanks and words.
pub(super) fn category(c: char, ascii: bool) -> Option<&'static str> {
    Some(match (c, ascii) {
        ('d', true) => "0-9",
        ('D', true) => "[^0-9]",
        ('s', true) => " \\t\\n\\r\\x{b}\\x{c}",
        ('S', true) => "[^ \\t\\n\\r\\x{b}\\x{c}]",
        ('w', true) => "a-zA-Z0-9_",
        ('W', true) => "[^a-zA-Z0-9_]",
        ('d', false) => "\\d",
        ('D', false) => "\\D",
        ('s', false) => "\\s\\x{1c}-\\x{1f}",
        ('S', false) => "[^\\s\\x{1c}-\\x{1f}]",
        ('w', false) => "\\p{L}\\p{N}_",
        ('W', false) => "[^\\p{L}\\p{N}_]",
        _ => return None,
    })
}
