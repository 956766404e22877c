//! Python's syntax of regular expressions, written in that of the crate: read as CPython 3.11 reads it, with its errors.

use super::class;

/// Flags, with the numbers that `re` gives them.
pub(super) const IGNORECASE: u32 = 2;
const LOCALE: u32 = 4;
pub(super) const MULTILINE: u32 = 8;
const DOTALL: u32 = 16;
pub(super) const UNICODE: u32 = 32;
const VERBOSE: u32 = 64;
pub(super) const ASCII: u32 = 256;
/// Of these there is one at most.
const KINDS: u32 = ASCII | LOCALE | UNICODE;
/// The most that a repetition can be told to go.
const MAX_REPEAT: u64 = u32::MAX as u64;
/// How deep groups may be nested.
const MAX_DEPTH: usize = 50;

/// What is wrong with a pattern, and where: the index of a character.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Complaint {
    pub(super) message: String,
    pub(super) at: Option<usize>,
}

pub(super) type Parsed<T> = Result<T, Complaint>;

/// A pattern in the crate's syntax.
#[derive(Debug)]
pub(super) struct Translated {
    pub(super) text: String,
    /// With those that the pattern sets itself.
    pub(super) flags: u32,
    /// The names of groups, in the order in which they stand.
    pub(super) names: Vec<(String, usize)>,
    /// The group around each group; 0 is the whole.
    pub(super) parents: Vec<usize>,
}

/// What was read of a pattern.
pub(super) struct Piece {
    text: String,
    /// The fewest and the most characters that it matches.
    width: (u64, u64),
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// It matches a place, not text: nothing that can be repeated.
    Anchor,
    /// It is repeated already.
    Repeat,
    Other,
    /// A comment, or flags.
    Nothing,
}

impl Piece {
    pub(super) fn one(text: impl Into<String>) -> Piece {
        Piece { text: text.into(), width: (1, 1), kind: Kind::Other }
    }

    pub(super) fn anchor(text: impl Into<String>) -> Piece {
        Piece { text: text.into(), width: (0, 0), kind: Kind::Anchor }
    }

    fn nothing() -> Piece {
        Piece { text: String::new(), width: (0, 0), kind: Kind::Nothing }
    }
}

#[derive(Clone)]
pub(super) struct Group {
    name: Option<String>,
    parent: usize,
    /// Its end was not reached yet.
    open: bool,
    width: (u64, u64),
}

pub(super) struct Parser {
    pub(super) chars: Vec<char>,
    pub(super) at: usize,
    pub(super) bytes: bool,
    flags: u32,
    pub(super) groups: Vec<Group>,
    /// The groups that are open, the innermost last.
    around: Vec<usize>,
    /// Conditions on groups, which may come later, and where they stand.
    conditions: Vec<(usize, usize)>,
    depth: usize,
}

/// Translates a pattern.
pub(super) fn translate(pattern: &str, flags: u32, bytes: bool) -> Parsed<Translated> {
    let whole = Group { name: None, parent: 0, open: true, width: (0, 0) };
    let chars = pattern.chars().collect();
    let (groups, around) = (vec![whole], vec![0]);
    let mut parser = Parser { chars, at: 0, bytes, flags, groups, around, conditions: Vec::new(), depth: 0 };
    let piece = parser.alternatives(None)?;
    if parser.at < parser.chars.len() {
        return Err(parser.complain("unbalanced parenthesis", 0));
    }
    if let Some((group, at)) = parser.conditions.iter().find(|(group, _)| *group >= parser.groups.len()) {
        return Err(Complaint { message: format!("invalid group reference {group}"), at: Some(*at) });
    }
    let mut flags = parser.flags;
    if !bytes && flags & ASCII == 0 {
        flags |= UNICODE;
    }
    let text = if flags & IGNORECASE == 0 { piece.text } else { format!("(?i:{})", piece.text) };
    let names = parser.groups.iter().enumerate();
    let names = names.filter_map(|(index, group)| Some((group.name.clone()?, index))).collect();
    Ok(Translated { text, flags, names, parents: parser.groups.iter().map(|group| group.parent).collect() })
}

