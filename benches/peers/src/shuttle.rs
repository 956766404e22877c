//! shuttle: all schedules, one after the other, depth first, without leaving out those that differ by the order of
//! independent steps alone. (Its strength, schedules at random for code that is too large to try all, answers another
//! question.) A step is as `executions` says.

use crate::executions::interpreter;
use crate::inside::Search;

interpreter!(shuttle);

pub fn explore(program: Program, is_fine: bool) {
    let search = Search::begin();
    search.ends_in_panics();
    let counting = search.clone();
    let execution = move || {
        counting.count();
        run(program, &program.roles(), is_fine);
    };
    shuttle::check_dfs(execution, None);
    search.ends_well();
}
