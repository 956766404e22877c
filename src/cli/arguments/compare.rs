//! The arguments of `raddle compare`.

use super::{policy, seed, speed};
use crate::policy::Kind;
use crate::schedule::Speed;
use clap::Args;
use std::ffi::OsString;

#[derive(Args, Debug)]
pub(super) struct CompareArguments {
    /// Two Python files or built-in scenarios' names, or one and two policies
    #[arg(value_name = "FILE-OR-NAME", required = true, num_args = 1..=2)]
    scenarios: Vec<OsString>,
    /// What picks the next thread: os, round-robin, random, priority, pct or gil; once for both, or once for each
    /// [default: the scenario's, or gil]
    #[arg(long = "policy", value_name = "NAME", value_parser = policy)]
    policies: Vec<Kind>,
    /// Seed of the policies and of the programs' own unseeded random numbers
    #[arg(long, value_parser = seed, allow_negative_numbers = true, default_value = "0")]
    seed: u64,
    /// How many times the default speed the screen begins with, 0.01 to 1000, or max [default: max]
    #[arg(long, value_name = "TIMES", value_parser = speed, allow_negative_numbers = true)]
    speed: Option<Speed>,
    /// Print the comparison as text
    #[arg(long)]
    headless: bool,
    /// Print a line of JSON for each run instead; implies --headless
    #[arg(long)]
    json: bool,
}

/// What is to be compared.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Compare {
    pub(in crate::cli) sides: [Side; 2],
    pub(in crate::cli) seed: u64,
    pub(in crate::cli) json: bool,
    pub(in crate::cli) color: bool,
}

/// One of the two.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Side {
    /// A path, or a built-in scenario's name.
    pub(in crate::cli) scenario: OsString,
    pub(in crate::cli) policy: Option<Kind>,
}

impl CompareArguments {
    pub(super) fn is_headless(&self) -> bool {
        self.headless || self.json
    }

    pub(super) fn speed(&self) -> Option<Speed> {
        self.speed
    }

    /// What is to be compared; the error says what is wrong with the arguments.
    pub(super) fn compare(self, color: bool) -> Result<Compare, &'static str> {
        let CompareArguments { scenarios, policies, seed, json, .. } = self;
        let side = |scenario: &OsString, policy: Option<Kind>| Side { scenario: scenario.clone(), policy };
        let (one, other) = match (&scenarios[..], &policies[..]) {
            ([one, other], []) => (side(one, None), side(other, None)),
            ([one, other], [policy]) => (side(one, Some(*policy)), side(other, Some(*policy))),
            ([one, other], [first, second]) => (side(one, Some(*first)), side(other, Some(*second))),
            ([one], [first, second]) => (side(one, Some(*first)), side(one, Some(*second))),
            _ => {
                return Err(
                    "give two programs, or one program and two policies, like `raddle compare bank.py --policy gil \
                     --policy os`",
                );
            }
        };
        if [&one, &other].iter().all(|side| side.scenario == "-") {
            return Err("standard input can be read once: give one program as a file");
        }
        Ok(Compare { sides: [one, other], seed, json, color })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Action, Cli, action};
    use super::*;
    use clap::Parser;

    fn sides(line: &str) -> Option<[(String, Option<Kind>); 2]> {
        match action(Cli::try_parse_from(line.split(' ')).ok()?, false).ok()? {
            Action::Compare(compare) => {
                Some(compare.sides.map(|side| (side.scenario.to_string_lossy().into_owned(), side.policy)))
            }
            _ => None,
        }
    }

    #[test]
    fn two_programs_are_compared_or_one_under_two_policies() {
        let side = |name: &str, policy| (name.to_owned(), policy);
        let (gil, os) = (Some(Kind::Gil), Some(Kind::Os));
        assert_eq!(sides("raddle compare a b"), Some([side("a", None), side("b", None)]));
        assert_eq!(sides("raddle compare a b --policy os"), Some([side("a", os), side("b", os)]));
        assert_eq!(sides("raddle compare a b --policy os --policy gil"), Some([side("a", os), side("b", gil)]));
        assert_eq!(sides("raddle compare a --policy gil --policy os"), Some([side("a", gil), side("a", os)]));
        for wrong in ["a", "a --policy os", "a b c", "a b --policy os --policy gil --policy os", "- -"] {
            assert_eq!(sides(&format!("raddle compare {wrong}")), None, "{wrong}");
        }
    }
}
