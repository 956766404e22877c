//! What a search has found, for the screen: the verdict in words, the runs that go wrong, and what may still come of the moments
//! of the run that is shown.

use super::before::{Before, OldWay};
use super::cure::cure;
use super::found::{self, Row};
use super::inquiry::Source;
use super::played::Played;
use super::ports::Session;
use crate::base::{SafeText, ThreadId};
use crate::check::forecast::Forecast;
use crate::check::route::{Mark, Route};
use crate::check::verdict::{Answer, Defect};
use crate::event::Breakpoint;
use crate::history::{Cursor, Moved};
use crate::schedule::tape::{Entry, Playback};
use crate::schedule::{Alternative, Choice, Fault, Speed};
use crate::trace::Model;
use std::sync::Arc;

pub use crate::check::forecast::{Ends, Failure, Prospect, Turn};
pub use crate::check::route::{Leaving, Sight};
pub use crate::check::verdict::{DefectKind, Verdict};
pub use crate::check::way::Way;

/// What a search has come to.
pub(super) struct Solved {
    pub(super) answer: Answer,
    pub(super) forecast: Option<Forecast>,
    /// Of each defect: after how many events the part begins that goes on for ever.
    pub(super) rounds: Vec<Option<u64>>,
    pub(super) millis: u64,
}

/// The verdict, in words.
#[derive(Clone, Debug)]
pub struct Report {
    /// In a word.
    pub verdict: Verdict,
    /// What goes wrong.
    pub defects: Vec<Told>,
    /// What may be meant so, a sentence each.
    pub notes: Vec<String>,
    /// Why the answer is not certain.
    pub doubts: Vec<String>,
    /// What it rests on.
    pub assumptions: Vec<String>,
    /// How many states were kept, how many steps were taken, and how often the search was begun.
    pub states: usize,
    #[expect(missing_docs, reason = "see above")]
    pub steps: usize,
    #[expect(missing_docs, reason = "see above")]
    pub rounds: usize,
    /// How long it took, in milliseconds.
    pub millis: u64,
    /// After how many steps of the run it began.
    pub from: u64,
    /// Of how many states it is known what may come of them.
    pub foreseen: Option<usize>,
    /// What became of the defect of an older text, if there was one.
    pub before: Option<Before>,
}

/// A run that goes wrong, in words.
#[derive(Clone, Debug)]
pub struct Told {
    /// What goes wrong.
    pub kind: DefectKind,
    /// In a sentence.
    pub message: String,
    /// What usually helps.
    pub cure: &'static str,
    /// The threads that it concerns.
    pub threads: Vec<ThreadId>,
    /// The steps.
    pub rows: Vec<Row>,
    /// How many steps it takes.
    pub steps: usize,
    /// After how many events the part begins that goes on for ever.
    pub round: Option<u64>,
    /// The schedule as a short text.
    pub schedule: String,
}

/// What a search has found.
pub struct Findings {
    report: Report,
    forecast: Option<Forecast>,
    source: Source,
    /// Steps and faults up to the moment from which the search went on.
    lead: Vec<Lead>,
    tapes: Vec<Vec<Arc<[u8]>>>,
    trail: Option<Trail>,
    /// The way to the first defect.
    way: Option<OldWay>,
}

/// What a run did, as far as it matters for which state it is in.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Lead {
    Step(ThreadId, Alternative),
    Fault(Fault),
}

/// How a run was followed along its tape.
struct Trail {
    /// The whole blocks that were read.
    blocks: Vec<Arc<[u8]>>,
    /// How many steps and faults of the lead were met.
    met: usize,
    /// Where that led.
    mark: Mark,
    /// The last block, which may yet grow.
    last: Option<Arc<[u8]>>,
    route: Route,
}