impl Parser {
    /// A complaint about the place so many characters before this one.
    pub(super) fn complain(&self, message: impl Into<String>, back: usize) -> Complaint {
        Complaint { message: message.into(), at: Some(self.at.saturating_sub(back)) }
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    pub(super) fn take(&mut self) -> Option<char> {
        let next = self.peek();
        self.at += usize::from(next.is_some());
        next
    }

    pub(super) fn takes(&mut self, wanted: char) -> bool {
        let there = self.peek() == Some(wanted);
        self.at += usize::from(there);
        there
    }

    /// The character behind a backslash.
    pub(super) fn escaped(&mut self) -> Parsed<char> {
        self.take().ok_or_else(|| self.complain("bad escape (end of pattern)", 1))
    }

    /// Text up to `end`, which is taken too.
    fn until(&mut self, end: char, what: &str) -> Parsed<String> {
        let mut text = String::new();
        loop {
            match self.take() {
                None if text.is_empty() => return Err(self.complain(format!("missing {what}"), 0)),
                None => {
                    return Err(self.complain(format!("missing {end}, unterminated name"), text.chars().count()));
                }
                Some(c) if c == end && text.is_empty() => return Err(self.complain(format!("missing {what}"), 1)),
                Some(c) if c == end => return Ok(text),
                Some(c) => text.push(c),
            }
        }
    }

    /// Branches with `|` between them; inside a group with flags of its own, under those.
    fn alternatives(&mut self, flags: Option<u32>) -> Parsed<Piece> {
        let flags = flags.unwrap_or(self.flags);
        let mut piece = self.sequence(flags)?;
        while self.takes('|') {
            let next = self.sequence(flags | (self.flags & !flags))?;
            piece.text = piece.text + "|" + &next.text;
            piece.width = (piece.width.0.min(next.width.0), piece.width.1.max(next.width.1));
        }
        piece.kind = Kind::Other;
        Ok(piece)
    }

    fn sequence(&mut self, mut flags: u32) -> Parsed<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        while let Some(c) = self.peek() {
            if matches!(c, '|' | ')') {
                break;
            }
            self.at += 1;
            if flags & VERBOSE != 0 && self.skips(c) {
                continue;
            }
            if let Some(piece) = self.item(c, flags, &mut pieces)? {
                if piece.kind == Kind::Nothing {
                    // Flags are for the whole, and stand before it.
                    flags |= if self.depth == 0 { self.flags } else { 0 };
                } else {
                    pieces.push(piece);
                }
            }
        }
        let sum = |side: fn(&Piece) -> u64| pieces.iter().map(side).fold(0, u64::saturating_add);
        let width = (sum(|piece| piece.width.0), sum(|piece| piece.width.1));
        Ok(Piece { text: pieces.into_iter().map(|piece| piece.text).collect(), width, kind: Kind::Other })
    }

    /// White space and comments of a verbose pattern.
    fn skips(&mut self, c: char) -> bool {
        if c == '#' {
            while self.take().is_some_and(|c| c != '\n') {}
        }
        c == '#' || " \t\n\r\u{b}\u{c}".contains(c)
    }

    /// What begins with `c`. `None`: it was added to the pieces before it.
    fn item(&mut self, c: char, flags: u32, pieces: &mut Vec<Piece>) -> Parsed<Option<Piece>> {
        let start = self.at - 1;
        Ok(Some(match c {
            '\\' => self.escape(flags)?,
            '[' => Piece::one(self.set(flags)?),
            '.' if flags & DOTALL != 0 => Piece::one("(?s:.)"),
            '.' => Piece::one("[^\\n]"),
            '^' => Piece::anchor(if flags & MULTILINE != 0 { "(?m:^)" } else { "\\A" }),
            '$' => Piece::anchor(if flags & MULTILINE != 0 { "(?m:$)" } else { "(?=\\n?\\z)" }),
            '(' => self.group(start, flags, pieces.is_empty())?,
            '*' => return self.repeat(start, (0, MAX_REPEAT), pieces),
            '+' => return self.repeat(start, (1, MAX_REPEAT), pieces),
            '?' => return self.repeat(start, (0, 1), pieces),
            '{' => match self.counts(start)? {
                Some(counts) => return self.repeat(start, counts, pieces),
                None => Piece::one(class::literal('{')),
            },
            c => Piece::one(class::literal(c)),
        }))
    }

