//! What becomes of a way that went wrong when the program's text has changed.

use super::findings::sentence;
use super::inquiry::Source;
use crate::base::sources::number_of;
use crate::base::{FileId, SafeText, Sources, ThreadId};
use crate::check::follow::{self, Difference, End, Followed};
use crate::check::verdict::Defect;
use crate::check::way::Way;
use crate::machine::{Boot, Execution, Image};
use crate::trace::Model;
use std::sync::Arc;

/// A way that went wrong in an older text.
#[derive(Clone)]
pub struct OldWay {
    image: Arc<Image>,
    boot: Boot,
    steps: Vec<(ThreadId, Way)>,
    message: String,
    names: Vec<String>,
}

/// What became of it, in words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Before {
    /// What went wrong before.
    pub message: String,
    /// How far the way goes now, and where the texts first differ on it.
    pub lines: Vec<String>,
}

impl OldWay {
    /// The defect's way. `lead`: the steps before the moment from which it was searched for.
    pub(super) fn of(defect: &Defect, lead: Vec<(ThreadId, Way)>, model: &Model, source: &Source) -> OldWay {
        let names = (0..model.threads().len() as u32).map(|thread| model.thread_name(ThreadId(thread)));
        OldWay {
            image: source.image.clone(),
            boot: source.boot,
            steps: lead.into_iter().chain(defect.steps.iter().copied()).collect(),
            message: sentence(defect, model),
            names: names.map(|name| SafeText::brief(name).into_string()).collect(),
        }
    }

    /// Plays it in the new text, as far as it goes there.
    ///
    /// `None`: the old text does not do these steps, which would be a defect of raddle.
    pub(super) fn follow(&self, image: &Arc<Image>, boot: Boot) -> Option<Before> {
        let start = |image: &Arc<Image>, boot| Execution::new(image.clone(), boot);
        let followed = follow::follow(start(&self.image, self.boot), start(image, boot), &self.steps).ok()?;
        let name = |thread: ThreadId| self.names.get(thread.index()).cloned().unwrap_or_else(|| thread.to_string());
        let sources = [&*self.image.program.source, &*image.program.source];
        Some(Before { message: self.message.clone(), lines: words(&followed, sources, name) })
    }
}

/// What became of a way, a line each. `sources`: the old text and the new one; `name` tells what a thread is called.
pub fn words(followed: &Followed, [old, new]: [&Sources; 2], name: impl Fn(ThreadId) -> String) -> Vec<String> {
    let mut words = Vec::new();
    if let Some(Difference { step, thread, lines }) = followed.first {
        let place = |source: &Sources, line| {
            let file = SafeText::brief(source.file(FileId::of(line)).name());
            format!("  {file}:{}: {}", number_of(line), SafeText::brief(source.line(line).trim()))
        };
        words.push(format!("the first difference is at step {step}, {}:", name(thread)));
        words.extend([place(old, lines[0]), place(new, lines[1])]);
    }
    let Followed { steps, of, elsewhere, .. } = followed;
    words.push(match followed.end {
        End::Taken if *elsewhere == 0 => format!("all of its {of} steps can be taken"),
        End::Taken => format!("all of its {of} steps can be taken, {elsewhere} of them from another line"),
        End::Waits(thread, line) => {
            format!("it ends at step {steps} of {of}: {} has to wait (line {})", name(thread), new.spot(line))
        }
        End::Gone(thread) => format!("it ends at step {steps} of {of}: {} is not there", name(thread)),
    });
    words
}
