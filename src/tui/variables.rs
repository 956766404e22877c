//! The rows of the variables panel, and which of them are new since the last step.

use crate::base::sources::number_of;
use crate::base::{ObjectId, SafeText, ThreadId};
use crate::event::{Place, Shown, Variable, Variables};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A row, safe to show.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Row {
    /// What the rows below belong to: a call, the globals, an object.
    Head { name: String, rest: String, new: bool },
    /// A variable.
    Variable { name: String, value: String, kind: String, changed: bool, target: Target },
    /// Something to know.
    Note(String),
}

/// What a row's variable is, for breakpoints.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Target {
    /// How the program calls it: `account.balance`.
    pub(super) name: Arc<str>,
    /// Where it lies, if other threads may reach it there.
    pub(super) place: Option<Place>,
}

/// What a variable belongs to.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Owner {
    /// The call at this depth, of this function.
    Call(usize, Arc<str>),
    Globals,
    Object(ObjectId),
}

/// Values by what they belong to and how they are called.
type Values = BTreeMap<(Owner, Arc<str>), Shown>;

/// What the panel shows.
#[derive(Debug, Default)]
pub(super) struct VariablesView {
    thread: Option<ThreadId>,
    now: Variables,
    /// What was so before the last operation.
    before: Option<Variables>,
    rows: Vec<Row>,
    /// Why there are no calls among them.
    why: String,
    /// The selected row.
    row: usize,
}

impl VariablesView {
    pub(super) fn rows(&self) -> &[Row] {
        &self.rows
    }

    pub(super) fn row(&self) -> usize {
        self.row
    }

    /// Moves the selection.
    pub(super) fn step(&mut self, rows: isize) {
        self.row = self.row.saturating_add_signed(rows).min(self.rows.len().saturating_sub(1));
    }

    /// The variable in the selected row.
    pub(super) fn selected(&self) -> Option<&Target> {
        match self.rows.get(self.row) {
            Some(Row::Variable { target, .. }) => Some(target),
            _ => None,
        }
    }

    /// Takes in what `thread` sees now; whether that is anything new. Without frames, `why` says why there are none.
    /// `name` says what objects are called elsewhere on the screen.
    pub(super) fn take(
        &mut self,
        thread: ThreadId,
        seen: Variables,
        why: &str,
        name: &dyn Fn(ObjectId) -> Option<String>,
    ) -> bool {
        let other = self.thread != Some(thread);
        if !other && seen == self.now && why == self.why && !self.rows.is_empty() {
            return false;
        }
        why.clone_into(&mut self.why);
        if seen.step != self.now.step || other {
            let back = seen.step < self.now.step;
            let mut before = std::mem::replace(&mut self.now, seen);
            if other {
                self.row = 0;
                before.frames = None;
            } else if before.frames.is_none() {
                // It computed: what it had before that is what there is to compare with.
                before.frames = self.before.take().and_then(|older| older.frames);
            }
            // What a later moment held says nothing of what the last operation before this one changed.
            self.before = (!self.rows.is_empty() && !back).then_some(before);
        } else {
            self.now = seen;
        }
        self.thread = Some(thread);
        self.rows = rows(&self.now, self.before.as_ref(), why, name);
        self.row = self.row.min(self.rows.len().saturating_sub(1));
        true
    }
}

/// The calls with their depth, counted from the outermost.
fn calls(variables: &Variables) -> impl Iterator<Item = (Owner, &crate::event::Scope)> {
    let frames = variables.frames.as_deref().unwrap_or_default();
    let all = variables.deeper + frames.len();
    frames.iter().enumerate().map(move |(index, frame)| (Owner::Call(all - index, frame.function.clone()), frame))
}

/// Every value, and every owner.
fn values(variables: &Variables) -> (Values, BTreeSet<Owner>) {
    let mut values = Values::new();
    let mut owners = BTreeSet::from([Owner::Globals]);
    let mut add = |owner: Owner, list: &[Variable]| {
        values.extend(list.iter().map(|it| ((owner.clone(), it.name.clone()), it.value.clone())));
        owners.insert(owner);
    };
    calls(variables).for_each(|(owner, frame)| add(owner, &frame.variables));
    add(Owner::Globals, &variables.globals);
    variables.objects.iter().for_each(|object| add(Owner::Object(object.object), &object.items));
    (values, owners)
}

