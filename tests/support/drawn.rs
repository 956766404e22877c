//! Random programs, ready to run: their files compiled together.

use super::grammar;
use raddle::base::Source;
use raddle::base::diagnostic::Diagnostics;
use raddle::lang::{self, Beside, Entry};
use raddle::machine::Image;
use std::sync::Arc;

/// The files of a program, by path.
struct Files(Vec<(String, String)>);

impl Beside for Files {
    fn find(&self, path: &str) -> Entry {
        let below = format!("{path}/");
        match self.0.iter().find(|(at, _)| at == path) {
            Some((at, text)) => Entry::File(Ok(Source::new(at, &**text))),
            None if self.0.iter().any(|(at, _)| at.starts_with(&below)) => Entry::Folder,
            None => Entry::Nothing,
        }
    }
}

/// The program, linked; or every reason why it cannot be run.
pub(crate) fn image(program: &grammar::Program) -> Result<Arc<Image>, Diagnostics> {
    let files = program.sources();
    let (path, text) = &files[0];
    let own = Arc::new(Source::new(path, &**text));
    lang::compile_with(own, Arc::new(Files(files))).map(|program| Arc::new(Image::new(Arc::new(program))))
}
