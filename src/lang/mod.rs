//! Python source to [`Program`]: the only place that knows the parser crate.
//!
//! The passes, in order: [`nesting`] (nothing may be too deep to recurse over), the parser, [`collect`] and [`scope`] (which
//! variable each name means), [`refuse`] (what lies outside the subset), [`attributes`] (who stores to which attribute),
//! and the compiler proper: [`function`] for codes, [`statement`], [`exits`], [`pattern`], [`expression`], [`call`] and
//! [`comprehension`]. The part of the library that is written in Python is compiled the same way into the same program
//! ([`library`]).

mod attributes;
mod call;
mod collect;
mod comprehension;
mod exits;
mod expression;
mod function;
mod import;
mod library;
mod nesting;
mod pattern;
mod refuse;
mod room;
mod scope;
mod standin;
mod statement;
mod syntax;
mod target;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod verify;

use crate::base::{Diagnostic, Diagnostics, Source, Span, diagnostic::Reason};
use crate::bytecode::{CodeId, Home, Program, builder::ProgramBuilder};
use collect::Collected;
use ruff_python_ast::ModModule;
use ruff_text_size::Ranged;
pub use standin::comment as stub_comment;
use std::sync::Arc;

/// The largest source that is taken in, in bytes.
pub const SIZE_LIMIT: usize = 1 << 20;

/// Takes in a file: at most [`SIZE_LIMIT`] bytes of UTF-8, a byte order mark at its start left out. Every line end becomes
/// a newline, in strings too, as in Python.
///
/// # Errors
/// When the bytes are no such text.
pub fn read_bytes(name: &str, bytes: &[u8]) -> Result<Source, Diagnostics> {
    let refuse = |message: String| Err(vec![Diagnostic::whole_file(Reason::Unreadable, message)]);
    if bytes.len() > SIZE_LIMIT {
        let line = 1 + bytes[..SIZE_LIMIT].iter().filter(|&&byte| byte == b'\n').count();
        return refuse(format!(
            "the file is larger than 1 MiB, the most that raddle takes in; that is reached in line {line}"
        ));
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text),
        Err(error) => {
            let line = 1 + bytes[..error.valid_up_to()].iter().filter(|&&byte| byte == b'\n').count();
            return refuse(format!("the file is not UTF-8 text (a wrong byte in line {line}); save it as UTF-8"));
        }
    };
    if let Some(at) = text.find('\0') {
        let line = Source::new(name, &text[..at]).line_of(at as u32);
        return refuse(format!("the file holds a NUL byte, in line {line}"));
    }
    if text.contains('\r') {
        return Ok(Source::new(name, text.replace("\r\n", "\n").replace('\r', "\n")));
    }
    Ok(Source::new(name, text))
}

/// Compiles a scenario, and links the library to it.
///
/// # Errors
/// Every reason why the source cannot be run, in source order.
pub fn compile(source: Arc<Source>) -> Result<Program, Diagnostics> {
    room::with_room(move || compile_here(source)).unwrap_or_else(|error| {
        let message = format!("no thread could be started to compile on: {error}");
        Err(vec![Diagnostic::whole_file(Reason::Unreadable, message)])
    })
}

fn compile_here(source: Arc<Source>) -> Result<Program, Diagnostics> {
    let module = parse(&source)?;
    let mut found = analyse(&module, false)?;
    if !standin::asked_for(source.text()).is_empty() {
        found.imports.insert(standin::MODULE.into());
    }
    in_order(refuse::refusals(&source, &module, &found))?;
    let unbound = |(scope, name, _): &&(scope::ScopeId, Arc<str>, Span)| found.scopes.binding(*scope, name).is_none();
    let homes = found.loads.iter().filter(unbound).filter_map(|(_, name, _)| library_of(name));
    found.imports.extend(homes.collect::<Vec<_>>());
    let mut program = ProgramBuilder::new(source.clone());
    library::link(&mut program, &found.imports)?;
    let main = generate(&mut program, &source, &module, found, Home::Scenario)?;
    Ok(program.finish(main))
}

/// The module that a builtin is written in, if it is written in Python.
fn library_of(name: &str) -> Option<Arc<str>> {
    crate::bytecode::library::home_of_builtin(name).map(Arc::from)
}

/// Whether the text is one expression.
///
/// # Errors
/// What is wrong with it.
pub fn expression(text: &str) -> Result<(), String> {
    ruff_python_parser::parse_expression(text).map(drop).map_err(|error| error.error.to_string())
}

/// What the names of a module mean.
fn analyse(module: &ModModule, library: bool) -> Result<Collected, Diagnostics> {
    let found = collect::collect(&module.body, library);
    in_order(found.syntax.clone())?;
    Ok(found)
}

/// The codes of a module.
fn generate(
    program: &mut ProgramBuilder,
    source: &Source,
    module: &ModModule,
    found: Collected,
    home: Home,
) -> Result<CodeId, Diagnostics> {
    attributes::classify(program, &found, home != Home::Scenario);
    function::compile(program, source, &found.scopes, module, home)
}

fn parse(source: &Source) -> Result<ModModule, Diagnostics> {
    if let Some(complaint) = nesting::check(source.text(), room::DEPTHS) {
        return Err(vec![complaint]);
    }
    let parsed = ruff_python_parser::parse_unchecked_source(source.text(), ruff_python_ast::PySourceType::Python);
    in_order(syntax::complaints(source, &parsed))?;
    Ok(parsed.into_syntax())
}

/// Fails with complaints, sorted by place.
fn in_order(mut complaints: Diagnostics) -> Result<(), Diagnostics> {
    complaints.sort_by_key(|complaint| complaint.span);
    complaints.dedup();
    if complaints.is_empty() { Ok(()) } else { Err(complaints) }
}

/// Where a node of the tree stands.
fn span(at: impl Ranged) -> Span {
    Span::new(at.start().to_u32(), at.end().to_u32())
}
