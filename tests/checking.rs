//! `raddle check` as a person runs it: what it prints, writes and gives as its exit status, and where it stops.

#[path = "support/process.rs"]
mod process;

use process::Outcome;
use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A deadlock in one of its interleavings.
const RING: &str = "import threading\na, b = threading.Lock(), threading.Lock()\ndef first():\n    with a:\n        with b: pass\n\
                    def second():\n    with b:\n        with a: pass\n\
                    ts = [threading.Thread(target=first), threading.Thread(target=second)]\n\
                    for t in ts: t.start()\nfor t in ts: t.join()\nprint('both')\n";
const FINE: &str = "import threading\nlock = threading.Lock()\nn = 0\ndef add():\n    global n\n    with lock: n += 1\n\
                    ts = [threading.Thread(target=add) for _ in range(3)]\nfor t in ts: t.start()\nfor t in ts: t.join()\n\
                    assert n == 3\n";
const CLOCK: &str = "import time\nif time.time() > 5: print('late')\n";

/// Takes hours, and goes wrong nowhere: eight philosophers who take the lower fork first.
const ENDLESS: &str = "import threading\nforks = [threading.Lock() for _ in range(8)]\ndef dine(i):\n    \
                       low, high = sorted((i, (i + 1) % 8))\n    for _ in range(50):\n        with forks[low]:\n            \
                       with forks[high]: pass\n\
                       ts = [threading.Thread(target=dine, args=(i,)) for i in range(8)]\n\
                       for t in ts: t.start()\nfor t in ts: t.join()\n";

fn file(name: &str, text: impl AsRef<[u8]>) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("checking");
    fs::create_dir_all(&folder).expect("the folder can be made");
    let path = folder.join(name);
    fs::write(&path, text).expect("the file can be written");
    path
}

fn raddle(arguments: &[&dyn AsRef<OsStr>]) -> Outcome {
    let arguments: Vec<OsString> = arguments.iter().map(|it| it.as_ref().to_owned()).collect();
    let arguments: Vec<&OsStr> = arguments.iter().map(OsString::as_os_str).collect();
    process::run(&arguments, Stdio::null())
}

fn check(options: &[&str], file: &Path) -> Outcome {
    let mut arguments: Vec<&dyn AsRef<OsStr>> = vec![&"check"];
    arguments.extend(options.iter().map(|option| option as &dyn AsRef<OsStr>));
    arguments.push(&file);
    raddle(&arguments)
}

/// The schedule that is printed.
fn schedule(outcome: &Outcome) -> String {
    let line = outcome.stdout.iter().find_map(|line| line.strip_prefix("schedule: "));
    line.expect("a defect has a schedule").to_owned()
}

