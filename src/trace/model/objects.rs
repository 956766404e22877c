//! The rows of objects and of shared data. No event says that an object is gone, so when there are many rows, those go that
//! were left alone for longest: half of them, but not what is in use.

use super::{Model, safe};
use crate::base::{ObjectId, ProcessId, ThreadId};
use crate::event::{FutureState, ObjectKind, ObjectState, Place};
use crate::trace::chunks::Chunks;
use crate::trace::library;
use crate::trace::object::{Datum, Detail, Object, key};
use crate::trace::row::Row;
use crate::trace::story::Grain;
use crate::trace::timeline::Moment;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Lines of a program that are searched for the names of its objects.
const MENTION_LINES: u32 = 2_000;
/// The most rows of objects, and the most of data, unless more are in use.
const ROWS: usize = 1 << 13;

/// How many rows there may be before some go.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    pub(super) objects: usize,
    pub(super) data: usize,
}

impl Default for Room {
    fn default() -> Self {
        Room { objects: ROWS, data: ROWS }
    }
}

impl Model {
    pub(super) fn object_mut(&mut self, id: ObjectId) -> Option<&mut Object> {
        let row = self.object_row(id)?;
        Some(self.touch_object(row))
    }

    /// The object `id`; one that was never shown gets a name from its id.
    #[inline]
    pub(super) fn ensure_object(&mut self, id: ObjectId, kind: ObjectKind) -> &mut Object {
        match self.object_row(id) {
            Some(row) => self.touch_object(row),
            None => self.make_object(id, kind),
        }
    }

    #[inline]
    fn object_row(&mut self, id: ObjectId) -> Option<usize> {
        if self.objects.get(self.latest_object).is_none_or(|latest| latest.id != id) {
            self.latest_object = *self.rows.get(&id)?;
        }
        Some(self.latest_object)
    }

    #[inline]
    fn touch_object(&mut self, row: usize) -> &mut Object {
        let seq = self.event_count();
        let object = self.objects[row].change();
        object.touched = seq;
        object
    }

    #[cold]
    fn make_object(&mut self, id: ObjectId, kind: ObjectKind) -> &mut Object {
        let detail = match kind {
            ObjectKind::Lock | ObjectKind::RLock => Detail::Lock { owner: None, depth: 0 },
            ObjectKind::Condition => Detail::Condition { lock: None },
            ObjectKind::Semaphore | ObjectKind::BoundedSemaphore => Detail::Semaphore { value: 0 },
            ObjectKind::Event => Detail::Event { set: false },
            ObjectKind::Barrier => Detail::Barrier { count: 0, parties: 0, broken: false },
            ObjectKind::Queue | ObjectKind::LifoQueue | ObjectKind::PriorityQueue | ObjectKind::SimpleQueue => {
                Detail::Queue { depth: 0, capacity: 0, unfinished: None }
            }
            ObjectKind::Pool => Detail::Pool { limit: 0, workers: Vec::new(), pending: 0, open: true, broken: false },
            ObjectKind::Future => {
                Detail::Future { state: FutureState::Pending, task: String::new(), pool: None, runner: None }
            }
            ObjectKind::Futures => Detail::Futures { futures: [].into() },
            ObjectKind::Data => Detail::Data { value: String::new() },
        };
        self.add_object(id, kind, &format!("{} {id}", kind.name()), detail)
    }

    /// Adds an object of the process whose thread tells of it. A copy is called by its process, too.
    fn add_object(&mut self, id: ObjectId, kind: ObjectKind, title: &str, detail: Detail) -> &mut Object {
        let process = if id.is_of_world() { ProcessId::WORLD } else { self.process_of(self.teller).id };
        self.add_row(id, kind, (title, title), process, detail)
    }

    /// Likewise, with its title, its name and its process.
    pub(super) fn add_row(
        &mut self,
        id: ObjectId,
        kind: ObjectKind,
        (title, name): (&str, &str),
        process: ProcessId,
        detail: Detail,
    ) -> &mut Object {
        let (title, name): (Arc<str>, _) = (safe(title).into(), self.names.unique(name));
        if self.objects.len() >= self.room.objects {
            self.forget_objects();
        }
        let (row, touched) = (self.objects.len(), self.event_count());
        Arc::make_mut(&mut self.rows).insert(id, row);
        let line = self.first_mention(&name);
        let private = self.private.has(&title) || id.is_of_world() && library::is_inner(&title);
        self.objects.push(Row::new(Object {
            id,
            kind,
            name,
            title,
            process,
            private,
            line,
            detail,
            waiters: Vec::new(),
            armed: None,
            depths: Chunks::default(),
            grain: Grain::default(),
            deepest: 0,
            aids: Vec::new(),
            woken: Vec::new(),
            ends: None,
            dropping: false,
            touched,
        }));
        self.objects[row].change()
    }

