//! Lists, dicts, subscripts, iteration.

use super::*;

#[test]
fn lists_are_changed() {
    with(|ctx| {
        let list = l(ctx, &[int(3), int(1), int(2)]);
        let steps: &[(&str, &[Value], &str, &str)] = &[
            ("append", &[int(4)], "None", "[3, 1, 2, 4]"),
            ("sort", &[], "None", "[1, 2, 3, 4]"),
            ("reverse", &[], "None", "[4, 3, 2, 1]"),
            ("insert", &[int(-1), int(9)], "None", "[4, 3, 2, 9, 1]"),
            ("pop", &[], "1", "[4, 3, 2, 9]"),
            ("pop", &[int(0)], "4", "[3, 2, 9]"),
            ("pop", &[int(7)], "IndexError: pop index out of range", "[3, 2, 9]"),
            ("remove", &[int(2)], "None", "[3, 9]"),
            ("remove", &[int(2)], "ValueError: list.remove(x): x not in list", "[3, 9]"),
            ("extend", &[s("ab")], "None", "[3, 9, 'a', 'b']"),
            ("index", &[s("b")], "3", "[3, 9, 'a', 'b']"),
            ("index", &[s("z")], "ValueError: 'z' is not in list", "[3, 9, 'a', 'b']"),
            ("append", &[], "TypeError: list.append() takes exactly one argument (0 given)", "[3, 9, 'a', 'b']"),
            ("insert", &[int(1)], "TypeError: insert expected 2 arguments, got 1", "[3, 9, 'a', 'b']"),
            ("clear", &[], "None", "[]"),
            ("pop", &[], "IndexError: pop from empty list", "[]"),
        ];
        for (name, args, expected, after) in steps {
            let result = method(ctx, &list, name, args);
            assert_eq!(show(ctx, result), *expected, "{name}");
            assert_eq!(repr::repr(ctx, &list).unwrap(), *after, "{name}");
        }
        list_of_itself(ctx);
    });
}

fn list_of_itself(ctx: &mut Context<'_>) {
    let list = l(ctx, &[int(1)]);
    method(ctx, &list, "append", std::slice::from_ref(&list)).unwrap();
    assert_eq!(repr::repr(ctx, &list).unwrap(), "[1, [...]]");
    let other = l(ctx, &[int(1)]);
    method(ctx, &other, "append", std::slice::from_ref(&other)).unwrap();
    let result = operator::compare(ctx, Comparison::Equal, &list, &other);
    assert_eq!(show(ctx, result), "RecursionError: maximum recursion depth exceeded in comparison");
}

#[test]
fn deep_nesting_raises() {
    with(|ctx| {
        let mut list = l(ctx, &[]);
        for _ in 0..100_000 {
            list = l(ctx, &[list]);
        }
        let result = repr::repr(ctx, &list).map(Value::str);
        let expected = "RecursionError: maximum recursion depth exceeded while getting the repr of an object";
        assert_eq!(show(ctx, result), expected);
    });
}

fn slice(start: Value, stop: Value, step: Value) -> Value {
    Value::Slice(Arc::new(crate::machine::memory::value::Slice([start, stop, step])))
}

#[test]
fn subscripts() {
    let none = || Value::None;
    let digits = t(&(0..6).map(int).collect::<Vec<_>>());
    let range = Value::Range(Arc::new(crate::machine::memory::value::Range { start: 0, stop: 10, step: 2 }));
    let table = [
        (digits.clone(), int(-1), "5"),
        (digits.clone(), int(6), "IndexError: tuple index out of range"),
        (digits.clone(), slice(int(1), int(4), none()), "(1, 2, 3)"),
        (digits.clone(), slice(none(), none(), int(-2)), "(5, 3, 1)"),
        (digits.clone(), slice(int(-2), none(), none()), "(4, 5)"),
        (digits.clone(), slice(int(4), int(1), none()), "()"),
        (digits.clone(), slice(none(), none(), int(0)), "ValueError: slice step cannot be zero"),
        (digits, s("a"), "TypeError: tuple indices must be integers or slices, not str"),
        (s("héllo"), int(1), "'é'"),
        (s("héllo"), slice(none(), none(), int(-1)), "'olléh'"),
        (s("abc"), int(3), "IndexError: string index out of range"),
        (s("abc"), s("a"), "TypeError: string indices must be integers, not 'str'"),
        (range.clone(), int(2), "4"),
        (range.clone(), int(9), "IndexError: range object index out of range"),
        (range.clone(), slice(int(1), int(3), none()), "range(2, 6, 2)"),
        (range, slice(none(), none(), int(-1)), "range(8, -2, -2)"),
        (int(1), int(0), "TypeError: 'int' object is not subscriptable"),
        (Value::Type(&types::LIST), Value::Type(&types::INT), "<class 'list'>"),
    ];
    let mut rows = Table::default();
    for (container, index, expected) in table {
        with(|ctx| {
            let result = item::load(ctx, &container, &index);
            let found = show(ctx, result);
            rows.row(format!("{container:?}[{index:?}]"), found, expected);
        });
    }
}