/// The cure goes by what the threads wait for; who is over waits for nothing, and each thread has a column of its own.
#[test]
fn who_waits_is_told_what_helps() {
    let threads = |first: &str, second: &str| {
        format!(
            "import threading\nlock, met, go = threading.Lock(), threading.Condition(), threading.Event()\nready = False\n\
             items = []\ndef first():\n{first}\ndef second():\n{second}\n\
             ts = [threading.Thread(target=f, name=n) for f, n in ((first, 'one'), (first, 'two'), (second, 'last'))]\n\
             for t in ts: t.start()\nfor t in ts: t.join()\n"
        )
    };
    let wait = "    with met:\n        while not ready: met.wait()";
    let open = "    global ready\n    with met:\n        ready = True\n        met.notify()";
    let take = "    with met:\n        if not items: met.wait()\n        items.pop()";
    let put = "    for _ in range(2):\n        with met:\n            items.append(1)\n            met.notify_all()";
    let pool = "from concurrent.futures import ThreadPoolExecutor\npool = ThreadPoolExecutor(1)\ndef inner(): pass\n\
                def outer(): return pool.submit(inner).result()\npool.submit(outer).result()\n";
    let cases = [
        (threads(wait, open), "call `notify_all`"),
        (threads("    go.wait()\n    go.clear()", "    go.set()\n    go.set()"), "an event does not count"),
        (threads("    lock.acquire()", "    with lock: pass"), "take the lock with `with`"),
        (threads(take, put), "let the wait stand in a loop"),
        (threads("    items.append(1)", "    for _ in set(items) | {1}: met.notify()"), "inside `with`"),
        (pool.to_owned(), "give the inner tasks a second pool"),
    ];
    for (text, cure) in cases {
        let said = check(&[], &file("helps.py", &text)).stdout.join("\n");
        let line = said.lines().find(|line| line.starts_with("usual cure: "));
        assert!(line.is_some_and(|line| line.contains(cure)), "{said}");
    }
    let left = threads("    lock.acquire()", "    with lock: pass");
    let said = check(&[], &file("left.py", &left)).stdout.join("\n");
    assert!(said.lines().any(|line| line.starts_with("stuck: ") && line.contains("wait")), "{said}");
    let names = said.lines().find(|line| line.starts_with("  step ")).unwrap_or_default();
    assert!(["main", "one", "two"].iter().all(|name| names.contains(name)), "{said}");
    let fails = "n = 1\ndef f():\n    assert n == 2, 'n is wrong'\nimport threading\nt = threading.Thread(target=f, name='t')\n\
                 t.start()\nt.join()\n";
    let said = check(&[], &file("fails.py", fails)).stdout.join("\n");
    assert!(said.contains("assertion: AssertionError: n is wrong ends t (line 3)"), "{said}");
}

#[test]
fn the_exit_status_is_that_of_the_gravest_file() {
    let (ring, fine, clock) = (file("ring.py", RING), file("fine.py", FINE), file("clock.py", CLOCK));
    let refused = file("refused.py", "import socket\n");
    let status = |files: &[&Path]| {
        let mut arguments: Vec<&dyn AsRef<OsStr>> = vec![&"check"];
        arguments.extend(files.iter().map(|file| file as &dyn AsRef<OsStr>));
        raddle(&arguments).status
    };
    assert_eq!(status(&[&fine]), Some(0));
    assert_eq!(status(&[&ring]), Some(1));
    assert_eq!(status(&[&clock]), Some(4));
    assert_eq!(status(&[&refused]), Some(3));
    assert_eq!(status(&[&fine, &clock]), Some(4));
    assert_eq!(status(&[&ring, &clock, &fine]), Some(1));
    assert_eq!(status(&[&refused, &ring, &clock]), Some(3));
}

#[test]
fn a_table_has_a_line_for_each_file() {
    let (ring, fine, refused) = (file("a.py", RING), file("b.py", FINE), file("c.py", "import socket\n"));
    let outcome = raddle(&[&"check", &ring, &fine, &refused]);
    let last: Vec<_> = outcome.stdout.iter().rev().take(3).rev().cloned().collect();
    for (line, (word, name)) in last.iter().zip([("defect", "a.py"), ("verified", "b.py"), ("refused", "c.py")]) {
        assert!(line.starts_with(word) && line.contains(name), "{line}");
    }
    assert!(last[0].contains(": deadlock ("), "{}", last[0]);
}

#[test]
fn files_that_are_checked_at_once_are_told_in_order() {
    let texts = [ENDLESS, RING, "import socket\n", CLOCK, FINE, RING];
    let files: Vec<PathBuf> = (0..).zip(texts).map(|(n, text)| file(&format!("at_once{n}.py"), text)).collect();
    let answers = |options: &[&str]| {
        let mut arguments: Vec<&dyn AsRef<OsStr>> = vec![&"check", &"--json", &"--max-states", &"200"];
        arguments.extend(options.iter().map(|option| option as &dyn AsRef<OsStr>));
        arguments.extend(files.iter().map(|file| file as &dyn AsRef<OsStr>));
        let outcome = raddle(&arguments);
        let untimed = |line: &String| {
            let mut object: serde_json::Value = serde_json::from_str(line).expect("it is JSON");
            assert!(object.as_object_mut().is_some_and(|it| it.remove("seconds").is_some()), "{line}");
            object
        };
        (outcome.status, outcome.stderr.clone(), outcome.stdout.iter().map(untimed).collect::<Vec<_>>())
    };
    let one_by_one = answers(&["--jobs", "1"]);
    assert_eq!(one_by_one.2.len(), 5);
    assert_eq!(answers(&["--jobs", "3"]), one_by_one);
    assert_eq!(answers(&[]), one_by_one);
}

