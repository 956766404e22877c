//! Random programs for the engine: what is typed is handed in.

use super::grammar;
use raddle::engine::{Nowhere, Outside};
use raddle::machine::files::Change;
use raddle::schedule::{Found, Given};
use std::io;
use std::sync::Arc;

/// What is outside of a program: no file, and these lines, typed.
#[derive(Debug)]
pub(crate) struct Typed(pub(crate) Arc<str>);

impl Typed {
    /// Of that program.
    pub(crate) fn of(program: &grammar::Program) -> Arc<dyn Outside> {
        Arc::new(Typed(program.typed.as_str().into()))
    }
}

impl Outside for Typed {
    fn here(&self) -> Arc<str> {
        Nowhere.here()
    }

    fn find(&self, path: &str) -> Found {
        Nowhere.find(path)
    }

    fn typed(&self) -> Option<Given> {
        Some(Given::Typed { text: self.0.clone(), end: true })
    }

    fn change(&self, _: &Change) -> io::Result<()> {
        Ok(())
    }
}
