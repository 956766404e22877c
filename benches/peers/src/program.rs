//! The programs that all tools get, and what each thread of them does, operation by operation. `python` writes a program
//! as Python, `harmony` as Harmony; the models for the other tools are made of the operations here.
//!
//! One step of a model is one operation that can make a thread wait or wake one (taking and giving back a lock or a
//! semaphore's permit, the two halves of a wait, a notify). What a thread does before it to the number that all share
//! belongs to the same step where a lock guards the number, as nobody else can look at it: a model is joined like that by
//! hand. Without a lock each reading and each writing of the number is a step. With `--fine` it always is. Threads have
//! begun where a model begins, and nobody joins them; `raddle`, `harmony` and `frontrun` make them and join them, too.

use std::fmt;
use std::str::FromStr;

/// The programs of one kind differ in how many threads there are and how often each does its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    /// Philosophers who take two forks, so often each; the last one takes them in the other order.
    Philosophers { seats: usize, meals: usize },
    /// Threads that add to a number, so often each.
    Increments { threads: usize, rounds: usize, locked: bool },
    /// A buffer for one thing; each producer brings so many.
    Buffer { producers: usize, consumers: usize, things: usize, kind: Kind },
    /// Threads that take one of two permits.
    Semaphore { threads: usize },
    /// Threads that wait until all are there.
    Barrier { threads: usize },
}

/// How the threads at a buffer wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// With a condition for each side.
    Two,
    /// With one condition for both, so that a notify can wake the wrong side: a deadlock.
    One,
    /// Without looking again when they wake: they take from an empty buffer.
    If,
}

/// A question about the number that all threads share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Test {
    Is(i8),
    IsNot(i8),
    AtMost(i8),
}

impl Test {
    pub fn holds(self, number: i8) -> bool {
        match self {
            Test::Is(other) => number == other,
            Test::IsNot(other) => number != other,
            Test::AtMost(other) => number <= other,
        }
    }
}

/// One operation of a thread on what all share: locks, one semaphore, conditions of the first lock, and a number (which is
/// the count of things in a buffer, too).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    Acquire(usize),
    Release(usize),
    /// Take one of the semaphore's permits, and give it back.
    Down,
    Up,
    /// Read the number, to add to it.
    Load,
    /// Write what was read, and so much more.
    Add(i8),
    /// Go on elsewhere if this holds now.
    Jump(Test, usize),
    Assert(Test),
    /// Give the lock back and stand in the condition's line.
    Wait(usize),
    /// Having been notified, take the lock again, and go on there.
    Wake(usize),
    /// Wake the first in the condition's line, or all of them.
    Notify(usize),
    NotifyAll(usize),
}

impl Op {
    /// Whether it looks at the number or writes it, and can neither wait nor wake anybody.
    pub fn is_access(self) -> bool {
        matches!(self, Op::Load | Op::Add(_) | Op::Jump(..) | Op::Assert(_))
    }
}

/// What some threads do, and how many of them.
pub struct Role {
    pub ops: Vec<Op>,
    pub threads: usize,
}

/// How many permits the semaphore has.
pub const PERMITS: i8 = 2;

impl Program {
    /// Whether the search goes on when something is found. The increments without a lock lose updates, which only raddle
    /// takes for a defect: there all tools explore everything.
    pub fn is_explored_whole(self) -> bool {
        !matches!(self, Program::Buffer { kind: Kind::One | Kind::If, .. })
    }

    /// Whether a lock guards the number.
    pub fn is_guarded(self) -> bool {
        !matches!(self, Program::Increments { locked: false, .. })
    }

    pub fn locks(self) -> usize {
        if let Program::Philosophers { seats, .. } = self { seats } else { 1 }
    }

    /// The two forks of a philosopher, in the order in which they are taken.
    pub fn forks(seats: usize, seat: usize) -> (usize, usize) {
        if seat + 1 == seats { (0, seat) } else { (seat, seat + 1) }
    }