#[test]
fn the_schedule_does_it_again() {
    let ring = file("again.py", RING);
    let schedule = schedule(&check(&[], &ring));
    let once_more = check(&["--schedule", &schedule], &ring);
    assert_eq!((once_more.status, schedule.clone()), (Some(1), self::schedule(&once_more)));
    // As a recording, and on real threads.
    for command in ["replay", "run"] {
        let outcome = raddle(&[&command, &"--headless", &"--schedule", &schedule, &ring]);
        let said = outcome.stderr.join("\n");
        assert!(outcome.status == Some(1) && said.contains("deadlock"), "{command}: {said}");
    }
    // A run that is not through goes on by itself.
    let fine = file("on.py", "print('begun')\nprint('done')\n");
    let run = raddle(&[&"run", &"--headless", &"--schedule", &"0", &fine]);
    assert_eq!((run.status, run.stdout), (Some(0), vec!["begun".to_owned(), "done".to_owned()]));
}

#[test]
fn a_schedule_that_does_not_fit_is_refused() {
    let fine = file("fit.py", FINE);
    for (schedule, said) in [("0 7", "thread T7"), ("0*3 0t", "time out")] {
        for command in ["check", "run", "replay"] {
            let outcome = raddle(&[&command, &"--schedule", &schedule, &fine]);
            let told = outcome.stderr.join("\n");
            assert!(outcome.status == Some(3) && told.contains("does not fit"), "{command} {schedule}: {told}");
            assert!(told.contains(said), "{told}");
        }
    }
    let outcome = raddle(&[&"check", &"--schedule", &"0 to 5", &fine]);
    assert!(outcome.status == Some(2) && outcome.stderr.join("\n").contains("0*5 1*3"), "{:?}", outcome.stderr);
    let forever = file("forever.py", "n = 0\nwhile True: pass\n");
    let outcome = raddle(&[&"check", &"--schedule", &"0*9", &forever]);
    assert!(!outcome.hung && outcome.status == Some(3), "{:?}", outcome.stderr);
}

#[test]
fn a_search_stops_at_each_of_its_limits() {
    let endless = file("endless.py", ENDLESS);
    for (option, limit, said) in [
        ("--max-time", "0.3", "limit of time"),
        ("--max-states", "500", "limit of states"),
        ("--max-memory", "24M", "limit of memory"),
    ] {
        let outcome = check(&[option, limit], &endless);
        let told = outcome.stdout.join("\n");
        assert_eq!(outcome.status, Some(4), "{option}: {told}");
        assert!(told.starts_with("inconclusive") && told.contains(said), "{option}: {told}");
    }
    for (option, limit) in
        [("--max-time", "soon"), ("--max-time", "-1"), ("--max-states", "0"), ("--max-memory", "much")]
    {
        assert_eq!(check(&[option, limit], &endless).status, Some(2), "{option} {limit}");
    }
}

#[test]
fn ctrl_c_ends_a_search_with_what_is_known() {
    let (first, endless, next) = (file("first.py", FINE), file("interrupted.py", ENDLESS), file("next.py", FINE));
    let mut child = Command::new(env!("CARGO_BIN_EXE_raddle"))
        .args(["check", "--jobs", "2"])
        .args([&first, &endless, &endless, &next])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("raddle can be run");
    let mut output = child.stdout.take().expect("it is a pipe");
    // The first file's verdict: from then on signals are listened to.
    let mut first = [0; 8];
    output.read_exact(&mut first).expect("there is a verdict");
    assert_eq!(&first, b"verified");
    // Twice at once is once: `timeout` does so.
    signal(child.id());
    signal(child.id());
    let (mut rest, mut said) = (String::new(), String::new());
    output.read_to_string(&mut rest).expect("it is text");
    child.stderr.take().expect("it is a pipe").read_to_string(&mut said).expect("it is text");
    let status = child.wait().expect("it ends");
    assert_eq!(status.code(), Some(4), "{rest}{said}");
    assert!(said.contains("not checked"), "{said}");
}

