//! Binding arguments to parameters, with CPython's error messages.

use super::Vm;
use crate::base::Symbol;
use crate::bytecode::Code;
use crate::machine::data;
use crate::machine::data::exception;
use crate::machine::memory::image::Linked;
use crate::machine::memory::native::Halt;
use crate::machine::memory::object::Object;
use crate::machine::memory::value::{Function, Kind, Value};
use rustc_hash::FxHashMap;

/// So many keywords are looked for one by one.
const FEW: usize = 16;

/// Arguments bound to parameters.
struct Bound {
    /// Values of the parameter slots, `**kwargs` left out.
    slots: Vec<Value>,
    /// What `**kwargs` gets, if the function has it.
    double_star: Option<Vec<(Symbol, Value)>>,
}

impl Vm<'_> {
    /// Binds arguments in their general shape to parameters, in place.
    pub(super) fn bind(
        &mut self,
        code: &Code,
        function: &Function,
        first: usize,
        names: &[Symbol],
    ) -> Result<(), Halt> {
        let values = self.thread.stack.split_off(first);
        let bound = bind(self.image, code, function, &values, names);
        match bound {
            Ok(bound) => {
                self.thread.stack.extend(bound.slots);
                if let Some(keywords) = bound.double_star {
                    let dict =
                        keywords.into_iter().map(|(name, value)| (data::hash::text_key(self.image.name(name)), value));
                    let dict = Object::Dict(dict.collect());
                    let dict = self.new_object(Kind::Dict, dict);
                    self.push(dict);
                }
                Ok(())
            }
            Err(message) => {
                self.thread.stack.extend(values);
                Err(self.error(&exception::TYPE_ERROR, message))
            }
        }
    }
}

/// Binds `values` (those of the keywords `names` last) to the parameters of `function`.
///
/// # Errors
/// The message of the `TypeError` that Python raises.
fn bind(image: &Linked, code: &Code, function: &Function, values: &[Value], names: &[Symbol]) -> Result<Bound, String> {
    let shape = &code.parameters;
    let (positional, named) = values.split_at(values.len() - names.len());
    let fixed = shape.positional as usize;
    let mut slots = vec![Value::Unbound; fixed + shape.keyword_only as usize];
    let taken = positional.len().min(fixed);
    slots[..taken].clone_from_slice(&positional[..taken]);

    let mut rest = Vec::new();
    let first = shape.positional_only as usize;
    let place = places(&code.locals[first..slots.len()], names.len());
    for (name, value) in names.iter().zip(named) {
        match place(*name) {
            Some(index) if !slots[first + index].is_unbound() => {
                return Err(format!(
                    "{}() got multiple values for argument '{}'",
                    code.qualified_name,
                    image.name(*name)
                ));
            }
            Some(index) => slots[first + index] = value.clone(),
            None if shape.double_star => rest.push((*name, value.clone())),
            None => return Err(unexpected(image, code, *name, names)),
        }
    }
    if positional.len() > fixed && !shape.star {
        return Err(too_many(code, function, positional.len(), &slots));
    }
    fill_defaults(image, code, function, &mut slots)?;
    if shape.star {
        slots.push(Value::tuple(positional[taken..].to_vec()));
    }
    Ok(Bound { slots, double_star: shape.double_star.then_some(rest) })
}

/// Where each parameter is, by its name: for a few names it is looked for among all.
fn places(parameters: &[Symbol], names: usize) -> impl Fn(Symbol) -> Option<usize> {
    let all = (names > FEW).then(|| parameters.iter().zip(0..).map(|(name, index)| (*name, index)).collect());
    move |name| match &all {
        None => parameters.iter().position(|parameter| *parameter == name),
        Some(all) => FxHashMap::<Symbol, usize>::get(all, &name).copied(),
    }
}

/// The complaint about the keyword `name`, one of `names`, which no parameter takes.
fn unexpected(image: &Linked, code: &Code, name: Symbol, names: &[Symbol]) -> String {
    let only = &code.locals[..code.parameters.positional_only as usize];
    let misused: Vec<&str> = only.iter().filter(|name| names.contains(name)).map(|name| image.name(*name)).collect();
    let function = &code.qualified_name;
    if misused.is_empty() {
        return format!("{function}() got an unexpected keyword argument '{}'", image.name(name));
    }
    let misused = misused.join(", ");
    format!("{function}() got some positional-only arguments passed as keyword arguments: '{misused}'")
}

fn fill_defaults(image: &Linked, code: &Code, function: &Function, slots: &mut [Value]) -> Result<(), String> {
    let fixed = code.parameters.positional as usize;
    let first_default = fixed - function.defaults.len();
    for (slot, default) in slots[first_default..fixed].iter_mut().zip(&function.defaults) {
        if slot.is_unbound() {
            *slot = default.clone();
        }
    }
    for (slot, default) in slots[fixed..].iter_mut().zip(&function.keyword_defaults) {
        if slot.is_unbound() {
            *slot = default.clone();
        }
    }
    let missing = |range: std::ops::Range<usize>| -> Vec<String> {
        range
            .filter(|index| slots[*index].is_unbound())
            .map(|index| format!("'{}'", image.name(code.locals[index])))
            .collect()
    };
    let (positional, keyword) = (missing(0..fixed), missing(fixed..slots.len()));
    let (names, kind) = if positional.is_empty() { (keyword, "keyword-only") } else { (positional, "positional") };
    if names.is_empty() {
        return Ok(());
    }
    let plural = if names.len() == 1 { "" } else { "s" };
    Err(format!(
        "{}() missing {} required {kind} argument{plural}: {}",
        code.qualified_name,
        names.len(),
        listed(&names)
    ))
}

fn too_many(code: &Code, function: &Function, given: usize, slots: &[Value]) -> String {
    let most = code.parameters.positional as usize;
    let least = most - function.defaults.len();
    let takes = if least == most { format!("{most}") } else { format!("from {least} to {most}") };
    let plural = if most == 1 && least == most { "" } else { "s" };
    let were = if given == 1 { "was" } else { "were" };
    let keyword = slots[most..].iter().filter(|slot| !slot.is_unbound()).count();
    let also = match keyword {
        0 => String::new(),
        count => {
            let (s, keyword_s) = (if given == 1 { "" } else { "s" }, if count == 1 { "" } else { "s" });
            format!(" positional argument{s} (and {count} keyword-only argument{keyword_s})")
        }
    };
    format!("{}() takes {takes} positional argument{plural} but {given}{also} {were} given", code.qualified_name)
}

/// `'a'`, `'a' and 'b'`, `'a', 'b', and 'c'`.
fn listed(names: &[String]) -> String {
    match names {
        [one] => one.clone(),
        [one, two] => format!("{one} and {two}"),
        [init @ .., last] => format!("{}, and {last}", init.join(", ")),
        [] => String::new(),
    }
}
