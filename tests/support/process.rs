//! Running the binary with a limit.

use std::ffi::OsStr;
use std::io::Read;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// How long a run may take before it counts as hung. Virtual time passes at once, so this bounds computing alone.
pub(crate) const LIMIT: Duration = Duration::from_secs(30);

/// What a run of the binary came to.
pub(crate) struct Outcome {
    /// Its exit status; `None` when it was ended by a signal or hung.
    pub(crate) status: Option<i32>,
    /// Its standard output, line by line.
    pub(crate) stdout: Vec<String>,
    /// Its standard error, line by line.
    pub(crate) stderr: Vec<String>,
    /// It did not end within the limit and was killed.
    pub(crate) hung: bool,
}

/// Runs the binary in the package's folder.
pub(crate) fn run(arguments: &[&OsStr], stdin: Stdio) -> Outcome {
    let mut child = Command::new(env!("CARGO_BIN_EXE_raddle"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("NO_COLOR", "1")
        .stdin(stdin)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let (done, ended) = mpsc::channel();
    let stdout = collect(child.stdout.take().expect("a pipe"), done.clone());
    let stderr = collect(child.stderr.take().expect("a pipe"), done);
    // Both pipes are closed when the process is over; each reader then says so.
    let hung = (0..2).any(|_| ended.recv_timeout(LIMIT).is_err());
    if hung {
        end(&mut child);
    }
    let status = child.wait().expect("the binary was started");
    let lines = |reader: thread::JoinHandle<Vec<u8>>| {
        let bytes = reader.join().expect("a reader does not panic");
        String::from_utf8_lossy(&bytes).lines().map(str::to_owned).collect()
    };
    Outcome { status: if hung { None } else { status.code() }, stdout: lines(stdout), stderr: lines(stderr), hung }
}

fn collect(mut pipe: impl Read + Send + 'static, done: mpsc::Sender<()>) -> thread::JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        // What was read before an error still tells what the program did.
        let _ = pipe.read_to_end(&mut bytes);
        let _ = done.send(());
        bytes
    })
}

fn end(child: &mut Child) {
    // It fails only when the process has ended by itself in the meantime.
    let _ = child.kill();
}
