//! The scenarios that are built into the binary: the files of `scenarios/`, in the order in which the gallery and
//! `raddle list` show them.

use crate::base::{Source, nearest};

/// A scenario that is built in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Builtin {
    /// Its name: the file's, without `.py`.
    pub name: &'static str,
    /// Its text.
    pub text: &'static str,
}

impl Builtin {
    /// The scenario as a source file, called `name.py`.
    pub fn source(&self) -> Source {
        Source::new(format!("{}.py", self.name), self.text)
    }
}

macro_rules! builtin {
    ($($name:literal)*) => {
        &[$(Builtin { name: $name, text: include_str!(concat!("../../scenarios/", $name, ".py")) }),*]
    };
}

/// Every built-in scenario: what belongs together stands together, and the simplest comes first.
pub const ALL: &[Builtin] = builtin![
    "hello_threads"
    "thread_subclass"
    "join_and_daemon"
    "join_timeout"
    "thread_local"
    "timer"
    "counter_race"
    "lost_update"
    "lost_update_fixed"
    "check_then_act"
    "broken_invariant"
    "double_checked"
    "bank_account"
    "reentrant_lock"
    "try_lock"
    "semaphore_pool"
    "connection_pool"
    "resource_pool"
    "readers_writers"
    "event_handshake"
    "starting_gun"
    "taking_turns"
    "bounded_buffer"
    "barrier_phases"
    "broken_barrier"
    "lost_wakeup"
    "if_instead_of_while"
    "producer_consumer"
    "poison_pill"
    "queue_join"
    "priority_queue"
    "pipeline"
    "dead_consumer"
    "executor_map"
    "as_completed"
    "future_callbacks"
    "hidden_exception"
    "wait_first"
    "pool_deadlock"
    "deadlock"
    "lock_order"
    "self_deadlock"
    "account_transfer"
    "dining_philosophers"
    "one_seat_less"
    "backing_off"
    "join_cycle"
    "crash"
    "excepthook"
    "forgotten_release"
    "exit_waits"
    "daemon_cut_off"
    "graceful_shutdown"
    "interrupted"
    "logging_threads"
    "cpu_bound"
    "io_bound"
    "gil_is_no_lock"
    "switch_interval"
    "hello_process"
    "own_memory"
    "fork_and_spawn"
    "missing_guard"
    "shared_value"
    "array_slices"
    "process_poison_pill"
    "join_before_drain"
    "pipe_dialogue"
    "unclosed_pipe"
    "both_send"
    "pool_map"
    "dead_pool_worker"
    "broken_executor"
    "nested_change"
    "inherited_lock"
    "unpicklable_task"
    "cpu_bound_processes"
    "io_bound_processes"
    "priority_inversion"
    "priority_inheritance"
    "killed_holder"
    "raised_inside"
    "leaked_lock"
    "taken_lock"
    "expired_timeout"
    "dropped_notify"
    "spurious_wakeup"
    "false_start"
    "late_loader"
    "slow_consumer"
    "frozen_leader"
    "asked_to_stop"
    "killed_process"
    "lost_message"
];

/// No scenario has that name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unknown {
    /// The one that was probably meant.
    pub nearest: Option<&'static str>,
}

/// The scenario of that name, given with or without `.py`.
pub fn find(name: &str) -> Result<Builtin, Unknown> {
    let name = name.strip_suffix(".py").unwrap_or(name);
    let found = ALL.iter().find(|builtin| builtin.name == name);
    found.copied().ok_or_else(|| Unknown { nearest: nearest(name, ALL.iter().map(|builtin| builtin.name)) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::metadata::{self, Expectation};
    use std::collections::BTreeSet;

    #[test]
    fn every_file_is_in_the_table_and_every_entry_is_a_file() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios");
        let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let files: BTreeSet<String> = names.filter_map(|name| Some(name.strip_suffix(".py")?.to_owned())).collect();
        let table: BTreeSet<String> = ALL.iter().map(|builtin| builtin.name.to_owned()).collect();
        assert_eq!(files, table);
        assert_eq!(ALL.len(), table.len(), "a name stands in the table twice");
    }

    #[test]
    fn every_scenario_says_what_it_is() {
        for builtin in ALL {
            let metadata =
                metadata::parse(&builtin.source()).unwrap_or_else(|wrong| panic!("{}: {wrong:?}", builtin.name));
            assert!(metadata.title.is_some() && metadata.summary.is_some(), "{}: title and summary", builtin.name);
            assert!(!metadata.topics.is_empty() && metadata.expect.is_some(), "{}: topics and expect", builtin.name);
            assert!(metadata.group.is_some(), "{}: group", builtin.name);
            assert!(metadata.translations.contains_key("tr"), "{}: a Turkish title", builtin.name);
        }
    }

    #[test]
    fn scenarios_of_a_group_stand_together() {
        let group = |builtin: &Builtin| metadata::parse(&builtin.source()).unwrap().group;
        let mut groups: Vec<_> = ALL.iter().map(group).collect();
        groups.dedup();
        assert_eq!(groups.iter().collect::<BTreeSet<_>>().len(), groups.len(), "{groups:?}");
    }

    #[test]
    fn names_are_found_with_and_without_suffix_and_near_misses_get_advice() {
        assert_eq!(find("deadlock").unwrap().name, "deadlock");
        assert_eq!(find("deadlock.py"), find("deadlock"));
        assert_eq!(find("deadlok.py").unwrap_err().nearest, Some("deadlock"));
        assert_eq!(find("something else entirely").unwrap_err().nearest, None);
        assert_eq!(metadata::parse(&find("deadlock").unwrap().source()).unwrap().expect, Some(Expectation::Deadlock));
    }

    #[test]
    fn the_readme_shows_the_course() {
        let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
        let course = &readme[readme.find("## The course").unwrap()..];
        let mut rows: Vec<(String, Vec<String>)> = Vec::new();
        for builtin in ALL {
            let group = metadata::parse(&builtin.source()).unwrap().group.unwrap_or_default();
            match rows.last_mut().filter(|(last, _)| *last == group) {
                Some((_, names)) => names.push(format!("`{}`", builtin.name)),
                None => rows.push((group, vec![format!("`{}`", builtin.name)])),
            }
        }
        for (group, names) in rows {
            let row = format!("| {group} | {} |", names.join(", "));
            assert!(course.contains(&row), "README.md lacks the row: {row}");
        }
    }
}
