//! One run, judged: the one that a policy makes of a program, or that of a schedule.

use super::driven::{Driven, Settings};
use super::findings;
use super::ports::Feed;
use crate::base::ThreadId;
use crate::check::bounds::{Bound, Size, Stop};
use crate::check::replay::Played;
use crate::check::verdict::{self, Answer, Defect, DefectKind, Verdict};
use crate::check::way::Way;
use crate::event::Shown;
use crate::machine::{Execution, Image, Impossible};
use crate::schedule::Speed;
use crate::session::ports::Session;
use crate::trace::Model;
use std::sync::Arc;

/// Events that are taken at once.
const EVENTS: usize = 10_000;

/// The run that a policy makes of a program.
#[derive(Debug)]
pub struct Course {
    /// Who went, step by step, and how.
    pub steps: Vec<(ThreadId, Way)>,
    /// What ended it before it was through, if anything.
    pub cut: Option<Bound>,
}

/// Lets a policy drive a program, up to its end, or until nobody can go on, or for so many steps. `stop` ends it, asked now and then.
pub fn course(image: &Arc<Image>, settings: Settings, most: usize, stop: Stop<'_>) -> Course {
    let mut run = Driven::start(image.clone(), Settings { speed: Speed::Max, ..settings });
    let mut cut = None;
    while cut.is_none() && !run.is_over() && !run.is_stuck() {
        run.drain(EVENTS);
        let steps = run.steps() as usize;
        cut = if steps >= most { Some(Bound::States) } else { stop(Size { steps, depth: steps, ..Size::default() }) };
    }
    run.close();
    Course { steps: findings::steps(run.blocks()), cut }
}

/// What goes wrong in a run with these steps.
///
/// # Errors
/// Which step the machine does not do.
pub fn judge(start: &Execution, steps: &[(ThreadId, Way)]) -> Result<Answer, Impossible> {
    let (mut answer, played) = verdict::one(start, steps)?;
    answer.defects.extend(lost_update(start, steps, played));
    if !answer.defects.is_empty() {
        answer.verdict = Verdict::Defect;
    }
    Ok(answer)
}

/// The first update that was lost in the run.
fn lost_update(start: &Execution, steps: &[(ThreadId, Way)], played: Played) -> Option<Defect> {
    let mut model = Model::without_log(start.image().legend());
    played.events.iter().for_each(|event| model.apply(event));
    let lost = model.lost_updates().next()?;
    Some(Defect {
        kind: DefectKind::LostUpdate,
        threads: vec![lost.lost.thread, lost.write.thread],
        lines: vec![lost.read.line, lost.lost.line, lost.write.line],
        place: model.data().get(lost.row).map(|datum| datum.place.clone()),
        item: lost.key.as_ref().map(Shown::look),
        ..Defect::of(steps.to_vec(), played)
    })
}
