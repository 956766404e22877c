//! `str`: constructor and methods.

use super::arguments::{between, bind, given, index, small_index, wrong_receiver};
use super::fault::{Attempt, Fault, native, type_error, value_error};
use super::{bytes, iterate, letters, operator, repr, search, template, types};
use crate::machine::memory::native::{Arguments, Context, Native};
use crate::machine::memory::value::{Kind, Str, Value};
use crate::machine::memory::{budget, lookout};

/// `str(…)`
pub static NEW: Native = native!("str", new);

/// Methods.
pub const METHODS: &[Native] = &[
    native!("capitalize", capitalize),
    native!("casefold", casefold),
    native!("center", center),
    native!("count", search::count),
    native!("encode", encode),
    native!("endswith", search::ends_with),
    native!("expandtabs", expand_tabs),
    native!("find", search::find),
    native!("format", template::format_native),
    native!("format_map", template::format_map),
    native!("index", search::index_of),
    native!("isalnum", is_alnum),
    native!("isalpha", is_alpha),
    native!("isascii", is_ascii),
    native!("isdecimal", is_decimal),
    native!("isdigit", is_digit),
    native!("isidentifier", is_identifier),
    native!("islower", is_lower),
    native!("isnumeric", is_numeric),
    native!("isprintable", is_printable),
    native!("isspace", is_space),
    native!("istitle", is_title),
    native!("isupper", is_upper),
    native!("join", join),
    native!("ljust", ljust),
    native!("lower", lower),
    native!("lstrip", lstrip),
    native!("maketrans", make_translation),
    native!("partition", partition),
    native!("removeprefix", remove_prefix),
    native!("removesuffix", remove_suffix),
    native!("replace", replace),
    native!("rfind", search::rfind),
    native!("rindex", search::rindex),
    native!("rjust", rjust),
    native!("rpartition", rpartition),
    native!("rsplit", rsplit),
    native!("rstrip", rstrip),
    native!("split", split),
    native!("splitlines", split_lines),
    native!("startswith", search::starts_with),
    native!("strip", strip),
    native!("swapcase", swapcase),
    native!("title", title),
    native!("translate", translate),
    native!("upper", upper),
    native!("zfill", zfill),
];

fn new(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [value, encoding, errors] =
        bind(ctx, "str", &args.positional[1..], args, ["object", "encoding", "errors"], 0, 3)?;
    match given(&value) {
        None => Ok(Value::str("")),
        Some(text @ Value::Str(_)) => Ok(text.clone()),
        Some(data @ Value::Bytes(_)) if given(&encoding).is_some() || given(&errors).is_some() => {
            let decode = types::BYTES.method("decode");
            let encoding = given(&encoding).cloned().unwrap_or_else(|| Value::str("utf-8"));
            let arguments: Vec<Value> = [data, &encoding, &errors].into_iter().filter_map(given).cloned().collect();
            match decode.map(|native| native.call) {
                Some(crate::machine::memory::native::Call::Plain(call)) => {
                    Ok(call(ctx, Arguments { positional: &arguments, keywords: &[] })?)
                }
                _ => Err(type_error("decoding bytes is not supported")),
            }
        }
        Some(other) => repr::text(ctx, other).map(Value::str),
    }
}

/// The receiver, and between `min` and `max` arguments.
pub fn with<'a>(name: &str, args: Arguments<'a>, min: usize, max: usize) -> Attempt<(&'a Str, &'a [Value])> {
    let Some(Value::Str(text)) = args.positional.first() else {
        return Err(wrong_receiver(name, args.positional.first()));
    };
    if max == 0 || (min == 1 && max == 1) {
        let given = args.positional.len() - 1;
        if given != min || !args.keywords.is_empty() {
            return Err(type_error(if !args.keywords.is_empty() {
                format!("{name}() takes no keyword arguments")
            } else if max == 0 {
                format!("{name}() takes no arguments ({given} given)")
            } else {
                format!("{name}() takes exactly one argument ({given} given)")
            }));
        }
    }
    let (_, rest) = between(name, args, 1, min, max)?;
    Ok((text, rest))
}

/// A string argument; `what` it is, for the error.
fn text_of<'a>(what: &str, value: &'a Value) -> Attempt<&'a str> {
    match value {
        Value::Str(text) => Ok(text.as_str()),
        Value::Instance(instance) if matches!(instance.inner, Value::Str(_)) => text_of(what, &instance.inner),
        other => Err(type_error(format!("{what} must be str, not {}", types::name_of(other)))),
    }
}

