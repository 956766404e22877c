//! What code may yet do for other threads: release a lock, store to a variable.
//!
//! A plain lock may be released by any thread. So whether a thread that waits for one can still be helped depends on
//! what the code of the others may come to, from where they stand. This is worked out from the bytecode, once for a
//! program, and in doubt says *may*: a call that cannot be resolved may call everything, a receiver that is not known
//! may be any lock.
//!
//! - *Expressions* (`simulate`): what each value on the evaluation stack was made from, as far as names say.
//! - *Acts*: what an instruction does of interest: it takes a lock, releases one, calls, stores to a variable.
//! - *Facts* (`flow`): the locks, as expressions, that were taken on every way from a starting point to an instruction.
//!   While a lock is never free no thread gets past an `acquire` of it. So a release behind an `acquire` of the same
//!   expression is no release of that lock: `a.acquire()` … `a.release()` helps no thread that waits for `a`.
//! - *Deeds*: what is left then, of a code from its beginning (what it *exports*) or of a thread from where it stands.
//!
//! A `with` block gives back itself what it took, so its end is no release that helps others.

mod callee;
mod expression;
mod flow;
mod loops;
mod mention;
mod simulate;
mod stack;

pub(in crate::machine) use expression::{Deed, Expression, ExpressionId};
pub(in crate::machine) use loops::Circle;

use crate::base::Symbol;
use crate::bytecode::{Code, CodeId, CodeKind, GlobalId, Instruction};
use crate::machine::memory::image::Linked;
use callee::Callee;
use simulate::{Act, Known};
use std::collections::BTreeSet;

/// What the codes of a program may do.
#[derive(Debug, Default)]
pub struct Reach {
    known: Known,
    codes: Vec<CodeReach>,
    /// What any code may do that can be called, or resumed.
    anything: BTreeSet<Deed>,
    /// What may be done by code that nothing calls by name: special methods, properties, generators.
    implicit: BTreeSet<Deed>,
    /// Global variables that nothing stores to any more, and that a loop checks which only looks at something.
    looked_at: BTreeSet<GlobalId>,
    /// Where threads stand matters: one may release a lock that is not its own, or wait in a loop.
    watched: bool,
    /// Some condition may go with a lock that the program also uses by itself.
    conditions: bool,
    /// What threads may do cannot be told.
    vague: bool,
    /// The library stores to attributes under the names of fields.
    fields: bool,
    /// The program may look at the clock, or at the name of a thread.
    clock: bool,
    names: bool,
}

/// What looks at the clock, in one of the library's modules too.
const CLOCKS: &[&str] = &[
    "ThreadPoolExecutor",
    "as_completed",
    "asctime",
    "ctime",
    "datetime",
    "getLogger",
    "gmtime",
    "localtime",
    "logging",
    "monotonic",
    "monotonic_ns",
    "now",
    "perf_counter",
    "perf_counter_ns",
    "process_time",
    "process_time_ns",
    "sched",
    "strftime",
    "thread_time",
    "time",
    "time_ns",
    "timeit",
    "today",
    "utcnow",
    "wait_for",
];
/// What looks at the names of threads.
const NAMES: &[&str] = &[
    "ThreadPoolExecutor",
    "currentThread",
    "current_thread",
    "enumerate",
    "excepthook",
    "getLogger",
    "getName",
    "main_thread",
    "name",
    "print_exc",
    "print_exception",
    "setName",
    "thread_name_prefix",
];

#[derive(Debug)]
struct CodeReach {
    /// What instructions do, by instruction.
    acts: Vec<(u32, Act)>,
    /// What their calls call, likewise.
    calls: Vec<(u32, Callee)>,
    /// The expressions that facts are about.
    subjects: Vec<ExpressionId>,
    /// What it may do from its beginning.
    exports: BTreeSet<Deed>,
    /// Loops that only look at something.
    circles: Vec<Circle>,
}

