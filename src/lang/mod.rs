//! Python source to [`Program`]: the only place that knows the parser crate.
//!
//! The passes, in order: [`project`] finds the files, with [`nesting`] (nothing may be too deep to recurse over) and the
//! parser, then for each module, as [`linked`] has it: [`collect`] and [`scope`] (which
//! variable each name means), [`refuse`] (what lies outside the subset), [`attributes`] (who stores to which attribute),
//! and the compiler proper: [`function`] for codes, [`statement`], [`exits`], [`pattern`], [`expression`], [`call`] and
//! [`comprehension`]. The part of the library that is written in Python is compiled the same way into the same program
//! ([`library`]), as far as the scenario needs it ([`pieces`]).

mod arguments;
mod attributes;
mod call;
mod collect;
mod comprehension;
mod exits;
mod expression;
mod function;
mod import;
pub mod influence;
mod library;
mod linked;
mod namespace;
mod nesting;
mod pattern;
mod pieces;
mod project;
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
use crate::bytecode::{Program, builder::ProgramBuilder, library as library_names};
pub use arguments::comment as arguments_comment;
use collect::Collected;
use indexmap::IndexSet;
pub use project::{Alone, Beside, Entry};
use project::{Project, View};
use ruff_python_ast::ModModule;
use ruff_text_size::Ranged;
use scope::Role;
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

/// Compiles a scenario of one file, and links the library to it.
///
/// # Errors
/// Every reason why the source cannot be run, in source order.
pub fn compile(source: Arc<Source>) -> Result<Program, Diagnostics> {
    compile_with(source, Arc::new(Alone))
}

/// Compiles a scenario with the files that its imports lead to, and links the library to it.
///
/// # Errors
/// Every reason why these cannot be run, file by file, in source order.
pub fn compile_with(source: Arc<Source>, beside: Arc<dyn Beside + Send + Sync>) -> Result<Program, Diagnostics> {
    room::with_room(move || compile_here(&source, &*beside)).unwrap_or_else(|error| {
        let message = format!("no thread could be started to compile on: {error}");
        Err(vec![Diagnostic::whole_file(Reason::Unreadable, message)])
    })
}

fn compile_here(source: &Arc<Source>, beside: &dyn Beside) -> Result<Program, Diagnostics> {
    let project = Project::find(source, beside)?;
    let stars = project.stars();
    let own = linked::analyse(&project, &stars)?;
    let mut program = ProgramBuilder::new(source.clone());
    program.arguments = arguments::asked_for(source.text());
    let mut imports = IndexSet::new();
    if !standin::asked_for(source.text()).is_empty() {
        imports.insert(Arc::from(standin::MODULE));
    }
    let texts = project.files.iter().map(|parsed| parsed.source.text());
    program.reassigned = attributes::reassigned(&own, texts.clone());
    let mut forms = Vec::new();
    for found in &own {
        imports.extend(found.imports.iter().cloned());
        let unbound =
            |(scope, name, _): &&(scope::ScopeId, Arc<str>, Span)| found.scopes.binding(*scope, name).is_none();
        for (_, name, _) in found.loads.iter().filter(unbound) {
            if let Some((module, form)) = library_names::home_of_builtin(name, &program.reassigned) {
                imports.insert(Arc::from(module));
                forms.push(form);
            }
        }
    }
    let needed = pieces::Needed::of(texts.chain(forms), &imports, library::PRELUDE, library::PARTS);
    library::link(&mut program, &needed, &imports, !project.modules.is_empty())?;
    linked::generate(program, &project, &stars, &own)
}

/// Whether the text is one expression.
///
/// # Errors
/// What is wrong with it.
pub fn expression(text: &str) -> Result<(), String> {
    ruff_python_parser::parse_expression(text).map(drop).map_err(|error| error.error.to_string())
}

/// What the names of a module mean.
fn analyse(module: &ModModule, role: Role, view: &View<'_>) -> Result<Collected, Diagnostics> {
    let found = collect::collect(&module.body, role, view);
    in_order(found.syntax.clone())?;
    Ok(found)
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
