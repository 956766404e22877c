//! CPython as the oracle: one process that runs many programs.

use super::Outcome;
use super::grammar::Program;
use std::io::{self, BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

const DRIVER: &str = include_str!("oracle.py");

/// A running CPython, ended when it is dropped.
pub(crate) struct Oracle {
    process: Child,
    questions: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Oracle {
    /// Starts one; `None` when there is no `python3`.
    pub(crate) fn start() -> Option<Oracle> {
        let mut process = Command::new("python3")
            .args(["-X", "utf8", "-c", DRIVER])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let questions = process.stdin.take();
        let answers = BufReader::new(process.stdout.take()?);
        let mut oracle = Oracle { process, questions, answers };
        // A stand-in for python3 (such as a version manager's) may start and be none.
        oracle
            .ask(&[("main.py".to_owned(), "print(1)".to_owned())], "")
            .is_ok_and(|outcome| outcome.stdout == "1\n")
            .then_some(oracle)
    }

    /// What comes of a program. One that does not end costs the process, which is started anew.
    pub(crate) fn run(&mut self, program: &Program) -> Outcome {
        self.ask(&program.sources(), &program.typed).unwrap_or_else(|error| {
            *self = Oracle::start().expect("python3 was there a moment ago");
            Outcome { stdout: String::new(), end: format!("endless: {error}") }
        })
    }

    fn ask(&mut self, files: &[(String, String)], typed: &str) -> io::Result<Outcome> {
        let questions = self.questions.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
        writeln!(questions, "{}", serde_json::to_string(&(files, typed))?)?;
        questions.flush()?;
        let mut answer = String::new();
        self.answers.read_line(&mut answer)?;
        let (stdout, end) = serde_json::from_str(&answer)?;
        Ok(Outcome { stdout, end })
    }
}

impl Drop for Oracle {
    fn drop(&mut self) {
        drop(self.questions.take());
        // It fails only when the process has ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