impl Reach {
    /// Goes through all codes of the program.
    pub fn of(image: &Linked) -> Reach {
        let (expressions, bindings, acts) = simulate::simulate(image);
        let names = mention::scenario(image);
        let mentions = |any: &[&str]| any.iter().any(|name| names.contains(name));
        let mut reach = Reach {
            known: Known { expressions, bindings, texts: mention::texts_for_attributes(image, &names) },
            codes: Vec::new(),
            anything: BTreeSet::new(),
            implicit: BTreeSet::new(),
            looked_at: BTreeSet::new(),
            watched: false,
            conditions: mention::may_give_conditions_locks(image),
            vague: false,
            fields: mentions(&["dataclass", "namedtuple", "NamedTuple"]),
            clock: mention::asks_for(image, CLOCKS),
            names: mention::asks_for(image, NAMES),
        };
        // A predicate, or a barrier's action.
        let waits_with_code = mentions(&["wait_for", "Barrier"]);
        for ((index, code), acts) in (0..).zip(&image.program.codes).zip(acts) {
            let id = CodeId(index);
            let calls = acts.iter().filter_map(|(at, act)| match act {
                Act::Call(callee) => Some((*at, callee::resolve(&reach.known, image, id, *callee))),
                Act::Raise => Some((*at, callee::of_inits(&reach.known, image))),
                Act::Enter(_) => Some((*at, callee::of_methods(&reach.known, image, &["__enter__"]))),
                Act::Exit(_) => Some((*at, callee::of_methods(&reach.known, image, &["__exit__"]))),
                Act::Acquire { .. } => Some((*at, callee::of_methods(&reach.known, image, &["acquire", "__enter__"]))),
                Act::Release(_) => Some((*at, callee::of_methods(&reach.known, image, &["release", "__exit__"]))),
                Act::Wait(_) => {
                    let callee = callee::of_methods(&reach.known, image, &["wait", "wait_for"]);
                    Some((*at, callee::Callee { anything: callee.anything || waits_with_code, ..callee }))
                }
                Act::Take(_) | Act::Store(_) => None,
            });
            let calls = calls.collect();
            let subjects = flow::subjects(&reach.known, image, code, &acts);
            reach.codes.push(CodeReach { acts, calls, subjects, exports: BTreeSet::new(), circles: Vec::new() });
        }
        reach.export(image);
        reach.collect(image, mention::implicit(image, names.clone()));
        if !loops::is_looking_a_call(image) {
            for (index, code) in image.program.codes.iter().enumerate() {
                reach.codes[index].circles =
                    loops::circles(&reach.known, &reach.codes[index].acts, image, CodeId(index as u32), code);
            }
        }
        let bound = reach.codes.iter().flat_map(|code| &code.circles).flat_map(|circle| circle.bound.iter().copied());
        reach.looked_at = bound.collect();
        reach.vague = mention::is_vague(image, &names, reach.known.bindings.followed);
        let releases = |(_, act): &(u32, Act)| matches!(act, Act::Release(_) | Act::Take(_));
        let matters = |code: &CodeReach| !code.circles.is_empty() || code.acts.iter().any(releases);
        reach.watched = reach.vague || reach.conditions || reach.codes.iter().any(matters);
        reach
    }

    /// Whether it matters where threads stand.
    #[inline]
    pub fn is_watched(&self) -> bool {
        self.watched
    }

    /// Whether any thread that can go on may do anything.
    pub fn is_vague(&self) -> bool {
        self.vague
    }

    /// Whether the program may look at the clock, by its own code or the library's.
    pub fn may_read_clock(&self) -> bool {
        self.vague || self.clock
    }

    /// Whether the program may look at the name of a thread.
    pub fn may_show_names(&self) -> bool {
        self.vague || self.names
    }

    /// Global variables that nothing stores to any more, and that a loop checks which only looks at something.
    pub fn looked_at(&self) -> &BTreeSet<GlobalId> {
        &self.looked_at
    }

    /// The expression behind `id`.
    pub fn expression(&self, id: ExpressionId) -> Expression {
        self.known.expressions.get(id)
    }

    /// What every code may do from its beginning: the least fixpoint along calls.
    fn export(&mut self, image: &Linked) {
        let flows: Vec<_> = image
            .program
            .codes
            .iter()
            .zip(&self.codes)
            .map(|(code, reach)| {
                flow::flow(code, &reach.acts, &reach.subjects, &self.known.expressions, &beginnings(code))
            })
            .collect();
        loop {
            let mut changed = false;
            for (index, flow) in flows.iter().enumerate() {
                let deeds = self.deeds_along(CodeId(index as u32), flow);
                if deeds.len() > self.codes[index].exports.len() {
                    self.codes[index].exports = deeds;
                    changed = true;
                }
            }
            if !changed {
                return;
            }
        }
    }

    /// What code does that no call in the program names.
    fn collect(&mut self, image: &Linked, implicit: Vec<bool>) {
        for ((code, reach), implicit) in image.program.codes.iter().zip(&self.codes).zip(implicit) {
            if code.kind != CodeKind::Module {
                self.anything.extend(reach.exports.iter().copied());
            }
            let taken = reach.acts.iter().filter_map(|(_, act)| match act {
                Act::Take(on) => Some(Deed::Release(self.known.expressions.exported(*on))),
                _ => None,
            });
            self.anything.extend(taken);
            if implicit {
                self.implicit.extend(reach.exports.iter().copied());
            }
        }
        let special = callee::of_special_names(&self.known, image);
        if special.anything {
            self.implicit.insert(Deed::Anything);
        }
        for code in special.codes.iter().chain(&self.known.bindings.properties) {
            self.implicit.extend(self.codes[code.0 as usize].exports.iter().copied());
        }
    }

