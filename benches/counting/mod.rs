//! A program whose threads share a lock and a counter.

use raddle::base::Source;
use raddle::machine::Image;
use std::sync::Arc;

/// So many threads, each of which counts in a loop with this head.
pub(crate) fn image(threads: u64, rounds: &str) -> Arc<Image> {
    let text = format!(
        "\
import threading
lock = threading.Lock()
n = 0
def work():
    global n
    {rounds}
        with lock:
            n += 1
threads = [threading.Thread(target=work) for _ in range({threads})]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(n)
"
    );
    let program = raddle::lang::compile(Arc::new(Source::new("bench.py", text))).expect("the program is supported");
    Arc::new(Image::new(Arc::new(program)))
}
