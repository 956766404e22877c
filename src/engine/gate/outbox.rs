//! What is on its way to the reader: the events that were not sent yet, together with news about the run.
//!
//! Events are taken with the number of those that there were before, under the state's lock; so every parcel says how
//! much came before its news.

use crate::engine::channel::{Notice, Parcel, Spare};
use crate::machine::shared::Shared;
use std::sync::Arc;

/// Events that are sent together while nothing holds a thread back.
const BATCH: usize = 2_048;
/// Room for those, and for the events that a stretch of sailing adds.
const ROOM: usize = 2 * BATCH;

/// News that were not sent yet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum News {
    /// Nothing goes on by itself.
    Still,
    /// The run is over.
    Over,
}

/// The outbox of a run.
#[derive(Debug)]
pub(super) struct Outbox {
    news: Option<News>,
    spare: Arc<Spare>,
}

impl Outbox {
    pub(super) fn new(spare: Arc<Spare>) -> Self {
        Outbox { news: None, spare }
    }

    /// Puts in the latest news.
    pub(super) fn tell(&mut self, news: News) {
        self.news = Some(news);
    }

    /// Whether there is anything to send.
    pub(super) fn has_parcel(&self, shared: &Shared) -> bool {
        !shared.events.is_empty() || self.news.is_some()
    }

    /// Whether there is enough to send for a worker that goes on. `flowing`: nothing holds a thread back.
    pub(super) fn has_batch(&self, shared: &Shared, flowing: bool) -> bool {
        self.news.is_some() || shared.events.len() >= if flowing { BATCH } else { 1 }
    }

    /// Takes what there is.
    pub(super) fn parcel(&mut self, shared: &mut Shared, flowing: bool) -> Parcel {
        let room = if flowing && !shared.events.is_empty() { ROOM } else { 0 };
        let events = std::mem::replace(&mut shared.events, self.spare.take(room));
        let total = shared.seq;
        let notice = self.news.take().map(|news| match news {
            News::Still => Notice::Still { total },
            News::Over => Notice::Over { total },
        });
        Parcel { events, notice }
    }
}