/// A string argument of those methods that do not name it in the error.
pub fn any_text(value: &Value) -> Attempt<&str> {
    match value.plain() {
        Value::Str(text) => Ok(text.as_str()),
        other => Err(type_error(format!("must be str, not {}", types::name_of(other)))),
    }
}

/// Declares methods without arguments: function, name, and what it computes of the text.
macro_rules! simple {
    ($($function:ident $name:literal: $compute:expr;)*) => {
        $(
            fn $function(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
                let (text, _) = with(concat!("str.", $name), args, 0, 0)?;
                let compute: fn(&str) -> Value = $compute;
                Ok(compute(text.as_str()))
            }
        )*
    };
}

simple! {
    upper "upper": |text| Value::str(text.to_uppercase());
    lower "lower": |text| Value::str(text.to_lowercase());
    casefold "casefold": |text| Value::str(text.to_lowercase().replace('ß', "ss"));
    capitalize "capitalize": |text| Value::str(letters::capitalized(text));
    title "title": |text| Value::str(letters::titled(text));
    swapcase "swapcase": |text| Value::str(letters::swapped(text));
    is_alnum "isalnum": |text| Value::Bool(letters::all(text, char::is_alphanumeric));
    is_alpha "isalpha": |text| Value::Bool(letters::all(text, char::is_alphabetic));
    is_ascii "isascii": |text| Value::Bool(text.is_ascii());
    is_decimal "isdecimal": |text| Value::Bool(letters::all(text, |c| c.is_ascii_digit() || (!c.is_ascii() && letters::is_other_decimal(c))));
    is_digit "isdigit": |text| Value::Bool(letters::all(text, |c| c.is_ascii_digit() || letters::is_other_decimal(c) || letters::is_raised_digit(c)));
    is_numeric "isnumeric": |text| Value::Bool(letters::all(text, char::is_numeric));
    is_printable "isprintable": |text| Value::Bool(text.chars().all(super::repr::is_printable));
    is_space "isspace": |text| Value::Bool(letters::all(text, letters::is_blank));
    is_identifier "isidentifier": |text| Value::Bool(letters::identifies(text));
    is_lower "islower": |text| Value::Bool(letters::cased(text, char::is_lowercase, char::is_uppercase));
    is_upper "isupper": |text| Value::Bool(letters::cased(text, char::is_uppercase, char::is_lowercase));
    is_title "istitle": |text| Value::Bool(text.chars().any(letters::is_cased) && letters::titled(text) == text);
}

/// Strips what the argument says (or white space) from the sides asked for.
fn stripped(name: &str, args: Arguments<'_>, left: bool, right: bool) -> Attempt {
    let (text, rest) = with(name, args, 0, 1)?;
    let chosen: Option<Vec<char>> = match rest.first() {
        None | Some(Value::None) => None,
        Some(Value::Str(chars)) => Some(chars.as_str().chars().collect()),
        Some(_) => {
            let short = name.rsplit('.').next().unwrap_or(name);
            return Err(type_error(format!("{short} arg must be None or str")));
        }
    };
    let drop = |c: char| chosen.as_ref().map_or_else(|| letters::is_blank(c), |chosen| chosen.contains(&c));
    let mut kept = text.as_str();
    if left {
        kept = kept.trim_start_matches(drop);
    }
    if right {
        kept = kept.trim_end_matches(drop);
    }
    Ok(if kept.len() == text.as_str().len() { Value::Str(text.clone()) } else { Value::str(kept) })
}

fn strip(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    stripped("str.strip", args, true, true)
}

fn lstrip(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    stripped("str.lstrip", args, true, false)
}

fn rstrip(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    stripped("str.rstrip", args, false, true)
}

/// Receiver, separator (`None`: white space) and limit of `split` and `rsplit`.
fn split_arguments<'a>(ctx: &Context<'_>, name: &str, args: Arguments<'a>) -> Attempt<(&'a Str, Option<Str>, usize)> {
    let Some(Value::Str(text)) = args.positional.first() else {
        return Err(wrong_receiver(name, args.positional.first()));
    };
    let [separator, limit] = bind(ctx, name, &args.positional[1..], args, ["sep", "maxsplit"], 0, 2)?;
    let limit = given(&limit).map_or(Ok(-1), index)?;
    let separator = match given(&separator) {
        None | Some(Value::None) => None,
        Some(Value::Str(separator)) if separator.is_empty() => return Err(value_error("empty separator")),
        Some(Value::Str(separator)) => Some(separator.clone()),
        Some(other) => return Err(type_error(format!("must be str or None, not {}", types::name_of(other)))),
    };
    Ok((text, separator, usize::try_from(limit).unwrap_or(usize::MAX)))
}

