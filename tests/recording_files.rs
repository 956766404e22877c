//! Recordings as files: killed while they are written, written twice, damaged, cut off, from another version, made by
//! something else. Each opens and is played, or is refused with one clear message and exit status 3.

#[path = "support/process.rs"]
mod process;
#[path = "support/program.rs"]
mod program;
#[path = "support/random.rs"]
mod random;

use process::Outcome;
use program::image;
use raddle::base::{ObjectId, ThreadId};
use raddle::engine::{Options, Run};
use raddle::history::{Cursor, Difference, Divergence, Moved};
use raddle::machine::{Boot, Image, Impossible};
use raddle::policy::Kind;
use raddle::schedule::tape::{Check, Close, Reader, Start, Tape};
use raddle::schedule::{Alternative, Choice, Fault};
use raddle::trace::recording::{Header, Recording, Unreadable, Writer};
use random::Xorshift;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

/// How many runs are killed; `RADDLE_KILLS` says otherwise.
const KILLS: u64 = 20;
/// How many runs have the same seed under each policy; `RADDLE_RUNS` says otherwise.
const RUNS: u64 = 20;

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |text| text.parse().expect("a number"))
}

/// A place in this test's folder.
fn place(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("recording_files");
    fs::create_dir_all(&folder).expect("the folder can be made");
    folder.join(name)
}

fn file(name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = place(name);
    fs::write(&path, bytes).expect("the file can be written");
    path
}

fn replay(path: &Path) -> Outcome {
    process::run(&["replay".as_ref(), "--headless".as_ref(), path.as_os_str()], Stdio::null())
}

/// Likewise, on real threads.
fn live(path: &Path) -> Outcome {
    process::run(&["replay".as_ref(), "--live".as_ref(), "--headless".as_ref(), path.as_os_str()], Stdio::null())
}

/// It is refused, with a message that says each of these.
#[track_caller]
fn assert_refused(name: &str, outcome: &Outcome, messages: &[&str]) {
    let said = outcome.stderr.join("\n");
    assert!(!outcome.hung, "{name} hung");
    assert_eq!(outcome.status, Some(3), "{name}: {said}");
    assert!(!said.contains("panicked") && said.len() < 10_000 && !said.contains('\x1b'), "{name}: {said}");
    for message in messages {
        assert!(said.contains(message), "{name}: {message:?} is not in\n{said}");
    }
}

fn header(source: &str) -> Header {
    Header {
        raddle: env!("CARGO_PKG_VERSION").to_owned(),
        name: "hostile.py".to_owned(),
        source: source.to_owned(),
        files: Vec::new(),
        seed: 7,
        epoch: 0,
        clock: "virtual".to_owned(),
        policy: "os".to_owned(),
        priorities: BTreeMap::new(),
        inheritance: true,
        memory: 2 << 30,
    }
}

fn written(header: &Header, blocks: &[Arc<[u8]>]) -> Vec<u8> {
    let mut bytes = Vec::new();
    Writer::new(&mut bytes, header).and_then(|mut writer| writer.add(blocks)).expect("memory can be written");
    bytes
}

/// Records a run as the command line does.
fn recorded(image: &Arc<Image>, options: Options) -> (Header, Vec<Arc<[u8]>>) {
    let source = &image.program.source;
    let policy = options.policy.name().to_owned();
    let run = Run::start(image.clone(), options).expect("there are threads to be had");
    let (control, boot, mut events) = (run.control(), run.boot(), run.events());
    let (mut batch, mut blocks) = (Vec::new(), Vec::new());
    while events.recv_batch(&mut batch) {
        batch.clear();
        blocks.extend(control.fetch_tape());
    }
    run.end();
    blocks.extend(control.fetch_tape());
    let name = source.name().to_owned();
    (Header { name, seed: boot.seed, epoch: boot.epoch, policy, ..header(source.text()) }, blocks)
}

