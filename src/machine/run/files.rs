//! Files, folders, and what is typed. What is not known yet comes from outside: until then the thread waits.

use crate::base::ThreadId;
use crate::event::{Blocker, Deed, EventKind};
use crate::machine::data::bytes;
use crate::machine::data::types::name_of;
use crate::machine::memory::native::{Arguments, Call, Context, Native, Result};
use crate::machine::memory::object::Object;
use crate::machine::memory::operation::{Operation, Part, Progress, Stage};
pub use crate::machine::memory::primitive::files::{Action, Change, Want};
use crate::machine::memory::primitive::files::{INVALID, Mode, NO_ENTRY, NO_FOLDER, Node, Outside};
use crate::machine::memory::thread::Thread;
use crate::machine::memory::value::{Kind, Value};
use crate::machine::sync::primitive::Primitive;
use crate::machine::sync::shared::{Shared, Turn, Waiting};
use crate::machine::sync::support::{blocked, done};
use crate::schedule::{Alternative, Given};
use std::sync::Arc;

/// What the library's files and `os` are made of. What fails gives a negative number, the `errno`; a file that is closed
/// gives `None`.
static FUNCTIONS: &[Native] = &[
    Native { name: "__here", call: Call::Operation(|_, _| operation(Action::Here)) },
    Native { name: "__path_go", call: Call::Operation(|ctx, args| of_path(ctx, args, Action::Go)) },
    Native { name: "__typed_line", call: Call::Operation(|_, _| operation(Action::Line)) },
    Native { name: "__path_look", call: Call::Operation(|ctx, args| of_path(ctx, args, Action::Look)) },
    Native { name: "__path_list", call: Call::Operation(|ctx, args| of_path(ctx, args, Action::List)) },
    Native { name: "__path_make", call: Call::Operation(|ctx, args| of_path(ctx, args, Action::MakeFolder)) },
    Native { name: "__path_remove", call: Call::Operation(|ctx, args| of_path(ctx, args, Action::Remove)) },
    Native {
        name: "__path_remove_folder",
        call: Call::Operation(|ctx, args| of_path(ctx, args, Action::RemoveFolder)),
    },
    Native { name: "__path_move", call: Call::Operation(rename) },
    Native { name: "__file_open", call: Call::Operation(open) },
    Native { name: "__file_read", call: Call::Operation(read) },
    Native { name: "__file_line", call: Call::Operation(|ctx, args| of_file(ctx, args, Action::ReadLine)) },
    Native { name: "__file_write", call: Call::Operation(write) },
    Native { name: "__file_tell", call: Call::Operation(|ctx, args| of_file(ctx, args, Action::Tell)) },
    Native { name: "__file_seek", call: Call::Operation(seek) },
    Native { name: "__file_cut", call: Call::Operation(cut) },
    Native { name: "__file_flush", call: Call::Operation(|ctx, args| of_file(ctx, args, Action::Flush)) },
    Native { name: "__file_close", call: Call::Operation(|ctx, args| of_file(ctx, args, Action::Close)) },
];

/// The function of that name.
pub fn function(name: &str) -> Option<Value> {
    FUNCTIONS.iter().find(|native| native.name == name).map(Value::Native)
}

fn operation(action: Action) -> Result<Operation> {
    Ok(Operation::Files(triomphe::Arc::new(action)))
}

fn misused(ctx: &mut Context<'_>) -> crate::machine::memory::native::Halt {
    ctx.type_error("a file's function was called with something else")
}

fn path_of(ctx: &mut Context<'_>, value: Option<&Value>) -> Result<Arc<str>> {
    match value.map(Value::plain) {
        Some(Value::Str(path)) => Ok(path.as_str().into()),
        _ => Err(misused(ctx)),
    }
}

fn number_of(ctx: &mut Context<'_>, value: Option<&Value>) -> Result<i64> {
    match value.map(Value::plain) {
        Some(Value::Int(number)) => Ok(*number),
        Some(Value::Bool(truth)) => Ok(i64::from(*truth)),
        Some(other) => {
            let message = format!("'{}' object cannot be interpreted as an integer", name_of(other));
            Err(ctx.type_error(message))
        }
        None => Err(misused(ctx)),
    }
}

