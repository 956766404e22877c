//! `bytes`: constructor and methods.

use super::arguments::{between, bind, given, index, method, wrong_receiver};
use super::codec::{self, Misfit};
use super::fault::{Attempt, Fault, native, type_error, value_error};
use super::{iterate, types};
use crate::machine::data::exception as ex;
use crate::machine::memory::lookout;
use crate::machine::memory::native::{Arguments, Context, Native, Type};
use crate::machine::memory::object::Object;
use crate::machine::memory::value::{Kind, Value};
use std::fmt::Write;
use triomphe::Arc;

/// `bytes(…)`
pub static NEW: Native = native!("bytes", new);

/// Methods.
pub const METHODS: &[Native] = &[
    native!("count", count),
    native!("decode", decode),
    native!("endswith", ends_with),
    native!("find", find),
    native!("fromhex", from_hex),
    native!("hex", hex),
    native!("index", index_of),
    native!("isalnum", is_alnum),
    native!("isalpha", is_alpha),
    native!("isascii", is_ascii),
    native!("isdigit", is_digit),
    native!("isspace", is_space),
    native!("join", join),
    native!("lower", lower),
    native!("lstrip", lstrip),
    native!("partition", partition),
    native!("replace", replace),
    native!("rfind", rfind),
    native!("rindex", rindex),
    native!("rstrip", rstrip),
    native!("split", split),
    native!("splitlines", split_lines),
    native!("startswith", starts_with),
    native!("strip", strip),
    native!("upper", upper),
];

/// A bytes value.
pub fn make(bytes: Vec<u8>) -> Value {
    Value::Bytes(Arc::new(bytes))
}

fn new(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [source, encoding, errors] =
        bind(ctx, "bytes", &args.positional[1..], args, ["source", "encoding", "errors"], 0, 3)?;
    match given(&source) {
        None => Ok(make(Vec::new())),
        Some(Value::Str(_)) if given(&encoding).is_none() => Err(type_error("string argument without an encoding")),
        Some(Value::Str(text)) => encode(text.as_str(), &encoding, &errors),
        Some(Value::Int(count)) => match usize::try_from(*count) {
            Ok(count) => {
                ctx.memory.claim(count)?;
                Ok(make(vec![0; count]))
            }
            Err(_) => Err(value_error("negative count")),
        },
        Some(Value::Big(_)) => Err(super::fault::overflow_error("cannot fit 'int' into an index-sized integer")),
        Some(bytes @ Value::Bytes(_)) => Ok(bytes.clone()),
        Some(other) if !iterate::is_iterable(ctx, other) => {
            Err(type_error(format!("cannot convert '{}' object to bytes", types::name_of(other))))
        }
        Some(_) => {
            let mut bytes = Vec::new();
            for item in iterate::gather(ctx, Some(&NEW), args.positional, 1)? {
                let byte = u8::try_from(super::arguments::index(&item)?);
                bytes.push(byte.map_err(|_| value_error("bytes must be in range(0, 256)"))?);
            }
            Ok(make(bytes))
        }
    }
}

/// `text.encode(encoding, errors)`
pub fn encode(text: &str, encoding: &Value, errors: &Value) -> Attempt {
    let encoded = codec::encode(text, named(encoding), named(errors));
    encoded.map(make).map_err(|misfit| fault(misfit, &ex::UNICODE_ENCODE_ERROR, || Value::str(text)))
}

fn named(value: &Value) -> Option<&str> {
    if let Value::Str(name) = value { Some(name.as_str()) } else { None }
}

/// The error as CPython keeps it: the code, what was to be written or read, from where to where, and the reason.
fn fault(misfit: Misfit, class: &'static Type, object: impl FnOnce() -> Value) -> Fault {
    match misfit {
        Misfit::Encoding(name) => Fault::Error(&ex::LOOKUP_ERROR, format!("unknown encoding: {name}").into()),
        Misfit::Handler(name) => Fault::Error(&ex::LOOKUP_ERROR, format!("unknown error handler name '{name}'").into()),
        Misfit::NotHere => {
            let message =
                "raddle knows the error handlers strict, ignore, replace, backslashreplace and xmlcharrefreplace";
            Fault::Error(&ex::NOT_IMPLEMENTED_ERROR, message.into())
        }
        Misfit::OnlyForText => type_error("don't know how to handle UnicodeDecodeError in error callback"),
        Misfit::Place { codec, at, reason } => {
            let [start, end] = [at.start, at.end].map(|place| Value::Int(place as i64));
            Fault::With(class, vec![Value::str(codec), object(), start, end, Value::str(reason)])
        }
    }
}

