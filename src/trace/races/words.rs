//! Races in words.

use super::{Access, LostUpdate, Unordered};
use crate::base::SafeText;
use crate::event::Shown;
use crate::trace::Model;

/// What a lost update is called.
pub const TITLE: &str = "Lost update";

/// What a lost update is in general, for someone who meets it the first time.
pub const LESSON: &str = "\
    A lost update needs three steps: a thread reads a value, another one writes it, and the first then writes what it made of \
    the old one. What came in between is gone as if it had never been, and nobody is told. `counter += 1` is two steps of one \
    thread, a read and a write, and so is every check with an act behind it: between the two another thread can do its own. \
    Whether it does is a matter of luck, so that such a program works on most days. Hold one lock, the same in all threads, \
    from the read to the write; a lock around each of them alone is not enough.";

/// What unordered accesses are in general.
pub const UNORDERED_LESSON: &str = "\
    Two accesses are unordered when no lock, join, queue or other primitive puts the one before the other: this run had them in \
    this order, another one may not. A plain flag that one thread sets and another looks at is often meant so.";

/// The name of what was updated, safe to show: `counter`, `votes['yes']`, `total.value`.
pub fn place(row: usize, key: Option<&Shown>, model: &Model) -> String {
    let name = model.data().get(row).map_or("?", |datum| &*datum.name);
    match key {
        Some(key) => key.look().item_of(name),
        None => name.to_owned(),
    }
}

/// What happened, in a sentence or two with names, lines and steps, and what to do about it.
pub fn sentence(lost: &LostUpdate, model: &Model) -> String {
    let place = place(lost.row, lost.key.as_ref(), model);
    let (me, other) = (model.thread_name(lost.write.thread), model.thread_name(lost.lost.thread));
    let because = if lost.choice { "because of" } else { "made from" };
    let times = match lost.times {
        1 => String::new(),
        times => format!(" In this run {times} writes of {place} did that."),
    };
    format!(
        "{me} read {place} = {} ({}), {other} wrote {} ({}), and {me} wrote {} over it ({}), {because} the {} it had read: \
         the update of {other} is lost.{times} Hold one lock from the read to the write.",
        shown(&lost.read.value),
        at(&lost.read, model),
        shown(&lost.lost.value),
        at(&lost.lost, model),
        shown(&lost.write.value),
        at(&lost.write, model),
        shown(&lost.read.value),
    )
}

/// What is not ordered: `left writes it (line 8, step 3), right reads it (line 8, step 4), and nothing orders the two`.
pub fn note(note: &Unordered, model: &Model) -> String {
    let part = |access: &Access| {
        let verb = if access.writes { "writes" } else { "reads" };
        format!("{} {verb} it ({})", model.thread_name(access.thread), at(access, model))
    };
    let times = if note.times > 1 { format!(", {} times in all", note.times) } else { String::new() };
    format!("{}, {}, and nothing orders the two{times}", part(&note.first), part(&note.second))
}

/// The same, for a row of the objects' panel.
pub fn short_note(note: &Unordered, model: &Model) -> String {
    let (one, other) = (model.thread_name(note.first.thread), model.thread_name(note.second.thread));
    format!("unordered: {one} (line {}), {other} (line {})", model.spot(note.first.line), model.spot(note.second.line))
}

/// A paragraph of an explanation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Paragraph {
    /// What it says.
    pub text: String,
    /// It is about this run, and bad.
    pub loud: bool,
}

/// Everything that there is to say of a run's races; nothing when it has none.
pub fn paragraphs(model: &Model) -> Vec<Paragraph> {
    let say = |text: String, loud| Paragraph { text, loud };
    let mut all: Vec<Paragraph> = model.lost_updates().map(|lost| say(sentence(lost, model), true)).collect();
    if !all.is_empty() {
        all.push(say(LESSON.to_owned(), false));
    }
    let before = all.len();
    all.extend(model.unordered().map(|it| {
        let place = place(it.row, it.key.as_ref(), model);
        say(format!("{place}: {}.", note(it, model)), false)
    }));
    if all.len() > before {
        all.push(say(UNORDERED_LESSON.to_owned(), false));
    }
    all
}

fn at(access: &Access, model: &Model) -> String {
    format!("line {}, step {}", model.spot(access.line), access.moment.step)
}

fn shown(value: &Shown) -> String {
    SafeText::new(&value.to_string()).into_string()
}