    pub(super) fn show_object(
        &mut self,
        id: ObjectId,
        kind: ObjectKind,
        name: &str,
        state: &ObjectState,
        moment: Moment,
    ) {
        if self.rows.contains_key(&id) {
            return;
        }
        self.add_object(id, kind, name, Detail::first(state));
        if let ObjectState::Channel { capacity } = state {
            self.begin_ends(id, *capacity);
        }
        if let Some(owner) = self.begin_object(id, moment) {
            let line = self.threads[owner.index()].line;
            self.take_lock(owner, id, line, moment);
        }
    }

    /// What follows from the state in which an object is first seen. Gives the thread that holds it.
    pub(super) fn begin_object(&mut self, id: ObjectId, moment: Moment) -> Option<ThreadId> {
        let object = self.object_mut(id)?;
        if let Detail::Queue { depth, .. } = object.detail {
            object.set_depth(depth, moment);
        }
        let owner = object.owner()?;
        self.ensure_thread(owner, moment);
        Some(owner)
    }

    /// The first line of the program in which the start of `name` is a word, file by file.
    fn first_mention(&self, name: &str) -> u32 {
        let inside = |c: char| c.is_alphanumeric() || c == '_';
        let word: String = name.chars().take_while(|&c| inside(c)).collect();
        let source = &self.legend.source;
        let names = |&line: &u32| {
            let code = source.line(line).split('#').next().unwrap_or_default();
            code.split(|c| !inside(c)).any(|other| other == word)
        };
        let lines = source.files().flat_map(|(id, file)| (1..=file.line_count()).map(move |number| id.line(number)));
        lines.take(MENTION_LINES as usize).find(names).unwrap_or(u32::MAX)
    }

    /// Objects go that were left alone for longest. What threads hold or wait for stays, and what data belong to that stay.
    #[cold]
    fn forget_objects(&mut self) {
        let limit = median(self.objects.iter().map(|object| object.touched));
        let of_data: BTreeSet<ObjectId> = self.data.iter().filter_map(|datum| key(&datum.place).1).collect();
        let stays = |object: &Object| {
            let is_used = object.owner().is_some() || !object.waiters.is_empty() || object.armed.is_some();
            is_used || object.dropping || object.touched >= limit || of_data.contains(&object.id)
        };
        let (kept, gone): (Vec<_>, Vec<_>) = std::mem::take(&mut self.objects).into_iter().partition(|it| stays(it));
        gone.iter().for_each(|object| self.names.forget(&object.name));
        self.rows = Arc::new(kept.iter().zip(0..).map(|(object, row)| (object.id, row)).collect());
        self.pairs.retain(|object| self.rows.contains_key(&object));
        self.links.retain(|object| self.rows.contains_key(&object));
        self.room.objects = ROWS.max(kept.len() * 2);
        (self.objects, self.latest_object) = (kept, 0);
    }

    /// Data go that were left alone for longest; global variables stay, and what was found out about races.
    #[cold]
    pub(super) fn forget_data(&mut self) {
        let limit = median(self.data.iter().map(|datum| datum.touched));
        let found = self.races.as_ref().map(|races| races.rows()).unwrap_or_default();
        let stays = |row: usize, datum: &Datum| {
            matches!(datum.place, Place::Global(_)) || datum.touched >= limit || found.contains(&row)
        };
        let mut rows = vec![None; self.data.len()];
        let mut kept = Vec::new();
        for (row, datum) in std::mem::take(&mut self.data).into_iter().enumerate() {
            if stays(row, &datum) {
                rows[row] = Some(kept.len());
                kept.push(datum);
            }
        }
        self.data_rows = Arc::new(kept.iter().zip(0..).map(|(datum, row)| (key(&datum.place), row)).collect());
        if let Some(races) = &mut self.races {
            races.renumber(&rows);
        }
        self.room.data = ROWS.max(kept.len() * 2);
        (self.data, self.latest_datum) = (kept, 0);
    }
}

/// What half of them are at least.
fn median(all: impl Iterator<Item = u64>) -> u64 {
    let mut all: Vec<u64> = all.collect();
    let half = all.len() / 2;
    if all.is_empty() { 0 } else { *all.select_nth_unstable(half).1 }
}
