//! What objects, tasks and variables are called.

use super::{Model, safe};
use crate::base::{ObjectId, ThreadId};
use crate::event::{Called, Place};
use crate::trace::library;
use crate::trace::object::{Detail, Object};

impl Model {
    /// What threads and objects are called.
    pub fn called(&self) -> Called {
        let threads = self.threads.iter().map(|thread| (thread.id, thread.name.clone()));
        let objects = self.objects.iter().map(|object| (object.id, object.name.clone()));
        Called::new(self.names.clone(), threads, objects)
    }

    /// The name of the object `id`; of several futures, those that are not done.
    pub fn object_name(&self, id: ObjectId) -> String {
        match self.object(id) {
            None => format!("object {id}"),
            Some(Object { detail: Detail::Futures { futures }, name, .. }) => {
                let open = |future: &&ObjectId| self.object(**future).is_none_or(|future| !future.is_done());
                let names: Vec<String> = futures.iter().filter(open).map(|id| self.object_name(*id)).collect();
                match names.as_slice() {
                    [] => name.to_string(),
                    [one] => one.clone(),
                    [one, other] => format!("{one} and {other}"),
                    [one, rest @ ..] => format!("{one} and {} more", rest.len()),
                }
            }
            Some(object) => object.name.to_string(),
        }
    }

    /// What people call the object: if it is the library's own, the thing that it is part of.
    pub fn label(&self, id: ObjectId) -> String {
        self.object(id).and_then(library::whole).unwrap_or_else(|| self.object_name(id))
    }

    /// What those who wait for the object need, in the program's words: its name, but for what is the library's own.
    pub fn wanted(&self, id: ObjectId) -> String {
        self.object(id).and_then(|object| library::need(object, self)).unwrap_or_else(|| self.label(id))
    }

    /// The call that `thread` does for a pool at the moment.
    pub fn task_of(&self, thread: ThreadId) -> Option<String> {
        let workers = self.objects.iter().filter_map(|object| match &object.detail {
            Detail::Pool { workers, .. } => Some(workers),
            _ => None,
        });
        let future = workers.flatten().find(|worker| worker.thread == thread)?.future?;
        Some(self.task_name(future))
    }

    /// The call that a future stands for, or else its name.
    pub fn task_name(&self, future: ObjectId) -> String {
        match self.object(future).map(|object| &object.detail) {
            Some(Detail::Future { task, .. }) if !task.is_empty() => task.clone(),
            _ => self.object_name(future),
        }
    }

    /// How the program calls `place`, safe to show.
    pub fn place_name(&self, place: &Place) -> String {
        match *place {
            Place::Global(name) | Place::Cell { name, .. } => safe(self.legend.name(name)),
            // Classes are not shown, so they have no names here.
            Place::Attribute { object, name } => match self.object(object) {
                Some(_) => format!("{}.{}", self.object_name(object), safe(self.legend.name(name))),
                None => safe(self.legend.name(name)),
            },
            Place::Content { object } => self.object_name(object),
        }
    }
}
