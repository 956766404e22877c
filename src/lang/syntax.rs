//! The parser's complaints in CPython's words.

use super::span;
use crate::base::{Diagnostic, Source, Span, diagnostic::Reason};
use ruff_python_ast::token::TokenKind;
use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{ModModule, Stmt};
use ruff_python_parser::{LexicalErrorType, ParseError, ParseErrorType, Parsed};
use ruff_text_size::{Ranged, TextSize};

/// What the parser found wrong: a bracket that does not match explains all that follows it; else one complaint a line.
pub(super) fn complaints(source: &Source, parsed: &Parsed<ModModule>) -> Vec<Diagnostic> {
    if parsed.errors().is_empty() {
        return Vec::new();
    }
    if let Some(complaint) = unmatched_bracket(source.text(), parsed) {
        return vec![complaint];
    }
    let mut complaints: Vec<Diagnostic> = Vec::new();
    let mut last_line = 0;
    for error in parsed.errors().iter().filter(|error| !is_a_name(parsed, error)) {
        let at = visible(source, span(error));
        let line = source.line_of(at.start);
        // The block behind a header that went wrong looks out of place to the parser.
        let follows = error.error == ParseErrorType::UnexpectedIndentation && line == last_line + 1 && last_line > 0;
        if line != last_line && !follows {
            let mut complaint = Diagnostic::new(Reason::Syntax, at, message(&error.error));
            complaint.advice = advice(source, at, &error.error).map(str::to_owned);
            complaints.push(complaint);
            last_line = line;
        }
    }
    complaints
}

/// Whether the complaint is about `match` as a plain name behind a semicolon, where the parser takes it for the statement
/// and then reads it as what it is.
fn is_a_name(parsed: &Parsed<ModModule>, error: &ParseError) -> bool {
    if error.error != ParseErrorType::SimpleAndCompoundStatementOnSameLine {
        return false;
    }
    let mut search = BehindSemicolon { at: error.location.start(), found: false };
    search.visit_body(&parsed.syntax().body);
    search.found
}

/// Whether a simple statement begins at this place, behind another one of the same block.
struct BehindSemicolon {
    at: TextSize,
    found: bool,
}

impl<'a> Visitor<'a> for BehindSemicolon {
    fn visit_body(&mut self, body: &'a [Stmt]) {
        let both = |pair: &[Stmt]| pair[1].start() == self.at && pair.iter().all(is_simple);
        self.found |= body.windows(2).any(both);
        visitor::walk_body(self, body);
    }
}

fn is_simple(statement: &Stmt) -> bool {
    !matches!(
        statement,
        Stmt::FunctionDef(_)
            | Stmt::ClassDef(_)
            | Stmt::For(_)
            | Stmt::While(_)
            | Stmt::If(_)
            | Stmt::With(_)
            | Stmt::Match(_)
            | Stmt::Try(_)
    )
}

/// At least one character wide, inside the text, and on one line.
fn visible(source: &Source, at: Span) -> Span {
    let text = source.text();
    let mut start = (at.start as usize).min(text.len());
    if start == text.len() {
        start = text.trim_end().len().saturating_sub(1);
    } else if text[start..].starts_with('\n') {
        start = start.saturating_sub(1); // what is missing at a line's end is missing behind its last character
    }
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let rest = &text[start..];
    let line = rest.find('\n').unwrap_or(rest.len()) as u32;
    let first = rest.chars().next().map_or(0, char::len_utf8) as u32;
    let width = at.end.saturating_sub(start as u32).min(line).max(first);
    Span::new(start as u32, start as u32 + width)
}

fn unmatched_bracket(text: &str, parsed: &Parsed<ModModule>) -> Option<Diagnostic> {
    // A string that goes wrong takes the brackets behind it with it.
    let in_string = |error: &ParseErrorType| match error {
        ParseErrorType::Lexical(error) => *error != LexicalErrorType::Eof,
        ParseErrorType::FStringError(_) | ParseErrorType::TStringError(_) => true,
        _ => false,
    };
    if parsed.errors().iter().any(|error| in_string(&error.error)) {
        return None;
    }
    let mut open: Vec<Span> = Vec::new();
    let complain = |at: Span, message: String| Some(Diagnostic::new(Reason::Syntax, at, message));
    let written = |at: Span| &text[at.start as usize..at.end as usize];
    for token in parsed.tokens() {
        let at = span(token.range());
        match token.kind() {
            TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace => open.push(at),
            TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => match open.pop() {
                None => return complain(at, format!("unmatched '{}'", written(at))),
                Some(opening) if !matches!((written(opening), written(at)), ("(", ")") | ("[", "]") | ("{", "}")) => {
                    let (closing, opening) = (written(at), written(opening));
                    let message =
                        format!("closing parenthesis '{closing}' does not match opening parenthesis '{opening}'");
                    return complain(at, message);
                }
                Some(_) => {}
            },
            _ => {}
        }
    }
    open.last().and_then(|&at| complain(at, format!("'{}' was never closed", written(at))))
}

/// What to do about mistakes that beginners make.
fn advice(source: &Source, at: Span, error: &ParseErrorType) -> Option<&'static str> {
    let text = source.text();
    let before = text[..at.start as usize].trim_end();
    match error {
        ParseErrorType::ExpectedToken { expected: TokenKind::Colon, .. }
            if text[at.start as usize..].starts_with('=') =>
        {
            Some("write `==` to compare")
        }
        ParseErrorType::SimpleStatementsOnSameLine if before.ends_with("print") => {
            Some("put parentheses around what is printed: `print(…)`")
        }
        _ => None,
    }
}

fn message(error: &ParseErrorType) -> String {
    use ParseErrorType as E;
    let known = match error {
        E::ExpectedToken { expected: TokenKind::Colon, .. } => "expected ':'",
        E::ExpectedExpression
        | E::SimpleStatementsOnSameLine
        | E::SimpleAndCompoundStatementOnSameLine
        | E::UnexpectedExpressionToken => "invalid syntax",
        E::UnexpectedIndentation => "unexpected indent",
        E::PositionalAfterKeywordArgument => "positional argument follows keyword argument",
        E::PositionalAfterKeywordUnpacking => "positional argument follows keyword argument unpacking",
        E::NonDefaultParamAfterDefaultParam => "parameter without a default follows parameter with a default",
        E::InvalidAssignmentTarget | E::InvalidNamedAssignmentTarget => "cannot assign to this expression",
        E::InvalidAugmentedAssignmentTarget => "illegal expression for augmented assignment",
        E::InvalidDeleteTarget => "cannot delete this expression",
        E::InvalidStarredExpressionUsage => "can't use starred expression here",
        E::UnexpectedIpythonEscapeCommand => "invalid syntax",
        E::Lexical(LexicalErrorType::UnclosedStringError) => "unterminated string literal",
        E::Lexical(LexicalErrorType::LineContinuationError) => "unexpected character after line continuation character",
        E::Lexical(LexicalErrorType::UnicodeError) => "wrong `\\` escape in a string",
        E::Lexical(LexicalErrorType::Eof) => "unexpected EOF while parsing",
        E::Lexical(LexicalErrorType::UnrecognizedToken { tok }) => return format!("invalid character '{tok}'"),
        other => {
            let text = other.to_string();
            let mut letters = text.chars();
            let first = letters.next().map(|letter| letter.to_ascii_lowercase());
            return first.into_iter().chain(letters).collect::<String>().replace('`', "'");
        }
    };
    known.to_owned()
}