fn signal(process: u32) {
    let sent = Command::new("kill").args(["-INT", &process.to_string()]).status().expect("there is a kill");
    assert!(sent.success());
}

#[test]
fn a_build_server_gets_a_case_for_each_file() {
    let names = ["bad&.py", "good.py", "clock.py", "no.py"];
    let texts = [RING, FINE, CLOCK, "import socket\n"];
    let files: Vec<PathBuf> = names.iter().zip(texts).map(|(name, text)| file(name, text)).collect();
    let results = file("results.xml", "");
    let outcome = raddle(&[&"check", &"--junit", &results, &files[0], &files[1], &files[2], &files[3]]);
    assert_eq!(outcome.status, Some(3));
    let text = fs::read_to_string(&results).expect("it was written");
    assert!(text.contains("tests=\"4\" failures=\"1\" errors=\"2\""), "{text}");
    assert!(text.contains("bad&amp;.py") && !text.contains("bad&.py"), "{text}");
    assert!(text.contains("<failure type=\"deadlock\""), "{text}");
    assert!(text.contains("<error type=\"inconclusive\"") && text.contains("<error type=\"refused\""), "{text}");
    for (start, end) in [("<testsuites>", "</testsuites>"), ("<testsuite ", "</testsuite>"), ("<error ", "</error>")] {
        assert_eq!(text.matches(start).count(), text.matches(end).count(), "{start}: {text}");
    }
}

#[test]
fn recording_a_defect_overwrites_nothing_else() {
    let ring = file("recorded.py", RING);
    let recording = file("recorded.raddle", "");
    let kept = raddle(&[&"check", &"--record", &recording, &ring]);
    assert_eq!(kept.status, Some(1));
    let replayed = raddle(&[&"replay", &"--headless", &recording]);
    assert!(replayed.status == Some(1) && replayed.stderr.join("\n").contains("deadlock"), "{:?}", replayed.stderr);
    let refused = raddle(&[&"check", &"--record", &ring, &ring]);
    assert!(refused.status == Some(2) && fs::read_to_string(&ring).expect("it is there") == RING);
    let several = raddle(&[&"check", &"--record", &recording, &ring, &ring]);
    assert!(several.status == Some(2) && several.stderr.join("\n").contains("one file"), "{:?}", several.stderr);
}

#[test]
fn what_is_asked_is_answered() {
    let fine = file("asked.py", FINE);
    let told = |options: &[&str]| {
        let outcome = check(options, &fine);
        (outcome.status, outcome.stdout.join("\n") + &outcome.stderr.join("\n"))
    };
    let (status, said) = told(&["--can", "n == 2"]);
    assert!(status == Some(0) && said.contains("reached: n == 2 comes true\nschedule: 0*"), "{said}");
    assert!(said.contains("nothing else was looked for"), "{said}");
    let (status, said) = told(&["--can", "n == 4"]);
    assert!(status == Some(1) && said.contains("unreached: n == 4 is true in no state"), "{said}");
    let (status, said) = told(&["--never", "n > 2"]);
    assert!(status == Some(1) && said.contains("reached: n > 2 comes true"), "{said}");
    assert_eq!(told(&["--never", "n > 3"]).0, Some(0));
    let (status, said) = told(&["--never", "n >"]);
    assert!(status == Some(2) && said.contains("like `total == 99`"), "{said}");
    assert_eq!(told(&["--never", "n > 1", "--can", "n > 1"]).0, Some(2));
}