    /// What the threads do; equal ones stand together.
    pub fn roles(self) -> Vec<Role> {
        match self {
            Program::Philosophers { seats, meals } => {
                let role = |seat| {
                    let (first, second) = Program::forks(seats, seat);
                    let meal = [Op::Acquire(first), Op::Acquire(second), Op::Release(second), Op::Release(first)];
                    Role { ops: meal.repeat(meals), threads: 1 }
                };
                (0..seats).map(role).collect()
            }
            Program::Increments { threads, rounds, locked } => {
                let bare = [Op::Load, Op::Add(1)];
                let guarded = [Op::Acquire(0), Op::Load, Op::Add(1), Op::Release(0)];
                let round: &[Op] = if locked { &guarded } else { &bare };
                vec![Role { ops: round.repeat(rounds), threads }]
            }
            Program::Buffer { producers, consumers, things, kind } => {
                let taken = producers * things / consumers;
                let (not_full, not_empty) = (0, usize::from(kind != Kind::One));
                let produce = side(things, kind, 1, not_full, &[Op::Load, Op::Add(1), Op::Notify(not_empty)]);
                // Taking from an empty buffer is an error.
                let take = [Op::Assert(Test::IsNot(0)), Op::Load, Op::Add(-1), Op::Notify(not_full)];
                let consume = side(taken, kind, 0, not_empty, &take);
                vec![Role { ops: produce, threads: producers }, Role { ops: consume, threads: consumers }]
            }
            Program::Semaphore { threads } => {
                let enter = [Op::Acquire(0), Op::Load, Op::Add(1), Op::Assert(Test::AtMost(PERMITS)), Op::Release(0)];
                let leave = [Op::Acquire(0), Op::Load, Op::Add(-1), Op::Release(0)];
                let ops = [&[Op::Down][..], &enter, &leave, &[Op::Up]].concat();
                vec![Role { ops, threads }]
            }
            Program::Barrier { threads } => {
                let (all, some_missing) = (Test::Is(threads as i8), Test::IsNot(threads as i8));
                let ops = vec![
                    Op::Acquire(0),
                    Op::Load,
                    Op::Add(1),
                    Op::Jump(some_missing, 5),
                    Op::NotifyAll(0),
                    Op::Jump(all, 8),
                    Op::Wait(0),
                    Op::Wake(5),
                    Op::Assert(all),
                    Op::Release(0),
                ];
                vec![Role { ops, threads }]
            }
        }
    }
}

/// One side of a buffer: so often, wait with the lock while the number is `in_the_way`, then do the work.
fn side(rounds: usize, kind: Kind, in_the_way: i8, condition: usize, work: &[Op]) -> Vec<Op> {
    let mut ops = Vec::new();
    for _ in 0..rounds {
        ops.push(Op::Acquire(0));
        let (look, go) = (ops.len(), ops.len() + 3);
        let awake = if kind == Kind::If { go } else { look };
        ops.extend([Op::Jump(Test::IsNot(in_the_way), go), Op::Wait(condition), Op::Wake(awake)]);
        ops.extend(work);
        ops.push(Op::Release(0));
    }
    ops
}

impl fmt::Display for Program {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Program::Philosophers { seats, meals } => write!(out, "phil{seats}x{meals}ok"),
            Program::Increments { threads, rounds, locked } => {
                write!(out, "inc{threads}x{rounds}{}", if *locked { "lock" } else { "bare" })
            }
            Program::Buffer { producers, consumers, things, kind } => {
                let kind = match kind {
                    Kind::Two => "two",
                    Kind::One => "one",
                    Kind::If => "if",
                };
                write!(out, "buf{producers}x{consumers}x{things}{kind}")
            }
            Program::Semaphore { threads } => write!(out, "sem{threads}"),
            Program::Barrier { threads } => write!(out, "barrier{threads}"),
        }
    }
}

impl FromStr for Program {
    type Err = String;

    /// The program of a name like `phil6x2ok`.
    fn from_str(name: &str) -> Result<Program, String> {
        let known = "phil6x2ok, inc4x3bare, inc4x3lock, buf2x2x2two (one, if), sem6 and barrier6 are programs, with other \
                     numbers too, up to 8 threads and 9 rounds";
        let unknown = || format!("{name}: {known}");
        let letters = |c: char| c.is_ascii_lowercase() && c != 'x';
        let digits = name.trim_start_matches(letters);
        let suffix = digits.trim_start_matches(|c: char| c.is_ascii_digit() || c == 'x');
        let family = &name[..name.len() - digits.len()];
        let numbers: Result<Vec<usize>, _> =
            digits[..digits.len() - suffix.len()].split('x').map(|number| number.parse()).collect();
        let numbers = numbers.map_err(|_| unknown())?;
        if numbers.iter().any(|number| !(1..=9).contains(number)) {
            return Err(unknown());
        }
        let program = match (family, numbers[..].to_vec().as_slice(), suffix) {
            ("phil", &[seats, meals], "ok") if seats > 1 => Program::Philosophers { seats, meals },
            ("inc", &[threads, rounds], "bare" | "lock") => {
                Program::Increments { threads, rounds, locked: suffix == "lock" }
            }
            ("buf", &[producers, consumers, things], "two" | "one" | "if") if producers * things % consumers == 0 => {
                let kind = match suffix {
                    "two" => Kind::Two,
                    "one" => Kind::One,
                    _ => Kind::If,
                };
                Program::Buffer { producers, consumers, things, kind }
            }
            ("sem", &[threads], "") => Program::Semaphore { threads },
            ("barrier", &[threads], "") if threads > 1 => Program::Barrier { threads },
            _ => return Err(unknown()),
        };
        let threads: usize = program.roles().iter().map(|role| role.threads).sum();
        if threads > 8 { Err(unknown()) } else { Ok(program) }
    }
}
