//! `raddle compare` without a screen: what it says of two runs.

mod support {
    pub(crate) mod process;
}

use serde_json::Value;
use std::process::Stdio;
use support::process;

/// What the command prints.
fn compared(arguments: &[&str]) -> String {
    let mut all = vec!["compare".as_ref(), "--headless".as_ref()];
    all.extend(arguments.iter().map(std::ffi::OsStr::new));
    let outcome = process::run(&all, Stdio::null());
    assert!(!outcome.hung && outcome.status == Some(0), "{:?}", outcome.stderr);
    outcome.stdout.join("\n")
}

/// The two lines of JSON.
fn figures(arguments: &[&str]) -> [Value; 2] {
    let text = compared(&[arguments, &["--json"]].concat());
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("it is JSON")).collect();
    lines.try_into().expect("there are two runs")
}

#[test]
fn processes_compute_side_by_side_and_threads_in_turn() {
    let [threads, processes] = figures(&["cpu_bound", "cpu_bound_processes"]);
    let of = |run: &Value, what: &str| run[what].as_u64().expect("it is a number");
    assert!(of(&threads, "time") > of(&processes, "time") * 3 / 2, "{threads} {processes}");
    assert!(of(&threads, "switches") > of(&processes, "switches"));
    assert_eq!((of(&threads, "forked_bytes"), of(&processes, "processes")), (0, 3));
    assert!(of(&processes, "forked_bytes") > 0);
}

#[test]
fn waiting_takes_processes_as_long_as_threads() {
    let [threads, processes] = figures(&["io_bound", "io_bound_processes"]);
    for run in [&threads, &processes] {
        let time = run["time"].as_u64().expect("it is a number");
        assert!((1_000_000_000..1_050_000_000).contains(&time), "{run}");
        assert_eq!(run["waits"], 4, "{run}");
    }
}

#[test]
fn one_program_under_two_policies_has_its_lanes_in_one_scale() {
    let text = compared(&["cpu_bound", "--policy", "gil", "--policy", "os"]);
    let lanes = |head: &str| -> Vec<usize> {
        let lines = text.lines().skip_while(|line| *line != head).skip(1);
        lines.take_while(|line| !line.is_empty()).map(|line| line.chars().count()).collect()
    };
    let (gil, os) = (lanes("cpu_bound under gil"), lanes("cpu_bound under os"));
    assert_eq!((gil.len(), os.len()), (3, 3), "{text}");
    assert!(gil[0] > os[0], "{text}");
}

#[test]
fn a_fork_copies_what_the_process_has_and_a_pipe_what_is_sent() {
    let path = std::env::temp_dir().join(format!("raddle-{}-copied.py", std::process::id()));
    let program = "import multiprocessing, sys\nthings = [[n] for n in range(20_000)]\n\
                   def work(end):\n    end.send(bytes(9_000))\n\
                   one, other = multiprocessing.Pipe()\n\
                   child = multiprocessing.Process(target=work, args=(other,))\n\
                   child.start()\none.recv()\nchild.join()\n";
    std::fs::write(&path, program).expect("it can be written");
    let name = path.to_str().expect("it is text");
    let [one, other] = figures(&[name, name, "--seed", "3"]);
    std::fs::remove_file(&path).expect("it is there");
    assert_eq!(one, other, "the same run gives the same figures");
    let of = |what: &str| one[what].as_u64().expect("it is a number");
    assert!((2_000_000..20_000_000).contains(&of("forked_bytes")), "{one}");
    assert!(of("messages") == 1 && (9_000..9_100).contains(&of("message_bytes")), "{one}");
}