#[test]
fn faults_are_tried_if_somebody_or_the_scenario_says_so() {
    let fine = file("harmed.py", FINE);
    assert_eq!(check(&[], &fine).status, Some(0));
    let outcome = check(&["--faults", "leak"], &fine);
    assert!(outcome.status == Some(1) && schedule(&outcome).contains('l'), "{:?}", outcome.stdout);
    let outcome = check(&["--faults", "none"], &fine);
    assert!(outcome.status == Some(2) && outcome.stderr.join("\n").contains("drop-notify"), "{:?}", outcome.stderr);
    let own = format!("# /// script\n# [tool.raddle]\n# faults = [\"leak:lock\"]\n# ///\n{FINE}");
    let own = file("own_faults.py", own);
    assert_eq!(check(&[], &own).status, Some(1));
    assert_eq!(check(&["--no-faults"], &own).status, Some(0));
}

#[test]
fn output_that_depends_on_who_goes_first_has_both_schedules() {
    let text =
        FINE.replace("with lock: n += 1", "with lock: print(threading.current_thread().name)").replace("== 3", "== 0");
    let outcome = check(&["--deterministic"], &file("printing.py", text));
    let told = outcome.stdout.join("\n");
    assert_eq!(outcome.status, Some(1), "{told}");
    assert!(told.contains("nondeterministic-output") && told.contains("that of the other run: 0*"), "{told}");
    assert_eq!(check(&["--deterministic"], &file("quiet.py", FINE)).status, Some(0));
}

/// An update is lost only where a thread is switched off in the middle of a line.
const LUCKY: &str = "import threading\nn = 0\ndef add():\n    global n\n    n += 1\n\
                     ts = [threading.Thread(target=add) for _ in range(2)]\nfor t in ts: t.start()\nfor t in ts: t.join()\n";

#[test]
fn each_policy_has_a_verdict_of_its_own() {
    let lucky = file("lucky.py", LUCKY);
    let status = |policy: &str| check(&["--policy", policy], &lucky).status;
    let statuses = ["os", "random", "pct", "gil", "round-robin", "priority"].map(status);
    assert_eq!(statuses, [1, 1, 1, 0, 0, 0].map(Some));
    let alone = check(&["--policy", "round-robin"], &lucky).stdout.join("\n");
    assert!(alone.contains("there is one run, and nothing goes wrong in it"), "{alone}");
    let misspelt = check(&["--policy", "gli"], &lucky);
    assert!(misspelt.status == Some(2) && misspelt.stderr.join("\n").contains("gil"), "{:?}", misspelt.stderr);
    // In the one run, too, an update may be lost.
    let parted =
        file("parted.py", LUCKY.replace("    n += 1\n", "    x = n\n    threading.Event().wait(0.1)\n    n = x + 1\n"));
    let told = check(&["--policy", "round-robin"], &parted);
    assert!(told.status == Some(1) && told.stdout[0].contains("lost-update"), "{:?}", told.stdout);
}

#[test]
fn a_table_shows_each_policy_and_each_fault() {
    let lucky = file("lucky.py", LUCKY);
    let outcome = check(&["--matrix"], &lucky);
    assert_eq!(outcome.status, Some(1), "{:?}", outcome.stderr);
    let row = |under: &str| outcome.stdout.iter().find(|line| line.starts_with(under)).expect("a row").clone();
    assert!(row("os, random, pct").contains("lost-update"));
    assert!(row("gil ").contains("verified") && row("round-robin").contains("one run"));
    assert!(row("os, fault raise").contains("exception") && row("os, fault kill").contains("lost-update"));
    // The program makes no processes, and what is in the columns keeps its distance.
    assert!(!outcome.stdout.iter().any(|line| line.contains("kill-process")), "{:?}", outcome.stdout);
    let table = outcome.stdout.iter().skip_while(|line| !line.starts_with("under")).take_while(|line| !line.is_empty());
    let ends = table.map(|line| line.chars().count()).collect::<BTreeSet<usize>>();
    assert_eq!(ends.len(), 1, "{:?}", outcome.stdout);
    let json = check(&["--matrix", "--json"], &lucky);
    let object: serde_json::Value = serde_json::from_str(&json.stdout[0]).expect("it is JSON");
    assert_eq!(object["matrix"][1]["under"], "gil");
    assert_eq!(object["matrix"][1]["verdict"], "verified");
    assert_eq!(check(&["--matrix", "--policy", "gil"], &lucky).status, Some(2));
}