    /// The numbers of `{2,5}`. `None`: it is no such thing, but text.
    fn counts(&mut self, start: usize) -> Parsed<Option<(u64, u64)>> {
        if self.peek() == Some('}') {
            return Ok(None);
        }
        let here = self.at;
        let least = self.number();
        let most = if self.takes(',') { self.number() } else { least.clone() };
        if !self.takes('}') {
            self.at = here;
            return Ok(None);
        }
        let count = |digits: &str, default| if digits.is_empty() { Ok(default) } else { digits.parse::<u64>() };
        let bounds = (count(&least, 0), count(&most, MAX_REPEAT));
        let (Ok(least), Ok(most)) = bounds else { return Err(too_many()) };
        if least >= MAX_REPEAT || most > MAX_REPEAT {
            return Err(too_many());
        }
        if most < least {
            return Err(self.complain("min repeat greater than max repeat", self.at - start - 1));
        }
        Ok(Some((least, most)))
    }

    fn number(&mut self) -> String {
        let mut digits = String::new();
        while let Some(c) = self.peek().filter(char::is_ascii_digit) {
            digits.push(c);
            self.at += 1;
        }
        digits
    }

    fn repeat(&mut self, start: usize, (least, most): (u64, u64), pieces: &mut Vec<Piece>) -> Parsed<Option<Piece>> {
        let complain = |message: &str| Err(Complaint { message: message.to_owned(), at: Some(start) });
        let Some(piece) = pieces.pop() else { return complain("nothing to repeat") };
        match piece.kind {
            Kind::Anchor | Kind::Nothing => return complain("nothing to repeat"),
            Kind::Repeat => return complain("multiple repeat"),
            Kind::Other => {}
        }
        let counts = match (least, most) {
            (0, MAX_REPEAT) => "*".to_owned(),
            (1, MAX_REPEAT) => "+".to_owned(),
            (0, 1) => "?".to_owned(),
            (least, MAX_REPEAT) => format!("{{{least},}}"),
            (least, most) => format!("{{{least},{most}}}"),
        };
        let text = match self.peek() {
            Some('?') => format!("(?:{}){counts}?", piece.text),
            Some('+') => format!("(?>(?:{}){counts})", piece.text),
            _ => format!("(?:{}){counts}", piece.text),
        };
        self.at += usize::from(matches!(self.peek(), Some('?' | '+')));
        let width = (piece.width.0.saturating_mul(least), piece.width.1.saturating_mul(most));
        pieces.push(Piece { text, width, kind: Kind::Repeat });
        Ok(None)
    }

    fn group(&mut self, start: usize, flags: u32, first: bool) -> Parsed<Piece> {
        if !self.takes('?') {
            return self.capture(start, flags, None);
        }
        let Some(c) = self.take() else { return Err(self.complain("unexpected end of pattern", 0)) };
        match c {
            'P' => self.named(start, flags),
            ':' => Ok(self.enclosed(start, "(?:", Some(flags))?),
            '#' => loop {
                match self.take() {
                    None => return Err(self.complain("missing ), unterminated comment", self.at - start)),
                    Some(')') => return Ok(Piece::nothing()),
                    Some(_) => {}
                }
            },
            '=' | '!' => self.look(start, flags, &format!("(?{c}"), false),
            '<' => match self.take() {
                None => Err(self.complain("unexpected end of pattern", 0)),
                Some(side @ ('=' | '!')) => self.look(start, flags, &format!("(?<{side}"), true),
                Some(other) => Err(self.complain(format!("unknown extension ?<{other}"), 3)),
            },
            '(' => self.conditional(start, flags),
            '>' => self.enclosed(start, "(?>", Some(flags)),
            '-' | 'a' | 'i' | 'L' | 'm' | 's' | 'u' | 'x' => {
                let at_start = start == 0 || (first && self.only_flags_before(start));
                self.with_flags(start, flags, c, at_start)
            }
            other => Err(self.complain(format!("unknown extension ?{other}"), 2)),
        }
    }

