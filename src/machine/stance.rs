//! The *stance* of a thread: all that it has for itself, as a number. A thread that comes to the same stance again, and has found
//! nothing else in between, goes round in a loop and gets nowhere: it waits by looking.
//!
//! What was made anew in each round is told by its place among what the thread can reach, not by its id.

use super::encode::{Encode, Encoder};
use super::thread::Thread;
use super::value::Value;
use rustc_hash::FxHasher;
use std::hash::Hasher;

/// A thread with more bytes than this is not examined: that would take longer than it is worth.
const MOST: usize = 1 << 14;

/// A stance that a thread had.
#[derive(Clone, PartialEq, Debug)]
pub struct Stance {
    hash: u64,
    /// Floats on its stack that may be times, which it has read or computed with.
    times: Vec<f64>,
}

impl Stance {
    /// Whether it is `first` again, so many nanoseconds later: what may be a time has moved about as far as the clock, or not
    /// at all. A float that a thread counts with moves otherwise.
    pub fn is_again(&self, first: &Stance, passed: u64) -> bool {
        let passed = passed as f64 / 1e9;
        let moved = |(now, then): (&f64, &f64)| {
            let way = (now - then).abs();
            now == then || (0.5 * passed..=2.0 * passed).contains(&way)
        };
        self.hash == first.hash
            && self.times.len() == first.times.len()
            && self.times.iter().zip(&first.times).all(moved)
    }
}

/// The thread's stance. With `clock` floats on its stack may be times. `None`: there is too much to examine.
pub fn stance(thread: &Thread, clock: bool) -> Option<Stance> {
    let mut encoder = Encoder::new(&thread.heap, MOST);
    let mut times = Vec::new();
    if clock {
        encoder.skip_times();
        times.extend(thread.stack.iter().filter_map(|value| match value {
            Value::Float(time) => Some(*time),
            _ => None,
        }));
    }
    thread.encode(&mut encoder);
    let mut hasher = FxHasher::default();
    hasher.write(&encoder.finish()?);
    Some(Stance { hash: hasher.finish(), times })
}

#[cfg(test)]
mod tests {
    use super::super::object::{Attributes, Object};
    use super::super::thread::{Frame, Resumed, Then};
    use super::super::value::Kind;
    use super::*;
    use crate::base::{ObjectId, Symbol, ThreadId};
    use crate::bytecode::CodeId;

    /// A thread that has a list of these on its stack.
    fn thread(before: usize, items: &[i64], more: &[Value]) -> Thread {
        let mut thread = Thread::new(ThreadId(1), Value::None, None);
        for _ in 0..before {
            thread.heap.add(Object::Local); // nobody reaches those
        }
        let list = thread.heap.add(Object::List(items.iter().map(|item| Value::Int(*item)).collect()));
        let outer = thread.heap.add(Object::List(vec![Value::Object(Kind::List, list)]));
        thread.stack.push(Value::Object(Kind::List, outer));
        thread.stack.extend(more.iter().cloned());
        thread
    }

    #[test]
    fn what_is_alike_has_one_stance_and_what_has_moved_on_another() {
        let alike = stance(&thread(0, &[1, 2], &[]), false);
        assert!(alike.is_some());
        assert_eq!(stance(&thread(7, &[1, 2], &[]), false), alike, "ids do not count");
        assert_ne!(stance(&thread(0, &[1, 3], &[]), false), alike, "what is reached does");
        let time = |time, clock| stance(&thread(0, &[], &[Value::Float(time)]), clock);
        assert_ne!(time(1.5, false), time(2.5, false));
        let again = |then: f64, now: f64| {
            let [then, now] = [then, now].map(|float| time(float, true).expect("it is small"));
            now.is_again(&then, 1_000_000_000)
        };
        assert!(again(1.5, 2.5) && again(1.5, 1.5) && again(7.5, 6.5), "a time, a deadline, what is left");
        assert!(!again(1.5, 4.5) && !again(1.5, 1.6), "it counts");
        let [one, other] =
            [1, 2].map(|item| stance(&thread(0, &[item], &[Value::Float(1.5)]), true).expect("it is small"));
        assert!(!other.is_again(&one, 1_000_000_000), "what else there is counts too");
    }

    #[test]
    fn what_a_frame_or_a_thread_local_reaches_counts_too() {
        let frame = |cells: &[ObjectId], handled: &[Value], then: Then| Frame {
            code: CodeId(0),
            next: 0,
            bottom: 0,
            locals: 0,
            base: 0,
            cells: cells.into(),
            handled: handled.to_vec(),
            then,
        };
        let reach = |thread: &mut Thread, way: usize, id: ObjectId| match way {
            0 => thread.frames.push(frame(&[id], &[], Then::Push)),
            2 => thread.frames.push(frame(&[], &[], Then::Generator(id, Resumed::Close))),
            1 => thread.frames.push(frame(&[], &[Value::Object(Kind::List, id)], Then::Push)),
            _ => {
                let mut attributes = Attributes::default();
                attributes.set(Symbol(0), Value::Object(Kind::List, id));
                thread.locals.push((id, attributes));
            }
        };
        for way in 0..4 {
            let seen = |before, item| {
                let mut thread = thread(before, &[], &[]);
                let list = thread.heap.add(Object::List(vec![Value::Int(item)]));
                reach(&mut thread, way, list);
                stance(&thread, false)
            };
            assert_eq!(seen(0, 1), seen(7, 1), "ids do not count");
            assert_ne!(seen(0, 1), seen(0, 2), "what is reached does");
        }
    }

    #[test]
    fn who_has_much_is_not_looked_at() {
        let mut much = thread(0, &[], &[]);
        for _ in 0..MOST / 4 {
            let id = much.heap.add(Object::List(Vec::new()));
            much.stack.push(Value::Object(Kind::List, id));
        }
        assert_eq!(stance(&much, false), None);
        assert_eq!(stance(&thread(0, &[], &[Value::str("x".repeat(MOST))]), false), None);
    }
}