#[test]
fn a_frozen_thread_is_not_asked_what_it_waits_for() {
    let outcome = check(&["--faults", "freeze"], &file("frozen.py", RING));
    assert_eq!(outcome.status, Some(1), "{:?}", outcome.stderr);
}

#[test]
fn an_older_text_is_compared_with() {
    let old = file("before.py", RING);
    let told = |text: &str| {
        let new = file("after.py", text);
        let outcome = raddle(&[&"check", &"--against", &old, &new]);
        (outcome.status, outcome.stdout.join("\n"))
    };
    let (status, same) = told(RING);
    assert!(status == Some(1) && same.contains("before: defect"), "{same}");
    assert!(same.contains("all of its 6 steps can be taken") && !same.contains("the first difference"), "{same}");
    let (status, cured) = told(&RING.replace("    with b:\n        with a: pass", "    with a:\n        with b: pass"));
    assert!(status == Some(0) && cured.contains("the first difference is at step 5"), "{cured}");
    assert!(cured.contains("before.py:7: with b:") && cured.contains("after.py:7: with a:"), "{cured}");
    assert!(cured.contains("it ends at step 5 of 6") && cured.contains("has to wait (line 7)"), "{cured}");
    // New lines before are let pass.
    let gated = RING
        .replace("\na, b = ", "\ngate = threading.Lock()\na, b = ")
        .replace("    with a:\n        with b: pass", "    with gate:\n        with a:\n            with b: pass");
    let (status, gated) = told(&gated);
    assert!(status == Some(1) && gated.contains("all of its 6 steps can be taken"), "{gated}");
    let outcome = raddle(&[&"check", &"--json", &"--against", &old, &file("fine_now.py", FINE)]);
    let object: serde_json::Value = serde_json::from_str(&outcome.stdout[0]).expect("it is JSON");
    assert_eq!((&object["verdict"], &object["against"]["verdict"]), (&"verified".into(), &"defect".into()));
    assert_eq!(raddle(&[&"check", &"--against", &old, &old, &old]).status, Some(2));
}

#[test]
fn the_ways_through_a_program_and_its_costs_are_listed() {
    let fine = file("listed.py", FINE.replace("range(3)", "range(2)").replace("== 3", "== 2"));
    let told = check(&["--list", "--why-not"], &fine).stdout.join("\n");
    assert!(told.contains("there are 2 ways through it") && told.contains("\n   2  0*"), "{told}");
    assert!(told.contains("nothing keeps it from a verdict"), "{told}");
    let some = check(&["--list=1"], &fine).stdout.join("\n");
    assert!(some.contains("at least one way"), "{some}");
    let clock = check(&["--why-not"], &file("why.py", CLOCK)).stdout.join("\n");
    assert!(clock.contains("what keeps it from a verdict:\n  line 2 reads the clock"), "{clock}");
}

#[test]
fn what_counts_without_end_is_named() {
    let text = "import threading\nrunning = True\ndef spin():\n    turns, name = 0, 'x'\n    while running:\n        turns += 1\n\
                t = threading.Thread(target=spin, name='spinner')\nt.start()\nrunning = False\nt.join()\n";
    let outcome = check(&["--why-not", "--max-states", "300"], &file("spins.py", text));
    assert_eq!(outcome.status, Some(4));
    let costs = "what costs most: spinner comes to line 5 in ";
    let told = outcome.stdout.iter().find_map(|line| line.strip_prefix("not certain: ")?.strip_prefix(costs));
    assert!(told.is_some_and(|told| told.ends_with("different ways, above all by the value of `turns`")), "{told:?}");
}
