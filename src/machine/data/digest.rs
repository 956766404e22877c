//! What `hashlib`, `hmac` and `base64` need of the machine: digests, and checksums.

use super::arguments::{function, index};
use super::bytes::make;
use super::fault::{Attempt, native, type_error, value_error};
use super::types;
use crate::machine::memory::lookout;
use crate::machine::memory::native::{Arguments, Context, Native};
use crate::machine::memory::value::Value;
use blake2::digest::VariableOutput;
use blake2::{Blake2b512, Blake2bVar, Blake2s256, Blake2sVar};
use md5::Md5;
use pbkdf2::pbkdf2_hmac;
use sha1::Sha1;
use sha2::{Digest, Sha224, Sha256, Sha384, Sha512};
use sha3::digest::{ExtendableOutput, Update, XofReader};
use sha3::{Sha3_224, Sha3_256, Sha3_384, Sha3_512, Shake128, Shake256};

/// The functions that `hashlib.py` and `zlib`'s checksums call.
pub static FUNCTIONS: &[Native] = &[
    native!("__digest", digest),
    native!("__digest_long", digest_long),
    native!("__pbkdf2", pbkdf2),
    native!("__crc32", crc32),
];

fn data_of(value: &Value) -> Attempt<&[u8]> {
    match value.plain() {
        Value::Bytes(data) => {
            lookout::weigh(data.len() / 16);
            Ok(data)
        }
        Value::Str(_) => Err(type_error("Strings must be encoded before hashing")),
        _ => Err(type_error("object supporting the buffer API required")),
    }
}

fn name_of(value: &Value) -> Attempt<&str> {
    match value.plain() {
        Value::Str(name) => Ok(name.as_str()),
        other => Err(type_error(format!("name must be a string, not {}", types::name_of(other)))),
    }
}

fn unknown(name: &str) -> super::fault::Fault {
    value_error(format!("unsupported hash type {name}"))
}

/// `__digest(name, data)`
fn digest(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [name, data] = function("__digest", args)?;
    let (name, data) = (name_of(name)?, data_of(data)?);
    Ok(make(match name {
        "md5" => Md5::digest(data).to_vec(),
        "sha1" => Sha1::digest(data).to_vec(),
        "sha224" => Sha224::digest(data).to_vec(),
        "sha256" => Sha256::digest(data).to_vec(),
        "sha384" => Sha384::digest(data).to_vec(),
        "sha512" => Sha512::digest(data).to_vec(),
        "sha3_224" => Sha3_224::digest(data).to_vec(),
        "sha3_256" => Sha3_256::digest(data).to_vec(),
        "sha3_384" => Sha3_384::digest(data).to_vec(),
        "sha3_512" => Sha3_512::digest(data).to_vec(),
        "blake2b" => Blake2b512::digest(data).to_vec(),
        "blake2s" => Blake2s256::digest(data).to_vec(),
        name => return Err(unknown(name)),
    }))
}

/// A digest of the length that it was made for.
fn blake<H: Update + VariableOutput>(hasher: Option<H>, data: &[u8], long: &mut [u8]) {
    if let Some(mut hasher) = hasher {
        hasher.update(data);
        let made = hasher.finalize_variable(long);
        debug_assert!(made.is_ok(), "the digest has the length that it was made for");
    }
}

/// `__digest_long(name, data, length)`
fn digest_long(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [name, data, length] = function("__digest_long", args)?;
    let (name, data) = (name_of(name)?, data_of(data)?);
    let length = usize::try_from(index(length)?).map_err(|_| value_error("value must be positive"))?;
    ctx.memory.claim(length)?;
    let mut long = vec![0; length];
    match name {
        "blake2b" => blake(Blake2bVar::new(length).ok(), data, &mut long),
        "blake2s" => blake(Blake2sVar::new(length).ok(), data, &mut long),
        "shake_128" => Shake128::default().chain(data).finalize_xof().read(&mut long),
        "shake_256" => Shake256::default().chain(data).finalize_xof().read(&mut long),
        name => return Err(unknown(name)),
    }
    Ok(make(long))
}

/// `__pbkdf2(name, password, salt, rounds, length)`
fn pbkdf2(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [name, password, salt, rounds, length] = function("__pbkdf2", args)?;
    let (name, password, salt) = (name_of(name)?, data_of(password)?, data_of(salt)?);
    let rounds = u32::try_from(index(rounds)?).ok().filter(|rounds| *rounds > 0);
    let rounds = rounds.ok_or_else(|| value_error("iteration value must be greater than 0."))?;
    let length = usize::try_from(index(length)?).ok().filter(|length| *length > 0);
    let length = length.ok_or_else(|| value_error("key length must be greater than 0."))?;
    ctx.memory.claim(length)?;
    lookout::weigh((rounds as usize).saturating_mul(length / 16 + 1));
    let mut key = vec![0; length];
    match name {
        "md5" => pbkdf2_hmac::<Md5>(password, salt, rounds, &mut key),
        "sha1" => pbkdf2_hmac::<Sha1>(password, salt, rounds, &mut key),
        "sha224" => pbkdf2_hmac::<Sha224>(password, salt, rounds, &mut key),
        "sha256" => pbkdf2_hmac::<Sha256>(password, salt, rounds, &mut key),
        "sha384" => pbkdf2_hmac::<Sha384>(password, salt, rounds, &mut key),
        "sha512" => pbkdf2_hmac::<Sha512>(password, salt, rounds, &mut key),
        name => return Err(unknown(name)),
    }
    Ok(make(key))
}

/// `__crc32(data, before)`
fn crc32(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [data, before] = function("__crc32", args)?;
    let mut hasher = crc32fast::Hasher::new_with_initial(index(before)? as u32);
    hasher.update(data_of(data)?);
    Ok(Value::Int(i64::from(hasher.finalize())))
}
