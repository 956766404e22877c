//! Races: updates that were lost, and accesses that nothing orders. A fold over events, as the rest of the model is.
//!
//! A *lost update* is something that happened in this run: a thread read a place (a name, an attribute, or an item of a
//! container), another one wrote it, and then the first wrote it, by what it had read before. So it overwrote what it never
//! saw. Whether a write goes by what was read says the program's text (`base::Flow`). Who overwrites blindly (`latest = x`)
//! loses nothing that it meant to keep; nor does who looked, and then wrote what stands there already.
//!
//! An *unordered access* is milder, since a plain flag is often meant so: two threads touched a place, one of them wrote, and
//! no primitive put the one before the other, so that it might as well have been the other way round. It is found with vector
//! clocks and epochs, as in Flanagan and Freund, FastTrack: efficient and precise dynamic race detection, PLDI 2009; `order`
//! says what orders. A container's methods order, and are not told of: places are what is read and written by name or by index.
//!
//! What is kept is bounded: the first findings, the first notes, the places that were touched last, a few readers of each.

mod clock;
mod order;
mod spots;
pub mod words;

pub(super) use clock::Clock;
pub use spots::Access;

use super::chunks::Chunks;
use super::timeline::Moment;
use crate::base::{Flow, Link, Symbol, ThreadId};
use crate::event::{Event, EventKind, Item, Place, Shown};
use order::Order;
use spots::{Spot, Spots};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The most findings, and the most notes, that are kept.
const FINDINGS: usize = 1000;
/// The most moments of a thread at which it lost an update or had one lost.
const MARKS: usize = 1000;

/// An update that was lost: the first one of its place.
#[derive(Clone, Debug)]
pub struct LostUpdate {
    /// The row of the place among the model's data.
    pub row: usize,
    /// Which item of the container there, if it is one.
    pub key: Option<Shown>,
    /// What the thread read.
    pub read: Access,
    /// What another thread wrote then, which is lost.
    pub lost: Access,
    /// What the thread wrote over it.
    pub write: Access,
    /// What was read only decided that it was written; otherwise what was written is made of it.
    pub choice: bool,
    /// How often that happened to the place.
    pub times: u64,
}

/// Two accesses that nothing orders: the first ones of their row of the data.
#[derive(Clone, Debug)]
pub struct Unordered {
    /// The row of the place among the model's data.
    pub row: usize,
    /// Which item of the container there, if it is one.
    pub key: Option<Shown>,
    /// The one that came first.
    pub first: Access,
    /// The one that nothing put behind it.
    pub second: Access,
    /// How many accesses there were that an earlier one is not ordered with.
    pub times: u64,
}

/// What is known of a run's races.
#[derive(Clone, Debug)]
pub struct Races {
    flow: Arc<dyn Flow>,
    order: Order,
    spots: Spots,
    lost: Chunks<LostUpdate>,
    notes: Notes,
    marks: Arc<BTreeMap<ThreadId, Chunks<Moment>>>,
}

/// The notes on accesses that nothing orders.
#[derive(Clone, Debug, Default)]
struct Notes {
    all: Chunks<Unordered>,
    /// The note on each row of the data that has one.
    by_row: Arc<BTreeMap<usize, usize>>,
}

impl Notes {
    /// Notes two accesses, or that there is another pair of the same row.
    fn add(&mut self, row: usize, note: impl FnOnce() -> Unordered) {
        if let Some(known) = self.by_row.get(&row).and_then(|&number| self.all.get_mut(number)) {
            known.times += 1;
        } else if self.all.len() < FINDINGS {
            Arc::make_mut(&mut self.by_row).insert(row, self.all.len());
            self.all.push(note());
        }
    }
}

impl Races {
    pub(super) fn new(flow: Arc<dyn Flow>) -> Races {
        Races {
            flow,
            order: Order::default(),
            spots: Spots::default(),
            lost: Chunks::default(),
            notes: Notes::default(),
            marks: Arc::default(),
        }
    }

