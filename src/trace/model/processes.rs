//! The processes of a run, as events tell of them.

use super::{Model, safe};
use crate::base::{ObjectId, ProcessId, ThreadId};
use crate::event::{Event, ObjectKind, ObjectState, Place};
use crate::trace::chunks::Iter;
use crate::trace::ends::{Ends, Held};
use crate::trace::links::Link;
use crate::trace::object::Detail;
use crate::trace::timeline::{Axis, Moment};
use std::sync::Arc;

/// A process.
#[derive(Clone, Debug)]
pub struct Process {
    /// Which.
    pub id: ProcessId,
    /// Its name, safe to show.
    pub name: Arc<str>,
    /// Its main thread.
    pub main: ThreadId,
    /// The process that it was made from; the first one was made from none.
    pub parent: Option<ProcessId>,
    /// Its exit code, once it is over.
    pub code: Option<i32>,
    /// By whom it was made, and where: so it holds what it was given then.
    made: Option<Held>,
    /// Its thread that performed last.
    pub(super) mover: Option<ThreadId>,
}

impl Process {
    pub(super) fn first() -> Self {
        Process {
            id: ProcessId::FIRST,
            name: "MainProcess".into(),
            main: ThreadId::MAIN,
            parent: None,
            code: None,
            made: None,
            mover: None,
        }
    }
}

impl Model {
    /// Every process, by id.
    pub fn processes(&self) -> &[Process] {
        &self.processes
    }

    /// The main thread of the process that the program begins with.
    pub fn main(&self) -> ThreadId {
        self.processes[0].main
    }

    /// The process that a thread belongs to.
    pub fn process_of(&self, thread: ThreadId) -> &Process {
        let process = self.thread(thread).map_or(ProcessId::FIRST, |thread| thread.process);
        self.processes.get(process.index()).unwrap_or(&self.processes[0])
    }

    /// The process in whose memory the place lies; [`ProcessId::WORLD`]: in none.
    pub fn process_of_place(&self, place: &Place) -> ProcessId {
        match place {
            Place::Global(_) => ProcessId::FIRST,
            Place::Cell { object, .. } | Place::Attribute { object, .. } | Place::Content { object } => {
                self.object(*object).map_or(ProcessId::FIRST, |object| object.process)
            }
        }
    }

    pub(super) fn start_process(
        &mut self,
        (id, main): (ProcessId, ThreadId),
        name: &str,
        forked: bool,
        event: &Event,
        moment: Moment,
    ) {
        self.ensure_thread(main, moment);
        let parent = self.process_of(event.thread).id;
        self.thread_mut(main).process = id;
        if self.log_limit > 0 {
            self.links.start(event.thread, main, moment);
        }
        let held = Held { process: id, by: event.thread, line: event.line };
        let name = safe(name).into();
        self.processes.push(Process {
            id,
            name,
            main,
            parent: Some(parent),
            code: None,
            made: Some(held),
            mover: None,
        });
        if forked {
            self.change_ends(|ends| ends.fork(parent, held));
        }
    }

    /// Does something to the ends of every channel.
    fn change_ends(&mut self, change: impl Fn(&mut Ends)) {
        for object in self.objects.iter_mut().filter(|object| object.ends.is_some()) {
            object.change().ends.as_deref_mut().into_iter().for_each(&change);
        }
    }

    /// A message was sent through a channel, or received: so many bytes lie in it now.
    pub(super) fn pass(&mut self, channel: ObjectId, sends: bool, bytes: u32, moment: Moment) {
        let Some(ends) = self.object_mut(channel).and_then(|object| object.ends.as_deref_mut()) else { return };
        let before = std::mem::replace(&mut ends.bytes, bytes);
        self.cost.send(bytes.saturating_sub(before));
        match sends {
            _ if self.log_limit == 0 => {}
            true => self.links.send(channel, self.teller, moment),
            false => self.links.receive(channel, self.teller, moment),
        }
    }

    /// From where to where something goes between threads, if it reaches the other one there or later.
    pub fn links(&self, axis: Axis, place: u64) -> Iter<'_, Link> {
        self.links.from(axis, place)
    }

    /// A channel was made: the thread's process has both ends.
    pub(super) fn begin_ends(&mut self, channel: ObjectId, capacity: u64) {
        let by = self.teller;
        let held = Held { process: self.process_of(by).id, by, line: self.threads[by.index()].line };
        if let Some(object) = self.object_mut(channel) {
            object.ends = Some(Box::new(Ends::new(held, capacity)));
        }
    }

    pub(super) fn open_end(&mut self, channel: ObjectId, writes: bool, from: Option<ProcessId>, event: &Event) {
        let process = self.process_of(event.thread);
        let own = Held { process: process.id, by: event.thread, line: event.line };
        // A thread that stands nowhere yet was given the end by who made its process.
        let held = process.made.filter(|_| event.line == 0).unwrap_or(own);
        if let Some(ends) = self.object_mut(channel).and_then(|object| object.ends.as_deref_mut()) {
            if let Some(from) = from {
                ends.close(from, writes);
            }
            ends.side(writes).push(held);
        }
    }

    pub(super) fn close_end(&mut self, channel: ObjectId, writes: bool, thread: ThreadId) {
        let process = self.process_of(thread).id;
        if let Some(ends) = self.object_mut(channel).and_then(|object| object.ends.as_deref_mut()) {
            ends.close(process, writes);
        }
    }

    pub(super) fn end_process(&mut self, id: ProcessId, code: i32) {
        if let Some(process) = self.processes.get_mut(id.index()) {
            process.code = Some(code);
        }
        self.change_ends(|ends| ends.leave(id));
    }

    /// Nobody holds an end of the pipe any more.
    pub(super) fn break_pipe(&mut self, pipe: ObjectId) {
        if let Some(ends) = self.object_mut(pipe).and_then(|object| object.ends.as_deref_mut()) {
            (ends.readers, ends.writers) = (Vec::new(), Vec::new());
        }
    }

    /// There is no room in the pipe any more.
    pub(super) fn fill_pipe(&mut self, pipe: ObjectId) {
        if let Some(ends) = self.object_mut(pipe).and_then(|object| object.ends.as_deref_mut()) {
            ends.filled = true;
        }
    }

    /// The thread's process has a copy of an object, in that state, or else as the original looks.
    pub(super) fn copy_object(
        &mut self,
        thread: ThreadId,
        copy: ObjectId,
        from: ObjectId,
        state: Option<&ObjectState>,
        moment: Moment,
    ) {
        if self.object(copy).is_some() {
            return;
        }
        let Process { id: process, name: whose, .. } = self.process_of(thread).clone();
        let (kind, title, name, detail) = match self.object(from) {
            Some(it) => {
                let detail = state.map_or_else(|| it.detail.clone(), Detail::first);
                (it.kind, it.title.clone(), format!("{} ({whose})", it.title), detail)
            }
            // The global variables.
            None if from.slot == ObjectId::GLOBALS.slot => {
                (ObjectKind::Data, whose.clone(), whose.to_string(), Detail::Data { value: String::new() })
            }
            None => return, // the original is not shown either
        };
        self.add_row(copy, kind, (&title, &name), process, detail);
        let Some(owner) = self.begin_object(copy, moment) else { return };
        // What another process's thread held when it was copied is held by nobody who is there.
        if self.process_of(owner).id == self.process_of(thread).id {
            let mut held = self.threads.iter().flat_map(|thread| &thread.held);
            let line = held.find(|held| held.object == from).map_or(self.threads[owner.index()].line, |held| held.line);
            self.take_lock(owner, copy, line, moment);
        }
    }
}