/// Plays blocks to their end, or as long as `patience` lasts.
fn play(header: &Header, image: &Arc<Image>, blocks: &[Arc<[u8]>], patience: u32) -> (Cursor, Option<Divergence>) {
    let mut cursor = Cursor::new(image.clone(), Boot { seed: header.seed, epoch: header.epoch, memory: header.memory });
    let left = Cell::new(patience);
    let go_on = || {
        left.set(left.get().saturating_sub(1));
        left.get() > 0
    };
    loop {
        match cursor.forward(blocks, &go_on) {
            Ok(Moved::On) => drop(cursor.execution_mut().take_events()),
            Ok(Moved::End) => return (cursor, None),
            Err(divergence) => return (cursor, Some(divergence)),
        }
    }
}

/// Goes on for as long as a person would wait.
const ENDLESS: &str = "\
import threading, time
lock = threading.Lock()
changed = threading.Condition()
total = 0
def work(me):
    global total
    for i in range(100000000):
        with lock:
            total += i
            if i % 100 == 0:
                print(me, i)
        if i % 40 == me:
            time.sleep(0.3)
        if i % 90 == 0:
            with changed:
                changed.notify_all()
def wait():
    while True:
        with changed:
            changed.wait(0.5)
threads = [threading.Thread(target=work, args=(i,)) for i in range(3)] + [threading.Thread(target=wait)]
for thread in threads: thread.start()
for thread in threads: thread.join()
";

#[test]
fn a_recording_that_kill_9_cut_off_is_played_to_its_last_whole_block() {
    let program = file("endless.py", ENDLESS);
    let (recording, output) = (place("killed.raddle"), place("killed.out"));
    let mut random = Xorshift(number("RADDLE_SEED", 1) * 0x9E37_79B9);
    let mut blocks = 0;
    for kill in 0..number("RADDLE_KILLS", KILLS) {
        // A file that is not there yet has no length.
        let _ = fs::remove_file(&recording);
        // Some are killed as they begin, or before.
        let enough = [0, 1, 12, 900, random.below(20_000) as u64, random.below(60_000) as u64];
        let enough = enough[random.below(enough.len())];
        let mut child = Command::new(env!("CARGO_BIN_EXE_raddle"))
            .args(["run".as_ref(), "--headless".as_ref(), "--record".as_ref(), recording.as_os_str()])
            .arg(&program)
            .stdin(Stdio::null())
            .stdout(File::create(&output).expect("the file can be made"))
            .stderr(Stdio::null())
            .spawn()
            .expect("the binary starts");
        while fs::metadata(&recording).map_or(0, |file| file.len()) < enough {
            assert!(child.try_wait().expect("it can be asked").is_none(), "it ended by itself");
            std::thread::yield_now();
        }
        child.kill().expect("it can be killed");
        child.wait().expect("it was started");
        if !recording.exists() {
            continue;
        }
        let outcome = replay(&recording);
        let said = outcome.stderr.join("\n");
        match Recording::read(File::open(&recording).expect("it is there")) {
            Ok(read) => {
                assert_eq!(outcome.status, Some(0), "kill {kill} at {enough} bytes: {said}");
                assert_eq!(said.contains("cut off"), read.cut_off.is_some(), "{said}");
                let step = said.split("the recording ends after step ").nth(1).and_then(|rest| rest.split(';').next());
                let step: u64 = step.and_then(|text| text.parse().ok()).expect("it says at which step it ends");
                let last = read.blocks.last().map(|block| Reader::new(block.clone()).expect("a block").start().step);
                assert!(step > last.unwrap_or(0) || last.is_none(), "it ends at step {step} of {last:?}: {said}");
                let lived = fs::read_to_string(&output).expect("it is text");
                let lived: Vec<&str> = lived.lines().collect();
                // Output and recording are written one after the other: either may be ahead.
                let both = lived.len().min(outcome.stdout.len());
                assert!(lived[..both] == outcome.stdout[..both], "kill {kill}: not the same output");
                blocks += read.blocks.len();
            }
            Err(Unreadable::Foreign | Unreadable::NoHeader) => {
                assert_refused("a file without a header", &outcome, &["killed.raddle: it "]);
            }
            Err(error) => panic!("kill {kill} at {enough} bytes: {error}"),
        }
    }
    assert!(blocks > 20, "{blocks} blocks");
}

