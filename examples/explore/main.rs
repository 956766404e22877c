//! Explores every interleaving of a program, without any reduction: a search that is small enough to be believed.
//!
//! `cargo run --release --example explore -- FILE...` prints, for each file, how many states there are, how many steps
//! between them, and in how many of them the program ends or nobody can go on.

#![expect(clippy::print_stdout, reason = "it prints what it found")]

mod search;

use raddle::base::Source;
use raddle::machine::{Boot, Execution, Image, budget};
use std::sync::Arc;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for file in std::env::args().skip(1) {
        let program = raddle::lang::compile(Arc::new(Source::new(&*file, std::fs::read_to_string(&file)?)))
            .map_err(|errors| format!("{file}: {errors:?}"))?;
        let image = Arc::new(Image::new(Arc::new(program)));
        let start = Execution::new(image, Boot { seed: 1, epoch: 0, memory: budget::DEFAULT });
        println!("{file}: {:?}", search::explore(start));
    }
    Ok(())
}
