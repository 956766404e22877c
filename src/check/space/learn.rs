//! What is not known yet: the machine does a step on its bench, and the space takes in what that leads to.

use super::super::effects::{Done, Effect, EffectId};
use super::super::way::{ALTERNATIVES, Way};
use super::{Number, PlaceId, Seat, SeatId, Space, number_at};
use crate::base::{ProcessId, ThreadId};
use crate::bytecode::CodeId;
use crate::machine::line_of;
use crate::machine::parts::{self, Access, Address, Encoded, Household, Need, Part, Place, Reference, Step};
use std::collections::BTreeMap;

impl Space {
    /// Lets the machine do the step, and adds it to the tree.
    #[cold]
    pub(super) fn learn(&mut self, seat: SeatId, alternative: usize, at: &[Number]) -> EffectId {
        self.runs += 1;
        self.lay_out(at);
        let Seat { thread: id, own: place, .. } = self.threads[seat as usize];
        let own = number_at(at, place);
        let Some(Part::Thread(thread)) = self.drawers[place as usize].parts[own as usize].part.take() else {
            let effect = Effect { seat, reads: Box::default(), needs: Box::default(), done: None };
            return self.add_effect((place, own), alternative, &[], effect);
        };
        match parts::randomness(&thread, self.bench.image()) {
            Some(Ok(())) => self.seeded = true,
            Some(Err(line)) if !self.seeded => drop(self.draws_at.insert(line)),
            Some(Err(_)) | None => {}
        }
        if let Some(want) = self.bench.lacks(&thread) {
            self.wanted.get_or_insert((line_of(&thread, self.bench.image()), want));
        }
        if thread.reads_clock() {
            self.clock_at.insert(line_of(&thread, self.bench.image()));
        }
        let (step, met) = match ALTERNATIVES[alternative] {
            Way::Step(alternative) => self.bench.attempt(&thread, alternative),
            Way::Wake => self.bench.wake(&thread),
            Way::Struck(strike) => self.bench.strike(&thread, strike),
        };
        self.read = self.read.and(parts::take_read());
        let process = thread.process;
        self.drawers[place as usize].parts[own as usize].part = Some(Part::Thread(thread));
        if self.bench.take_given_up() {
            self.laid.fill(Number::MAX);
            self.lose(place, own);
        }
        let mut reads: Vec<PlaceId> = Vec::with_capacity(met.len() + 1);
        for place in [Place::Rest, Place::Process(process)].into_iter().chain(met) {
            let place = self.place(place);
            if !reads.contains(&place) {
                reads.push(place);
            }
        }
        let asked: Vec<(PlaceId, Number)> = reads.iter().map(|place| (*place, number_at(at, *place))).collect();
        let mut needs: Vec<Need> =
            asked.iter().filter_map(|(place, number)| self.led_to(id, *place, *number)).collect();
        if step.is_none() {
            // A fault may have left its mark there, though the thread could not go.
            asked.iter().for_each(|(place, _)| self.laid[*place as usize] = Number::MAX);
        }
        let mut done = step.map(|step| self.done(id, (place, own), step, &asked, at));
        if let (Way::Struck(_), Some(done)) = (ALTERNATIVES[alternative], &mut done) {
            needs.push(Need::Fault);
            done.counts_at(self.faults);
        }
        let effect = Effect { seat, reads: reads.into(), needs: needs.into(), done };
        self.add_effect((place, own), alternative, &asked, effect)
    }

    /// Lets the machine answer what is asked of the state.
    #[cold]
    pub(super) fn find_out(&mut self, code: CodeId, at: &[Number]) -> bool {
        self.lay_out(at);
        let (is_so, met) = self.bench.fails(code);
        let common = [Place::Rest, Place::Process(ProcessId::FIRST)].map(|place| self.place(place));
        let mut reads = common.to_vec();
        for place in met {
            let place = self.place(place);
            self.laid[place as usize] = Number::MAX;
            if !reads.contains(&place) {
                reads.push(place);
            }
        }
        let asked: Vec<(PlaceId, Number)> = reads.iter().map(|place| (*place, number_at(at, *place))).collect();
        let mut answers = self.answers;
        self.decisions.add(&mut answers, &asked, EffectId::from(is_so));
        self.answers = answers;
        let new = reads.into_iter().filter(|place| !common.contains(place) && !self.observed.contains(place));
        let new: Vec<PlaceId> = new.collect();
        self.observed.extend(new);
        is_so
    }

