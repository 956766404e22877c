//! A cheap look at how deeply a text is nested, before anything recurses over it.
//!
//! The parser, the tree's destructor and the compiler all recurse as deep as the tree. The lexer does not, so it can tell
//! in time.

use super::room::Depths;
use crate::base::{Diagnostic, Span, diagnostic::Reason};
use ruff_python_ast::token::TokenKind;
use ruff_python_parser::{Mode, lexer::lex};

/// What is nested too deeply.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Excess {
    Brackets,
    Indentation,
    Chain,
}

/// Complains about a text that is nested too deeply to be compiled.
pub(super) fn check(text: &str, most: Depths) -> Option<Diagnostic> {
    let excess = excess(text, most)?;
    let at = position(text, most) as u32;
    let Depths { brackets, indentation, chain } = most;
    let (message, advice) = match excess {
        Excess::Brackets => {
            (format!("more than {brackets} nested brackets are not supported"), "take inner parts out into variables")
        }
        Excess::Indentation => (
            format!("more than {indentation} levels of indentation are not supported"),
            "take inner blocks out into functions",
        ),
        Excess::Chain => (
            format!("an expression of more than {chain} operators is not supported"),
            "split it into several statements",
        ),
    };
    Some(Diagnostic::new(Reason::Unsupported, Span::new(at.saturating_sub(1), at), message).advise(advice))
}

/// The length of the shortest prefix that is nested too deeply: the lexer gives kinds without places.
fn position(text: &str, most: Depths) -> usize {
    let (mut fine, mut excessive) = (0, text.len());
    while excessive - fine > 1 {
        let middle = text.floor_char_boundary(fine + (excessive - fine) / 2);
        if middle == fine {
            break;
        }
        if excess(&text[..middle], most).is_some() { excessive = middle } else { fine = middle }
    }
    excessive
}

fn excess(text: &str, most: Depths) -> Option<Excess> {
    let mut lexer = lex(text, Mode::Module);
    // How long the chain is now, and how long it was where each open bracket began: a comma goes back to there.
    let (mut chain, mut open, mut indentation) = (0_usize, vec![0], 0_usize);
    loop {
        match lexer.next_token() {
            TokenKind::EndOfFile => return None,
            TokenKind::Indent => indentation += 1,
            TokenKind::Dedent => indentation = indentation.saturating_sub(1),
            TokenKind::Newline | TokenKind::Semi => {
                chain = 0;
                open = vec![0];
            }
            TokenKind::Comma => chain = open.last().copied().unwrap_or(0),
            TokenKind::Lpar
            | TokenKind::Lsqb
            | TokenKind::Lbrace
            | TokenKind::FStringStart
            | TokenKind::TStringStart => {
                chain += 1;
                open.push(chain);
            }
            TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace | TokenKind::FStringEnd | TokenKind::TStringEnd => {
                chain = open.pop().unwrap_or(chain);
            }
            // A lambda's body goes on behind the commas between its parameters.
            TokenKind::Lambda => {
                chain += 1;
                open.pop();
                open.push(chain);
            }
            kind if deepens(kind) => chain += 1,
            _ => {}
        }
        if open.len() > most.brackets + 1 {
            return Some(Excess::Brackets);
        } else if indentation > most.indentation {
            return Some(Excess::Indentation);
        } else if chain > most.chain {
            return Some(Excess::Chain);
        }
    }
}

/// Tokens that can each make an expression one level deeper.
fn deepens(kind: TokenKind) -> bool {
    use TokenKind as T;
    let flat = matches!(kind, T::Colon | T::Equal | T::Rarrow | T::Ellipsis);
    kind.is_operator() && !flat || matches!(kind, T::Not | T::If | T::Else | T::Await | T::Yield)
}

#[cfg(test)]
mod tests {
    use super::super::room::DEPTHS;
    use super::*;

    fn check(text: &str) -> Option<Diagnostic> {
        super::check(text, DEPTHS)
    }

    fn message(text: &str) -> Option<(String, Span)> {
        check(text).map(|diagnostic| (diagnostic.message, diagnostic.span.unwrap_or_default()))
    }

    #[test]
    fn deep_texts_are_turned_away_at_the_place_where_they_become_too_deep() {
        let brackets = format!("x = 1\ny = {}1{}", "(".repeat(5000), ")".repeat(5000));
        assert_eq!(
            message(&brackets),
            Some(("more than 100 nested brackets are not supported".into(), Span::new(110, 111)))
        );
        let blocks: String = (0..200).map(|depth| format!("{}if x:\n", " ".repeat(depth))).collect();
        assert_eq!(
            message(&blocks).map(|(message, _)| message),
            Some("more than 100 levels of indentation are not supported".into())
        );
    }

    #[test]
    fn long_chains_are_turned_away() {
        let chains = [
            format!("x = {}1", "not ".repeat(10_000)),
            format!("x = {}1", "-".repeat(10_000)),
            format!("x = 1{}", " + 1".repeat(10_000)),
            format!("x = a{}", ".b".repeat(10_000)),
            format!("x = a{}", "()".repeat(10_000)),
            format!("x = a{}", "[0]".repeat(10_000)),
            format!("x = 1{}", " ** 1".repeat(10_000)),
            format!("x = {}1", "lambda: ".repeat(10_000)),
            format!("x = {}1", "lambda a, b: ".repeat(10_000)),
            format!("x = 1{}", " if 1 else 1".repeat(10_000)),
            format!("x = {}", "f'{".repeat(10_000)),
        ];
        for text in chains {
            assert!(check(&text).is_some(), "{}", &text[..20]);
        }
    }

    #[test]
    fn wide_texts_are_fine() {
        let wide = [
            format!("x = [{}]", "f(1) + 2, ".repeat(10_000)),
            "x = f(a)(b)[c].d\n".repeat(10_000),
            format!("x = ({})", "'(((((' \n".repeat(10_000)),
            format!("# {}", "(".repeat(10_000)),
            format!("x = 1{}", " + 1".repeat(900)),
        ];
        for text in wide {
            assert_eq!(check(&text), None, "{}", &text[..20]);
        }
    }
}