/// Threads that meet in every way, and compute; with faults.
const MEETING: &str = "\
# /// script
# [tool.raddle]
# faults = [\"delay:left:0.01@step=40\", \"drop-notify:changed@2\", \"leak:gate@9\"]
# ///
import threading, queue, time, random
lock = threading.Lock()
gate = threading.Lock()
changed = threading.Condition()
jobs = queue.Queue(2)
done = []
def compute(n):
    total = 0
    for i in range(n):
        total += i * i % 7
    with lock:
        done.append(total)
    if gate.acquire(timeout=0.05):
        gate.release()
def produce():
    for i in range(8):
        jobs.put(i)
        time.sleep(random.random() / 100)
    jobs.put(None)
    with changed:
        changed.notify_all()
def consume():
    while True:
        job = jobs.get()
        if job is None: break
        compute(job * 300)
    with changed:
        changed.wait(0.2)
threads = [threading.Thread(target=compute, args=(4000,), name=name) for name in ('left', 'right')]
threads += [threading.Thread(target=produce), threading.Thread(target=consume)]
for thread in threads: thread.start()
compute(3000)
for thread in threads: thread.join(1)
print(sorted(done), time.time())
";

#[test]
fn the_same_seed_gives_the_same_recording_byte_for_byte() {
    let program = file("meeting.py", MEETING);
    let name = program.to_str().expect("the path is text");
    let image = image(name, MEETING);
    let metadata = raddle::scenario::metadata::parse(image.program.source.own()).expect("it is sound");
    let mut different = Vec::new();
    for policy in Kind::ALL.into_iter().filter(|policy| *policy != Kind::Os) {
        let record = || {
            let options = Options { policy, seed: 7, faults: metadata.faults.clone(), ..Options::default() };
            let (header, blocks) = recorded(&image, options);
            written(&header, &blocks)
        };
        let first = record();
        for run in 1..number("RADDLE_RUNS", RUNS) {
            assert!(record() == first, "run {run} under {} is another one", policy.name());
        }
        for run in 0..2 {
            let path = place("same.raddle");
            let words = ["run", "--headless", "--seed", "7", "--policy", policy.name(), "--record"];
            let mut arguments: Vec<&OsStr> = words.map(OsStr::new).to_vec();
            arguments.extend([path.as_os_str(), program.as_os_str()]);
            let outcome = process::run(&arguments, Stdio::null());
            assert!(matches!(outcome.status, Some(0 | 1)), "{:?}", outcome.stderr);
            let bytes = fs::read(&path).expect("it is there");
            assert!(bytes == first, "the binary's run {run} under {} is another one", policy.name());
            let again = replay(&path);
            assert_eq!((again.status, again.stdout), (outcome.status, outcome.stdout), "{:?}", again.stderr);
        }
        different.push(first);
    }
    different.sort();
    different.dedup();
    assert_eq!(different.len(), 5, "policies differ");
}

#[test]
fn a_recording_cut_off_anywhere_is_played_as_far_as_it_goes() {
    let image = image("meeting.py", MEETING);
    let (header, blocks) = recorded(&image, Options { policy: Kind::Random, seed: 3, ..Options::default() });
    let bytes = written(&header, &blocks);
    let (whole, _) = play(&header, &image, &blocks, u32::MAX);
    let mut played = vec![];
    for length in 0..bytes.len() {
        match Recording::read(&bytes[..length]) {
            Ok(read) if played.len() == read.blocks.len() => {
                let (cursor, divergence) = play(&read.header, &image, &read.blocks, u32::MAX);
                assert_eq!(divergence, None, "{length} bytes");
                assert!(cursor.step() < whole.step() && cursor.close().is_none());
                played.push(cursor.step());
            }
            Ok(read) => assert!(read.cut_off.is_some() && read.blocks.len() + 1 == played.len(), "{length} bytes"),
            Err(Unreadable::Foreign | Unreadable::NoHeader) => assert!(played.is_empty(), "{length} bytes"),
            Err(error) => panic!("{length} bytes: {error}"),
        }
    }
    assert!(played.is_sorted() && played.len() == blocks.len(), "{played:?}");
    // The binary says what the library does.
    let seam = bytes.len() - blocks.last().expect("a block").len() - 8;
    for (length, status) in [(0, 3), (5, 3), (9, 3), (10, 3), (300, 3), (seam, 0), (seam + 3, 0), (bytes.len() - 1, 0)]
    {
        let outcome = replay(&file("cut.raddle", &bytes[..length]));
        if status == 3 {
            let message = if length == 0 { "cut.raddle: that is not a recording" } else { "cut.raddle: it " };
            assert_refused("a part", &outcome, &[message]);
        } else {
            let said = outcome.stderr.join("\n");
            assert_eq!(outcome.status, Some(0), "{length} bytes: {said}");
            assert_eq!(said.contains("was cut off"), length != seam, "{length} bytes: {said}");
        }
    }
    let zeros = [&bytes[..seam], &[0; 5_000]].concat();
    let outcome = replay(&file("zeros.raddle", zeros));
    assert!(outcome.status == Some(0) && outcome.stderr.join("\n").contains("was cut off"), "{:?}", outcome.stderr);
}