impl Findings {
    pub(super) fn of(solved: Solved, source: Source) -> Findings {
        let Solved { mut answer, forecast, rounds, millis } = solved;
        let mut lead = Vec::new();
        read(&source.before, |read| {
            lead.extend(read);
            true
        });
        let told = answer.defects.iter().zip(rounds).map(|(defect, round)| told(defect, round, &source)).collect();
        let way = answer.defects.first().zip(ways(&lead));
        let way = way.map(|(defect, lead)| OldWay::of(defect, lead, &model_of(defect, &source), &source));
        let report = Report {
            verdict: answer.verdict,
            notes: answer.notes.iter().map(|note| sentence(note, &model_of(note, &source))).collect(),
            defects: told,
            doubts: std::mem::take(&mut answer.doubts),
            assumptions: std::mem::take(&mut answer.assumptions),
            states: answer.found.states,
            steps: answer.found.steps,
            rounds: answer.found.rounds,
            millis,
            from: source.from,
            foreseen: forecast.as_ref().map(Forecast::states),
            before: None,
        };
        let tape = |defect: Defect| source.before.iter().cloned().chain(defect.played.tape).collect();
        let tapes = answer.defects.into_iter().map(tape).collect();
        Findings { report, forecast, source, lead, tapes, trail: None, way }
    }

    /// The verdict.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// The way to the first defect, to be followed when the text has changed.
    pub fn way(&self) -> Option<&OldWay> {
        self.way.as_ref()
    }

    /// Says what became of a way that went wrong in an older text.
    pub fn follow_before(&mut self, old: &OldWay) {
        self.report.before = old.follow(&self.source.image, self.source.boot);
    }

    /// The run that goes wrong in that way, as if it had been recorded.
    pub fn play(&self, defect: usize, breakpoints: &[Breakpoint], speed: Speed) -> Option<Box<dyn Session>> {
        let Source { image, boot, priorities, onward, .. } = &self.source;
        let blocks = self.tapes.get(defect)?.clone();
        let reason = "raddle has a defect".to_owned();
        let past = (reason, priorities.clone());
        Some(Box::new(Played::of(image.clone(), *boot, blocks, past, breakpoints, (speed, onward.clone()))))
    }

    /// What is known of the moment of a run after so many steps; `tape` is the run's. `None`: nothing is known of any moment.
    pub fn sight(&mut self, tape: &[Arc<[u8]>], step: u64) -> Option<Sight> {
        self.follow(tape)?;
        let (forecast, trail) = (self.forecast.as_mut()?, self.trail.as_ref()?);
        Some(match step.checked_sub(self.report.from) {
            Some(step) => forecast.sight(&trail.route, step),
            None => Sight::Unknown(Leaving::Before),
        })
    }

    /// After how many steps of that run nothing could avoid a failure any more.
    pub fn turning_point(&self) -> Option<u64> {
        let turning = self.forecast.as_ref()?.turning_point(&self.trail.as_ref()?.route)?;
        Some(turning + self.report.from)
    }

    /// Follows a run along its tape.
    fn follow(&mut self, tape: &[Arc<[u8]>]) -> Option<()> {
        let forecast = self.forecast.as_mut()?;
        let goes_on = |trail: &Trail| {
            trail.blocks.len() < tape.len().max(1)
                && trail.blocks.iter().zip(tape).all(|(one, other)| Arc::ptr_eq(one, other))
        };
        let mut trail = self.trail.take().filter(goes_on).unwrap_or_else(|| {
            let route = forecast.begin();
            Trail { blocks: Vec::new(), met: 0, mark: route.mark(), last: None, route }
        });
        let Some((last, whole)) = tape.split_last() else {
            self.trail = Some(trail);
            return Some(());
        };
        if whole.len() > trail.blocks.len() || trail.last.as_ref() != Some(last) {
            trail.route.go_back(&trail.mark);
            for block in &whole[trail.blocks.len()..] {
                walk(forecast, &mut trail.route, (&self.lead, &mut trail.met), block);
                trail.blocks.push(block.clone());
            }
            trail.mark = trail.route.mark();
            let mut met = trail.met;
            walk(forecast, &mut trail.route, (&self.lead, &mut met), last);
            trail.last = Some(last.clone());
        }
        self.trail = Some(trail);
        Some(())
    }
}

