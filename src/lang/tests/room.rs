//! What may be compiled where there is no thread with a large stack.

use super::super::room::{Depths, NARROW};
use super::super::{compile_here, nesting};
use crate::base::Source;
use std::sync::Arc;

/// The smallest stack that texts which are not nested deeply have to fit into.
const SMALL: usize = 1 << 20;

/// Texts that are as deep as may be.
fn deepest(Depths { brackets, indentation, chain }: Depths) -> Vec<String> {
    let repeat = |text: &str, times: usize| text.repeat(times);
    let blocks = |head: &str, last: &str| -> String {
        let lines = (0..indentation).map(|depth| format!("{}{head}\n", " ".repeat(depth)));
        lines.collect::<String>() + &" ".repeat(indentation) + last + "\n"
    };
    let chains = [
        format!("x = {}1", repeat("not ", chain)),
        format!("x = {}1", repeat("-", chain)),
        format!("x = 1{}", repeat(" + 1", chain)),
        format!("x = 1{}", repeat(" ** 1", chain)),
        format!("x = 1{}", repeat(" if 1 else 1", chain / 2)),
        format!("x = 1{}", repeat(".real", chain)),
        format!("x = {}1", repeat("lambda: ", chain)),
        format!("x = {}1{}", repeat("f(", brackets), repeat(")", brackets)),
        format!("x = {}1{}", repeat("[", brackets), repeat("]", brackets)),
        format!("x = {}1{}", repeat("{1: ", brackets), repeat("}", brackets)),
        format!("x = {}1{}", repeat("[y for y in ", brackets), repeat("]", brackets)),
    ];
    let mut texts: Vec<String> = chains.iter().map(|line| format!("f = print\n{line}\n")).collect();
    for head in ["if f:", "for y in f:", "with f:", "def g():", "while f:", "class C:", "try:"] {
        texts.extend(chains.iter().map(|line| format!("f = print\n{}", blocks(head, line))));
    }
    texts
}

#[test]
fn what_is_not_nested_deeply_fits_into_a_small_stack() {
    let compile = || {
        for text in deepest(NARROW) {
            // Some are refused for other reasons, after they were parsed.
            drop(compile_here(&Arc::new(Source::new("deep.py", text)), &crate::lang::Alone));
        }
    };
    let thread = std::thread::Builder::new().stack_size(SMALL).spawn(compile).expect("there are threads");
    thread.join().expect("nothing panics");
}

#[test]
fn the_built_in_scenarios_are_not_nested_deeply() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios");
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("the folder can be read").path();
        let text = std::fs::read_to_string(&path).expect("the file can be read");
        assert_eq!(nesting::check(&text, NARROW), None, "{}", path.display());
    }
}
