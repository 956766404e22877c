//! How text becomes bytes and bytes become text, and what is done about what does not fit.

use std::ops::Range;

/// Why text cannot be written, or bytes cannot be read.
pub(super) enum Misfit {
    /// There is no such encoding.
    Encoding(String),
    /// There is no such handler of errors.
    Handler(String),
    /// CPython has this handler.
    NotHere,
    /// The handler is for text that is written.
    OnlyForText,
    /// Something does not fit.
    Place {
        /// The encoding.
        codec: &'static str,
        /// Where.
        at: Range<usize>,
        /// Why.
        reason: String,
    },
}

enum Encoding {
    Utf8,
    /// Likewise, behind what marks it.
    Utf8Marked,
    /// Units of so many bytes, the greater end first or last; else behind what marks it.
    Wide {
        size: usize,
        big: bool,
        marked: bool,
        name: &'static str,
    },
    /// All characters below a number, as bytes.
    Upto(u32, &'static str),
}

fn encoding_of(name: Option<&str>) -> Result<Encoding, Misfit> {
    let Some(name) = name else { return Ok(Encoding::Utf8) };
    match name.to_lowercase().replace('_', "-").as_str() {
        "utf-8" | "utf8" => Ok(Encoding::Utf8),
        "utf-8-sig" => Ok(Encoding::Utf8Marked),
        "utf-16" | "utf16" => Ok(Encoding::Wide { size: 2, big: false, marked: true, name: "utf-16" }),
        "utf-16-le" | "utf-16le" => Ok(Encoding::Wide { size: 2, big: false, marked: false, name: "utf-16-le" }),
        "utf-16-be" | "utf-16be" => Ok(Encoding::Wide { size: 2, big: true, marked: false, name: "utf-16-be" }),
        "utf-32" | "utf32" => Ok(Encoding::Wide { size: 4, big: false, marked: true, name: "utf-32" }),
        "utf-32-le" | "utf-32le" => Ok(Encoding::Wide { size: 4, big: false, marked: false, name: "utf-32-le" }),
        "utf-32-be" | "utf-32be" => Ok(Encoding::Wide { size: 4, big: true, marked: false, name: "utf-32-be" }),
        "ascii" | "us-ascii" => Ok(Encoding::Upto(128, "ascii")),
        "latin-1" | "latin1" | "iso-8859-1" => Ok(Encoding::Upto(256, "latin-1")),
        _ => Err(Misfit::Encoding(name.to_owned())),
    }
}

/// What is done about what does not fit.
enum Errors {
    Strict,
    Ignore,
    Replace,
    Escape,
    Xml,
}

/// It is looked for only where something does not fit, as in CPython.
fn errors_of(name: Option<&str>) -> Result<Errors, Misfit> {
    Ok(match name {
        None | Some("strict") => Errors::Strict,
        Some("ignore") => Errors::Ignore,
        Some("replace") => Errors::Replace,
        Some("backslashreplace") => Errors::Escape,
        Some("xmlcharrefreplace") => Errors::Xml,
        Some("namereplace" | "surrogateescape" | "surrogatepass") => return Err(Misfit::NotHere),
        Some(name) => return Err(Misfit::Handler(name.to_owned())),
    })
}

fn not_in_range(limit: u32) -> String {
    format!("ordinal not in range({limit})")
}

/// `text.encode(encoding, errors)`
pub(super) fn encode(text: &str, encoding: Option<&str>, errors: Option<&str>) -> Result<Vec<u8>, Misfit> {
    let (limit, codec) = match encoding_of(encoding)? {
        Encoding::Utf8 => return Ok(text.as_bytes().to_vec()),
        Encoding::Utf8Marked => return Ok([MARK, text.as_bytes()].concat()),
        Encoding::Wide { size, big, marked, .. } => return Ok(encode_wide(text, size, big, marked)),
        Encoding::Upto(limit, codec) => (limit, codec),
    };
    let mut bytes = Vec::with_capacity(text.len());
    for (place, c) in text.chars().enumerate() {
        let code = u32::from(c);
        if code < limit {
            bytes.push(code as u8);
            continue;
        }
        match errors_of(errors)? {
            Errors::Strict => {
                let end = place + text.chars().skip(place).take_while(|c| u32::from(*c) >= limit).count();
                return Err(Misfit::Place { codec, at: place..end, reason: not_in_range(limit) });
            }
            Errors::Ignore => {}
            Errors::Replace => bytes.push(b'?'),
            Errors::Escape => bytes.extend(escaped(code).bytes()),
            Errors::Xml => bytes.extend(format!("&#{code};").bytes()),
        }
    }
    Ok(bytes)
}

/// A character as a program would write it.
fn escaped(code: u32) -> String {
    match code {
        ..0x100 => format!("\\x{code:02x}"),
        0x100..0x1_0000 => format!("\\u{code:04x}"),
        _ => format!("\\U{code:08x}"),
    }
}

/// `data.decode(encoding, errors)`
pub(super) fn decode(data: &[u8], encoding: Option<&str>, errors: Option<&str>) -> Result<String, Misfit> {
    let (limit, codec) = match encoding_of(encoding)? {
        Encoding::Utf8 => return decode_utf8(data, errors),
        Encoding::Utf8Marked => return decode_utf8(data.strip_prefix(MARK).unwrap_or(data), errors),
        Encoding::Wide { size, big, marked, name } => return decode_wide(data, (size, big, marked, name), errors),
        Encoding::Upto(limit, codec) => (limit, codec),
    };
    let mut text = String::with_capacity(data.len());
    for (place, byte) in data.iter().enumerate() {
        if u32::from(*byte) < limit {
            text.push(char::from(*byte));
        } else {
            lose(&mut text, data, (codec, place..place + 1, not_in_range(limit)), errors)?;
        }
    }
    Ok(text)
}

/// What stands before text that says its encoding.
const MARK: &[u8] = b"\xef\xbb\xbf";

fn encode_wide(text: &str, size: usize, big: bool, marked: bool) -> Vec<u8> {
    let mark = marked.then_some('\u{feff}');
    let mut bytes = Vec::with_capacity((text.len() + 1) * size);
    for c in mark.into_iter().chain(text.chars()) {
        let mut units = [0; 2];
        let units: Vec<u32> = match size {
            2 => c.encode_utf16(&mut units).iter().map(|unit| u32::from(*unit)).collect(),
            _ => vec![u32::from(c)],
        };
        for unit in units {
            let (greater, lesser) = (unit.to_be_bytes(), unit.to_le_bytes());
            bytes.extend(if big { &greater[4 - size..] } else { &lesser[..size] });
        }
    }
    bytes
}

fn decode_wide(
    data: &[u8],
    (size, big, marked, codec): (usize, bool, bool, &'static str),
    errors: Option<&str>,
) -> Result<String, Misfit> {
    let unit_at = |at: usize, big: bool| {
        let bytes = data.get(at..at + size)?.iter();
        let add = |unit: u32, byte: &u8| unit << 8 | u32::from(*byte);
        Some(if big { bytes.fold(0, add) } else { bytes.rev().fold(0, add) })
    };
    let mut at = 0;
    let mut big = big;
    if marked && [true, false].into_iter().any(|order| unit_at(0, order) == Some(0xfeff)) {
        big = unit_at(0, true) == Some(0xfeff);
        at = size;
    }
    let mut text = String::new();
    while at < data.len() {
        let Some(unit) = unit_at(at, big) else {
            lose(&mut text, data, (codec, at..data.len(), "truncated data".to_owned()), errors)?;
            break;
        };
        let pair = unit_at(at + size, big).filter(|next| size == 2 && matches!(next, 0xdc00..0xe000));
        let (code, length) = match (unit, pair) {
            (0xd800..0xdc00, Some(next)) => (0x1_0000 + ((unit - 0xd800) << 10) + (next - 0xdc00), 2 * size),
            _ => (unit, size),
        };
        match char::from_u32(code) {
            Some(c) => text.push(c),
            None => lose(&mut text, data, (codec, at..at + length, "illegal encoding".to_owned()), errors)?,
        }
        at += length;
    }
    Ok(text)
}

fn decode_utf8(data: &[u8], errors: Option<&str>) -> Result<String, Misfit> {
    let mut text = String::with_capacity(data.len());
    let mut place = 0;
    for chunk in data.utf8_chunks() {
        text.push_str(chunk.valid());
        place += chunk.valid().len();
        let bad = chunk.invalid();
        if let Some(first) = bad.first() {
            let end = place + bad.len();
            let unended = std::str::from_utf8(bad).is_err_and(|error| error.error_len().is_none());
            let reason = match first {
                _ if end == data.len() && unended => "unexpected end of data",
                0xc2..=0xf4 => "invalid continuation byte",
                _ => "invalid start byte",
            };
            lose(&mut text, data, ("utf-8", place..end, reason.to_owned()), errors)?;
        }
        place += bad.len();
    }
    Ok(text)
}

/// Writes what stands for bytes that cannot be read, if anything does.
fn lose(
    text: &mut String,
    data: &[u8],
    (codec, at, reason): (&'static str, Range<usize>, String),
    errors: Option<&str>,
) -> Result<(), Misfit> {
    match errors_of(errors)? {
        Errors::Strict => return Err(Misfit::Place { codec, at, reason }),
        Errors::Ignore => {}
        Errors::Replace => text.push('\u{fffd}'),
        Errors::Escape => data[at].iter().for_each(|byte| text.push_str(&format!("\\x{byte:02x}"))),
        Errors::Xml => return Err(Misfit::OnlyForText),
    }
    Ok(())
}