#[test]
fn slices_are_stored_and_deleted() {
    let none = || Value::None;
    let table = [
        (slice(int(1), int(3), none()), Some(s("xyz")), "[0, 'x', 'y', 'z', 3, 4]"),
        (slice(none(), none(), int(2)), Some(s("abc")), "['a', 1, 'b', 3, 'c']"),
        (slice(int(3), int(1), none()), Some(s("z")), "[0, 1, 2, 'z', 3, 4]"),
        (
            slice(none(), none(), int(2)),
            Some(s("ab")),
            "ValueError: attempt to assign sequence of size 2 to extended slice of size 3",
        ),
        (slice(int(0), int(1), none()), Some(int(1)), "TypeError: can only assign an iterable"),
        (slice(int(1), int(3), none()), None, "[0, 3, 4]"),
        (slice(none(), none(), int(-2)), None, "[1, 3]"),
        (int(9), Some(int(1)), "IndexError: list assignment index out of range"),
        (int(-1), None, "[0, 1, 2, 3]"),
    ];
    let mut rows = Table::default();
    for (index, value, expected) in table {
        with(|ctx| {
            let list = l(ctx, &(0..5).map(int).collect::<Vec<_>>());
            let result = match &value {
                Some(value) => item::store(ctx, &list, &index, value.clone()),
                None => item::delete(ctx, &list, &index),
            };
            let found = show(ctx, result.map(|()| list));
            rows.row(format!("{index:?} {value:?}"), found, expected);
        });
    }
}

#[test]
fn dicts_know_equal_keys() {
    with(|ctx| {
        let dict = builtin_call(ctx, "dict", &[]).unwrap();
        item::store(ctx, &dict, &int(1), s("a")).unwrap();
        item::store(ctx, &dict, &f(1.0), s("b")).unwrap();
        item::store(ctx, &dict, &t(&[int(1), s("x")]), s("c")).unwrap();
        item::store(ctx, &dict, &Value::Bool(true), s("d")).unwrap();
        assert_eq!(repr::repr(ctx, &dict).unwrap(), "{1: 'd', (1, 'x'): 'c'}");
        let found = item::load(ctx, &dict, &t(&[f(1.0), s("x")]));
        assert_eq!(show(ctx, found), "'c'");
        let missing = item::load(ctx, &dict, &s("no"));
        assert_eq!(show(ctx, missing), "KeyError: 'no'");
        let list = l(ctx, &[]);
        let unhashable = item::store(ctx, &dict, &list, int(1)).map(|()| Value::None);
        assert_eq!(show(ctx, unhashable), "TypeError: unhashable type: 'list'");
        let frozen = builtin_call(ctx, "frozenset", &[t(&[int(1), int(2)])]).unwrap();
        let same = builtin_call(ctx, "frozenset", &[t(&[int(2), int(1)])]).unwrap();
        item::store(ctx, &dict, &frozen, s("e")).unwrap();
        let found = item::load(ctx, &dict, &same);
        assert_eq!(show(ctx, found), "'e'");
    });
}

#[test]
fn loops_see_what_changes() {
    with(|ctx| {
        let list = l(ctx, &[int(1)]);
        let mut iteration = iterate::begin(ctx, &list).unwrap();
        iterate::next(ctx, &mut iteration).unwrap();
        method(ctx, &list, "append", &[int(2)]).unwrap();
        assert!(matches!(iterate::next(ctx, &mut iteration), Ok(Some(Value::Int(2)))));
        assert!(matches!(iterate::next(ctx, &mut iteration), Ok(None)));
        let set = builtin_call(ctx, "set", &[t(&[int(1), int(2)])]).unwrap();
        let mut iteration = iterate::begin(ctx, &set).unwrap();
        iterate::next(ctx, &mut iteration).unwrap();
        method(ctx, &set, "add", &[int(5)]).unwrap();
        let result = iterate::next(ctx, &mut iteration).map(|_| Value::None);
        assert_eq!(show(ctx, result), "RuntimeError: Set changed size during iteration");
    });
}

#[test]
fn every_name_of_the_library_is_here_or_elsewhere() {
    const ELSEWHERE: &[&str] =
        &["delattr", "dir", "getattr", "globals", "hasattr", "iter", "locals", "next", "setattr", "vars"];
    use crate::bytecode::library::{BUILTINS, MODULES};
    let missing: Vec<_> = BUILTINS.iter().filter(|name| builtin(name).is_none() && !ELSEWHERE.contains(name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    for module in MODULES.iter().filter(|module| matches!(module.name, "math" | "typing" | "sys" | "__future__")) {
        for member in module.native {
            assert!(module_member(module.name, member).is_some(), "{}.{member}", module.name);
        }
    }
}

#[test]
fn values_are_shown_short() {
    with(|ctx| {
        let list = l(ctx, &(0..20).map(int).collect::<Vec<_>>());
        let heap = |id| ctx.memory.private.get(id);
        assert_eq!(shown(&list, ctx.image, &heap).to_string(), "[0, 1, 2, 3, 4, 5, 6, 7, …]");
        let long = s(&"x".repeat(100));
        assert_eq!(shown(&long, ctx.image, &heap).to_string(), format!("'{}…", "x".repeat(59)));
        assert_eq!(shown(&int(5), ctx.image, &heap), crate::event::Shown::Int(5));
    });
}