fn decode(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let data = receiver("bytes.decode", args.positional.first())?;
    let [encoding, errors] = bind(ctx, "decode", &args.positional[1..], args, ["encoding", "errors"], 0, 2)?;
    let decoded = codec::decode(data, named(&encoding), named(&errors));
    decoded.map(Value::str).map_err(|misfit| fault(misfit, &ex::UNICODE_DECODE_ERROR, || make(data.to_vec())))
}

/// `bytes.fromhex(text)`
fn from_hex(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [_, text] = method("bytes.fromhex", args)?;
    let Value::Str(text) = text else {
        return Err(type_error(format!("fromhex() argument must be str, not {}", types::name_of(text))));
    };
    let mut bytes = Vec::new();
    let mut digits = text.as_str().chars().enumerate();
    let wrong = |at: usize| value_error(format!("non-hexadecimal number found in fromhex() arg at position {at}"));
    while let Some((at, first)) = digits.next() {
        if first.is_ascii_whitespace() {
            continue;
        }
        let high = first.to_digit(16).ok_or_else(|| wrong(at))?;
        let low = digits.next().and_then(|(_, digit)| digit.to_digit(16)).ok_or_else(|| wrong(at + 1))?;
        bytes.push((high * 16 + low) as u8);
    }
    Ok(make(bytes))
}

fn hex(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let (data, rest) = between("bytes.hex", args, 1, 0, 2)?;
    let separator = match rest.first() {
        Some(Value::Str(separator)) => separator.as_str(),
        Some(Value::Bytes(separator)) => std::str::from_utf8(separator).unwrap_or_default(),
        _ => "",
    };
    if !rest.is_empty() && separator.chars().count() != 1 {
        return Err(value_error("sep must be length 1."));
    }
    // So many bytes stand together: counted from the end, or from the start.
    let group = rest.get(1).map_or(Ok(1), index)?;
    let together = usize::try_from(group.unsigned_abs()).unwrap_or(usize::MAX);
    let data = receiver("bytes.hex", data.first())?;
    ctx.memory.claim(data.len().saturating_mul(2 + separator.len()))?;
    let mut text = String::new();
    for (index, byte) in data.iter().enumerate() {
        lookout::tick();
        let counted = if group < 0 { index } else { data.len() - index };
        if index > 0 && together > 0 && counted % together == 0 {
            text.push_str(separator);
        }
        let _ = write!(text, "{byte:02x}");
    }
    Ok(Value::str(text))
}

/// The receiver.
fn receiver<'a>(name: &str, value: Option<&'a Value>) -> Attempt<&'a [u8]> {
    match value.map(Value::plain) {
        Some(Value::Bytes(bytes)) => Ok(bytes),
        _ => Err(wrong_receiver(name, value)),
    }
}

/// Bytes, and nothing else.
fn bytes_of(value: &Value) -> Attempt<&[u8]> {
    match value.plain() {
        Value::Bytes(bytes) => Ok(bytes),
        other => Err(type_error(format!("a bytes-like object is required, not '{}'", types::name_of(other)))),
    }
}

/// Bytes, or a number for one.
fn part(value: &Value) -> Attempt<Vec<u8>> {
    match value.plain() {
        Value::Bytes(bytes) => Ok(bytes.to_vec()),
        Value::Int(byte) => Ok(vec![u8::try_from(*byte).map_err(|_| value_error("byte must be in range(0, 256)"))?]),
        other => {
            Err(type_error(format!("argument should be integer or bytes-like object, not '{}'", types::name_of(other))))
        }
    }
}

/// The part of the data that the optional bounds leave, and where it begins.
fn window<'d>(data: &'d [u8], bounds: &[Value]) -> Attempt<Option<(usize, &'d [u8])>> {
    let length = data.len() as i64;
    let fit = |value: Option<&Value>, default: i64| match value.filter(|value| !matches!(value, Value::None)) {
        None => Ok(default),
        Some(value) => index(value).map(|at| if at < 0 { (at + length).max(0) } else { at }),
    };
    let (start, end) = (fit(bounds.first(), 0)?, fit(bounds.get(1), length)?.min(length));
    Ok((start <= end).then(|| (start as usize, &data[start as usize..end as usize])))
}

fn position(data: &[u8], sought: &[u8], last: bool) -> Option<usize> {
    if sought.is_empty() {
        return Some(if last { data.len() } else { 0 });
    }
    let mut windows = data.windows(sought.len());
    let hit = |window: &[u8]| {
        lookout::tick();
        window == sought
    };
    if last { windows.rposition(hit) } else { windows.position(hit) }
}

fn found(name: &str, args: Arguments<'_>, last: bool) -> Attempt<Option<i64>> {
    let (data, rest) = between(name, args, 1, 1, 3)?;
    let (data, sought) = (receiver(name, data.first())?, part(&rest[0])?);
    let Some((start, data)) = window(data, &rest[1..])? else { return Ok(None) };
    Ok(position(data, &sought, last).map(|at| (start + at) as i64))
}

