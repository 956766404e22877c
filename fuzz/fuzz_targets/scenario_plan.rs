//! Faults as the command line and metadata name them: each is read or refused, and is written as it is read; and whole
//! metadata blocks.
#![no_main]

use libfuzzer_sys::fuzz_target;
use raddle::base::Source;
use raddle::schedule::FaultPlan;

fuzz_target!(|text: &str| {
    match text.parse::<FaultPlan>() {
        Ok(plan) => assert_eq!(plan.to_string().parse::<FaultPlan>().as_ref(), Ok(&plan), "{plan}"),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
    let block: String = text.lines().map(|line| format!("# {line}\n")).collect();
    let _ = raddle::scenario::metadata::parse(&Source::new("block", format!("# /// script\n{block}# ///\n")));
});
