//! What a message between processes says, for people. A value that refers to nothing travels as it is, alone in a tuple;
//! anything else as the library's `_Writer` wrote it down.

use super::shared::Turn;
use crate::event::Shown;
use crate::machine::memory::value::Value;

/// No more characters are shown.
const LONGEST: usize = 60;

/// The message as events carry it.
pub(super) fn said(turn: &Turn<'_>, message: &Value) -> Shown {
    let Value::Tuple(parts) = message else { return turn.shown(message) };
    match &parts[..] {
        _ if turn.shared.silent => Shown::None,
        [value] => turn.shown(value),
        [Value::None, node] => {
            let mut text = String::new();
            write(turn, node, &mut text);
            let cut = text.char_indices().nth(LONGEST).map(|(at, _)| at);
            Shown::Text(cut.map_or_else(|| text.as_str().into(), |at| format!("{}…", &text[..at]).into()))
        }
        _ => turn.shown(message),
    }
}

/// Adds what a node of the library's stands for.
fn write(turn: &Turn<'_>, node: &Value, to: &mut String) {
    let Value::Tuple(parts) = node else { return to.push('…') };
    let Some((Value::Str(mark), rest)) = parts.split_first() else { return to.push('…') };
    if to.len() > LONGEST * 4 {
        return;
    }
    match (mark.as_str(), rest) {
        ("v", [value]) => to.push_str(&turn.shown(value).to_string()),
        ("t", [_, items]) => several(turn, items, ("(", ")"), to),
        ("l", [_, items]) => several(turn, items, ("[", "]"), to),
        ("s", [_, items]) => several(turn, items, ("{", "}"), to),
        ("f", [_, items]) => several(turn, items, ("frozenset({", "})"), to),
        ("q", [_, items]) => several(turn, items, ("deque([", "])"), to),
        ("d", [_, Value::Tuple(items)]) => {
            to.push('{');
            for (index, item) in items.iter().enumerate() {
                to.push_str(if index > 0 { ", " } else { "" });
                if let Value::Tuple(pair) = item
                    && let [key, value] = &pair[..]
                {
                    write(turn, key, to);
                    to.push_str(": ");
                    write(turn, value, to);
                }
            }
            to.push('}');
        }
        ("g", [_, Value::Str(name)]) => to.push_str(name.as_str()),
        ("e", [kind, Value::Str(name)]) => {
            write(turn, kind, to);
            to.push('.');
            to.push_str(name.as_str());
        }
        ("x", [_, kind, arguments, ..]) => {
            write(turn, kind, to);
            write(turn, arguments, to);
        }
        ("i" | "r" | "b", [_, kind, ..]) => {
            to.push('<');
            write(turn, kind, to);
            to.push('>');
        }
        _ => to.push('…'),
    }
}

fn several(turn: &Turn<'_>, items: &Value, (open, close): (&str, &str), to: &mut String) {
    let Value::Tuple(items) = items else { return to.push('…') };
    to.push_str(open);
    for (index, item) in items.iter().enumerate() {
        to.push_str(if index > 0 { ", " } else { "" });
        write(turn, item, to);
    }
    to.push_str(if open == "(" && items.len() == 1 { ",)" } else { close });
}
