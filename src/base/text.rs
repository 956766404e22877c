//! Text from outside, made safe to show.
//!
//! Names, paths, source, values and output come from a file that someone else wrote. `SafeText` stands between them and
//! screen, messages, logs and exports, so that they can neither control the terminal nor mislead the reader.

use std::fmt;
use unicode_segmentation::UnicodeSegmentation;

/// The longest line that is shown, in bytes; the rest is cut and marked with an ellipsis.
const LINE_LIMIT: usize = 4096;
/// The longest name that a message repeats, in characters: enough to recognise it.
const BRIEF: usize = 100;
/// The most combining marks that one grapheme keeps.
const MARK_LIMIT: usize = 4;
/// Columns between tab stops.
const TAB: usize = 8;

/// One line of text that is safe to show: tabs are expanded, control characters shown as pictures (`␛`), bidirectional
/// and invisible characters as their code point (`<U+202E>`), each grapheme keeps at most four marks, and the line is at
/// most 4 KiB long.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct SafeText(String);

impl SafeText {
    /// Makes `raw` safe. Line ends become pictures too: split into lines first where lines are wanted.
    pub fn new(raw: &str) -> Self {
        if raw.len() <= LINE_LIMIT && raw.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
            return SafeText(raw.to_owned());
        }
        let mut safe = String::with_capacity(raw.len().min(LINE_LIMIT));
        for grapheme in raw.graphemes(true) {
            if safe.len() + grapheme.len() > LINE_LIMIT {
                safe.push('…');
                break;
            }
            push_grapheme(&mut safe, grapheme);
        }
        SafeText(safe)
    }

    /// As [`SafeText::new`], for a name inside a message: a long one loses its middle.
    pub fn brief(raw: &str) -> Self {
        let graphemes = || raw.graphemes(true);
        if raw.len() <= BRIEF || graphemes().nth(BRIEF).is_none() {
            return SafeText::new(raw);
        }
        let head: String = graphemes().take(BRIEF / 2).collect();
        let mut tail: Vec<&str> = graphemes().rev().take(BRIEF / 2 - 1).collect();
        tail.reverse();
        SafeText(format!("{}…{}", SafeText::new(&head), SafeText::new(&tail.concat())))
    }

    /// As [`SafeText::new`], for a sentence with names in it: long ones lose their middle.
    pub fn sentence(raw: &str) -> Self {
        let words: Vec<String> = raw.split(' ').map(|word| SafeText::brief(word).into_string()).collect();
        SafeText::new(&words.join(" "))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, owned.
    pub fn into_string(self) -> String {
        self.0
    }
}

impl fmt::Display for SafeText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

fn push_grapheme(safe: &mut String, grapheme: &str) {
    let mut marks = 0;
    for (index, c) in grapheme.chars().enumerate() {
        if c == '\t' {
            let column = safe.chars().count() % TAB;
            safe.extend(std::iter::repeat_n(' ', TAB - column));
        } else if let Some(picture) = control_picture(c) {
            safe.push(picture);
        } else if is_deceptive(c) {
            safe.push_str(&format!("<U+{:04X}>", u32::from(c)));
        } else if index == 0 {
            safe.push(c);
        } else if marks < MARK_LIMIT {
            marks += 1;
            safe.push(c);
        }
    }
}

/// U+2400 and on hold a picture for each C0 control; C1 controls get the replacement character.
fn control_picture(c: char) -> Option<char> {
    match u32::from(c) {
        code @ 0..=0x1f => char::from_u32(0x2400 + code),
        0x7f => Some('\u{2421}'),
        0x80..=0x9f => Some('\u{fffd}'),
        _ => None,
    }
}

/// Characters that reorder their surroundings or cannot be seen. The zero-width joiner stays: emoji need it.
fn is_deceptive(c: char) -> bool {
    matches!(c,
        '\u{061c}' | '\u{200b}' | '\u{200c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' | '\u{00ad}' | '\u{115f}' | '\u{1160}' | '\u{3164}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn safe(raw: &str) -> String {
        SafeText::new(raw).into_string()
    }

    #[test]
    fn controls_become_pictures_and_tabs_become_spaces() {
        assert_eq!(safe("a\x1b[31mb\x07\r\n"), "a␛[31mb␇␍␊");
        assert_eq!(safe("a\tb"), "a       b");
        assert_eq!(safe("\u{9b}x"), "\u{fffd}x");
    }

    #[test]
    fn text_that_deceives_the_eye_is_spelled_out() {
        assert_eq!(safe("a\u{202e}b"), "a<U+202E>b");
        assert_eq!(safe("pass\u{200b}word"), "pass<U+200B>word");
    }

    #[test]
    fn marks_and_length_are_bounded() {
        assert_eq!(safe(&format!("e{}", "\u{301}".repeat(50))).chars().count(), 5);
        let long = safe(&"x".repeat(10_000));
        assert!(long.len() <= LINE_LIMIT + '…'.len_utf8() && long.ends_with('…'));
    }

    #[test]
    fn a_long_name_keeps_its_ends() {
        let brief = |raw: &str| SafeText::brief(raw).into_string();
        assert_eq!(brief("worker\x1b"), "worker␛");
        assert_eq!(brief(&"ş".repeat(100)), "ş".repeat(100));
        let long = brief(&format!("first{}last", "-\u{202e}".repeat(50_000)));
        assert!(long.starts_with("first-") && long.ends_with("last") && long.contains('…'), "{long}");
        assert!(long.len() < 2000 && !long.contains('\u{202e}'), "{long}");
        let said = SafeText::sentence(&format!("there is no {}; did you mean it?", "x".repeat(100_000))).into_string();
        assert!(said.len() < 200 && said.ends_with("xxx; did you mean it?"), "{said}");
    }

    #[test]
    fn ordinary_text_in_any_script_is_untouched() {
        for text in ["hello", "iş parçacığı", "日本語", "👩‍👩‍👧 ok"] {
            assert_eq!(safe(text), text);
        }
    }
}