#[test]
fn any_damage_is_told_or_harmless() {
    let image = image("meeting.py", MEETING);
    let (header, blocks) = recorded(&image, Options { policy: Kind::Gil, seed: 3, ..Options::default() });
    let bytes = written(&header, &blocks);
    let mut random = Xorshift(5);
    for _ in 0..60 {
        let mut damaged = bytes.clone();
        let at = random.below(bytes.len());
        damaged[at] ^= 1 << random.below(8);
        match Recording::read(&damaged[..]) {
            // A length that lies makes the file look cut off.
            Ok(read) => assert!(read.cut_off.is_some() && read.header == header, "byte {at}"),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
    let at = bytes.len() - 20;
    for (name, at, said) in [("a block", at, "damaged at byte"), ("the header", 30, "header is damaged")] {
        let mut damaged = bytes.clone();
        damaged[at] ^= 8;
        assert_refused(name, &replay(&file("damaged.raddle", damaged)), &[said]);
    }
}

const SMALL: &str = "\
import threading
lock = threading.Lock()
def work():
    with lock:
        pass
thread = threading.Thread(target=work)
thread.start()
thread.join()
";

/// A tape that says this.
fn tape(write: impl FnOnce(&mut Tape)) -> Vec<Arc<[u8]>> {
    let mut tape = Tape::default();
    write(&mut tape);
    tape.cut();
    tape.fetch()
}

fn told(name: &str, source: &str, blocks: Vec<Arc<[u8]>>, messages: &[&str]) {
    let path = file(&format!("{name}.raddle"), written(&header(source), &blocks));
    assert_refused(name, &replay(&path), messages);
    // Forced onto threads it is refused as well, if it asks for something that can fail.
    assert_refused(name, &live(&path), &["recording"]);
}

#[test]
fn nonsense_in_sound_frames_is_told() {
    let block = |entries: &[u8]| vec![Arc::from([&[0, 0, 0], entries].concat())];
    let malformed = [
        ("half a start", vec![Arc::from(&[1, 2][..])], "the end, in the middle of an entry"),
        ("an unknown entry", block(&[0xFF]), "an unknown entry"),
        ("an unknown end", block(&[0xC6, 9]), "an unknown end"),
        ("half an entry", block(&[0xC1, 0]), "the end, in the middle of an entry"),
        ("nobody to preempt", block(&[0xC3]), "no thread to preempt"),
        ("a long number", block(&[0xC2, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1]), "too large"),
        ("no thread", block(&[0xC2, 255, 255, 255, 255, 255, 1]), "a thread that cannot be"),
        ("many steps", block(&[7, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1, 0]), "too many steps"),
        ("a long text", block(&[0xC4, 255, 255, 127]), "longer than the block"),
        ("no text", block(&[0xC4, 1, 0xFF]), "a name that is no text"),
        ("no fault", block(&[0xC5, 2, b'{', b'}']), "an unknown fault"),
        (
            "time runs over",
            block(&[0xBF, 255, 255, 255, 255, 255, 255, 255, 255, 7, 0xBF, 255, 255, 255, 255, 255, 255, 255, 255, 7]),
            "a time that is too long",
        ),
    ];
    for (name, blocks, message) in malformed {
        told(name, SMALL, blocks, &["after step 0", message]);
    }
}

#[test]
fn choices_that_cannot_be_made_are_reported() {
    let check = Check::new(1, 1);
    let choice = |choice: Choice| tape(|tape| tape.choice(&choice).expect("it is plain data"));
    let step = |thread, alternative| tape(|tape| tape.steps(ThreadId(thread), alternative, 1, check));
    let nobody = ThreadId(u32::MAX);
    let nothing = ObjectId { maker: nobody, slot: u32::MAX };
    told("a thread of nobody", SMALL, step(9, Alternative::Go), &["thread T9 should perform, but it is not alive;"]);
    told("no limit", SMALL, step(0, Alternative::TimeOut), &["its limit is not over"]);
    told("nobody preempted", SMALL, choice(Choice::Preempt(nobody)), &["not alive"]);
    told("nobody looks up", SMALL, tape(|tape| tape.struck(nobody, 1, check)), &["not alive"]);
    let much = tape(|tape| tape.struck(ThreadId::MAIN, u64::MAX, check));
    told("much computing", SMALL, much, &["comes to an operation before"]);
    told(
        "many steps",
        SMALL,
        tape(|tape| tape.steps(ThreadId::MAIN, Alternative::Go, u64::MAX, check)),
        &["MainThread"],
    );
    for fault in [
        Fault::Kill { thread: nobody },
        Fault::Slow { thread: nobody, time: u64::MAX },
        Fault::Raise { thread: ThreadId::MAIN, exception: "\x1b[31mNoSuch".into() },
        Fault::LeakLock { lock: nothing, nth: 0 },
        Fault::TakeLock { lock: nothing },
        Fault::DropNotify { condition: nothing, nth: u32::MAX },
        Fault::BreakBarrier { barrier: nothing },
        Fault::KillProcess { thread: nobody },
        Fault::LoseMessage { pipe: nothing, nth: 1 },
        Fault::DelayMessage { pipe: nothing, time: u64::MAX },
        Fault::BreakPipe { pipe: nothing },
        Fault::FillPipe { pipe: nothing },
        Fault::Wake { thread: ThreadId::MAIN },
        Fault::Expire { thread: ThreadId::MAIN },
        Fault::Thaw { thread: ThreadId::MAIN },
    ] {
        told(fault.name(), SMALL, choice(Choice::Fault(fault.clone())), &["a fault should be injected, but"]);
    }
    let back = [tape(|tape| tape.go_to_and(9)), tape(|tape| tape.go_to_and(3))].concat();
    told("time goes back", SMALL, back, &["the clock should say 3 ns, but that time has passed"]);
}

/// A tape that says something at a time.
trait At {
    fn go_to_and(&mut self, clock: u64);
}

impl At for Tape {
    fn go_to_and(&mut self, clock: u64) {
        self.go_to(Start { clock, events: 0, step: 0 });
        self.choice(&Choice::Policy("os".into())).expect("it is text");
    }
}

#[test]
fn the_end_of_time_does_no_harm() {
    let text = "import time, logging\nlogging.warning('%s', time.time())\ntime.sleep(5)\nprint(time.time_ns() > 0)\n";
    let image = image("end.py", text);
    let blocks = tape(|tape| {
        tape.go_to_and(u64::MAX);
        tape.choice(&Choice::Fault(Fault::Slow { thread: ThreadId::MAIN, time: u64::MAX })).expect("it is plain data");
        tape.steps(ThreadId::MAIN, Alternative::Go, 90, Check::new(1, 1));
    });
    let header = Header { epoch: u64::MAX, ..header(text) };
    let (cursor, divergence) = play(&header, &image, &blocks, 100);
    // It sleeps until a time that has come.
    let what = Impossible::Otherwise(ThreadId::MAIN, Alternative::Go);
    assert!(matches!(divergence, Some(Divergence { what: Difference::Impossible { why, .. }, .. }) if why == what));
    assert_eq!(cursor.step(), 3);
}

#[test]
fn computing_forever_can_be_interrupted_and_goes_on_where_it_was() {
    let text = "while True: pass\n";
    let image = image("forever.py", text);
    for blocks in [
        tape(|tape| tape.struck(ThreadId::MAIN, u64::MAX, Check::new(1, 1))),
        tape(|tape| tape.steps(ThreadId::MAIN, Alternative::Go, 1, Check::new(1, 1))),
    ] {
        let (mut cursor, divergence) = play(&header(text), &image, &blocks, 5);
        let interrupted = Difference::Impossible { why: Impossible::Interrupted, thread: String::new() };
        assert_eq!(divergence.map(|divergence| divergence.what), Some(interrupted));
        assert!(cursor.forward(&blocks, &|| false).is_err_and(|divergence| divergence.is_interruption()));
    }
}

#[test]
fn headers_that_lie_are_told() {
    let blocks = tape(|tape| tape.close(Close::Exited));
    let cases = [
        ("refused", header("async def f(): pass\n"), "refuses"),
        ("not python", header("while\n"), "refuses"),
        ("a NUL", header("x = 1\0\n"), "NUL"),
        ("too large", header(&"#\n".repeat(600_000)), "larger than 1 MiB"),
        ("escapes", Header { raddle: "\x1b]0;x\x07".into(), ..header("async def f(): pass\n") }, "refuses"),
    ];
    for (name, header, message) in cases {
        assert_refused(name, &replay(&file("lies.raddle", written(&header, &blocks))), &[message]);
    }
    let mut bytes = written(&header(SMALL), &blocks);
    bytes[8] = 200;
    assert_refused("a future version", &replay(&file("future.raddle", &bytes)), &["format 200", "newer raddle"]);
    let framed = |content: &[u8]| {
        let (length, sum) = ((content.len() as u32).to_le_bytes(), crc32fast::hash(content).to_le_bytes());
        [&b"raddle\r\n\x02\x00"[..], &length, &sum, content].concat()
    };
    for (name, content) in [
        ("no json", &b"hello"[..]),
        ("another object", b"{\"raddle\":\"1\"}"),
        ("deep", &[b'['; 100_000]),
        ("a seed below zero", br#"{"raddle":"1","name":"","source":"","seed":-1,"epoch":0,"clock":"","policy":""}"#),
    ] {
        assert_refused(name, &replay(&file("header.raddle", framed(content))), &["its header is damaged"]);
    }
    let mut long = b"raddle\r\n\x02\x00".to_vec();
    long.extend([255, 255, 255, 255, 0, 0, 0, 0]);
    assert_refused("a long header", &replay(&file("long.raddle", long)), &["4294967295 bytes"]);
}

#[test]
fn files_of_other_kinds_are_told() {
    let folder = place("");
    assert_refused("a folder", &replay(&folder), &["that is a directory; name a recording in it"]);
    assert_refused("nothing", &replay(&place("nowhere.raddle")), &["nowhere.raddle: there is no such file"]);
    let bytes = written(&header(SMALL), &tape(|tape| tape.close(Close::Exited)));
    let recording = file("plain.raddle", &bytes);
    let run = ["run".as_ref(), "--headless".as_ref()];
    let outcome = process::run(&[&run[..], &[recording.as_os_str()]].concat(), Stdio::null());
    assert_refused("no program", &outcome, &["that is a recording; `raddle replay` plays it"]);
    let input = || File::open(&recording).expect("it is there").into();
    let outcome = process::run(&[&run[..], &["-".as_ref()]].concat(), input());
    assert_refused("no program", &outcome, &["<stdin>: that is a recording"]);
    let replay = |input: Stdio| process::run(&["replay".as_ref(), "--headless".as_ref(), "-".as_ref()], input);
    let outcome = replay(input());
    assert_eq!(outcome.status, Some(0), "{:?}", outcome.stderr);
    assert_refused("no input", &replay(Stdio::null()), &["<stdin>: that is not a recording"]);
}

#[test]
fn a_recording_does_not_take_the_place_of_its_program() {
    let program = file("program.py", SMALL);
    // By another name.
    let same = place("../recording_files/program.py");
    let words = ["run".as_ref(), "--headless".as_ref(), "--record".as_ref(), same.as_os_str(), program.as_os_str()];
    let outcome = process::run(&words, Stdio::null());
    let said = outcome.stderr.join("\n");
    assert!(outcome.status == Some(2) && said.contains("would overwrite the program"), "{said}");
    assert_eq!(fs::read_to_string(&program).expect("it is there"), SMALL);
}

#[test]
fn a_name_that_is_a_device_is_not_read() {
    let blocks = tape(|tape| tape.close(Close::Exited));
    for name in ["/dev/zero", "/dev/stdin", "/", "\x1b[2J"] {
        let header = Header { name: name.into(), ..header(SMALL) };
        let outcome = replay(&file("device.raddle", written(&header, &blocks)));
        assert_eq!(outcome.status, Some(0), "{name:?}: {:?}", outcome.stderr);
        assert!(!outcome.stderr.join("\n").contains("has changed"), "{name:?}");
    }
}

#[test]
fn another_source_diverges_from_the_recording_where_it_differs() {
    let image = image("meeting.py", SMALL);
    let (header, blocks) = recorded(&image, Options { policy: Kind::RoundRobin, ..Options::default() });
    for (name, was, now, message) in [
        ("a line more", "    with lock:\n", "    \n    with lock:\n", "was at line 8; in the replay it is at line 9"),
        ("no lock", "    with lock:\n        pass\n", "    pass\n", "the replay diverges from the recording"),
        ("no thread", "thread.start()\n", "", "the replay diverges from the recording"),
        ("a hostile name", "target=work", "target=work, name='\\x1b[2J'", "the replay diverges from the recording"),
    ] {
        let source = header.source.replace(was, now).replace(
            "    with lock:\n        pass",
            match name {
                "a hostile name" => "    pass",
                _ => "    with lock:\n        pass",
            },
        );
        for (by, why) in [
            (env!("CARGO_PKG_VERSION"), "either something else made or changed the file"),
            ("0.0.9", "recorded by raddle 0.0.9"),
        ] {
            let header = Header { source: source.clone(), raddle: by.to_owned(), ..header.clone() };
            let path = file("other.raddle", written(&header, &blocks));
            let played = replay(&path);
            assert_refused(name, &played, &[message, why]);
            // A recording that cannot be replayed is not forced onto threads either, and nothing of it runs.
            let forced = live(&path);
            assert_refused(name, &forced, &[message, why]);
            let own = |line: &String| line.starts_with("raddle: ");
            let said: Vec<String> = played.stderr.into_iter().filter(own).collect();
            assert_eq!((forced.stdout, forced.stderr), (Vec::new(), said), "{name}");
        }
    }
}

#[test]
fn forced_onto_real_threads_it_is_the_same_run() {
    for (name, policy) in [("meeting", Kind::Random), ("deadlock", Kind::RoundRobin), ("bank_account", Kind::Os)] {
        let text = match name {
            "meeting" => SMALL,
            other => raddle::scenario::builtin::ALL.iter().find(|it| it.name == other).expect("it is one").text,
        };
        let image = image(&format!("{name}.py"), text);
        let (header, blocks) = recorded(&image, Options { policy, seed: 3, ..Options::default() });
        let path = file(&format!("live-{name}.raddle"), written(&header, &blocks));
        let (played, forced) = (replay(&path), live(&path));
        assert!(!forced.hung, "{name} hung");
        assert_eq!((&forced.stdout, forced.status), (&played.stdout, played.status), "{name}");
        assert_eq!(forced.stderr, played.stderr, "{name}");
        let cut = file(&format!("live-{name}-cut.raddle"), written(&header, &[]));
        let outcome = live(&cut);
        assert_eq!((outcome.hung, outcome.status), (false, Some(0)), "{name}: nothing was written");
        assert!(outcome.stderr.iter().any(|line| line.contains("the program had not ended")), "{:?}", outcome.stderr);
    }
    let image = image("meeting.py", SMALL);
    let (header, blocks) = recorded(&image, Options { policy: Kind::RoundRobin, ..Options::default() });
    let other = Header { source: header.source.replace("with lock:\n        pass", "pass"), ..header };
    let outcome = live(&file("live-other.raddle", written(&other, &blocks)));
    assert_refused("another source", &outcome, &["diverges from the recording", "either something else made"]);
}