fn handle_of(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<usize> {
    Ok(number_of(ctx, args.positional.first())? as usize)
}

fn of_path(ctx: &mut Context<'_>, args: Arguments<'_>, action: fn(Arc<str>) -> Action) -> Result<Operation> {
    operation(action(path_of(ctx, args.positional.first())?))
}

fn of_file(ctx: &mut Context<'_>, args: Arguments<'_>, action: fn(usize) -> Action) -> Result<Operation> {
    operation(action(handle_of(ctx, args)?))
}

/// `__path_move(from, to)`
fn rename(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let (from, to) = (path_of(ctx, args.positional.first())?, path_of(ctx, args.positional.get(1))?);
    operation(Action::Rename(from, to))
}

/// `__file_open(path, letters)`: `r` may be read, `w` written, `a` only at its end, `c` it is made, `x` it must not be there,
/// `t` it is emptied.
fn open(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let (path, letters) = (path_of(ctx, args.positional.first())?, path_of(ctx, args.positional.get(1))?);
    let has = |letter| letters.contains(letter);
    let mode = Mode {
        read: has('r'),
        write: has('w'),
        append: has('a'),
        create: has('c'),
        exclusive: has('x'),
        truncate: has('t'),
    };
    operation(Action::Open(path, mode))
}

/// `__file_read(file, count, chars)`: a negative number means all.
fn read(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let handle = handle_of(ctx, args)?;
    let count = usize::try_from(number_of(ctx, args.positional.get(1))?).ok();
    let chars = matches!(args.positional.get(2), Some(Value::Bool(true)));
    operation(Action::Read { handle, count, chars })
}

/// `__file_write(file, bytes)`
fn write(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let handle = handle_of(ctx, args)?;
    match args.positional.get(1).map(Value::plain) {
        Some(Value::Bytes(data)) => operation(Action::Write(handle, data.as_slice().into())),
        _ => Err(misused(ctx)),
    }
}

/// `__file_seek(file, offset, whence)`
fn seek(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let handle = handle_of(ctx, args)?;
    let (offset, whence) = (number_of(ctx, args.positional.get(1))?, number_of(ctx, args.positional.get(2))?);
    operation(Action::Seek { handle, offset, whence: whence.clamp(0, 3) as u8 })
}

/// `__file_cut(file, size)`: `None` means where it stands.
fn cut(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let handle = handle_of(ctx, args)?;
    let size = match args.positional.get(1) {
        None | Some(Value::None) => None,
        size => Some(usize::try_from(number_of(ctx, size)?).unwrap_or(0)),
    };
    operation(Action::Cut(handle, size))
}

/// Something comes from outside: threads that wait for it can go on.
pub fn give(shared: &mut Shared, given: &Given) {
    triomphe::Arc::make_mut(&mut shared.outside).take_in(given);
    let ready = |waiting: &Waiting, shared: &Shared| match &waiting.operation {
        Operation::Files(action) => want(action, &shared.outside).is_none(),
        _ => false,
    };
    for thread in (0..shared.threads.len() as u32).map(ThreadId) {
        let waiting = shared.record(thread).waiting.as_ref().filter(|it| it.on == Blocker::Outside && !it.ready);
        if waiting.is_some_and(|waiting| ready(waiting, shared)) {
            if let Some(waiting) = &mut shared.record_mut(thread).waiting {
                waiting.ready = true;
            }
            if !shared.silent {
                shared.emit(thread, EventKind::Ready { by: None });
                shared.woken.push(thread);
            }
        }
    }
}

/// Nobody does to the disk what was done here.
pub fn forget_changes(shared: &mut Shared) {
    if !shared.outside.is_unchanged() {
        triomphe::Arc::make_mut(&mut shared.outside).take_changes();
    }
}

/// What the thread waits for, if it waits for something from outside.
pub fn wanted(shared: &Shared, thread: ThreadId) -> Option<Want> {
    let waiting = shared.record(thread).waiting.as_ref().filter(|it| it.on == Blocker::Outside && !it.ready)?;
    match &waiting.operation {
        Operation::Files(action) => want(action, &shared.outside),
        _ => None,
    }
}

/// What the thread, which stands before an operation, waits for from outside then.
pub fn lacks(thread: &Thread, shared: &Shared) -> Option<Want> {
    match &thread.pending {
        Some(Operation::Files(action)) => want(action, &shared.outside),
        _ => None,
    }
}

/// What is missing for the action.
fn want(action: &Action, outside: &Outside) -> Option<Want> {
    match action {
        Action::Here => outside.here.is_none().then_some(Want::Here),
        Action::Line => (!outside.has_line()).then_some(Want::Line),
        Action::Go(path)
        | Action::Look(path)
        | Action::List(path)
        | Action::Remove(path)
        | Action::RemoveFolder(path) => outside.lacks(path, false),
        Action::Open(path, mode) => outside.lacks(path, mode.create),
        Action::MakeFolder(path) => outside.lacks(path, true),
        Action::Rename(from, to) => outside.lacks(from, false).or_else(|| outside.lacks(to, true)),
        Action::Read { .. }
        | Action::ReadLine(_)
        | Action::Write(..)
        | Action::Tell(_)
        | Action::Seek { .. }
        | Action::Cut(..)
        | Action::Flush(_)
        | Action::Close(_) => None,
    }
}

impl Primitive for Action {
    type On = ();

    fn perform(&self, turn: &mut Turn<'_>, (): (), _: Stage, _: Alternative) -> Result<Progress> {
        if want(self, &turn.shared.outside).is_some() {
            // Where nobody watches, nobody gives anything: a search ends here, and says so.
            if turn.shared.silent {
                triomphe::Arc::make_mut(&mut turn.shared.outside).lacking = true;
                turn.process_mut().household.status = Some(0);
                return done(Value::None);
            }
            return blocked(Blocker::Outside, None, Part::Again);
        }
        let path = match self {
            Action::Read { handle, .. }
            | Action::ReadLine(handle)
            | Action::Write(handle, _)
            | Action::Tell(handle)
            | Action::Seek { handle, .. }
            | Action::Cut(handle, _)
            | Action::Flush(handle)
            | Action::Close(handle) => match turn.shared.outside.opened(*handle) {
                Some(opened) => opened.path.clone(),
                None => return done(Value::None),
            },
            Action::Here | Action::Line => Arc::default(),
            Action::Go(path)
            | Action::Look(path)
            | Action::List(path)
            | Action::Open(path, _)
            | Action::MakeFolder(path)
            | Action::Remove(path)
            | Action::RemoveFolder(path)
            | Action::Rename(path, _) => path.clone(),
        };
        let outside = triomphe::Arc::make_mut(&mut turn.shared.outside);
        let (value, deed, count) = act(self, outside);
        let value = match value {
            Made::Value(value) => value,
            Made::Names(names) => {
                let names = names.iter().map(|name| Value::str(&**name)).collect();
                Value::Object(Kind::List, turn.private.add(Object::List(names)))
            }
        };
        turn.emit(EventKind::Io { deed, path, count: count as u64 });
        done(value)
    }

    fn ready(&self, shared: &Shared, _: ThreadId, (): (), _: Stage) -> bool {
        want(self, &shared.outside).is_none()
    }

    fn verb(&self) -> &'static str {
        match self {
            Action::Here | Action::Go(_) | Action::Look(_) | Action::List(_) | Action::Tell(_) => "look at the disk",
            Action::Line => "read a line",
            Action::Open(..) => "open a file",
            Action::Read { .. } | Action::ReadLine(_) => "read a file",
            Action::Write(..) | Action::Cut(..) | Action::Flush(_) => "write a file",
            Action::Seek { .. } => "go to a place in a file",
            Action::Close(_) => "close a file",
            Action::MakeFolder(_) => "make a folder",
            Action::Remove(_) | Action::RemoveFolder(_) => "remove",
            Action::Rename(..) => "rename",
        }
    }
}

