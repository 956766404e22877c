//! How objects are named outside the machine. In a run, objects of two processes may have the same id: a copy keeps the
//! original's. So events name those of the first process by their ids, and those of the others by *aliases*, under which
//! no other object goes.

use crate::base::{ObjectId, ProcessId, ThreadId};

/// The maker that the first alias names; the others follow. So many threads there never are.
const FIRST_ALIAS: u32 = 1 << 31;

/// The aliases so far.
#[derive(Clone, Debug, Default)]
pub struct Aliases {
    /// For whose objects, in which process, each stands.
    makers: Vec<(ProcessId, ThreadId)>,
}

impl Aliases {
    /// The object that somebody outside means, and its process.
    pub(super) fn meant(&self, object: ObjectId) -> (ProcessId, ObjectId) {
        let alias = object.maker.0.checked_sub(FIRST_ALIAS).filter(|_| !object.is_of_world());
        match alias.and_then(|alias| self.makers.get(alias as usize)) {
            Some((process, maker)) => (*process, ObjectId { maker: *maker, ..object }),
            None => (ProcessId::FIRST, object),
        }
    }

    /// How an object of the process is named outside, if it has a name there.
    pub(super) fn alias_of(&self, process: ProcessId, object: ObjectId) -> Option<ObjectId> {
        if object.is_of_world() || process == ProcessId::FIRST {
            return Some(object);
        }
        let alias = self.makers.iter().rposition(|it| *it == (process, object.maker))?;
        Some(ObjectId { maker: ThreadId(FIRST_ALIAS + alias as u32), ..object })
    }

    /// Likewise; it gets a name if it has none.
    pub(super) fn make_alias(&mut self, process: ProcessId, object: ObjectId) -> ObjectId {
        self.alias_of(process, object).unwrap_or_else(|| {
            self.makers.push((process, object.maker));
            let alias = self.makers.len() as u32 - 1;
            ObjectId { maker: ThreadId(FIRST_ALIAS + alias), ..object }
        })
    }
}
