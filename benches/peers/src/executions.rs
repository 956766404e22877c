//! loom and shuttle run Rust code under one schedule after the other, with locks and conditions of their own in place of
//! the standard library's; they count executions, not states. `interpreter!` writes the threads of a program for either: each
//! thread goes through its operations. The number that a lock guards is plain memory, where no switch happens, unless
//! `--fine` asks for one. As neither has the semaphore of the program, it is made of a lock, a number and a condition.
//! A wait and a wake are one call.

/// Writes `run`, which makes the threads of a program and joins them, with the crate's `sync` and `thread`.
macro_rules! interpreter {
    ($name:ident) => {
        use crate::program::{Op, PERMITS, Program, Role};
        use std::sync::atomic::{AtomicI8 as PlainNumber, Ordering::SeqCst};
        use $name::sync::atomic::AtomicUsize as WatchedNumber;
        use $name::sync::{Arc, Condvar, Mutex};

        struct Shared {
            locks: Vec<Mutex<()>>,
            conditions: [Condvar; 2],
            permits: Mutex<i8>,
            permit_free: Condvar,
            number: Number,
        }

        enum Number {
            Plain(PlainNumber),
            /// Each access is a step.
            Watched(WatchedNumber),
        }

        impl Number {
            fn get(&self) -> i8 {
                match self {
                    Number::Plain(number) => number.load(SeqCst),
                    Number::Watched(number) => number.load(SeqCst) as i8,
                }
            }

            fn set(&self, value: i8) {
                match self {
                    Number::Plain(number) => number.store(value, SeqCst),
                    Number::Watched(number) => number.store(value as usize, SeqCst),
                }
            }
        }

        /// One execution, with the threads that `roles` tells of.
        fn run(program: Program, roles: &[Role], is_fine: bool) {
            let number = if program.is_guarded() && !is_fine {
                Number::Plain(PlainNumber::new(0))
            } else {
                Number::Watched(WatchedNumber::new(0))
            };
            let shared = Arc::new(Shared {
                locks: (0..program.locks()).map(|_| Mutex::new(())).collect(),
                conditions: [Condvar::new(), Condvar::new()],
                permits: Mutex::new(PERMITS),
                permit_free: Condvar::new(),
                number,
            });
            let mut threads = Vec::new();
            for role in roles {
                for _ in 0..role.threads {
                    let (shared, ops) = (Arc::clone(&shared), role.ops.clone());
                    threads.push($name::thread::spawn(move || work(&shared, &ops)));
                }
            }
            for thread in threads {
                thread.join().expect("no thread panics");
            }
        }

        fn work(shared: &Shared, ops: &[Op]) {
            let mut held: Vec<_> = shared.locks.iter().map(|_| None).collect();
            let (mut at, mut seen) = (0, 0);
            while let Some(op) = ops.get(at) {
                at += 1;
                match *op {
                    Op::Acquire(lock) => held[lock] = Some(shared.locks[lock].lock().expect("no thread panics")),
                    Op::Release(lock) => held[lock] = None,
                    Op::Down => {
                        let mut permits = shared.permits.lock().expect("no thread panics");
                        while *permits == 0 {
                            permits = shared.permit_free.wait(permits).expect("no thread panics");
                        }
                        *permits -= 1;
                    }
                    Op::Up => {
                        *shared.permits.lock().expect("no thread panics") += 1;
                        shared.permit_free.notify_one();
                    }
                    Op::Load => seen = shared.number.get(),
                    Op::Add(more) => shared.number.set(seen + more),
                    Op::Jump(test, to) => {
                        if test.holds(shared.number.get()) {
                            at = to;
                        }
                    }
                    Op::Assert(test) => assert!(test.holds(shared.number.get()), "the program's assertion fails"),
                    Op::Wait(condition) => {
                        let guard = held[0].take().expect("a thread that waits has the lock");
                        held[0] = Some(shared.conditions[condition].wait(guard).expect("no thread panics"));
                    }
                    // The wait has taken it.
                    Op::Wake(to) => at = to,
                    Op::Notify(condition) => shared.conditions[condition].notify_one(),
                    Op::NotifyAll(condition) => shared.conditions[condition].notify_all(),
                }
            }
        }
    };
}

pub(crate) use interpreter;