/// Takes the steps of a block of a tape.
fn walk(forecast: &mut Forecast, route: &mut Route, (lead, met): (&[Lead], &mut usize), block: &Arc<[u8]>) {
    read(std::slice::from_ref(block), |more| {
        for it in more {
            if let Some(known) = lead.get(*met) {
                *met += 1;
                if *known != it {
                    route.leave(Leaving::Otherwise);
                }
                continue;
            }
            match it {
                Lead::Step(thread, alternative) => forecast.follow(route, (thread, Way::Step(alternative))),
                Lead::Fault(Fault::Wake { thread }) => forecast.follow(route, (thread, Way::Wake)),
                Lead::Fault(_) => route.leave(Leaving::Fault),
            }
        }
        !route.has_left()
    });
}

/// The steps that a tape has, but for what comes from outside.
pub(super) fn steps(blocks: &[Arc<[u8]>]) -> Vec<(ThreadId, Way)> {
    let mut steps = Vec::new();
    read(blocks, |more| {
        steps.extend(more.filter_map(|it| match it {
            Lead::Step(thread, alternative) => Some((thread, Way::Step(alternative))),
            Lead::Fault(_) => None,
        }));
        true
    });
    steps
}

/// Hands on what a tape says, as long as that is wanted.
fn read(blocks: &[Arc<[u8]>], mut take: impl FnMut(&mut dyn Iterator<Item = Lead>) -> bool) {
    let mut playback = Playback::default();
    // What cannot be read was not recorded by this run: nothing is known of it.
    while let Ok(Some(entry)) = playback.next(blocks) {
        let goes_on = match entry {
            Entry::Steps { thread, alternative, count, .. } => {
                take(&mut (0..count).map(|_| Lead::Step(thread, alternative)))
            }
            Entry::Choice(Choice::Fault(fault)) => take(&mut std::iter::once(Lead::Fault(fault))),
            // A thread says what it reaches; or a fault strikes it, which was read before.
            Entry::Struck { .. } | Entry::Choice(_) | Entry::End(_) => true,
        };
        if !goes_on {
            return;
        }
    }
}

fn told(defect: &Defect, round: Option<u64>, source: &Source) -> Told {
    let model = model_of(defect, source);
    Told {
        kind: defect.kind,
        message: sentence(defect, &model),
        cure: cure(defect, &model),
        threads: defect.threads.clone(),
        rows: found::rows(&defect.played.events),
        steps: defect.steps.len(),
        round,
        schedule: defect.schedule(),
    }
}

/// The defect in a sentence, safe to show. The model is that of its run.
pub(super) fn sentence(defect: &Defect, model: &Model) -> String {
    SafeText::sentence(&found::message(defect, model)).into_string()
}

/// The steps of a lead, if no fault struck.
fn ways(lead: &[Lead]) -> Option<Vec<(ThreadId, Way)>> {
    let way = |it: &Lead| match it {
        Lead::Step(thread, alternative) => Some((*thread, Way::Step(*alternative))),
        Lead::Fault(Fault::Wake { thread }) => Some((*thread, Way::Wake)),
        Lead::Fault(_) => None,
    };
    lead.iter().map(way).collect()
}

/// The model of the run that goes wrong, at its end.
fn model_of(defect: &Defect, source: &Source) -> Model {
    let mut model = Model::without_log(source.image.legend());
    let mut cursor = Cursor::new(source.image.clone(), source.boot);
    while !source.before.is_empty() {
        let moved = cursor.forward(&source.before, &|| true);
        cursor.execution_mut().take_events().iter().for_each(|event| model.apply(event));
        if moved != Ok(Moved::On) {
            break;
        }
    }
    defect.played.events.iter().for_each(|event| model.apply(event));
    model
}