/// What an action gives.
enum Made {
    Value(Value),
    /// A list of these.
    Names(Vec<Arc<str>>),
}

fn failed(result: std::result::Result<usize, i32>) -> Made {
    Made::Value(Value::Int(result.map_or_else(|errno| -i64::from(errno), |value| value as i64)))
}

/// Does the action, for which all is known: what it gives, and what it did to how much.
fn act(action: &Action, outside: &mut Outside) -> (Made, Deed, usize) {
    let nothing = |()| 0;
    match action {
        Action::Here => (Made::Value(Value::str(&*outside.here.clone().unwrap_or_default())), Deed::Looked, 0),
        Action::Line => {
            let line = outside.line();
            (Made::Value(Value::str(&*line)), Deed::Typed, line.len())
        }
        Action::Go(path) => (failed(outside.go(path).map(nothing)), Deed::Looked, 0),
        Action::Look(path) => (Made::Value(looked(outside, path)), Deed::Looked, 0),
        Action::List(path) => match outside.node(path) {
            Some(Node::Folder(names)) => (Made::Names(names.into_iter().collect()), Deed::Looked, 0),
            Some(Node::File(_)) => (failed(Err(NO_FOLDER)), Deed::Looked, 0),
            Some(Node::Refused(errno)) => (failed(Err(errno)), Deed::Looked, 0),
            Some(Node::Nothing) | None => (failed(Err(NO_ENTRY)), Deed::Looked, 0),
        },
        Action::Open(path, mode) => (failed(outside.open(path, *mode)), Deed::Opened, 0),
        Action::Read { handle, count, chars } => {
            let data = outside.read(*handle, *count, *chars);
            let length = data.len();
            (Made::Value(bytes::make(data)), Deed::Read, length)
        }
        Action::ReadLine(handle) => {
            let data = outside.read_line(*handle);
            let length = data.len();
            (Made::Value(bytes::make(data)), Deed::Read, length)
        }
        Action::Write(handle, data) => {
            outside.write(*handle, data);
            (failed(Ok(data.len())), Deed::Wrote, data.len())
        }
        Action::Tell(handle) => (failed(Ok(outside.place(*handle).0)), Deed::Looked, 0),
        Action::Seek { handle, offset, whence } => {
            let (at, size) = outside.place(*handle);
            let from = [0, at as i64, size as i64].get(usize::from(*whence)).copied();
            match from.and_then(|from| usize::try_from(from.saturating_add(*offset)).ok()) {
                Some(at) => {
                    outside.seek(*handle, at);
                    (failed(Ok(at)), Deed::Looked, 0)
                }
                None => (failed(Err(INVALID)), Deed::Looked, 0),
            }
        }
        Action::Cut(handle, size) => {
            let size = size.unwrap_or_else(|| outside.place(*handle).0);
            outside.cut(*handle, size);
            (failed(Ok(size)), Deed::Wrote, 0)
        }
        Action::Flush(handle) => {
            outside.flush(*handle);
            (failed(Ok(0)), Deed::Wrote, 0)
        }
        Action::Close(handle) => {
            outside.close(*handle);
            (failed(Ok(0)), Deed::Closed, 0)
        }
        Action::MakeFolder(path) => (failed(outside.make_folder(path).map(nothing)), Deed::Changed, 0),
        Action::Remove(path) => (failed(outside.remove(path, false).map(nothing)), Deed::Changed, 0),
        Action::RemoveFolder(path) => (failed(outside.remove(path, true).map(nothing)), Deed::Changed, 0),
        Action::Rename(from, to) => (failed(outside.rename(from, to).map(nothing)), Deed::Changed, 0),
    }
}

/// What is at a path: whether it is a folder, and the size of a file; or a negative number.
fn looked(outside: &Outside, path: &Arc<str>) -> Value {
    let (folder, size) = match outside.node(path) {
        Some(Node::File(file)) => (false, outside.size(file)),
        Some(Node::Folder(_)) => (true, 4096),
        Some(Node::Refused(errno)) => return Value::Int(-i64::from(errno)),
        Some(Node::Nothing) | None => return Value::Int(-i64::from(NO_ENTRY)),
    };
    Value::tuple(vec![Value::Bool(folder), Value::Int(size as i64)])
}
