//! SPIN: the operations of the program as Promela, explored depth first by the C program that `spin -a` writes, with its own
//! partial-order reduction, which finds nothing to leave out where every step is about what all share. A step, one `d_step`
//! here, is as `program` says. A condition's line is a channel: first come, first served. A process that is over stands at a
//! valid end, so that there is no state for its leaving.

use crate::program::{Op, PERMITS, Program, Role, Test};
use std::collections::BTreeSet;
use std::fmt::Write;

/// One way through a step: if all conditions hold, the effects happen, and `next` is the next operation.
struct Way {
    conditions: Vec<String>,
    effects: Vec<String>,
    next: usize,
}

/// The whole model.
pub fn model(program: Program, is_fine: bool) -> String {
    let roles = program.roles();
    let threads: usize = roles.iter().map(|role| role.threads).sum();
    let has = |wanted: fn(&Op) -> bool| roles.iter().any(|role| role.ops.iter().any(wanted));
    let mut text = format!("/* {program} */\nbool held[{}];\n", program.locks());
    if has(|op| op.is_access()) {
        text += "byte number;\n";
    }
    if has(|op| matches!(op, Op::Down)) {
        let _ = writeln!(text, "byte permits = {PERMITS};");
    }
    if has(|op| matches!(op, Op::Wait(_))) {
        let _ = write!(text, "bool notified[{threads}];\nhidden byte first;\n");
    }
    for condition in 0..2 {
        let is_waited_for = |op: &Op| *op == Op::Wait(condition);
        if roles.iter().any(|role| role.ops.iter().any(is_waited_for)) {
            let _ = writeln!(text, "chan line{condition} = [{threads}] of {{ byte }};");
        }
    }
    let is_joined = program.is_guarded() && !is_fine;
    for (index, role) in roles.iter().enumerate() {
        process(&mut text, index, role, is_joined);
    }
    text
}

fn process(text: &mut String, index: usize, role: &Role, is_joined: bool) {
    let keeps = !is_joined && role.ops.contains(&Op::Load);
    let seen = if keeps { "    byte seen;\n" } else { "" };
    let _ = write!(text, "\nactive [{}] proctype role{index}() {{\n{seen}", role.threads);
    let (mut to_do, mut steps) = (vec![0], BTreeSet::new());
    while let Some(at) = to_do.pop() {
        if at < role.ops.len() && steps.insert(at) {
            to_do.extend(ways(&role.ops, at, is_joined).into_iter().map(|way| way.next));
        }
    }
    for at in steps {
        let _ = writeln!(text, "{}: if", label(&role.ops, at));
        for way in ways(&role.ops, at, is_joined) {
            let conditions = if way.conditions.is_empty() { "true".to_owned() } else { way.conditions.join(" && ") };
            let effects = if way.effects.is_empty() { "skip".to_owned() } else { way.effects.join("; ") };
            let _ =
                writeln!(text, "    :: d_step {{ {conditions} -> {effects} }}; goto {}", label(&role.ops, way.next));
        }
        text.push_str("    fi;\n");
    }
    let _ = write!(text, "end: false\n}}\n");
}

/// The name of the place before an operation. One that begins with `end` is where a process may stay.
fn label(ops: &[Op], at: usize) -> String {
    if at == ops.len() { "end".to_owned() } else { format!("L{at}") }
}

/// The ways through the step that begins with operation `at`.
fn ways(ops: &[Op], at: usize, is_joined: bool) -> Vec<Way> {
    if is_joined {
        let mut found = Vec::new();
        joined(ops, at, 0, Way { conditions: Vec::new(), effects: Vec::new(), next: at }, &mut found);
        return found;
    }
    let way = |conditions: &[String], effect: String, next| Way {
        conditions: conditions.to_vec(),
        effects: Vec::from_iter((!effect.is_empty()).then_some(effect)),
        next,
    };
    match ops[at] {
        Op::Load => vec![way(&[], "seen = number".into(), at + 1)],
        Op::Add(more) => vec![way(&[], format!("number = seen + ({more}); seen = 0"), at + 1)],
        Op::Assert(test) => vec![way(&[], format!("assert({})", condition(test, 0)), at + 1)],
        Op::Jump(test, to) => {
            let holds = condition(test, 0);
            let fails = format!("!({holds})");
            vec![way(&[holds], String::new(), to), way(&[fails], String::new(), at + 1)]
        }
        op => {
            let (guard, effect) = meeting(op);
            vec![way(&Vec::from_iter(guard), effect, after(op, at))]
        }
    }
}

/// Follows the accesses up to the operation that ends the step; so much has been added to the number on the way.
fn joined(ops: &[Op], at: usize, added: i8, mut way: Way, found: &mut Vec<Way>) {
    match ops[at] {
        Op::Load => joined(ops, at + 1, added, way, found),
        Op::Add(more) => joined(ops, at + 1, added + more, way, found),
        Op::Assert(test) => {
            way.effects.push(format!("assert({})", condition(test, added)));
            joined(ops, at + 1, added, way, found);
        }
        Op::Jump(test, to) => {
            let holds = condition(test, added);
            let mut other = Way { conditions: way.conditions.clone(), effects: way.effects.clone(), next: way.next };
            other.conditions.push(format!("!({holds})"));
            way.conditions.push(holds);
            joined(ops, to, added, way, found);
            joined(ops, at + 1, added, other, found);
        }
        op => {
            if added != 0 {
                way.effects.push(format!("number = {}", number(added)));
            }
            let (guard, effect) = meeting(op);
            way.conditions.extend(guard);
            way.effects.push(effect);
            found.push(Way { next: after(op, at), ..way });
        }
    }
}

/// Where a thread goes on after an operation that is no access.
fn after(op: Op, at: usize) -> usize {
    if let Op::Wake(to) = op { to } else { at + 1 }
}

/// What an operation that is no access waits for, and what it does.
fn meeting(op: Op) -> (Option<String>, String) {
    match op {
        Op::Acquire(lock) => (Some(format!("!held[{lock}]")), format!("held[{lock}] = true")),
        Op::Release(lock) => (None, format!("held[{lock}] = false")),
        Op::Down => (Some("permits > 0".into()), "permits--".into()),
        Op::Up => (None, "permits++".into()),
        Op::Wait(condition) => (None, format!("held[0] = false; line{condition}!_pid")),
        Op::Wake(_) => (Some("notified[_pid] && !held[0]".into()), "notified[_pid] = false; held[0] = true".into()),
        Op::Notify(condition) => {
            let line = format!("line{condition}");
            (None, format!("if :: nempty({line}) -> {line}?first; notified[first] = true :: empty({line}) fi"))
        }
        Op::NotifyAll(condition) => {
            let line = format!("line{condition}");
            (None, format!("do :: nempty({line}) -> {line}?first; notified[first] = true :: empty({line}) -> break od"))
        }
        Op::Load | Op::Add(_) | Op::Jump(..) | Op::Assert(_) => unreachable!("accesses wait for nothing"),
    }
}

/// The question as Promela, when so much is still to be added to the number.
fn condition(test: Test, added: i8) -> String {
    let (sign, value) = match test {
        Test::Is(value) => ("==", value),
        Test::IsNot(value) => ("!=", value),
        Test::AtMost(value) => ("<=", value),
    };
    format!("{} {sign} {value}", number(added))
}

/// The number, and so much more.
fn number(added: i8) -> String {
    match added {
        0 => "number".to_owned(),
        1.. => format!("number + {added}"),
        _ => format!("number - {}", added.unsigned_abs()),
    }
}
