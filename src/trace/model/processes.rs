//! The processes of a run, as events tell of them.

use super::{Model, safe};
use crate::base::{ObjectId, ProcessId, ThreadId};
use crate::event::ObjectKind;
use crate::trace::object::Detail;
use crate::trace::timeline::Moment;
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
}

impl Process {
    pub(super) fn first() -> Self {
        Process { id: ProcessId::FIRST, name: "MainProcess".into(), main: ThreadId::MAIN, parent: None, code: None }
    }
}

impl Model {
    /// Every process, by id.
    pub fn processes(&self) -> &[Process] {
        &self.processes
    }

    /// The process that a thread belongs to.
    pub fn process_of(&self, thread: ThreadId) -> &Process {
        let process = self.thread(thread).map_or(ProcessId::FIRST, |thread| thread.process);
        self.processes.get(process.index()).unwrap_or(&self.processes[0])
    }

    pub(super) fn start_process(&mut self, id: ProcessId, main: ThreadId, name: &str, by: ThreadId, moment: Moment) {
        self.ensure_thread(main, moment);
        let parent = Some(self.process_of(by).id);
        self.thread_mut(main).process = id;
        self.processes.push(Process { id, name: safe(name).into(), main, parent, code: None });
    }

    pub(super) fn end_process(&mut self, id: ProcessId, code: i32) {
        if let Some(process) = self.processes.get_mut(id.index()) {
            process.code = Some(code);
        }
    }

    /// The thread's process has come upon its copy of an object, which looks as the original did.
    pub(super) fn copy_object(&mut self, thread: ThreadId, copy: ObjectId, from: ObjectId) {
        let process = self.process_of(thread).name.clone();
        let (kind, name, detail) = match self.object(from) {
            Some(it) => (it.kind, format!("{} ({process})", it.name), it.detail.clone()),
            // The global variables.
            None if from.slot == ObjectId::GLOBALS.slot => {
                (ObjectKind::Data, process.to_string(), Detail::Data { value: String::new() })
            }
            None => return, // the original is not shown either
        };
        let name = self.names.unique(&name);
        self.add_object(copy, kind, name, detail);
    }
}
