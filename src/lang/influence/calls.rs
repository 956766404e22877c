//! Calls: which of them bring what differs, and where their arguments go.

use super::Differs::{self, Inside, Itself, Not};
use super::expressions::{outright, within};
use super::{Function, Known, name_of};
use ruff_python_ast::visitor::{Visitor, walk_expr};
use ruff_python_ast::{Expr, ExprCall, Keyword, Operator, UnaryOp};
use ruff_text_size::Ranged;

/// What finds things by texts, or runs them: nothing is known of a program that uses it.
const BY_TEXT: &[&str] = &[
    "eval",
    "exec",
    "compile",
    "getattr",
    "setattr",
    "vars",
    "globals",
    "locals",
    "__dict__",
    "attrgetter",
    "methodcaller",
    "import_module",
    "__getattr__",
    "__getattribute__",
    "__setattr__",
];
/// What gives things in an order that depends on what they are.
const BY_VALUE: &[&str] = &["PriorityQueue", "heapq", "heappush", "heappop", "heapify", "insort", "bisect"];
/// What brings numbers and texts from outside: another value each time, of the same type, and no negative number.
const NUMBERS: &[&str] = &[
    "random",
    "uniform",
    "randint",
    "randrange",
    "triangular",
    "expovariate",
    "betavariate",
    "getrandbits",
    "time",
    "time_ns",
    "monotonic",
    "monotonic_ns",
    "perf_counter",
    "perf_counter_ns",
    "process_time",
    "thread_time",
    "default_timer",
    "now",
    "today",
    "utcnow",
    "strftime",
    "ctime",
    "asctime",
    "localtime",
    "gmtime",
];
/// What waits for so long. A limit that differs makes no difference: the search lets each end at any time.
const WAITS: &[&str] = &["sleep", "wait", "join", "acquire"];
/// What only shows its arguments.
const SAYS: &[&str] =
    &["print", "debug", "info", "warning", "error", "critical", "exception", "write", "writelines", "flush"];
/// What makes a value from its arguments alone.
const MAKES: &[&str] = &[
    "str",
    "repr",
    "int",
    "float",
    "bool",
    "round",
    "abs",
    "min",
    "max",
    "sum",
    "format",
    "range",
    "floor",
    "ceil",
    "dumps",
    "timedelta",
    "fromtimestamp",
    "mean",
    "total_seconds",
    "isoformat",
];
/// What gives the items of its argument.
const ITEMS: &[&str] =
    &["list", "tuple", "sorted", "reversed", "enumerate", "zip", "iter", "deque", "as_completed", "copy"];
/// What puts its arguments into the thing that it is called on.
const PUTS: &[&str] = &["append", "appendleft", "put", "put_nowait", "extend", "send", "set_result", "insert"];
/// What takes one of the things out again.
const TAKES: &[&str] = &["get", "get_nowait", "pop", "popleft", "result", "recv", "next"];
/// What gives all of them.
const SHOWS: &[&str] = &["items", "values", "keys"];
/// What does not depend on what a thing holds.
const CALM: &[&str] = &[
    "start",
    "is_alive",
    "task_done",
    "empty",
    "full",
    "qsize",
    "set",
    "clear",
    "is_set",
    "notify",
    "notify_all",
    "release",
    "locked",
    "shutdown",
    "close",
    "cancel",
    "done",
    "terminate",
    "len",
    "get_value",
];
/// What does not depend on which number it is asked about.
const OF_TYPE: &[&str] = &["isinstance", "type", "callable"];
/// What has a function called, later or at once.
const SPAWNS: &[&str] = &[
    "Thread",
    "Timer",
    "Process",
    "submit",
    "apply",
    "apply_async",
    "map",
    "map_async",
    "imap",
    "imap_unordered",
    "starmap",
    "partial",
    "start_new_thread",
    "add_done_callback",
];

