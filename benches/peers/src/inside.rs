//! What a tool that is a library of Rust tells from the process of its own in which it runs.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::SeqCst};
use std::time::Instant;

/// A search that goes on in this process.
#[derive(Clone)]
pub struct Search {
    began: Instant,
    /// Executions.
    counted: Arc<AtomicU64>,
}

impl Search {
    pub fn begin() -> Search {
        Search { began: Instant::now(), counted: Arc::default() }
    }

    /// Another execution.
    pub fn count(&self) {
        self.counted.fetch_add(1, SeqCst);
    }

    /// From here on a panic, which is how loom and shuttle tell of a defect, is the answer, and ends the process: what they
    /// unwind after a deadlock may panic again.
    pub fn ends_in_panics(&self) {
        let search = self.clone();
        std::panic::set_hook(Box::new(move |what| {
            println!("{what}");
            search.tell(true, search.counted.load(SeqCst));
            std::process::exit(0);
        }));
    }

    /// No execution went wrong.
    pub fn ends_well(&self) {
        self.tell(false, self.counted.load(SeqCst));
    }

    /// Prints the line that `tools` reads.
    pub fn tell(&self, is_defect: bool, counted: u64) {
        let answer = if is_defect { "defect" } else { "clean" };
        println!("answer={answer} counted={counted} seconds={}", self.began.elapsed().as_secs_f64());
    }
}