/// `find(…)`
fn find(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    Ok(Value::Int(found("bytes.find", args, false)?.unwrap_or(-1)))
}

/// `rfind(…)`
fn rfind(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    Ok(Value::Int(found("bytes.rfind", args, true)?.unwrap_or(-1)))
}

/// `index(…)`
fn index_of(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    found("bytes.index", args, false)?.map(Value::Int).ok_or_else(|| value_error("subsection not found"))
}

/// `rindex(…)`
fn rindex(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    found("bytes.rindex", args, true)?.map(Value::Int).ok_or_else(|| value_error("subsection not found"))
}

/// `count(…)`
fn count(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let (data, rest) = between("bytes.count", args, 1, 1, 3)?;
    let (data, sought) = (receiver("bytes.count", data.first())?, part(&rest[0])?);
    let Some((_, data)) = window(data, &rest[1..])? else { return Ok(Value::Int(0)) };
    if sought.is_empty() {
        return Ok(Value::Int(data.len() as i64 + 1));
    }
    Ok(Value::Int(cut(data, &sought, usize::MAX).len() as i64 - 1))
}

/// The pieces between so many places where the separator stands.
fn cut<'d>(mut data: &'d [u8], separator: &[u8], most: usize) -> Vec<&'d [u8]> {
    let mut pieces = Vec::new();
    while pieces.len() < most
        && let Some(at) = position(data, separator, false)
    {
        pieces.push(&data[..at]);
        data = &data[at + separator.len()..];
    }
    pieces.push(data);
    pieces
}

fn is_blank(byte: &u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0xb | 0xc)
}

/// The words between blanks, and after so many of them all the rest.
fn words(data: &[u8], most: usize) -> Vec<&[u8]> {
    let mut words = Vec::new();
    let mut rest = data;
    while let Some(start) = rest.iter().position(|byte| !is_blank(byte)) {
        lookout::tick();
        rest = &rest[start..];
        if words.len() == most {
            let end = rest.iter().rposition(|byte| !is_blank(byte)).map_or(0, |at| at + 1);
            words.push(&rest[..end]);
            break;
        }
        let end = rest.iter().position(is_blank).unwrap_or(rest.len());
        words.push(&rest[..end]);
        rest = &rest[end..];
    }
    words
}

fn list(ctx: &mut Context<'_>, pieces: Vec<&[u8]>) -> Attempt {
    ctx.memory.claim(pieces.iter().map(|piece| piece.len() + 64).sum())?;
    let items = pieces.into_iter().map(|piece| make(piece.to_vec())).collect();
    Ok(Value::Object(Kind::List, ctx.memory.add(Object::List(items))))
}

/// `split(…)`
fn split(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let data = receiver("bytes.split", args.positional.first())?;
    let [separator, most] = bind(ctx, "split", &args.positional[1..], args, ["sep", "maxsplit"], 0, 2)?;
    let most = given(&most).map_or(Ok(-1), index)?;
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let pieces = match given(&separator) {
        None | Some(Value::None) => words(data, most),
        Some(separator) => match bytes_of(separator)? {
            [] => return Err(value_error("empty separator")),
            separator => cut(data, separator, most),
        },
    };
    list(ctx, pieces)
}

/// `splitlines(…)`
fn split_lines(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let mut data = receiver("bytes.splitlines", args.positional.first())?;
    let [keep] = bind(ctx, "splitlines", &args.positional[1..], args, ["keepends"], 0, 1)?;
    let keep = given(&keep).map_or(Ok(false), |value| super::is_true(ctx, value))?;
    let mut lines = Vec::new();
    while !data.is_empty() {
        let end = data.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(data.len());
        let width = usize::from(end < data.len()) + usize::from(data[end..].starts_with(b"\r\n"));
        lines.push(&data[..if keep { end + width } else { end }]);
        data = &data[end + width..];
    }
    list(ctx, lines)
}

/// `join(…)`
fn join(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [separator, items] = method("bytes.join", args)?;
    let separator = receiver("bytes.join", Some(separator))?;
    let items = iterate::collected(ctx, items)?;
    let mut whole = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let Value::Bytes(item) = item.plain() else {
            let kind = types::name_of(item);
            return Err(type_error(format!("sequence item {at}: expected a bytes-like object, {kind} found")));
        };
        ctx.memory.claim(whole.len() + item.len())?;
        if at > 0 {
            whole.extend_from_slice(separator);
        }
        whole.extend_from_slice(item);
    }
    Ok(make(whole))
}

