//! `bytes`: constructor and methods.

use super::arguments::{between, bind, given, method};
use super::byte_methods::{self as methods, receiver};
use super::fault::{Attempt, Fault, native, type_error, value_error};
use super::{iterate, types};
use crate::machine::data::exception as ex;
use crate::machine::memory::lookout;
use crate::machine::memory::native::{Arguments, Context, Native, Type};
use crate::machine::memory::value::Value;
use std::fmt::Write;
use triomphe::Arc;

/// `bytes(…)`
pub static NEW: Native = native!("bytes", new);

/// Methods.
pub const METHODS: &[Native] = &[
    native!("count", methods::count),
    native!("decode", decode),
    native!("endswith", methods::ends_with),
    native!("find", methods::find),
    native!("fromhex", from_hex),
    native!("hex", hex),
    native!("index", methods::index_of),
    native!("isalnum", methods::is_alnum),
    native!("isalpha", methods::is_alpha),
    native!("isascii", methods::is_ascii),
    native!("isdigit", methods::is_digit),
    native!("isspace", methods::is_space),
    native!("join", methods::join),
    native!("lower", methods::lower),
    native!("lstrip", methods::lstrip),
    native!("partition", methods::partition),
    native!("replace", methods::replace),
    native!("rfind", methods::rfind),
    native!("rindex", methods::rindex),
    native!("rstrip", methods::rstrip),
    native!("split", methods::split),
    native!("splitlines", methods::split_lines),
    native!("startswith", methods::starts_with),
    native!("strip", methods::strip),
    native!("upper", methods::upper),
];

/// A bytes value.
pub fn make(bytes: Vec<u8>) -> Value {
    Value::Bytes(Arc::new(bytes))
}

fn new(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [source, encoding, _] =
        bind(ctx, "bytes", &args.positional[1..], args, ["source", "encoding", "errors"], 0, 3)?;
    match given(&source) {
        None => Ok(make(Vec::new())),
        Some(Value::Str(_)) if given(&encoding).is_none() => Err(type_error("string argument without an encoding")),
        Some(Value::Str(text)) => encode(text.as_str(), &encoding),
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

/// `text.encode(encoding)`
pub fn encode(text: &str, encoding: &Value) -> Attempt {
    match encoding_of(encoding)? {
        Encoding::Utf8 => Ok(make(text.as_bytes().to_vec())),
        Encoding::Upto(limit, name) => match text.chars().position(|c| u32::from(c) >= limit) {
            None => Ok(make(text.chars().map(|c| u32::from(c) as u8).collect())),
            Some(at) => {
                let reason = format!("ordinal not in range({limit})");
                Err(unicode_error(&ex::UNICODE_ENCODE_ERROR, name, Value::str(text), at, &reason))
            }
        },
    }
}

enum Encoding {
    Utf8,
    Upto(u32, &'static str),
}

fn encoding_of(name: &Value) -> Attempt<Encoding> {
    let Value::Str(name) = name else { return Ok(Encoding::Utf8) };
    match name.as_str().to_lowercase().replace('_', "-").as_str() {
        "utf-8" | "utf8" => Ok(Encoding::Utf8),
        "ascii" | "us-ascii" => Ok(Encoding::Upto(128, "ascii")),
        "latin-1" | "latin1" | "iso-8859-1" => Ok(Encoding::Upto(256, "latin-1")),
        _ => Err(Fault::Error(&ex::LOOKUP_ERROR, format!("unknown encoding: {}", name.as_str()).into())),
    }
}

/// The error for one character or byte, as CPython keeps it: the code, what was to be written or read, from where to where,
/// and the reason.
fn unicode_error(class: &'static Type, codec: &str, object: Value, at: usize, reason: &str) -> Fault {
    let place = Value::Int(at as i64);
    Fault::With(class, vec![Value::str(codec), object, place, Value::Int(at as i64 + 1), Value::str(reason)])
}

/// Why bytes are no UTF-8.
fn utf8_reason(error: std::str::Utf8Error, byte: u8) -> &'static str {
    match error.error_len() {
        None => "unexpected end of data",
        Some(_) if matches!(byte, 0xc2..=0xf4) => "invalid continuation byte",
        Some(_) => "invalid start byte",
    }
}

fn decode(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let data = receiver("bytes.decode", args.positional.first())?;
    let [encoding, errors] = bind(ctx, "decode", &args.positional[1..], args, ["encoding", "errors"], 0, 2)?;
    let lenient = matches!(&errors, Value::Str(errors) if errors.as_str() != "strict");
    let left_out = matches!(&errors, Value::Str(errors) if errors.as_str() == "ignore");
    match encoding_of(&encoding)? {
        Encoding::Utf8 if left_out => Ok(Value::str(data.utf8_chunks().map(|it| it.valid()).collect::<String>())),
        Encoding::Utf8 if lenient => Ok(Value::str(String::from_utf8_lossy(data).into_owned())),
        Encoding::Utf8 => std::str::from_utf8(data).map(Value::str).map_err(|error| {
            let at = error.valid_up_to();
            let reason = utf8_reason(error, data.get(at).copied().unwrap_or(0));
            unicode_error(&ex::UNICODE_DECODE_ERROR, "utf-8", make(data.to_vec()), at, reason)
        }),
        Encoding::Upto(limit, name) => match data.iter().position(|byte| u32::from(*byte) >= limit) {
            None => Ok(Value::str(data.iter().map(|byte| char::from(*byte)).collect::<String>())),
            Some(at) => {
                let reason = format!("ordinal not in range({limit})");
                Err(unicode_error(&ex::UNICODE_DECODE_ERROR, name, make(data.to_vec()), at, &reason))
            }
        },
    }
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
    let (data, rest) = between("bytes.hex", args, 1, 0, 1)?;
    let separator = match rest.first() {
        Some(Value::Str(separator)) => separator.as_str(),
        _ => "",
    };
    let data = receiver("bytes.hex", data.first())?;
    ctx.memory.claim(data.len().saturating_mul(2 + separator.len()))?;
    let mut text = String::new();
    for (index, byte) in data.iter().enumerate() {
        lookout::tick();
        if index > 0 {
            text.push_str(separator);
        }
        let _ = write!(text, "{byte:02x}");
    }
    Ok(Value::str(text))
}