    /// What a code does at the instructions that are reached, with the facts there.
    fn deeds_along(&self, id: CodeId, flow: &[Option<u64>]) -> BTreeSet<Deed> {
        let reach = &self.codes[id.0 as usize];
        let mut deeds = BTreeSet::new();
        let taken = |on: ExpressionId, facts: u64| {
            reach.subjects.iter().position(|subject| *subject == on).is_some_and(|bit| facts & (1 << bit) != 0)
        };
        for (at, act) in &reach.acts {
            let Some(facts) = flow[*at as usize] else { continue };
            match act {
                Act::Release(on) if !taken(*on, facts) => {
                    deeds.insert(Deed::Release(self.known.expressions.exported(*on)));
                }
                Act::Wait(on) if !taken(*on, facts) => {
                    deeds.insert(Deed::Wait(self.known.expressions.exported(*on)));
                }
                Act::Store(variable) => {
                    deeds.insert(Deed::Store(*variable));
                }
                _ => {}
            }
        }
        for (at, callee) in &reach.calls {
            let Some(facts) = flow[*at as usize] else { continue };
            self.add_call(callee, |on| taken(on, facts), &mut deeds);
        }
        deeds
    }

    fn add_call(&self, callee: &Callee, taken: impl Fn(ExpressionId) -> bool, deeds: &mut BTreeSet<Deed>) {
        if callee.anything {
            deeds.insert(Deed::Anything);
        }
        for code in &callee.codes {
            let exports = self.codes[code.0 as usize].exports.iter().copied();
            deeds.extend(exports.filter(|deed| !matches!(deed, Deed::Release(on) if taken(*on))));
        }
    }

    /// What the rest of a frame may do. `next` is the instruction to do next; `done`: it was done already, and the thread is
    /// somewhere behind it.
    pub fn rest(&self, image: &Linked, id: CodeId, next: u32, done: bool) -> BTreeSet<Deed> {
        let (code, reach) = (image.code(id), &self.codes[id.0 as usize]);
        let starts = if done { flow::behind(code, next) } else { vec![next] };
        let flow = flow::flow(code, &reach.acts, &reach.subjects, &self.known.expressions, &starts);
        let mut deeds = self.deeds_along(id, &flow);
        if done && let Some((_, callee)) = reach.calls.iter().find(|(at, _)| *at == next) {
            self.add_call(callee, |_| false, &mut deeds);
        }
        deeds
    }

    /// What the rest of a frame may do that waits for a call to return.
    pub fn rest_of_caller(&self, image: &Linked, id: CodeId, next: u32) -> BTreeSet<Deed> {
        let (code, reach) = (image.code(id), &self.codes[id.0 as usize]);
        // An instruction may be done again once the call has answered it.
        let call = next.saturating_sub(1);
        let mut starts = flow::behind(code, call);
        if !starts.contains(&next) {
            starts.push(next);
        }
        let flow = flow::flow(code, &reach.acts, &reach.subjects, &self.known.expressions, &starts);
        self.deeds_along(id, &flow)
    }

    /// Whether a condition of the program may go with a lock that is known beside it.
    pub fn has_conditions_of_locks(&self) -> bool {
        self.conditions
    }

    /// What any code may do.
    pub fn anything(&self) -> &BTreeSet<Deed> {
        &self.anything
    }

    /// What may be done without a call: by special methods, properties and generators.
    pub fn implicit(&self) -> &BTreeSet<Deed> {
        &self.implicit
    }

    /// The innermost loop around the instruction that only looks at something.
    pub fn circle(&self, code: CodeId, at: u32) -> Option<&Circle> {
        let around = self.codes[code.0 as usize].circles.iter().filter(|circle| circle.contains(at));
        around.min_by_key(|circle| circle.len())
    }

    /// Whether the code has such loops.
    #[inline]
    pub fn has_circles(&self, code: CodeId) -> bool {
        !self.codes[code.0 as usize].circles.is_empty()
    }

    /// Whether an attribute of that name never holds a lock, or a condition: only things of other kinds are stored under it.
    pub fn holds_no_lock(&self, image: &Linked, name: Symbol) -> bool {
        let Some(stored) = self.known.bindings.attributes.get(&name) else { return false };
        // What a class or a keyword says may be no more than a default, or a field that is stored to by name.
        // So may a field of a dataclass or a named tuple.
        let by_name = self.fields || self.known.bindings.keywords.contains(&name);
        !by_name
            && stored.iter().all(|(code, value)| {
                image.code(*code).kind != CodeKind::Class && callee::is_no_lock(&self.known, image, *code, *value)
            })
    }
}

/// Where a code may begin: a generator is resumed behind each of its `yield`s.
fn beginnings(code: &Code) -> Vec<u32> {
    let after = (0..).zip(&code.instructions).filter(|(_, instruction)| matches!(instruction, Instruction::Yield));
    std::iter::once(0).chain(after.map(|(at, _): (u32, _)| at + 1)).collect()
}