    /// Whether nothing but flags and comments stands before this place.
    fn only_flags_before(&self, start: usize) -> bool {
        let before: String = self.chars[..start].iter().collect();
        let groups = before.split_inclusive(')').all(|group| {
            let inner = group.strip_prefix("(?").and_then(|rest| rest.strip_suffix(')'));
            inner.is_some_and(|inner| inner.starts_with('#') || inner.chars().all(|c| "aiLmsux".contains(c)))
        });
        self.around.len() == 1 && self.depth == 0 && groups
    }

    /// What stands between a group's beginning and its end.
    fn enclosed(&mut self, start: usize, opening: &str, flags: Option<u32>) -> Parsed<Piece> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.complain("groups are nested too deep", 0));
        }
        let inside = self.alternatives(flags)?;
        self.depth -= 1;
        if !self.takes(')') {
            return Err(self.complain("missing ), unterminated subpattern", self.at - start));
        }
        Ok(Piece { text: format!("{opening}{})", inside.text), width: inside.width, kind: Kind::Other })
    }

    fn capture(&mut self, start: usize, flags: u32, name: Option<String>) -> Parsed<Piece> {
        let index = self.groups.len();
        let parent = self.around.last().copied().unwrap_or(0);
        self.groups.push(Group { name, parent, open: true, width: (0, 0) });
        self.around.push(index);
        let piece = self.enclosed(start, "(", Some(flags))?;
        self.around.pop();
        self.groups[index].open = false;
        self.groups[index].width = piece.width;
        Ok(piece)
    }

    fn named(&mut self, start: usize, flags: u32) -> Parsed<Piece> {
        match self.take() {
            None => Err(self.complain("unexpected end of pattern", 0)),
            Some('<') => {
                let name = self.until('>', "group name")?;
                self.check_name(&name, 1)?;
                if let Some(before) = self.groups.iter().position(|group| group.name.as_ref() == Some(&name)) {
                    let next = self.groups.len();
                    let message = format!("redefinition of group name '{name}' as group {next}; was group {before}");
                    return Err(self.complain(message, name.chars().count() + 1));
                }
                self.capture(start, flags, Some(name))
            }
            Some('=') => {
                let name = self.until(')', "group name")?;
                self.check_name(&name, 1)?;
                let Some(index) = self.groups.iter().position(|group| group.name.as_ref() == Some(&name)) else {
                    return Err(self.complain(format!("unknown group name '{name}'"), name.chars().count() + 1));
                };
                self.reference(index, name.chars().count() + 1)
            }
            Some(other) => Err(self.complain(format!("unknown extension ?P{other}"), 3)),
        }
    }

    fn check_name(&self, name: &str, offset: usize) -> Parsed<()> {
        let good = super::super::letters::identifies(name) && (!self.bytes || name.is_ascii());
        let complaint = || {
            let message = format!("bad character in group name '{name}'");
            self.complain(message, name.chars().count() + offset)
        };
        if good { Ok(()) } else { Err(complaint()) }
    }

    /// A reference to a group, written with so many characters.
    pub(super) fn reference(&self, index: usize, length: usize) -> Parsed<Piece> {
        let group = &self.groups[index];
        if group.open {
            return Err(self.complain("cannot refer to an open group", length));
        }
        Ok(Piece { text: format!("(?:\\{index})"), width: group.width, kind: Kind::Other })
    }

    fn look(&mut self, start: usize, flags: u32, opening: &str, behind: bool) -> Parsed<Piece> {
        let inside = self.enclosed(start, opening, Some(flags))?;
        if behind && inside.width.0 != inside.width.1 {
            return Err(Complaint { message: "look-behind requires fixed-width pattern".to_owned(), at: None });
        }
        Ok(Piece { text: inside.text, width: (0, 0), kind: Kind::Other })
    }

    fn conditional(&mut self, start: usize, flags: u32) -> Parsed<Piece> {
        let name = self.until(')', "group name")?;
        let length = name.chars().count() + 1;
        let index = if super::super::letters::identifies(&name) {
            let found = self.groups.iter().position(|group| group.name.as_ref() == Some(&name));
            found.ok_or_else(|| self.complain(format!("unknown group name '{name}'"), length))?
        } else {
            let number = name.parse::<usize>().ok();
            number.ok_or_else(|| self.complain(format!("bad character in group name '{name}'"), length))?
        };
        if index == 0 {
            return Err(self.complain("bad group number", length));
        }
        self.conditions.push((index, self.at - length));
        let yes = self.sequence(flags)?;
        let no = if self.takes('|') { Some(self.sequence(flags)?) } else { None };
        if self.peek() == Some('|') {
            return Err(self.complain("conditional backref with more than two branches", 0));
        }
        if !self.takes(')') {
            return Err(self.complain("missing ), unterminated subpattern", self.at - start));
        }
        let other = no.as_ref().map_or((0, 0), |no| no.width);
        let no = no.map_or(String::new(), |no| no.text);
        let width = (yes.width.0.min(other.0), yes.width.1.max(other.1));
        Ok(Piece { text: format!("(?({index})(?:{})|(?:{no}))", yes.text), width, kind: Kind::Other })
    }

    /// `(?i)`, `(?i:…)`, `(?-i:…)`
    fn with_flags(&mut self, start: usize, flags: u32, first: char, at_start: bool) -> Parsed<Piece> {
        let (mut added, mut removed) = (0, 0);
        let mut c = first;
        while c != '-' {
            added |= self.flag(c, added)?;
            let Some(next) = self.take() else { return Err(self.complain("missing -, : or )", 0)) };
            c = next;
            match c {
                ')' if at_start => {
                    self.flags |= added;
                    return Ok(Piece::nothing());
                }
                ')' => {
                    let message = "global flags not at the start of the expression";
                    return Err(self.complain(message, self.at - start));
                }
                ':' | '-' => break,
                c if flag_of(c).is_none() => return Err(self.unknown_flag(c, "missing -, : or )")),
                _ => {}
            }
        }
        if c == '-' {
            loop {
                let missing = if removed == 0 { "missing flag" } else { "missing :" };
                let Some(next) = self.take() else { return Err(self.complain(missing, 0)) };
                match flag_of(next) {
                    None if next == ':' && removed != 0 => break,
                    None => return Err(self.unknown_flag(next, missing)),
                    Some(flag) if flag & KINDS != 0 => {
                        let message = "bad inline flags: cannot turn off flags 'a', 'u' and 'L'";
                        return Err(self.complain(message, 0));
                    }
                    Some(flag) => removed |= flag,
                }
            }
        }
        if added & removed != 0 {
            return Err(self.complain("bad inline flags: flag turned on and off", 1));
        }
        let base = if added & KINDS != 0 { flags & !KINDS } else { flags };
        let opening = match (added & IGNORECASE, removed & IGNORECASE) {
            (0, 0) => "(?:",
            (_, 0) => "(?i:",
            _ => "(?-i:",
        };
        self.enclosed(start, opening, Some((base | added) & !removed))
    }

    fn flag(&self, c: char, added: u32) -> Parsed<u32> {
        let flag = flag_of(c).unwrap_or(0);
        let message = match (c, self.bytes) {
            ('L', false) => "bad inline flags: cannot use 'L' flag with a str pattern",
            ('u', true) => "bad inline flags: cannot use 'u' flag with a bytes pattern",
            _ if flag & KINDS != 0 && added & KINDS & !flag != 0 => {
                "bad inline flags: flags 'a', 'u' and 'L' are incompatible"
            }
            _ => return Ok(flag),
        };
        Err(self.complain(message, 0))
    }

    fn unknown_flag(&self, c: char, missing: &str) -> Complaint {
        self.complain(if c.is_alphabetic() { "unknown flag" } else { missing }, 1)
    }
}

fn too_many() -> Complaint {
    Complaint { message: "the repetition number is too large".to_owned(), at: None }
}

fn flag_of(c: char) -> Option<u32> {
    Some(match c {
        'i' => IGNORECASE,
        'L' => LOCALE,
        'm' => MULTILINE,
        's' => DOTALL,
        'u' => UNICODE,
        'x' => VERBOSE,
        'a' => ASCII,
        _ => return None,
    })
}
