//! loom: all executions that differ by more than the order of independent steps, with what the memory model of C11 allows
//! an atomic number to be. At most five threads, the main one included. A step is as `executions` says.

use crate::executions::interpreter;
use crate::inside::Search;

interpreter!(loom);

pub fn explore(program: Program, is_fine: bool) {
    let search = Search::begin();
    search.ends_in_panics();
    let counting = search.clone();
    let mut builder = loom::model::Builder::new();
    builder.max_branches = 100_000;
    builder.check(move || {
        counting.count();
        run(program, &program.roles(), is_fine);
    });
    search.ends_well();
}