    /// Takes in the next event. `row`: the row of the data that it touches.
    pub(super) fn follow(&mut self, event: &Event, row: Option<usize>, moment: Moment) {
        let (place, value, writes) = match &event.kind {
            EventKind::Read { place, value } => (place, value, false),
            EventKind::Wrote { place, value } => (place, value, true),
            _ => return self.order.follow(event),
        };
        let item = value.item().map(|item| &**item);
        if item.is_none() && matches!(place, Place::Content { .. }) {
            return self.order.follow(event);
        }
        // Of a line that is not the program's nobody could tell.
        let Some(row) = row.filter(|_| event.line > 0) else { return };
        let me = event.thread;
        let clock = self.order.clock(me);
        let epoch = clock.epoch(me);
        let Some(spot) = self.spots.get(row, item) else { return };
        let before = |other: &Access| other.thread == me || other.epoch <= clock.epoch(other.thread);
        let unordered = match &spot.write {
            Some(write) if !before(write) => Some(write),
            write if writes => {
                // Those before the last write were looked at then.
                let since = write.as_ref().map_or(0, |write| write.seq);
                spot.reads.iter().find(|read| read.seq >= since && !before(read))
            }
            _ => None,
        };
        let value = item.map_or(value, |item| &item.value);
        let (line, seq) = (event.line, event.seq);
        let access = || Access { thread: me, line, moment, value: value.clone(), seq, writes, epoch };
        let key = || item.map(|item| item.key.clone());
        if let Some(first) = unordered.filter(|_| !self.order.is_given_up()) {
            self.notes.add(row, || Unordered { row, key: key(), first: first.clone(), second: access(), times: 1 });
        }
        if !writes {
            return spot.read(access());
        }
        let found = match lost(spot, event, value, named(place), &*self.flow) {
            Some((read, lost, choice)) => {
                let (read, lost, write) = (read.clone(), lost.clone(), access());
                Some(LostUpdate { row, key: key(), read, lost, write, choice, times: 1 })
            }
            None => None,
        };
        spot.write = Some(access());
        if let Some(found) = found {
            self.find(found, item);
        }
    }

    /// Keeps a finding, or that it happened again.
    fn find(&mut self, found: LostUpdate, item: Option<&Item>) {
        for access in [&found.lost, &found.write] {
            let marks = Arc::make_mut(&mut self.marks).entry(access.thread).or_default();
            if marks.len() == MARKS {
                marks.drop_front(MARKS / 2);
            }
            marks.push(access.moment);
        }
        let number = self.lost.len();
        let Some(spot) = self.spots.get(found.row, item) else { return };
        match spot.lost {
            Some(known) => self.lost.get_mut(known).into_iter().for_each(|known| known.times += 1),
            None if number < FINDINGS => {
                spot.lost = Some(number);
                self.lost.push(found);
            }
            None => {}
        }
    }

    /// The rows of the data that findings and notes are about.
    pub(super) fn rows(&self) -> BTreeSet<usize> {
        let lost = self.lost.iter().map(|found| found.row);
        lost.chain(self.notes.by_row.keys().copied()).collect()
    }

    /// Rows of the data have moved; `None`: they are gone.
    pub(super) fn renumber(&mut self, rows: &[Option<usize>]) {
        let moved = |row: usize| rows.get(row).copied().flatten();
        for index in 0..self.lost.len() {
            self.lost.get_mut(index).into_iter().for_each(|found| found.row = moved(found.row).unwrap_or(found.row));
        }
        for index in 0..self.notes.all.len() {
            self.notes.all.get_mut(index).into_iter().for_each(|note| note.row = moved(note.row).unwrap_or(note.row));
        }
        let by_row = self.notes.by_row.iter().filter_map(|(row, number)| Some((moved(*row)?, *number)));
        self.notes.by_row = Arc::new(by_row.collect());
        self.spots.renumber(rows);
    }

    /// The updates that were lost, the first one of each place.
    pub fn lost(&self) -> &Chunks<LostUpdate> {
        &self.lost
    }

    /// Accesses that nothing orders, the first ones of each row of the data.
    pub fn unordered(&self) -> &Chunks<Unordered> {
        &self.notes.all
    }

    /// The note on that row of the data.
    pub fn note_on(&self, row: usize) -> Option<&Unordered> {
        self.notes.all.get(*self.notes.by_row.get(&row)?)
    }

    /// The moments at which `thread` overwrote an update, or had written one that was lost.
    pub fn marks(&self, thread: ThreadId) -> impl Iterator<Item = Moment> {
        self.marks.get(&thread).into_iter().flatten().copied()
    }
}

impl LostUpdate {
    /// Whether `thread` has a part in it.
    pub fn concerns(&self, thread: ThreadId) -> bool {
        self.write.thread == thread || self.lost.thread == thread
    }
}