    /// What must have happened before the thread can come upon that part.
    fn led_to(&self, me: ThreadId, place: PlaceId, number: Number) -> Option<Need> {
        match (self.name(place), self.part(place, number)?) {
            (Place::Row(thread), Part::Row(row)) if thread != me => parts::led_to(thread, row),
            (Place::Process(_), Part::Process(belongings)) => {
                let Household { status, main, .. } = belongings.household;
                Some(Need::End(main)).filter(|_| status.is_some() && main != me)
            }
            _ => None,
        }
    }

    fn add_effect(
        &mut self,
        (place, own): (PlaceId, Number),
        alternative: usize,
        asked: &[(PlaceId, Number)],
        effect: Effect,
    ) -> EffectId {
        self.effects.push(effect);
        let effect = (self.effects.len() - 1) as EffectId;
        let entry = &mut self.drawers[place as usize].parts[own as usize];
        entry.effects.push(effect);
        self.decisions.add(&mut entry.steps[alternative], asked, effect);
        effect
    }

    /// What the step did.
    fn done(
        &mut self,
        id: ThreadId,
        own: (PlaceId, Number),
        step: Step,
        asked: &[(PlaceId, Number)],
        at: &[Number],
    ) -> Done {
        let Step { thread, started, uncaught, accesses, printed, yields } = step;
        let is_over = thread.is_none();
        let mut parts = Vec::new();
        for &(place, _) in asked {
            let name = self.places[place as usize];
            parts.push((name, self.bench.part(name)));
        }
        parts.push((Place::Thread(id), thread.map(Part::Thread)));
        let cut_off = self.cut_off(id, &parts);
        parts.extend(cut_off.into_iter().map(|thread| (Place::Thread(thread), None)));
        let new: Vec<ThreadId> = started.iter().map(|thread| thread.id).collect();
        let started = started.into_iter();
        parts.extend(started.map(|it| (Place::Thread(it.id), Some(Part::Thread(Box::new(it))))));
        let mut known = asked.to_vec();
        known.push(own);
        let mut writes = self.written(parts, &known, at);
        // A thread that writes what was there before writes all the same: to races it matters.
        for &(place, number) in asked {
            let name = self.places[place as usize];
            let writes_it = |access: &Access| access.writes && access.is_to(name, self.bench.image());
            if accesses.iter().any(writes_it) && writes.iter().all(|(written, _)| *written != place) {
                writes.push((place, number));
            }
        }
        if self.kept.turn {
            let seat = self.seat(id).filter(|_| !yields && !is_over);
            writes.push((self.turn, seat.map_or(0, |seat| seat + 1)));
        }
        writes.sort_unstable();
        if let Some(seat) = self.seat(id) {
            self.note_meddling(seat, &writes, at);
        }
        let after = writes.iter().find(|(place, _)| *place == own.0).map_or(own.1, |(_, number)| *number);
        let started = new.into_iter().filter_map(|thread| {
            let seat = self.seat(thread)?;
            let own = self.threads[seat as usize].own;
            let written = writes.iter().find(|(place, _)| *place == own);
            Some((seat, written.map_or(number_at(at, own), |(_, number)| *number)))
        });
        let started = started.collect();
        let printed = printed.filter(|_| self.kept.output);
        let prints = printed.is_some();
        let (writes, accesses) = (writes.into(), accesses.into());
        let mut done = Done { writes, started, own: after, crashed: uncaught, accesses, printed };
        if prints {
            done.counts_at(self.output);
        }
        done
    }

    /// The threads that have ended with a process, however it ended. With the first one all is over.
    fn cut_off(&self, me: ThreadId, parts: &[(Place, Option<Part>)]) -> Vec<ThreadId> {
        let ended = parts.iter().filter_map(|(place, part)| match (place, part) {
            (Place::Row(thread), Some(Part::Row(row)))
                if row.is_over() && row.process != ProcessId::FIRST && *thread != me =>
            {
                Some(*thread)
            }
            _ => None,
        });
        ended.collect()
    }

    /// Notes what the thread has done to other processes. What it makes anew is its own business.
    fn note_meddling(&mut self, seat: SeatId, writes: &[(PlaceId, Number)], at: &[Number]) {
        let mine = self.threads[seat as usize].process;
        for &(place, _) in writes {
            if place != mine && self.household(place, at).is_some() && !self.meddled.contains(&place) {
                self.meddled.push(place);
            }
        }
    }