/// `replace(…)`
fn replace(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let (data, rest) = between("bytes.replace", args, 1, 2, 3)?;
    let (data, old, new) = (receiver("bytes.replace", data.first())?, bytes_of(&rest[0])?, bytes_of(&rest[1])?);
    let most = usize::try_from(rest.get(2).map_or(Ok(-1), index)?).unwrap_or(usize::MAX);
    let pieces: Vec<&[u8]> = if old.is_empty() {
        let ends = data.len().min(most.saturating_sub(1));
        let first = if most == 0 { None } else { Some(&data[..0]) };
        first.into_iter().chain(data[..ends].chunks(1)).chain([&data[ends..]]).collect()
    } else {
        cut(data, old, most)
    };
    ctx.memory.claim(data.len().saturating_add(pieces.len().saturating_mul(new.len())))?;
    Ok(make(pieces.join(new)))
}

fn stripped(name: &str, args: Arguments<'_>, left: bool, right: bool) -> Attempt {
    let (data, rest) = between(name, args, 1, 0, 1)?;
    let data = receiver(name, data.first())?;
    let chosen = match rest.first() {
        None | Some(Value::None) => None,
        Some(chosen) => Some(bytes_of(chosen)?),
    };
    let drops = |byte: &u8| chosen.map_or_else(|| is_blank(byte), |chosen| chosen.contains(byte));
    let keeps = |byte: &u8| !drops(byte);
    let start = if left { data.iter().position(keeps).unwrap_or(data.len()) } else { 0 };
    let end = if right { data.iter().rposition(keeps).map_or(start, |at| at + 1) } else { data.len() };
    Ok(make(data[start..end.max(start)].to_vec()))
}

/// `strip(…)`
fn strip(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    stripped("bytes.strip", args, true, true)
}

/// `lstrip(…)`
fn lstrip(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    stripped("bytes.lstrip", args, true, false)
}

/// `rstrip(…)`
fn rstrip(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    stripped("bytes.rstrip", args, false, true)
}

/// `partition(…)`
fn partition(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [data, separator] = method("bytes.partition", args)?;
    let (data, separator) = (receiver("bytes.partition", Some(data))?, bytes_of(separator)?);
    if separator.is_empty() {
        return Err(value_error("empty separator"));
    }
    let parts = match position(data, separator, false) {
        Some(at) => [&data[..at], separator, &data[at + separator.len()..]],
        None => [data, &[], &[]],
    };
    Ok(Value::tuple(parts.map(|part| make(part.to_vec())).to_vec()))
}

fn end_matches(name: &str, args: Arguments<'_>, test: fn(&[u8], &[u8]) -> bool) -> Attempt {
    let (data, rest) = between(name, args, 1, 1, 3)?;
    let data = receiver(name, data.first())?;
    let Some((_, data)) = window(data, &rest[1..])? else { return Ok(Value::Bool(false)) };
    let wrong = |other: &Value| {
        let name = name.trim_start_matches("bytes.");
        let kind = types::name_of(other);
        type_error(format!("{name} first arg must be bytes or a tuple of bytes, not {kind}"))
    };
    match rest[0].plain() {
        Value::Bytes(end) => Ok(Value::Bool(test(data, end))),
        Value::Tuple(ends) => {
            for end in ends.iter() {
                if test(data, bytes_of(end)?) {
                    return Ok(Value::Bool(true));
                }
            }
            Ok(Value::Bool(false))
        }
        other => Err(wrong(other)),
    }
}

/// `startswith(…)`
fn starts_with(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    end_matches("bytes.startswith", args, |data, start| data.starts_with(start))
}

/// `endswith(…)`
fn ends_with(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    end_matches("bytes.endswith", args, |data, end| data.ends_with(end))
}

/// Declares methods without arguments: function, name, and what it computes of the data.
macro_rules! simple {
    ($($function:ident $name:literal: $compute:expr;)*) => {
        $(
            #[doc = concat!("`", $name, "()`")]
            fn $function(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
                let [data] = method(concat!("bytes.", $name), args)?;
                let compute: fn(&[u8]) -> Value = $compute;
                Ok(compute(receiver(concat!("bytes.", $name), Some(data))?))
            }
        )*
    };
}

fn all(data: &[u8], test: fn(&u8) -> bool) -> Value {
    Value::Bool(!data.is_empty() && data.iter().all(test))
}

simple! {
    upper "upper": |data| make(data.to_ascii_uppercase());
    lower "lower": |data| make(data.to_ascii_lowercase());
    is_digit "isdigit": |data| all(data, u8::is_ascii_digit);
    is_alpha "isalpha": |data| all(data, u8::is_ascii_alphabetic);
    is_alnum "isalnum": |data| all(data, u8::is_ascii_alphanumeric);
    is_space "isspace": |data| all(data, is_blank);
    is_ascii "isascii": |data| Value::Bool(data.is_ascii());
}
