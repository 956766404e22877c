//! What `re` needs of the machine: patterns are translated ([`translate`]) for a crate that backtracks, as CPython does. The
//! module itself is in `lang/library/re.py`.
//!
//! A pattern in a state is its text and its flags. What the crate makes of these is the same every time, and kept for the
//! operating-system thread ([`COMPILED`]): no state holds it.
//!
//! Bytes are searched as the characters with their numbers.

mod class;
mod escape;
mod translate;

use super::arguments::{function, index};
use super::fault::{Attempt, Fault, memory_error, native, type_error, value_error};
use super::types;
use crate::machine::memory::budget::ELEMENT;
use crate::machine::memory::lookout;
use crate::machine::memory::native::{Arguments, Context, Native};
use crate::machine::memory::value::{Str, Value};
use fancy_regex::{Captures, Error, Regex, RegexBuilder, RegexInput, RuntimeError};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use translate::{Complaint, Translated};

/// The functions that `re.py` calls.
pub static FUNCTIONS: &[Native] =
    &[native!("__re_compile", compile), native!("__re_first", first), native!("__re_all", all)];

/// How often the crate may go back before the matcher looks up: after each look ten times as often.
const BACKTRACKS: usize = 1_000_000;
/// How many patterns are kept.
const KEPT: usize = 128;

/// A pattern as the crate has it.
struct Compiled {
    translated: Translated,
    /// `None`: it never matches.
    regex: Option<Regex>,
}

/// What a pattern is compiled for.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Shape {
    /// Any match.
    Plain,
    /// A match that reaches the end of the text.
    Full,
    /// A match of one character or more.
    NotEmpty,
}

/// A pattern: its text, its flags, whether it is for bytes, and what it is compiled for.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    text: Box<str>,
    flags: u32,
    bytes: bool,
    shape: Shape,
}

thread_local! {
    static COMPILED: RefCell<HashMap<Key, Rc<Compiled>>> = RefCell::default();
}

fn built(translated: &Translated, shape: Shape, backtracks: usize) -> Option<Regex> {
    let text = match shape {
        Shape::Full => format!("(?:{})\\z", translated.text),
        Shape::Plain | Shape::NotEmpty => translated.text.clone(),
    };
    let mut builder = RegexBuilder::new(&text);
    builder.backtrack_limit(backtracks).find_not_empty(shape == Shape::NotEmpty).delegate_size_limit(1 << 28);
    builder.build().ok()
}

fn compiled(key: &Key) -> Result<Rc<Compiled>, Complaint> {
    if let Some(found) = COMPILED.with_borrow(|kept| kept.get(key).cloned()) {
        return Ok(found);
    }
    let translated = translate::translate(&key.text, key.flags, key.bytes)?;
    let refused = || Complaint { message: "this pattern is not supported by raddle".to_owned(), at: None };
    let regex = built(&translated, key.shape, BACKTRACKS);
    // A pattern that can match nothing but empty text has no form that matches more.
    let regex = if key.shape == Shape::NotEmpty { regex } else { Some(regex.ok_or_else(refused)?) };
    let compiled = Rc::new(Compiled { translated, regex });
    COMPILED.with_borrow_mut(|kept| {
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(key.clone(), compiled.clone());
    });
    Ok(compiled)
}

/// A pattern and what it is for, or a text: bytes as characters.
fn text_of(value: &Value) -> Attempt<(Str, bool)> {
    match value.plain() {
        Value::Str(text) => Ok((text.clone(), false)),
        Value::Bytes(bytes) => Ok((Str::new(bytes.iter().map(|byte| char::from(*byte)).collect::<String>()), true)),
        other => Err(type_error(format!("expected string or bytes-like object, got '{}'", types::name_of(other)))),
    }
}

fn key_of(pattern: &Value, flags: &Value, shape: Shape) -> Attempt<Key> {
    let (text, bytes) = text_of(pattern)?;
    Ok(Key { text: text.as_str().into(), flags: index(flags)? as u32, bytes, shape })
}