/// Parts of a text, as texts of their own.
struct Parts<'a, 'c> {
    ctx: &'a mut Context<'c>,
    texts: Vec<Value>,
}

impl<'a, 'c> Parts<'a, 'c> {
    fn new(ctx: &'a mut Context<'c>) -> Self {
        Parts { ctx, texts: Vec::new() }
    }

    fn add(&mut self, part: &str) -> Attempt<()> {
        lookout::tick();
        self.ctx.memory.claim(budget::VALUE + budget::of_bytes(part.len()))?;
        self.texts.push(Value::str(part));
        Ok(())
    }

    fn list(self) -> Attempt {
        Ok(super::list::make(self.ctx, self.texts))
    }
}

fn split(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let (text, separator, limit) = split_arguments(ctx, "str.split", args)?;
    if let Some(separator) = separator {
        let mut parts = Parts::new(ctx);
        for part in text.as_str().splitn(limit.saturating_add(1), separator.as_str()) {
            parts.add(part)?;
        }
        return parts.list();
    }
    let mut parts = Parts::new(ctx);
    let mut rest = text.as_str().trim_start_matches(letters::is_blank);
    while !rest.is_empty() {
        if parts.texts.len() == limit {
            parts.add(rest)?;
            break;
        }
        let end = rest.find(letters::is_blank).unwrap_or(rest.len());
        parts.add(&rest[..end])?;
        rest = rest[end..].trim_start_matches(letters::is_blank);
    }
    parts.list()
}

fn rsplit(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let (text, separator, limit) = split_arguments(ctx, "str.rsplit", args)?;
    let mut parts = Parts::new(ctx);
    if let Some(separator) = separator {
        for part in text.as_str().rsplitn(limit.saturating_add(1), separator.as_str()) {
            parts.add(part)?;
        }
    } else {
        let mut rest = text.as_str().trim_end_matches(letters::is_blank);
        while !rest.is_empty() {
            if parts.texts.len() == limit {
                parts.add(rest)?;
                break;
            }
            let start =
                rest.char_indices().rev().find(|(_, c)| letters::is_blank(*c)).map_or(0, |(at, c)| at + c.len_utf8());
            parts.add(&rest[start..])?;
            rest = rest[..start].trim_end_matches(letters::is_blank);
        }
    }
    parts.texts.reverse();
    parts.list()
}

fn split_lines(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let Some(Value::Str(text)) = args.positional.first() else {
        return Err(wrong_receiver("str.splitlines", args.positional.first()));
    };
    let [keep] = bind(ctx, "splitlines", &args.positional[1..], args, ["keepends"], 0, 1)?;
    let keep = given(&keep).map_or(Ok(false), |value| super::is_true(ctx, value))?;
    let is_end = |c: char| matches!(u32::from(c), 0xa..=0xd | 0x1c..=0x1e | 0x85 | 0x2028 | 0x2029);
    let mut lines = Parts::new(ctx);
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let end = rest.find(is_end).unwrap_or(rest.len());
        let width = match rest[end..].chars().next() {
            None => 0,
            Some('\r') if rest[end..].starts_with("\r\n") => 2,
            Some(c) => c.len_utf8(),
        };
        lines.add(&rest[..if keep { end + width } else { end }])?;
        rest = &rest[end + width..];
    }
    lines.list()
}

/// The value of `str_join` in the prelude is a join of what it made a list of.
fn join(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let (text, rest) = with("str.join", args, 1, 1)?;
    if iterate::is_python(ctx, &rest[0]) {
        return Err(Fault::Prelude("str_join", args.positional.to_vec(), Vec::new()));
    }
    if !iterate::is_iterable(ctx, &rest[0]) {
        return Err(type_error("can only join an iterable"));
    }
    let items = iterate::collected(ctx, &rest[0])?;
    let mut length = text.as_str().len().saturating_mul(items.len().saturating_sub(1));
    for (position, item) in items.iter().enumerate() {
        lookout::tick();
        let Value::Str(part) = item.plain() else {
            return Err(type_error(format!(
                "sequence item {position}: expected str instance, {} found",
                types::name_of(item)
            )));
        };
        length = length.saturating_add(part.as_str().len());
    }
    ctx.memory.claim(length)?;
    let mut joined = String::with_capacity(length);
    for (position, item) in items.iter().enumerate() {
        let Value::Str(part) = item.plain() else { continue };
        if position > 0 {
            joined.push_str(text.as_str());
        }
        joined.push_str(part.as_str());
        lookout::weigh(1 + part.as_str().len() / operator::COPIED);
    }
    Ok(Value::str(joined))
}

