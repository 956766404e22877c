//! Code that nothing calls by its name: a special method runs when an instruction or a native needs it, a generator when it is
//! asked for its next value. What the library has of these comes up only if the program mentions it.

use super::callee::is_special;
use crate::base::Symbol;
use crate::bytecode::{Code, CodeKind, Constant, Home, Instruction};
use crate::machine::image::Image;
use std::collections::BTreeSet;

/// Generators of the prelude that builtins make, and the builtins that make them.
const MADE_BY: &[(&str, &str)] = &[("call_until", "iter")];

/// For each code of the program: whether it may run though nothing calls it by its name.
pub(super) fn implicit(image: &Image) -> Vec<bool> {
    let codes = &image.program.codes;
    let functions: BTreeSet<(Home, Symbol)> =
        codes.iter().filter(|code| is_function(code)).map(|code| (code.home, code.name)).collect();
    let mut known: Vec<bool> = codes.iter().map(|code| code.home == Home::Scenario).collect();
    let mut names = BTreeSet::new();
    let mut fresh: Vec<usize> = (0..codes.len()).filter(|index| known[*index]).collect();
    while !fresh.is_empty() {
        fresh.iter().for_each(|index| mention(image, &codes[*index], &mut names));
        let is_fresh = |index: &usize| !known[*index] && is_mentioned(image, &codes[*index], &names, &functions);
        fresh = (0..codes.len()).filter(is_fresh).collect();
        fresh.iter().for_each(|index| known[*index] = true);
    }
    let comes_up = |code: &Code| code.kind == CodeKind::Generator || is_special(image, code);
    codes.iter().zip(known).map(|(code, known)| known && comes_up(code)).collect()
}

fn is_function(code: &Code) -> bool {
    matches!(code.kind, CodeKind::Function | CodeKind::Generator)
}

/// Whether the code has one of these names, or stands in what has. A module counts if it makes something else than a function
/// under one of them: a class, whose bases it names, or an instance.
fn is_mentioned(image: &Image, code: &Code, names: &BTreeSet<&str>, functions: &BTreeSet<(Home, Symbol)>) -> bool {
    if code.kind == CodeKind::Module {
        return code.instructions.iter().any(|instruction| match instruction {
            Instruction::StoreGlobal(global) => {
                let name = image.program.globals[global.0 as usize].name;
                names.contains(image.name(name)) && !functions.contains(&(code.home, name))
            }
            _ => false,
        });
    }
    let own = image.name(code.name);
    let outer = code.qualified_name.split('.').next().unwrap_or(own);
    let made = MADE_BY.iter().any(|(generator, by)| *generator == own && names.contains(by));
    // Special methods have their names from Python: what counts is the class.
    made || names.contains(outer) || (!is_special(image, code) && names.contains(own))
}

/// Adds the names that a code mentions, those in its texts too: `getattr(map_module, "map")`.
fn mention<'i>(image: &'i Image, code: &'i Code, names: &mut BTreeSet<&'i str>) {
    use Instruction as I;
    let of_instruction = |instruction: &Instruction| match instruction {
        I::LoadGlobal(global) | I::LoadClassName(_, global) => Some(image.program.globals[global.0 as usize].name),
        I::LoadAttribute(name) | I::LoadMethod(name, _) | I::ImportMember(_, name) => Some(*name),
        _ => None,
    };
    names.extend(code.instructions.iter().filter_map(of_instruction).map(|name| image.name(name)));
    let of_constant = |constant: &'i Constant| match constant {
        Constant::Str(text) => Some(&**text),
        _ => None,
    };
    names.extend(code.constants.iter().filter_map(of_constant));
}