/// `__re_compile(pattern, flags)`: the flags, the number of groups, and the names with their groups. What is wrong with the
/// pattern instead: the message, and the place or `None`.
fn compile(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [pattern, flags] = function("__re_compile", args)?;
    let key = key_of(pattern, flags, Shape::Plain)?;
    lookout::weigh(key.text.len() * 16);
    Ok(Value::tuple(match compiled(&key) {
        Ok(compiled) => {
            let translated = &compiled.translated;
            let pair = |(name, group): &(String, usize)| {
                Value::tuple(vec![Value::str(name.as_str()), Value::Int(*group as i64)])
            };
            let names = Value::tuple(translated.names.iter().map(pair).collect());
            vec![Value::Int(i64::from(translated.flags)), Value::Int(translated.parents.len() as i64 - 1), names]
        }
        Err(complaint) => {
            let place = complaint.at.map_or(Value::None, |at| Value::Int(at as i64));
            vec![Value::str(complaint.message), place]
        }
    }))
}

/// A pattern that was compiled before.
fn known(key: &Key) -> Attempt<Rc<Compiled>> {
    compiled(key).map_err(|complaint| value_error(complaint.message))
}

/// A text that is searched, and the part of it that is.
struct Subject<'t> {
    text: &'t str,
    ascii: bool,
    /// The last place that was asked for: bytes and characters before it.
    known: (usize, usize),
}

impl<'t> Subject<'t> {
    fn new(text: &'t Str) -> Self {
        Subject { text: text.as_str(), ascii: text.is_ascii(), known: (0, 0) }
    }

    /// The place behind so many characters, in bytes.
    fn byte(&self, chars: usize) -> usize {
        if self.ascii {
            return chars.min(self.text.len());
        }
        self.text.char_indices().nth(chars).map_or(self.text.len(), |(at, _)| at)
    }

    /// The characters before a place. Fast for places that come one after the other.
    fn chars(&mut self, byte: usize) -> i64 {
        if self.ascii {
            return byte as i64;
        }
        let (bytes, chars) = self.known;
        let chars = match byte.checked_sub(bytes) {
            Some(_) => chars + self.text[bytes..byte].chars().count(),
            None => self.text[..byte].chars().count(),
        };
        self.known = (byte, chars);
        chars as i64
    }

    /// A match: where each group begins and ends, the whole first, and the group that ended last.
    fn shown(&mut self, found: &[Option<(usize, usize)>], parents: &[usize]) -> Value {
        let mut places = Vec::with_capacity(2 * found.len() + 1);
        for group in found {
            let (start, end) = group.map_or((-1, -1), |(start, end)| (self.chars(start), self.chars(end)));
            places.extend([Value::Int(start), Value::Int(end)]);
        }
        places.push(last_group(found, parents).map_or(Value::None, |group| Value::Int(group as i64)));
        Value::tuple(places)
    }
}

/// The group that ended last: of those that end at the same place, the one around the others, else the later one.
fn last_group(found: &[Option<(usize, usize)>], parents: &[usize]) -> Option<usize> {
    let around = |outer: usize, inner: usize| {
        std::iter::successors(Some(inner), |group| parents.get(*group).copied().filter(|parent| *parent > 0))
            .any(|group| group == outer)
    };
    let mut last: Option<(usize, usize)> = None;
    for (group, place) in found.iter().enumerate().skip(1) {
        let Some((_, end)) = place else { continue };
        if last.is_none_or(|(before, most)| *end > most || (*end == most && !around(before, group))) {
            last = Some((group, *end));
        }
    }
    last.map(|(group, _)| group)
}

type Places = Vec<Option<(usize, usize)>>;

fn places(found: &Captures<'_, str>) -> Places {
    (0..found.len()).map(|group| found.get(group).map(|found| (found.start(), found.end()))).collect()
}

fn attempt(regex: &Regex, input: RegexInput<'_, str>) -> fancy_regex::Result<Option<Places>> {
    Ok(regex.captures_input(input)?.map(|found| places(&found)))
}