    /// Which parts have changed.
    fn written(
        &mut self,
        parts: Vec<(Place, Option<Part>)>,
        asked: &[(PlaceId, Number)],
        at: &[Number],
    ) -> Vec<(PlaceId, Number)> {
        let mut writes = Vec::new();
        let mut changed = Vec::new();
        for (name, part) in parts {
            let place = self.place(name);
            let before = self.part(place, number_at(at, place));
            match (before, part) {
                (None, None) => {}
                (Some(before), Some(after))
                    if before.is_same(&after) && !self.has_values(place, number_at(at, place)) => {}
                (Some(_), None) => writes.push((place, self.nothing(place))),
                (_, Some(part)) => changed.push((name, part)),
            }
        }
        for (name, part, encoded) in self.encoded(changed, asked) {
            let place = self.place(name);
            let number = self.number(place, part, encoded);
            if number != number_at(at, place) {
                writes.push((place, number));
            }
            self.laid[place as usize] = number;
        }
        for (place, number) in &writes {
            self.laid[*place as usize] = *number;
        }
        writes
    }

    /// Whether the part refers to immutable values, which others may get to know.
    fn has_values(&self, place: PlaceId, number: Number) -> bool {
        self.references(place, number).iter().any(|reference| matches!(reference, Reference::Value(..)))
    }

    /// Lays the state on the bench.
    fn lay_out(&mut self, at: &[Number]) {
        // How many rows and global variables there are is said first.
        if self.laid[self.rest as usize] != number_at(at, self.rest) {
            let before = self.bench.processes();
            self.lay(self.rest, number_at(at, self.rest));
            let kept = before.min(self.bench.processes());
            self.mislay(|place| match place {
                Place::Row(_) => true,
                Place::Process(process) | Place::Global(process, _) => process.index() >= kept,
                Place::Object(at) => at.process.index() >= kept || at.id.is_of_world(),
                Place::Rest | Place::Thread(_) | Place::Output | Place::Faults | Place::Turn => false,
            });
        }
        for process in (0..self.bench.processes() as u32).map(ProcessId) {
            let namespace = Address::new(process, self.bench.image().namespace);
            let Some(place) = self.find(Place::Object(namespace)) else { continue };
            if self.laid[place as usize] != number_at(at, place) {
                self.lay(place, number_at(at, place));
                self.mislay(|place| matches!(place, Place::Global(owner, _) if *owner == process));
            }
        }
        for place in 0..self.places.len() as PlaceId {
            if self.laid[place as usize] != number_at(at, place) {
                self.lay(place, number_at(at, place));
            }
        }
    }

    /// What lies at these places is not what is said.
    fn mislay(&mut self, is: impl Fn(&Place) -> bool) {
        for (place, laid) in self.places.iter().zip(&mut self.laid) {
            if is(place) {
                *laid = Number::MAX;
            }
        }
    }

    pub(super) fn lay(&mut self, place: PlaceId, number: Number) {
        let part = self.drawers[place as usize].parts.get(number as usize).and_then(|entry| entry.part.as_ref());
        self.bench.put(self.places[place as usize], part);
        self.laid[place as usize] = number;
    }

    /// The parts' encodings. An immutable value that only one of the parts refers to, and none did before, is told from no
    /// other.
    pub(super) fn encoded(
        &self,
        parts: Vec<(Place, Part)>,
        asked: &[(PlaceId, Number)],
    ) -> Vec<(Place, Part, Encoded)> {
        let image = self.bench.image();
        let mut all: Vec<(Place, Part, Encoded)> = parts
            .into_iter()
            .map(|(place, part)| {
                let encoded = part.encoded(place, image, self.counters);
                (place, part, encoded)
            })
            .collect();
        let mut counts: BTreeMap<(ProcessId, usize), u32> = BTreeMap::new();
        let mut count = |references: &[Reference], weight| {
            for reference in references {
                if let Reference::Value(process, address) = reference {
                    *counts.entry((*process, *address)).or_default() += weight;
                }
            }
        };
        for (_, _, encoded) in &all {
            count(&encoded.references, 1);
        }
        for (place, number) in asked {
            // What was known to others before stays known.
            count(self.references(*place, *number), 2);
        }
        for (_, _, encoded) in &mut all {
            for reference in &mut encoded.references {
                if let Reference::Value(process, address) = reference
                    && counts.get(&(*process, *address)) == Some(&1)
                {
                    *address = 0;
                }
            }
        }
        all
    }
}