fn rows(now: &Variables, before: Option<&Variables>, why: &str, name: &dyn Fn(ObjectId) -> Option<String>) -> Vec<Row> {
    let known = before.map(values);
    let frames_known = before.is_some_and(|before| before.frames.is_some());
    let is_new = |owner: &Owner| known.as_ref().is_some_and(|(_, owners)| !owners.contains(owner));
    let has_changed = |owner: &Owner, variable: &Variable| {
        known.as_ref().is_some_and(|(values, _)| {
            !is_new(owner) && values.get(&(owner.clone(), variable.name.clone())) != Some(&variable.value)
        })
    };
    let mut rows = Vec::new();
    let mut section = |head: Option<Row>, owner: &Owner, list: &[Variable], path: &str| {
        rows.extend(head);
        rows.extend(list.iter().map(|it| row(it, path, has_changed(owner, it), name)));
    };
    for (owner, frame) in calls(now) {
        let rest = format!("line {}", number_of(frame.line));
        let new = frames_known && is_new(&owner);
        let head = Row::Head { name: safe(&frame.function), rest, new };
        section(Some(head), &owner, &frame.variables, "");
    }
    let head = Row::Head { name: "globals".to_owned(), rest: String::new(), new: false };
    section((!now.globals.is_empty()).then_some(head), &Owner::Globals, &now.globals, "");
    for object in &now.objects {
        let owner = Owner::Object(object.object);
        let called = name(object.object).unwrap_or_else(|| safe(&object.name));
        let head = Row::Head { name: called.clone(), rest: safe(&object.kind), new: is_new(&owner) };
        section(Some(head), &owner, &object.items, &called);
        if object.more > 0 {
            section(Some(Row::Note(format!("… and {} more", object.more))), &owner, &[], "");
        }
    }
    match &now.frames {
        Some(frames) if !frames.is_empty() => {
            if now.deeper > 0 {
                let at = rows.iter().position(|row| matches!(row, Row::Head { name, .. } if name == "globals"));
                rows.insert(at.unwrap_or(rows.len()), Row::Note(format!("… and {} calls further out", now.deeper)));
            }
        }
        _ => rows.insert(0, Row::Note(why.to_owned())),
    }
    rows
}

fn row(variable: &Variable, path: &str, changed: bool, name: &dyn Fn(ObjectId) -> Option<String>) -> Row {
    let value = match (variable.object.and_then(name), &variable.value) {
        // Which one of its class it is.
        (Some(called), Shown::Text(text)) if **text == *format!("<{}>", variable.kind) && called != *variable.kind => {
            format!("<{} {called}>", safe(&variable.kind))
        }
        (_, value) => safe(&value.to_string()),
    };
    let called = match path {
        "" => variable.name.clone(),
        _ if variable.name.starts_with('[') => path.into(),
        _ => format!("{path}.{}", variable.name).into(),
    };
    Row::Variable {
        name: safe(&variable.name),
        value,
        kind: safe(&variable.kind),
        changed,
        target: Target { name: called, place: variable.place.clone() },
    }
}

fn safe(raw: &str) -> String {
    SafeText::new(raw).into_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Scope;

    fn variable(name: &str, value: i64) -> Variable {
        Variable { name: name.into(), value: Shown::Int(value), kind: "int".into(), object: None, place: None }
    }

    fn seen(step: u64, calls: &[(&str, &[(&str, i64)])], total: i64) -> Variables {
        let scope = |(function, list): &(&str, &[(&str, i64)])| Scope {
            function: (*function).into(),
            line: 1,
            variables: list.iter().map(|(name, value)| variable(name, *value)).collect(),
        };
        let frames = Some(calls.iter().map(scope).collect());
        Variables { step, frames, globals: vec![variable("total", total)], ..Variables::default() }
    }

    /// The names of what is marked.
    fn marked(view: &VariablesView) -> Vec<&str> {
        let marked = |row| match row {
            &Row::Variable { ref name, changed: true, .. } | &Row::Head { ref name, new: true, .. } => Some(&**name),
            _ => None,
        };
        view.rows().iter().filter_map(marked).collect()
    }

    #[test]
    fn what_an_operation_changed_is_marked_until_the_next_one() {
        let mut view = VariablesView::default();
        assert!(view.take(ThreadId(1), seen(3, &[("work", &[("i", 0)])], 5), "", &|_| None));
        assert_eq!(marked(&view), [""; 0], "at first nothing is new");
        assert!(!view.take(ThreadId(1), seen(3, &[("work", &[("i", 0)])], 5), "", &|_| None));
        view.take(ThreadId(1), seen(4, &[("work", &[("i", 1)])], 5), "", &|_| None);
        assert_eq!(marked(&view), ["i"]);
        view.take(ThreadId(1), seen(5, &[("add", &[("n", 1)]), ("work", &[("i", 1)])], 6), "", &|_| None);
        assert_eq!(marked(&view), ["add", "total"], "a new call is marked as a whole");
        let computes = Variables { frames: None, ..seen(6, &[], 6) };
        view.take(ThreadId(1), computes, "it computes", &|_| None);
        assert_eq!(view.rows()[0], Row::Note("it computes".to_owned()));
        view.take(ThreadId(1), seen(6, &[("work", &[("i", 2)])], 6), "", &|_| None);
        assert_eq!(marked(&view), ["i"], "compared with what was seen before it computed");
        view.take(ThreadId(2), seen(6, &[("other", &[("i", 7)])], 6), "", &|_| None);
        assert_eq!(marked(&view), [""; 0], "of another thread nothing is new");
    }

    #[test]
    fn only_variables_can_be_selected_for_a_breakpoint() {
        let mut view = VariablesView::default();
        view.take(ThreadId(0), seen(0, &[("work", &[("i", 0)])], 5), "", &|_| None);
        assert_eq!(view.selected(), None, "a head");
        view.step(1);
        assert_eq!(view.selected().map(|target| &*target.name), Some("i"));
        view.step(100);
        assert_eq!(view.selected().map(|target| &*target.name), Some("total"));
    }
}