/// Searches with a pattern of the crate. When that goes back too often, a look is taken, and it starts again with more room.
fn captured(compiled: &Compiled, shape: Shape, input: &RegexInput<'_, str>) -> Attempt<Option<Places>> {
    let Some(regex) = &compiled.regex else { return Ok(None) };
    let mut result = attempt(regex, input.clone());
    let mut backtracks = BACKTRACKS;
    loop {
        match result {
            Ok(found) => return Ok(found),
            Err(Error::RuntimeError(RuntimeError::BacktrackLimitExceeded)) if backtracks < usize::MAX / 10 => {}
            Err(_) => return Err(memory_error()),
        }
        lookout::weigh(backtracks);
        backtracks *= 10;
        let patient = built(&compiled.translated, shape, backtracks).ok_or_else(memory_error)?;
        result = attempt(&patient, input.clone());
    }
}

/// The text between two places, as far as they are in it; `None` when they are not in order.
fn bounded(text: &Str, start: &Value, end: &Value) -> Attempt<Option<(usize, usize)>> {
    let place = |value: &Value| Ok::<usize, Fault>(index(value)?.clamp(0, text.len() as i64) as usize);
    let (start, end) = (place(start)?, place(end)?);
    if start > end {
        return Ok(None);
    }
    let subject = Subject::new(text);
    Ok(Some((subject.byte(start), subject.byte(end))))
}

/// `__re_first(pattern, flags, text, start, end, mode)`: the first match or `None`; `mode` is `search`, `match` or
/// `fullmatch`.
fn first(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [pattern, flags, text, start, end, mode] = function("__re_first", args)?;
    let (text, _) = text_of(text)?;
    let mode = if let Value::Str(mode) = mode { mode.as_str() } else { "search" };
    let shape = if mode == "fullmatch" { Shape::Full } else { Shape::Plain };
    let compiled = known(&key_of(pattern, flags, shape)?)?;
    let Some((start, end)) = bounded(&text, start, end)? else { return Ok(Value::None) };
    let input = RegexInput::new(&text.as_str()[..end]).from_pos(start).anchored(mode != "search");
    lookout::weigh(end - start);
    let found = captured(&compiled, shape, &input)?;
    Ok(found.map_or(Value::None, |found| Subject::new(&text).shown(&found, &compiled.translated.parents)))
}

/// `__re_all(pattern, flags, text, start, end, most)`: every match in its order, `most` at most, or all when that is 0. A match
/// of no characters is followed by one that has some, or begins later.
fn all(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [pattern, flags, text, start, end, most] = function("__re_all", args)?;
    let (text, _) = text_of(text)?;
    let most = index(most)?;
    let key = key_of(pattern, flags, Shape::Plain)?;
    let compiled = known(&key)?;
    let Some((mut at, end)) = bounded(&text, start, end)? else { return Ok(Value::tuple(Vec::new())) };
    let whole = RegexInput::new(&text.as_str()[..end]);
    let mut subject = Subject::new(&text);
    let mut matches = Vec::new();
    let mut was_empty = false;
    while most <= 0 || (matches.len() as i64) < most {
        let mut found = None;
        if was_empty {
            let key = Key { shape: Shape::NotEmpty, ..key.clone() };
            let not_empty = known(&key)?;
            found = captured(&not_empty, key.shape, &whole.clone().from_pos(at).anchored(true))?;
            at = match text.as_str()[at..end].chars().next() {
                Some(c) => at + c.len_utf8(),
                None => break,
            };
        }
        if found.is_none() {
            found = captured(&compiled, Shape::Plain, &whole.clone().from_pos(at))?;
        }
        let Some((from, to)) = found.as_ref().and_then(|found| found[0]) else { break };
        lookout::weigh(to - from + 16);
        was_empty = from == to;
        at = to;
        matches.push(subject.shown(&found.unwrap_or_default(), &compiled.translated.parents));
        ctx.memory.claim_items(matches.len(), ELEMENT * 4)?;
    }
    Ok(Value::tuple(matches))
}
