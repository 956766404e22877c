//! Sets of characters, and what a backslash begins.

use super::class::{self, Member};
use super::translate::{ASCII, Complaint, Parsed, Parser, Piece};

impl Parser {
    /// `[…]`, behind its bracket.
    pub(super) fn set(&mut self, flags: u32) -> Parsed<String> {
        let start = self.at - 1;
        let unterminated = |parser: &Parser| Err(parser.complain("unterminated character set", parser.at - start));
        let negated = self.takes('^');
        let mut items = String::new();
        loop {
            let from = self.at;
            let Some(c) = self.take() else { return unterminated(self) };
            if c == ']' && !items.is_empty() {
                break;
            }
            let low = self.member(c, flags)?;
            if !self.takes('-') {
                items += &low.text();
                continue;
            }
            let Some(c) = self.take() else { return unterminated(self) };
            if c == ']' {
                items = items + &low.text() + "\\x{2d}";
                break;
            }
            let high = self.member(c, flags)?;
            match (&low, &high) {
                (Member::Char(a), Member::Char(b)) if a <= b => {
                    items += &format!("\\x{{{:x}}}-\\x{{{:x}}}", u32::from(*a), u32::from(*b));
                }
                _ => {
                    let range: String = self.chars[from..self.at].iter().collect();
                    return Err(self.complain(format!("bad character range {range}"), self.at - from));
                }
            }
        }
        Ok(if negated { format!("[^{items}]") } else { format!("[{items}]") })
    }

    /// One member of a set, which begins with `c`.
    fn member(&mut self, c: char, flags: u32) -> Parsed<Member> {
        if c != '\\' {
            return Ok(Member::Char(c));
        }
        let start = self.at - 1;
        let c = self.escaped()?;
        if let Some(category) = class::category(c, flags & ASCII != 0 || self.bytes) {
            return Ok(Member::Class(category));
        }
        let found = match c {
            'b' => Some('\u{8}'),
            '0'..='7' => Some(self.octal(start, c)?),
            c => self.character(start, c)?,
        };
        found.map(Member::Char).ok_or_else(|| self.bad_escape(start))
    }

    fn bad_escape(&self, start: usize) -> Complaint {
        let escape: String = self.chars[start..self.at].iter().collect();
        self.complain(format!("bad escape {escape}"), self.at - start)
    }

    /// Up to three octal digits.
    fn octal(&mut self, start: usize, first: char) -> Parsed<char> {
        let mut code = first.to_digit(8).unwrap_or(0);
        let mut digits = 1;
        while let Some(digit) = self.peek().and_then(|c| c.to_digit(8)).filter(|_| digits < 3) {
            code = code * 8 + digit;
            digits += 1;
            self.at += 1;
        }
        if code > 0o377 {
            let escape: String = self.chars[start..self.at].iter().collect();
            let message = format!("octal escape value {escape} outside of range 0-0o377");
            return Err(self.complain(message, self.at - start));
        }
        Ok(char::from(code as u8))
    }

    /// The character that an escape stands for which is the same inside and outside of a set.
    fn character(&mut self, start: usize, c: char) -> Parsed<Option<char>> {
        let digits = match c {
            'x' => 2,
            'u' if !self.bytes => 4,
            'U' if !self.bytes => 8,
            'a' => return Ok(Some('\u{7}')),
            'f' => return Ok(Some('\u{c}')),
            'n' => return Ok(Some('\n')),
            'r' => return Ok(Some('\r')),
            't' => return Ok(Some('\t')),
            'v' => return Ok(Some('\u{b}')),
            c if c.is_ascii_alphanumeric() => return Ok(None),
            c => return Ok(Some(c)),
        };
        let mut code = 0;
        for _ in 0..digits {
            let Some(digit) = self.peek().and_then(|c| c.to_digit(16)) else {
                let escape: String = self.chars[start..self.at].iter().collect();
                return Err(self.complain(format!("incomplete escape {escape}"), self.at - start));
            };
            code = code * 16 + digit;
            self.at += 1;
        }
        char::from_u32(code).map(Some).ok_or_else(|| self.bad_escape(start))
    }

    /// An escape outside of a set.
    pub(super) fn escape(&mut self, flags: u32) -> Parsed<Piece> {
        let start = self.at - 1;
        let ascii = flags & ASCII != 0 || self.bytes;
        let c = self.escaped()?;
        if let Some(category) = class::category(c, ascii) {
            return Ok(Piece::one(format!("[{category}]")));
        }
        let word = class::category('w', true).unwrap_or_default();
        match c {
            'A' => return Ok(Piece::anchor("\\A")),
            'Z' => return Ok(Piece::anchor("\\z")),
            'b' if ascii => {
                return Ok(Piece::anchor(format!("(?:(?<=[{word}])(?![{word}])|(?<![{word}])(?=[{word}]))")));
            }
            'B' if ascii => {
                return Ok(Piece::anchor(format!("(?:(?<=[{word}])(?=[{word}])|(?<![{word}])(?![{word}]))")));
            }
            'b' | 'B' => return Ok(Piece::anchor(format!("\\{c}"))),
            '0' => return Ok(Piece::one(class::literal(self.octal(start, c)?))),
            '1'..='9' => return self.numbered(start, c),
            _ => {}
        }
        match self.character(start, c)? {
            Some(c) => Ok(Piece::one(class::literal(c))),
            None => Err(self.bad_escape(start)),
        }
    }

    /// `\1`, or an octal escape.
    fn numbered(&mut self, start: usize, first: char) -> Parsed<Piece> {
        let octal = |c: Option<&char>| c.is_some_and(|c| c.is_digit(8));
        if first.is_digit(8) && octal(self.chars.get(self.at)) && octal(self.chars.get(self.at + 1)) {
            return Ok(Piece::one(class::literal(self.octal(start, first)?)));
        }
        let mut index = first.to_digit(10).unwrap_or(0) as usize;
        if let Some(digit) = self.peek().and_then(|c| c.to_digit(10)) {
            index = index * 10 + digit as usize;
            self.at += 1;
        }
        if index >= self.groups.len() {
            return Err(self.complain(format!("invalid group reference {index}"), self.at - start - 1));
        }
        self.reference(index, self.at - start)
    }
}