/// Whether a name is in one of these tables.
fn is_listed(name: &str) -> bool {
    [WAITS, SAYS, MAKES, ITEMS, PUTS, TAKES, SHOWS, CALM, OF_TYPE, SPAWNS].iter().any(|table| table.contains(&name))
}

/// How it differs how many things something holds, or whether it is there: only if it is another thing itself.
fn whole(differs: Differs) -> Differs {
    if differs == Itself { Itself } else { Not }
}

/// The arguments of a call, and how they differ.
type Values<'p> = Vec<(&'p Expr, Differs)>;

impl<'p> Known<'p> {
    /// A name is used for what it stands for.
    pub(super) fn look_at(&mut self, name: &'p str, at: &'p Expr) {
        if BY_TEXT.contains(&name) {
            self.decide(at);
        }
        if BY_VALUE.contains(&name) {
            self.tell_apart();
        }
    }

    /// Values that differ need not be of one type, or come in one order.
    fn tell_apart(&mut self) {
        self.changed |= std::mem::take(&mut self.alike);
    }

    pub(super) fn call(&mut self, call: &'p ExprCall) -> Differs {
        let values: Values<'p> = call.arguments.args.iter().map(|it| (it, self.value(it))).collect();
        let named: Vec<(&'p Keyword, Differs)> =
            call.arguments.keywords.iter().map(|it| (it, self.value(&it.value))).collect();
        let is_limit = |it: &Keyword| it.arg.as_ref().is_some_and(|name| name == "timeout");
        let most = values.iter().map(|(_, differs)| *differs);
        let most = most.chain(named.iter().filter(|(it, _)| !is_limit(it)).map(|(_, differs)| *differs));
        let most = most.max().unwrap_or_default();
        let (name, receiver) = match &*call.func {
            Expr::Name(it) => (it.id.as_str(), None),
            Expr::Attribute(it) => (it.attr.as_str(), Some(&*it.value)),
            other => {
                self.value(other);
                return self.call_any(call, most);
            }
        };
        self.look_at(name, &call.func);
        let on = receiver.map_or(Not, |it| self.value(it));
        let is_own = self.functions.contains_key(name) || self.classes.contains(name);
        let own = if is_own { self.call_own(call, name, &values, &named) } else { Not };
        if is_own && (receiver.is_none() || !is_listed(name)) {
            return own;
        }
        own.max(match name {
            _ if SPAWNS.contains(&name) && most > Not => self.spawn(call, name, &values, &named),
            _ if SPAWNS.contains(&name) => within(self.passed_in(call).map(|name| self.of_name(name)).max()),
            _ if WAITS.contains(&name) => self.wait(&values, most),
            _ if SAYS.contains(&name) => {
                self.is_from_outside(call); // the time in front of what is shown
                Not
            }
            _ if OF_TYPE.contains(&name) && self.alike => Not,
            _ if OF_TYPE.contains(&name) => most,
            _ if MAKES.contains(&name) => outright(most.max(on)),
            _ if ITEMS.contains(&name) => most.max(on),
            _ if PUTS.contains(&name) && receiver.is_some() => {
                for (value, differs) in &values {
                    receiver.iter().for_each(|it| self.put_into(it, value, *differs));
                }
                Not
            }
            _ if TAKES.contains(&name) && (most == Not || receiver.is_none()) => outright(on.max(most)),
            _ if SHOWS.contains(&name) && most == Not => on,
            _ if CALM.contains(&name) && most == Not => whole(on),
            "len" => whole(most),
            _ => self.call_other(call, name, receiver, most.max(on)),
        })
    }

    /// A function that is in no table.
    fn call_other(
        &mut self,
        call: &'p ExprCall,
        name: &'p str,
        receiver: Option<&'p Expr>,
        differs: Differs,
    ) -> Differs {
        if self.is_from_outside(call) {
            if !NUMBERS.contains(&name) {
                self.tell_apart();
                if differs > Not {
                    self.decide(call); // it may be a neighbour of what brings the value
                }
            }
            // It may change what it is given, as `shuffle` does.
            for it in &call.arguments.args {
                match it {
                    Expr::Name(it) => self.note(&it.id, Itself),
                    Expr::Attribute(it) => self.note(&it.attr, Itself),
                    _ => {}
                }
            }
            return Itself;
        }
        if receiver.is_none() && !self.imported.contains(name) && self.names.contains_key(name) {
            return self.call_any(call, differs).max(outright(self.of_name(name)));
        }
        if differs > Not {
            // What is made from a number or a text alone is another one.
            let is_pure = receiver.is_some_and(|it| self.value(it) == Itself) && self.alike;
            if !is_pure {
                self.decide(call);
            }
        }
        differs
    }

    /// Whether a value comes from outside somewhere in the lines of the call, which may bring it.
    fn is_from_outside(&mut self, call: &ExprCall) -> bool {
        let Some(source) = self.source else { return false };
        let [from, to] = [call.start(), call.end()].map(|at| self.file.line(source.line_of(at.to_u32())));
        let Known { lines, seen, .. } = self;
        seen.extend(lines.range(from..=to));
        lines.range(from..=to).next().is_some()
    }

    /// A function that is not known by its name: any that is passed on.
    fn call_any(&mut self, call: &'p ExprCall, most: Differs) -> Differs {
        let passed: Vec<&'p str> = self.passed.iter().copied().collect();
        if most > Not {
            if passed.is_empty() {
                self.decide(call);
            }
            passed.iter().for_each(|name| self.fill(name));
        }
        passed.iter().map(|name| self.of_name(name)).max().unwrap_or_default()
    }

    /// A wait: a time that is no number, or may be less than nothing, is an error.
    fn wait(&mut self, values: &Values<'p>, most: Differs) -> Differs {
        for (value, _) in values.iter().filter(|(_, differs)| *differs == Itself) {
            if !self.alike || Subtracts::is_in(value) {
                self.decide(*value);
            }
        }
        outright(most) // `join` of a text
    }

    /// A function or class of the program.
    fn call_own(
        &mut self,
        call: &'p ExprCall,
        name: &'p str,
        values: &Values<'p>,
        named: &[(&'p Keyword, Differs)],
    ) -> Differs {
        let is_class = self.classes.contains(name);
        let most = values.iter().map(|it| it.1).chain(named.iter().map(|it| it.1)).max().unwrap_or_default();
        let made_from_fields = ["dataclass", "namedtuple", "NamedTuple"].iter().any(|it| self.imported.contains(it));
        if most > Not && is_class && made_from_fields {
            self.decide(call);
        }
        let called = if is_class { "__init__" } else { name };
        self.bind(called, values, named);
        let wrapped = self.functions.get(called).is_some_and(|all| all.iter().any(|it| it.wrapped));
        if wrapped && most > Not {
            self.decide(call);
        }
        if is_class {
            return within(Some(most));
        }
        match wrapped {
            true => self.functions.keys().map(|name| self.of_name(name)).max().unwrap_or_default(),
            false => self.of_name(name),
        }
    }

    /// The parameters of all functions with that name get these values.
    fn bind(&mut self, name: &'p str, values: &Values<'p>, named: &[(&'p Keyword, Differs)]) {
        let mut bound: Vec<(&'p str, &'p Expr, Differs)> = Vec::new();
        for function in self.functions.get(name).into_iter().flatten() {
            let Function { parameters, rest, method, .. } = function;
            let skipped = usize::from(*method && parameters.first().is_some_and(|it| matches!(*it, "self" | "cls")));
            let with_self = |it: &&(&Expr, Differs)| it.0.as_name_expr().is_some_and(|it| it.id == "self");
            let values = if skipped > 0 && values.first().filter(with_self).is_some() { &values[1..] } else { values };
            let all = || parameters[skipped.min(parameters.len())..].iter().chain(rest).copied();
            for (index, (value, differs)) in values.iter().enumerate() {
                let spread = values[..=index].iter().any(|(it, _)| it.is_starred_expr());
                match parameters.get(index + skipped) {
                    Some(parameter) if !spread => bound.push((*parameter, *value, *differs)),
                    Some(_) | None if spread => bound.extend(all().map(|it| (it, *value, outright(*differs)))),
                    Some(_) | None => bound.extend(rest.iter().map(|it| (*it, *value, within(Some(*differs))))),
                }
            }
            for (keyword, differs) in named {
                match &keyword.arg {
                    Some(name) if parameters.contains(&name.as_str()) => bound.push((name, &keyword.value, *differs)),
                    Some(_) => bound.extend(rest.iter().map(|it| (*it, &keyword.value, within(Some(*differs))))),
                    None => bound.extend(all().map(|it| (it, &keyword.value, outright(*differs)))),
                }
            }
        }
        for (parameter, value, differs) in bound {
            self.flow(parameter, value, differs);
        }
    }

    /// All parameters of these functions may be anything that differs.
    fn fill(&mut self, name: &'p str) {
        let all = self.functions.get(name).into_iter().flatten();
        let all = all.flat_map(|it| it.parameters.iter().chain(&it.rest)).copied().filter(|it| *it != "self");
        let all: Vec<&'p str> = all.collect();
        all.into_iter().for_each(|parameter| self.note(parameter, Itself));
    }

    /// The functions among the arguments.
    fn passed_in(&self, call: &'p ExprCall) -> impl Iterator<Item = &'p str> {
        let values = call.arguments.args.iter().chain(call.arguments.keywords.iter().map(|it| &it.value));
        values.filter_map(name_of).filter(|name| self.functions.contains_key(name))
    }

    /// Something is to call a function with arguments that differ.
    fn spawn(
        &mut self,
        call: &'p ExprCall,
        name: &'p str,
        values: &Values<'p>,
        named: &[(&'p Keyword, Differs)],
    ) -> Differs {
        let given = |wanted: &str| named.iter().find(|(it, _)| it.arg.as_ref().is_some_and(|name| name == wanted));
        let functions: Vec<&'p str> = self.passed_in(call).collect();
        let rest = values.iter().skip(1).map(|it| it.1).chain(named.iter().map(|it| it.1)).max();
        let called =
            given("target").map(|(it, _)| &it.value).or(values.get(usize::from(name == "Timer")).map(|it| it.0));
        let only_says = called.and_then(name_of).is_some_and(|name| SAYS.contains(&name));
        if only_says || name == "Timer" && rest.unwrap_or_default() == Not {
            return Inside; // for a timer, how long it waits
        }
        match (name, given("args").map(|(it, _)| &it.value), given("kwargs")) {
            ("Thread" | "Process" | "Timer", Some(Expr::Tuple(it)), None) if !functions.is_empty() => {
                let values: Values<'p> = it.elts.iter().map(|it| (it, self.value(it))).collect();
                functions.iter().for_each(|name| self.bind(name, &values, &[]));
            }
            ("submit" | "partial" | "apply", ..) if !functions.is_empty() => {
                functions.iter().for_each(|name| self.bind(name, &values[1..].to_vec(), named));
            }
            _ => {
                if functions.is_empty() {
                    self.decide(call);
                }
                functions.iter().for_each(|name| self.fill(name));
            }
        }
        Inside
    }
}

/// Whether something is subtracted in an expression.
#[derive(Default)]
struct Subtracts(bool);

impl Subtracts {
    fn is_in(expression: &Expr) -> bool {
        let mut found = Subtracts::default();
        found.visit_expr(expression);
        found.0
    }
}

impl<'p> Visitor<'p> for Subtracts {
    fn visit_expr(&mut self, expression: &'p Expr) {
        match expression {
            Expr::BinOp(it) if it.op == Operator::Sub => self.0 = true,
            Expr::UnaryOp(it) if it.op == UnaryOp::USub => self.0 = true,
            _ => walk_expr(self, expression),
        }
    }
}
