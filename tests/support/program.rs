//! Programs for tests.

use raddle::base::Source;
use raddle::lang;
use raddle::machine::Image;
use std::sync::Arc;

/// A program that is known to compile.
pub(crate) fn image(name: &str, text: &str) -> Arc<Image> {
    let program = lang::compile(Arc::new(Source::new(name, text)));
    Arc::new(Image::new(Arc::new(program.unwrap_or_else(|found| panic!("{name} is refused: {found:?}")))))
}