fn replace(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let (text, rest) = with("str.replace", args, 2, 3)?;
    let (old, new) = (text_of("replace() argument 1", &rest[0])?, text_of("replace() argument 2", &rest[1])?);
    let limit = rest.get(2).map_or(Ok(-1), index)?;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let count = || text.as_str().matches(old).take(limit).inspect(|_| lookout::tick()).count();
    let more = if new.len() > old.len() { count().saturating_mul(new.len() - old.len()) } else { 0 };
    ctx.memory.claim(text.as_str().len().saturating_add(more))?;
    let mut out = String::new();
    let mut from = 0;
    for (at, found) in text.as_str().match_indices(old).take(limit) {
        lookout::weigh(1 + (at - from) / operator::COPIED);
        out.push_str(&text.as_str()[from..at]);
        out.push_str(new);
        from = at + found.len();
    }
    out.push_str(&text.as_str()[from..]);
    Ok(Value::str(out))
}

fn remove_prefix(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let (text, rest) = with("str.removeprefix", args, 1, 1)?;
    let part = text_of("removeprefix() argument", &rest[0])?;
    Ok(text.as_str().strip_prefix(part).map_or_else(|| Value::Str(text.clone()), Value::str))
}

fn remove_suffix(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let (text, rest) = with("str.removesuffix", args, 1, 1)?;
    let part = text_of("removesuffix() argument", &rest[0])?;
    Ok(text.as_str().strip_suffix(part).map_or_else(|| Value::Str(text.clone()), Value::str))
}

fn parted(name: &str, args: Arguments<'_>, last: bool) -> Attempt {
    let (text, rest) = with(name, args, 1, 1)?;
    let separator = any_text(&rest[0])?;
    if separator.is_empty() {
        return Err(value_error("empty separator"));
    }
    let whole = text.as_str();
    let split = if last { whole.rsplit_once(separator) } else { whole.split_once(separator) };
    let parts = match split {
        Some((before, after)) => [before, separator, after],
        None if last => ["", "", whole],
        None => [whole, "", ""],
    };
    Ok(Value::tuple(parts.into_iter().map(Value::str).collect()))
}

fn partition(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    parted("str.partition", args, false)
}

fn rpartition(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    parted("str.rpartition", args, true)
}

/// The text with fillers on its left and right, of which `share` says how many go left.
fn justified(ctx: &Context<'_>, name: &str, args: Arguments<'_>, share: fn(usize, usize) -> usize) -> Attempt {
    let (text, rest) = with(name, args, 1, 2)?;
    let width = usize::try_from(index(&rest[0])?).unwrap_or(0);
    let fill = match rest.get(1) {
        None => ' ',
        Some(Value::Str(fill)) if fill.len() == 1 => fill.as_str().chars().next().unwrap_or(' '),
        Some(Value::Str(_)) => return Err(type_error("The fill character must be exactly one character long")),
        Some(other) => {
            return Err(type_error(format!(
                "The fill character must be a unicode character, not {}",
                types::name_of(other)
            )));
        }
    };
    let missing = width.saturating_sub(text.len());
    ctx.memory.claim(missing.saturating_mul(fill.len_utf8()))?;
    lookout::weigh(missing / operator::COPIED);
    let left = share(missing, width);
    let mut out = String::with_capacity(text.as_str().len() + missing);
    out.extend(std::iter::repeat_n(fill, left));
    out.push_str(text.as_str());
    out.extend(std::iter::repeat_n(fill, missing - left));
    Ok(Value::str(out))
}

fn ljust(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    justified(ctx, "str.ljust", args, |_, _| 0)
}

fn rjust(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    justified(ctx, "str.rjust", args, |missing, _| missing)
}

