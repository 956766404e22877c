//! The names of threads and objects on the screen, as far as events tell.

use super::{Event, EventKind};
use crate::base::{Names, ObjectId, ThreadId};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The names of threads and objects; no two are alike.
#[derive(Clone, Debug)]
pub struct Called {
    names: Names,
    threads: BTreeMap<ThreadId, Arc<str>>,
    objects: BTreeMap<ObjectId, Arc<str>>,
}

impl Default for Called {
    /// There is the main thread.
    fn default() -> Self {
        let mut names = Names::default();
        let threads = BTreeMap::from([(ThreadId::MAIN, names.unique("main"))]);
        Called { names, threads, objects: BTreeMap::new() }
    }
}

impl Called {
    /// The names at some moment of a run.
    pub fn new(
        names: Names,
        threads: impl IntoIterator<Item = (ThreadId, Arc<str>)>,
        objects: impl IntoIterator<Item = (ObjectId, Arc<str>)>,
    ) -> Self {
        Called { names, threads: threads.into_iter().collect(), objects: objects.into_iter().collect() }
    }

    /// Takes in the next event.
    pub fn learn(&mut self, event: &Event) {
        match &event.kind {
            EventKind::ThreadCreated { new, name, .. } => {
                self.threads.insert(*new, self.names.unique(name));
            }
            EventKind::ThreadRenamed { target, name } => {
                let name = self.names.unique(name);
                if let Some(old) = self.threads.insert(*target, name) {
                    self.names.remove(&old);
                }
            }
            EventKind::ObjectShown { object, name, .. } => {
                self.objects.insert(*object, self.names.unique(name));
            }
            _ => {}
        }
    }

    /// The name of an object, if it was shown.
    pub fn object(&self, id: ObjectId) -> Option<&str> {
        self.objects.get(&id).map(|name| &**name)
    }

    /// The object of that name.
    pub fn object_called(&self, name: &str) -> Option<ObjectId> {
        self.objects.iter().find(|(_, known)| ***known == *name).map(|(id, _)| *id)
    }
}