/// What is lost if `value` is written now: the read that it goes by, the write that it overwrites, and whether the read only
/// decided that it is written.
fn lost<'s>(
    spot: &'s Spot,
    event: &Event,
    value: &Shown,
    name: Option<Symbol>,
    flow: &dyn Flow,
) -> Option<(&'s Access, &'s Access, bool)> {
    let current = spot.write.as_ref().filter(|current| current.thread != event.thread)?;
    // What stands there is what was read, though another one wrote it once more.
    let stale = |read: &&Access| read.seq < current.seq && !is_same(&read.value, &current.value);
    let read = spot.read_of(event.thread).filter(stale)?;
    let choice = match flow.link(name, read.line, event.line)? {
        Link::Value => false,
        // Who takes the place of nothing destroys nothing: a hand-made lock's owner was None when the next one took it.
        Link::Choice { .. } if current.value == Shown::None => return None,
        Link::Choice { made } if made || !is_same(&current.value, value) => true,
        Link::Choice { .. } => return None,
    };
    Some((read, current, choice))
}

/// Whether two values are surely the same: of objects that look alike, and of texts that were cut, nobody can tell.
fn is_same(one: &Shown, other: &Shown) -> bool {
    one.certain().is_some_and(|one| Some(one) == other.certain())
}

/// The name behind a place; `None` for an item.
fn named(place: &Place) -> Option<Symbol> {
    match place {
        Place::Global(name) | Place::Cell { name, .. } | Place::Attribute { name, .. } => Some(*name),
        Place::Content { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::samples::{Script, object};
    use crate::trace::{json, report};

    /// Line 2 is made from line 1 of the same name, line 4 is decided by line 3, and line 6 by line 5, with something new.
    #[derive(Debug)]
    struct Lines;

    impl Flow for Lines {
        fn link(&self, _: Option<Symbol>, read: u32, write: u32) -> Option<Link> {
            match (read, write) {
                (1, 2) => Some(Link::Value),
                (3, 4) => Some(Link::Choice { made: false }),
                (5, 6) => Some(Link::Choice { made: true }),
                _ => None,
            }
        }
    }

    const X: Place = Place::Global(Symbol(0));

    fn script() -> Script {
        let mut script = Script::new("one\ntwo\nthree\nfour\nfive\nsix\nseven", &["x", "y"]);
        script.legend.flow = Some(Arc::new(Lines));
        script.thread(1, "left").thread(2, "right").thread(3, "third");
        script
    }

    fn read(script: &mut Script, thread: u32, line: u32, value: Shown) {
        script.does(thread, line, EventKind::Read { place: X, value });
    }

    fn write(script: &mut Script, thread: u32, line: u32, value: Shown) {
        script.does(thread, line, EventKind::Wrote { place: X, value });
    }

    fn found(script: &Script) -> Vec<(u32, u32, bool, u64)> {
        let model = script.model();
        model.lost_updates().map(|it| (it.write.thread.0, it.lost.thread.0, it.choice, it.times)).collect()
    }

    /// `left` reads and writes at these lines, and `right` writes in between.
    fn interrupted(lines: (u32, u32), values: [Shown; 3]) -> Script {
        let mut script = script();
        let [seen, other, new] = values;
        read(&mut script, 1, lines.0, seen);
        write(&mut script, 2, 7, other);
        write(&mut script, 1, lines.1, new);
        script
    }

    #[test]
    fn a_write_by_a_stale_read_loses_what_was_written_in_between() {
        let ints = || [Shown::Int(0), Shown::Int(1), Shown::Int(1)];
        assert_eq!(found(&interrupted((1, 2), ints())), [(1, 2, false, 1)]);
        assert_eq!(found(&interrupted((1, 4), ints())), [], "the write has nothing to do with the read");
        assert_eq!(found(&interrupted((3, 4), ints())), [], "what it writes stands there already");
        assert_eq!(found(&interrupted((5, 6), ints())), [(1, 2, true, 1)], "it is made anew");
        assert_eq!(found(&interrupted((3, 4), [0, 1, 2].map(Shown::Int))), [(1, 2, true, 1)]);
        assert_eq!(found(&interrupted((1, 2), [0, 0, 1].map(Shown::Int))), [], "it was only written back");
        let freed = || [Shown::Int(1), Shown::None, Shown::Int(2)];
        assert_eq!(found(&interrupted((5, 6), freed())), [], "nothing stood there that could be lost");
        assert_eq!(
            found(&interrupted((1, 2), freed())),
            [(1, 2, false, 1)],
            "but what is made from the old value is stale"
        );
    }

    #[test]
    fn things_that_look_alike_need_not_be_the_same() {
        let text = |text: &str| Shown::Text(text.into());
        let lost = |values: [&str; 3]| !found(&interrupted((3, 4), values.map(text))).is_empty();
        for same in ["'open'", "\"it's\"", "-1.5", "12345678901234567890"] {
            assert!(!lost(["None", same, same]), "{same}");
            assert!(!lost([same, same, "None"]), "{same}");
            assert!(lost(["None", same, "'other'"]), "{same}");
        }
        for alike in ["<Config>", "[]", "{}", "'a long text that was cut…"] {
            assert!(lost(["None", alike, alike]), "{alike}");
            assert!(lost([alike, alike, "None"]), "{alike}");
        }
    }

    #[test]
    fn who_reads_again_or_wrote_last_loses_nothing() {
        let mut script = script();
        read(&mut script, 1, 1, Shown::Int(0));
        write(&mut script, 2, 7, Shown::Int(5));
        read(&mut script, 1, 3, Shown::Int(5));
        write(&mut script, 1, 2, Shown::Int(1));
        assert_eq!(found(&script), []);
        write(&mut script, 1, 2, Shown::Int(2));
        assert_eq!(found(&script), [], "what it overwrites is its own");
        let mut script = self::script();
        write(&mut script, 2, 7, Shown::Int(5));
        read(&mut script, 1, 1, Shown::Int(5));
        write(&mut script, 1, 2, Shown::Int(6));
        write(&mut script, 3, 2, Shown::Int(7));
        assert_eq!(found(&script), [], "nobody has read before");
    }

    #[test]
    fn a_place_has_one_finding_that_counts() {
        let mut script = interrupted((1, 2), [0, 1, 1].map(Shown::Int));
        read(&mut script, 1, 1, Shown::Int(1));
        write(&mut script, 3, 7, Shown::Int(2));
        write(&mut script, 1, 2, Shown::Int(2));
        assert_eq!(found(&script), [(1, 2, false, 2)]);
        let model = script.model();
        let marks = |thread| -> Vec<u64> {
            model.races().map_or(vec![], |races| races.marks(ThreadId(thread)).map(|moment| moment.step).collect())
        };
        assert_eq!([marks(1), marks(2), marks(3), marks(0)], [vec![5, 8], vec![4], vec![7], vec![]]);
        assert_eq!(model.lost_update_of(ThreadId(2)).map(|lost| lost.write.seq), Some(8));
        assert!(model.lost_update_of(ThreadId(3)).is_none(), "it has no part in the first");
    }

    #[test]
    fn what_was_found_keeps_its_name_when_other_data_are_forgotten() {
        let mut script = interrupted((1, 2), [0, 1, 1].map(Shown::Int));
        script.thread(4, "a").lock(0, "held").takes(4, 1, 0);
        for slot in 1..40_000 {
            let place = Place::Attribute { object: object(slot), name: Symbol(1) };
            script.lock(slot, "l").does(4, 1, EventKind::Wrote { place, value: Shown::Int(1) });
        }
        let model = script.model();
        assert!(model.data().len() < 30_000 && model.objects().len() < 30_000);
        assert!(model.object(object(0)).is_some_and(|lock| &*lock.name == "held"), "it is in use");
        let last = model.object(object(39_999)).map(|lock| &*lock.name);
        assert_eq!((last, model.object(object(1)).is_some()), (Some("l#39999"), false));
        let row = model.lost_updates().next().map(|lost| &*model.data()[lost.row].name);
        assert_eq!(row, Some("x"));
        // The places of the data that are left are known still.
        let again = Place::Attribute { object: object(39_999), name: Symbol(1) };
        script.does(1, 1, EventKind::Wrote { place: again, value: Shown::Int(2) });
        let model = script.model();
        let names: Vec<_> =
            model.races().into_iter().flat_map(Races::unordered).map(|it| &*model.data()[it.row].name).collect();
        assert_eq!(names, ["x", "l#39999.y"]);
    }

    #[test]
    fn items_are_places_of_their_own() {
        let place = || Place::Content { object: object(0) };
        let item = |key: i64, value: i64| {
            let (key, value) = (Shown::Int(key), Shown::Int(value));
            Shown::Item(Arc::new(Item { container: Shown::Text("[…]".into()), key, value }))
        };
        let run = |other: i64| {
            let mut script = script();
            script.does(1, 1, EventKind::Read { place: place(), value: item(0, 4) });
            script.does(2, 7, EventKind::Wrote { place: place(), value: item(other, 5) });
            script.does(1, 2, EventKind::Wrote { place: place(), value: item(0, 5) });
            script
        };
        assert_eq!((found(&run(0)), found(&run(1))), (vec![(1, 2, false, 1)], vec![]));
        assert_eq!(run(1).model().unordered().count(), 0);
        let model = run(0).model();
        assert_eq!(model.data()[0].value(), "[…]");
        let lost = model.lost_updates().next().unwrap();
        assert_eq!(
            (&lost.key, &lost.read.value, &lost.lost.value),
            (&Some(Shown::Int(0)), &Shown::Int(4), &Shown::Int(5))
        );
    }

    #[test]
    fn two_accesses_one_of_them_a_write_want_an_order() {
        let pairs = |accesses: &[(u32, bool)]| {
            let mut script = script();
            for &(thread, writes) in accesses {
                let value = Shown::Int(1);
                script.does(
                    thread,
                    7,
                    if writes { EventKind::Wrote { place: X, value } } else { EventKind::Read { place: X, value } },
                );
            }
            let model = script.model();
            let notes: Vec<_> = model
                .unordered()
                .map(|note| {
                    ((note.first.thread.0, note.first.writes), (note.second.thread.0, note.second.writes), note.times)
                })
                .collect();
            notes
        };
        assert_eq!(pairs(&[(1, false), (2, false), (1, false)]), []);
        assert_eq!(pairs(&[(1, true), (1, false), (1, true)]), []);
        assert_eq!(pairs(&[(0, true), (0, false)]), []);
        assert_eq!(pairs(&[(1, true), (2, false)]), [((1, true), (2, false), 1)]);
        assert_eq!(pairs(&[(1, false), (2, true)]), [((1, false), (2, true), 1)]);
        assert_eq!(pairs(&[(1, true), (2, true)]), [((1, true), (2, true), 1)]);
        assert_eq!(pairs(&[(1, true), (2, false), (2, false), (3, true)]), [((1, true), (2, false), 3)]);
        // What was read before the last write was looked at when that was written.
        assert_eq!(pairs(&[(1, false), (2, true), (2, true)]), [((1, false), (2, true), 1)]);
    }

    #[test]
    fn a_lock_orders() {
        let mut script = script();
        for thread in [1, 2, 1] {
            script.takes(thread, 7, 0);
            read(&mut script, thread, 1, Shown::Int(0));
            write(&mut script, thread, 2, Shown::Int(0));
            script.does(thread, 7, EventKind::Released { object: object(0), depth: 0 });
        }
        assert_eq!((found(&script), script.model().unordered().count()), (vec![], 0));
    }

    #[test]
    fn lines_that_are_not_the_programs_are_left_out() {
        let mut script = script();
        write(&mut script, 1, 0, Shown::Int(1));
        write(&mut script, 2, 0, Shown::Int(2));
        assert_eq!(script.model().unordered().count(), 0);
        script.legend.flow = None;
        assert!(script.model().races().is_none());
    }

    #[test]
    fn no_more_than_so_many_are_kept() {
        let mut script = script();
        for name in 0..FINDINGS as u32 + 5 {
            let place = || Place::Global(Symbol(name));
            script.does(1, 1, EventKind::Read { place: place(), value: Shown::Int(0) });
            script.does(2, 7, EventKind::Wrote { place: place(), value: Shown::Int(1) });
            script.does(1, 2, EventKind::Wrote { place: place(), value: Shown::Int(2) });
        }
        let model = script.model();
        assert_eq!((model.lost_updates().count(), model.unordered().count()), (FINDINGS, FINDINGS));
        let marks = model.races().map_or(0, |races| races.marks(ThreadId(1)).count());
        assert!((MARKS / 2..=MARKS).contains(&marks), "{marks}");
    }

    #[test]
    fn a_report_tells_of_both() {
        insta::assert_snapshot!(report(&interrupted((1, 2), [0, 1, 1].map(Shown::Int)).model()), @r"
        lost update: x, left over right (step 5)
          left read x = 0 (line 1, step 3), right wrote 1 (line 7, step 4), and left wrote 1 over it (line 2, step 5), made from the 0 it had read: the update of right is lost. Hold one lock from the read to the write.
          left         bank.py:1: one
          left         bank.py:2: two
          right        bank.py:7: seven
        unordered: x: left reads it (line 1, step 3), right writes it (line 7, step 4), and nothing orders the two, 2 times in all
        ");
        let mut flag = script();
        read(&mut flag, 1, 3, Shown::Bool(false));
        write(&mut flag, 2, 4, Shown::Bool(true));
        insta::assert_snapshot!(report(&flag.model()), @r"
        no trouble in 5 steps
        unordered: x: left reads it (line 3, step 3), right writes it (line 4, step 4), and nothing orders the two
        ");
        let model = flag.model();
        let row = model.unordered().next().unwrap().row;
        let note_on = |row| model.races().unwrap().note_on(row).map(|note| words::short_note(note, &model));
        assert_eq!(note_on(row).as_deref(), Some("unordered: left (line 3), right (line 4)"));
        assert_eq!(note_on(row + 1), None);
    }

    #[test]
    fn an_explanation_says_what_happened_and_what_that_is_in_general() {
        let said = |script: &Script| -> Vec<(String, bool)> {
            words::paragraphs(&script.model()).into_iter().map(|it| (it.text, it.loud)).collect()
        };
        assert_eq!(said(&script()), []);
        let mut flag = script();
        read(&mut flag, 1, 3, Shown::Bool(false));
        write(&mut flag, 2, 4, Shown::Bool(true));
        let note = |times: &str| {
            let flag = "x: left reads it (line 3, step 3), right writes it (line 4, step 4)";
            (format!("{flag}, and nothing orders the two{times}."), false)
        };
        let lesson = |text: &str| (text.to_owned(), false);
        assert_eq!(said(&flag), [note(""), lesson(words::UNORDERED_LESSON)]);
        read(&mut flag, 1, 1, Shown::Bool(true));
        write(&mut flag, 3, 7, Shown::Bool(false));
        write(&mut flag, 1, 2, Shown::Bool(true));
        let model = flag.model();
        let sentence = (words::sentence(model.lost_updates().next().unwrap(), &model), true);
        assert_eq!(said(&flag)[..2], [sentence, lesson(words::LESSON)]);
        assert_eq!(said(&flag)[3..], [lesson(words::UNORDERED_LESSON)]);
    }

    #[test]
    fn a_long_report_is_cut() {
        let mut script = script();
        for name in 0..15 {
            for thread in [1, 2] {
                let value = Shown::Int(0);
                script.does(thread, 7, EventKind::Wrote { place: Place::Global(Symbol(name)), value });
            }
        }
        let report = report(&script.model());
        assert_eq!(report.lines().filter(|line| line.starts_with("unordered: ")).count(), 13);
        assert!(report.ends_with("unordered: 3 more\n"), "{report}");
    }

    #[test]
    fn json_has_a_line_for_each() {
        let lines = json::races(&interrupted((5, 6), [0, 1, 2].map(Shown::Int)).model());
        let told: Vec<serde_json::Value> = lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
        let (lost, unordered) = (&told[0], &told[1]);
        assert_eq!(told.len(), 2);
        assert_eq!(
            (&lost["kind"], &lost["place"], &lost["thread"]),
            (&"lost_update".into(), &"x".into(), &"left".into())
        );
        assert_eq!((&lost["line"], &lost["seq"], &lost["step"]), (&6.into(), &8.into(), &5.into()));
        assert_eq!((&lost["value"], &lost["read"]["value"], &lost["lost"]["value"]), (&2.into(), &0.into(), &1.into()));
        assert_eq!((&lost["read"]["line"], &lost["lost"]["thread"]), (&5.into(), &"right".into()));
        assert!(lost["sentence"].as_str().unwrap().contains("because of the 0 it had read"), "{lost}");
        assert_eq!((&unordered["kind"], &unordered["times"]), (&"unordered_access".into(), &2.into()));
        assert_eq!((&unordered["writes"], &unordered["earlier"]["writes"]), (&true.into(), &false.into()));
    }

    #[test]
    fn why_tells_the_two_threads_and_nobody_else() {
        let mut script = interrupted((1, 2), [0, 1, 1].map(Shown::Int));
        let why = |script: &Script, thread| crate::trace::explain::why(ThreadId(thread), &script.model());
        assert!(why(&script, 1).starts_with("left read x = 0") && why(&script, 2) == why(&script, 1));
        assert!(!why(&script, 3).contains("lost"));
        script.blocks_on_lock(1, 7, 0);
        assert!(!why(&script, 1).contains("lost"), "what it waits for comes first");
    }
}
