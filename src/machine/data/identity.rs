//! Identities of values: made up, and the same in every run.

use super::hash::{self, address};
use crate::machine::memory::value::Value;

/// Python's `id(value)`, made up, and the same in every run.
pub fn identity(value: &Value) -> u64 {
    match value {
        Value::Class(class) => address(class.variables),
        Value::Function(function) => 0x7e00_0000_0000 | u64::from(function.code.0) << 4,
        Value::Int(number) => 0x7d00_0000_0000 | ((*number as u64) << 4 & 0xff_ffff_ffff),
        Value::Str(text) => 0x7c00_0000_0000 | (hash::text_key(text.as_str()).hash << 4 & 0xff_ffff_ffff),
        Value::Type(class) => 0x7b00_0000_0000 | (hash::text_key(class.name).hash << 4 & 0xff_ffff_ffff),
        Value::Native(native) => 0x7a00_0000_0000 | (hash::text_key(native.name).hash << 4 & 0xff_ffff_ffff),
        Value::Bool(truth) => 0x7900_0000_0010 | u64::from(*truth) << 5,
        Value::Float(number) => 0x7800_0000_0000 | (number.to_bits() >> 8 & 0xff_ffff_fff0),
        other => other.object_id().map_or(0x7700_0000_0010, address),
    }
}