fn center(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    // CPython's rule for the odd one.
    justified(ctx, "str.center", args, |missing, width| missing / 2 + (missing & width & 1))
}

fn zfill(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let (text, rest) = with("str.zfill", args, 1, 1)?;
    let missing = usize::try_from(index(&rest[0])?).unwrap_or(0).saturating_sub(text.len());
    ctx.memory.claim(missing)?;
    let whole = text.as_str();
    let (sign, digits) = whole.split_at(usize::from(whole.starts_with(['+', '-'])));
    Ok(Value::str(format!("{sign}{}{digits}", "0".repeat(missing))))
}

fn expand_tabs(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let Some(Value::Str(text)) = args.positional.first() else {
        return Err(wrong_receiver("str.expandtabs", args.positional.first()));
    };
    let [size] = bind(ctx, "expandtabs", &args.positional[1..], args, ["tabsize"], 0, 1)?;
    let size = usize::try_from(given(&size).map_or(Ok(8), small_index)?).unwrap_or(0);
    let mut out = String::new();
    let mut column = 0;
    for c in text.as_str().chars() {
        lookout::tick();
        match c {
            '\t' if size == 0 => {}
            '\t' => {
                let missing = size - column % size;
                ctx.memory.claim(missing)?;
                out.extend(std::iter::repeat_n(' ', missing));
                column += missing;
            }
            _ => {
                out.push(c);
                column = if matches!(c, '\n' | '\r') { 0 } else { column + 1 };
            }
        }
    }
    Ok(Value::str(out))
}

fn encode(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let Some(Value::Str(text)) = args.positional.first() else {
        return Err(wrong_receiver("str.encode", args.positional.first()));
    };
    let [encoding, errors] = bind(ctx, "encode", &args.positional[1..], args, ["encoding", "errors"], 0, 2)?;
    bytes::encode(text.as_str(), &encoding, &errors)
}

fn make_translation(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let (_, rest) = between("maketrans", args, 1, 1, 3)?;
    let mut table = crate::machine::memory::object::Dict::default();
    let code = |c: char| Value::Int(i64::from(u32::from(c)));
    if let [Value::Object(Kind::Dict, id)] = rest {
        for (key, value) in super::contents::dict(ctx, *id)? {
            let key = match &key.value {
                Value::Str(text) if text.len() == 1 => code(text.as_str().chars().next().unwrap_or_default()),
                Value::Str(_) => return Err(value_error("string keys in translate table must be of length 1")),
                other => other.clone(),
            };
            table.insert(super::hash::make_key(ctx, &key)?, value.clone());
        }
        return Ok(super::dict::make(ctx, table));
    }
    let [Value::Str(from), Value::Str(to), removed @ ..] = rest else {
        return Err(type_error("if you give only one argument to maketrans it must be a dict"));
    };
    if from.len() != to.len() {
        return Err(value_error("the first two maketrans arguments must have equal length"));
    }
    for (from, to) in from.as_str().chars().zip(to.as_str().chars()) {
        table.insert(super::hash::make_key(ctx, &code(from))?, code(to));
    }
    if let [Value::Str(removed)] = removed {
        for c in removed.as_str().chars() {
            table.insert(super::hash::make_key(ctx, &code(c))?, Value::None);
        }
    }
    Ok(super::dict::make(ctx, table))
}

fn translate(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let (text, rest) = with("str.translate", args, 1, 1)?;
    let Value::Object(Kind::Dict, id) = &rest[0] else {
        return Err(type_error(format!("'{}' object is not subscriptable", types::name_of(&rest[0]))));
    };
    let table = super::contents::dict(ctx, *id)?;
    ctx.memory.claim(text.as_str().len())?;
    let mut out = String::new();
    for c in text.as_str().chars() {
        lookout::tick();
        let key = super::hash::make_key(ctx, &Value::Int(i64::from(u32::from(c))))?;
        match table.get(&key) {
            None => out.push(c),
            Some(Value::None) => {}
            Some(Value::Str(replacement)) => {
                ctx.memory.claim(replacement.as_str().len())?;
                out.push_str(replacement.as_str());
            }
            Some(Value::Int(code)) => {
                let c = u32::try_from(*code).ok().and_then(char::from_u32);
                out.push(c.ok_or_else(|| value_error("character mapping must be in range(0x110000)"))?);
            }
            Some(_) => return Err(type_error("character mapping must return integer, None or str")),
        }
    }
    Ok(Value::str(out))
}
