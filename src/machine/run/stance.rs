//! The *stance* of a thread: all that it has for itself, as a number. A thread that comes to the same stance again, and has found
//! nothing else in between, goes round in a loop and gets nowhere: it waits by looking.
//!
//! What was made anew in each round is told by its place among what the thread can reach, not by its id.

use crate::machine::memory::encode::{Encode, Encoder};
use crate::machine::memory::thread::Thread;
use crate::machine::memory::value::Value;
use rustc_hash::FxHasher;
use std::hash::Hasher;

/// A thread with more bytes than this is not examined: that would take longer than it is worth.
const MOST: usize = 1 << 14;
/// A time that was computed from a reading may have moved by so much more or less, as a part of the way: floats are rounded.
const ROUNDED: f64 = 0.01;

/// When a thread read the clock the last few times, in nanoseconds, the latest last, 0 for none: it
/// may keep that many in a loop.
pub(in crate::machine) type Readings = [u64; 4];

/// A stance that a thread had.
#[derive(Clone, PartialEq, Debug)]
pub(in crate::machine) struct Stance {
    hash: u64,
    /// Floats on its stack that may be times, which it has read or computed with.
    times: Vec<f64>,
    /// When it had read the clock by then.
    readings: Readings,
}

impl Stance {
    /// Whether it is `first` again: what may be a time has moved as one of the thread's readings of the clock, or not at all.
    /// A float that a thread counts with moves otherwise. How much time passed between the two stances does not matter: between
    /// its readings another time may have passed, since the others go on meanwhile, for longer or shorter.
    pub(in crate::machine) fn is_again(&self, first: &Stance) -> bool {
        let readings = self.readings.iter().zip(&first.readings).filter(|(_, then)| **then > 0);
        let passed = readings.map(|(now, then)| now.saturating_sub(*then) as f64 / 1e9);
        let moved = |(now, then): (&f64, &f64)| {
            let way = (now - then).abs();
            now == then || passed.clone().any(|passed| (way - passed).abs() <= ROUNDED * passed)
        };
        self.hash == first.hash
            && self.times.len() == first.times.len()
            && self.times.iter().zip(&first.times).all(moved)
    }
}

/// The stance of a thread that has read the clock at these times. If it has read it at all, floats on its stack may be times.
/// `None`: there is too much to examine.
pub(in crate::machine) fn stance(thread: &Thread, readings: Option<Readings>) -> Option<Stance> {
    let mut encoder = Encoder::new(&thread.heap, MOST);
    let mut times = Vec::new();
    if readings.is_some() {
        encoder.skip_times();
        times.extend(thread.stack.iter().filter_map(|value| match value {
            Value::Float(time) => Some(*time),
            _ => None,
        }));
    }
    thread.encode(&mut encoder);
    let mut hasher = FxHasher::default();
    hasher.write(&encoder.finish()?);
    Some(Stance { hash: hasher.finish(), times, readings: readings.unwrap_or_default() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{ObjectId, ProcessId, Symbol, ThreadId};
    use crate::bytecode::CodeId;
    use crate::machine::memory::object::{Attributes, Object};
    use crate::machine::memory::thread::{Frame, Resumed, Then};
    use crate::machine::memory::value::Kind;

    /// A thread that has a list of these on its stack.
    fn thread(before: usize, items: &[i64], more: &[Value]) -> Thread {
        let mut thread = Thread::new(ThreadId(1), ProcessId::FIRST, Value::None, None);
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
        let alike = stance(&thread(0, &[1, 2], &[]), None);
        assert!(alike.is_some());
        assert_eq!(stance(&thread(7, &[1, 2], &[]), None), alike, "ids do not count");
        assert_ne!(stance(&thread(0, &[1, 3], &[]), None), alike, "what is reached does");
        let time = |time, readings| stance(&thread(0, &[], &[Value::Float(time)]), readings);
        assert_ne!(time(1.5, None), time(2.5, None));
    }

    #[test]
    fn a_time_moves_as_a_reading_of_the_clock() {
        const SECOND: u64 = 1_000_000_000;
        let at = |float, read: [u64; 2]| {
            let readings = [0, 0, read[0] * SECOND, read[1] * SECOND];
            stance(&thread(0, &[], &[Value::Float(float)]), Some(readings)).expect("it is small")
        };
        // From its last reading but one to the last there passed 100 seconds then, and 1 later.
        let again = |then: f64, now: f64| at(now, [106, 107]).is_again(&at(then, [3, 103]));
        assert!(again(103.0, 107.0) && again(3.0, 106.0), "what it read");
        assert!(again(1.5, 1.5) && again(9.0, 5.0) && again(109.0, 6.0), "a deadline, what is left");
        assert!(!again(1.5, 3.5) && !again(1.5, 1.6) && !again(1.5, 1.5 + 50.0), "it counts");
        let [one, other] =
            [1, 2].map(|item| stance(&thread(0, &[item], &[]), Some([0, 0, 0, SECOND])).expect("it is small"));
        assert!(!other.is_again(&one), "what else there is counts too");
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
                stance(&thread, None)
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
        assert_eq!(stance(&much, None), None);
        assert_eq!(stance(&thread(0, &[], &[Value::str("x".repeat(MOST))]), None), None);
    }
}
