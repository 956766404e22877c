//! The attributes of instances: in the instance itself, or in the dict that `__dict__` gave out.

use crate::base::{ObjectId, Symbol};
use crate::machine::data::hash;
use crate::machine::memory::image::Linked;
use crate::machine::memory::native::Result;
use crate::machine::memory::object::{Dict, Object};
use crate::machine::memory::reach::{Memory, Reach};
use crate::machine::memory::value::Value;

/// What an instance holds under `name`.
///
/// # Errors
/// `Halt::Shared`
pub fn attribute(memory: &Memory<'_>, image: &Linked, id: ObjectId, name: Symbol) -> Result<Option<Value>> {
    let Object::Instance(instance) = memory.get(id)? else { return Ok(None) };
    match instance.dict {
        None => Ok(instance.attributes.get(name).cloned()),
        Some(dict) => entry(memory, dict, image.name(name)),
    }
}

/// What it holds under a name that the program's text does not mention.
///
/// # Errors
/// `Halt::Shared`
pub fn unmentioned(memory: &Memory<'_>, id: ObjectId, name: &str) -> Result<Option<Value>> {
    match memory.get(id)? {
        Object::Instance(instance) => instance.dict.map_or(Ok(None), |dict| entry(memory, dict, name)),
        _ => Ok(None),
    }
}

fn entry(memory: &Memory<'_>, dict: ObjectId, name: &str) -> Result<Option<Value>> {
    match memory.get(dict)? {
        Object::Dict(dict) => Ok(dict.get(&hash::text_key(name)).cloned()),
        _ => Ok(None),
    }
}

/// Stores into an instance.
///
/// # Errors
/// `Halt::Shared`
pub fn store(memory: &mut Memory<'_>, image: &Linked, id: ObjectId, name: Symbol, value: Value) -> Result<()> {
    let Object::Instance(instance) = memory.get_mut(id)? else { return Ok(()) };
    match instance.dict {
        None => instance.attributes.set(name, value),
        Some(dict) => {
            if let Object::Dict(dict) = memory.get_mut(dict)? {
                dict.insert(hash::text_key(image.name(name)), value);
            }
        }
    }
    Ok(())
}

/// Removes an attribute; `None` when it is not there.
///
/// # Errors
/// `Halt::Shared`
pub fn remove(memory: &mut Memory<'_>, image: &Linked, id: ObjectId, name: Symbol) -> Result<Option<Value>> {
    let Object::Instance(instance) = memory.get_mut(id)? else { return Ok(None) };
    match instance.dict {
        None => Ok(instance.attributes.remove(name)),
        Some(dict) => match memory.get_mut(dict)? {
            Object::Dict(dict) => Ok(dict.shift_remove(&hash::text_key(image.name(name)))),
            _ => Ok(None),
        },
    }
}

/// The dict that an instance keeps its attributes in, from now on; and what became shared with it.
///
/// # Errors
/// `Halt::Shared`
pub fn dict(memory: &mut Memory<'_>, image: &Linked, id: ObjectId) -> Result<(ObjectId, Vec<ObjectId>)> {
    if let Object::Instance(instance) = memory.get(id)?
        && let Some(dict) = instance.dict
    {
        return Ok((dict, Vec::new()));
    }
    let mut entries = Dict::default();
    if let Object::Instance(instance) = memory.get_mut(id)? {
        let attributes = std::mem::take(&mut instance.attributes);
        entries = attributes.iter().map(|(name, value)| (hash::text_key(image.name(name)), value.clone())).collect();
    }
    let dict = memory.add(Object::Dict(entries));
    let moved = match &mut memory.reach {
        Reach::Write(shared) if memory.private.get(id).is_none() => shared.share_ids(memory.private, vec![dict]),
        _ => Vec::new(),
    };
    if let Object::Instance(instance) = memory.get_mut(id)? {
        instance.dict = Some(dict);
    }
    Ok((dict, moved))
}
