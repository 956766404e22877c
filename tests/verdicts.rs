//! Deadlock, stuck, or neither: a plain lock that one thread takes and another releases is no trouble as long as a
//! thread may still release it, a ring that no thread can open is one at once, and what is reported stays true.

mod support {
    pub(crate) mod printed;
    pub(crate) mod program;
    pub(crate) mod random;
    pub(crate) mod world;
}

mod cases {
    pub(crate) mod alarms;
    pub(crate) mod certain;
    pub(crate) mod circles;
    pub(crate) mod generated;
    pub(crate) mod vague;
}

use raddle::event::{EventKind, Trouble, TroubleKind};
use std::sync::Arc;
use support::random::Xorshift;
use support::world::World;

/// The beginning of a program's run.
fn world(text: &str) -> World {
    let image = support::program::image("program.py", text);
    World::of(image.program.clone())
}

/// The troubles that were reported so far.
fn troubles(world: &World) -> Vec<Arc<Trouble>> {
    let trouble = |event: &raddle::event::Event| match &event.kind {
        EventKind::Trouble(trouble) => Some(trouble.clone()),
        _ => None,
    };
    world.shared().events.iter().filter_map(trouble).collect()
}

/// `deadlock: left, right`
fn named(world: &World, trouble: &Trouble) -> String {
    let name = |thread: raddle::base::ThreadId| world.shared().threads[thread.index()].name.to_string();
    let mut names: Vec<_> = trouble.threads.iter().map(|part| name(part.thread)).collect();
    names.sort();
    let kind = match &trouble.kind {
        TroubleKind::BusyWait { what } => format!("busy ({what})"),
        kind => kind.name().to_owned(),
    };
    format!("{kind}: {}", names.join(", "))
}

/// What is reported of a run whose choices are drawn from the seed, and its exit status.
fn run(text: &str, seed: u64) -> (Vec<String>, Option<i32>) {
    let mut world = world(text);
    assert!(world.ends(&mut Xorshift(seed)), "it takes too many steps");
    let found = troubles(&world).iter().map(|trouble| named(&world, trouble)).collect();
    (found, world.shared().status())
}
