//! What methods are called with, the errors for it in CPython's words, and numbers as CPython draws them.

use super::*;

fn text(value: &str) -> Value {
    Value::str(value)
}

#[test]
fn attempts_on_locks_check_their_arguments() {
    let mut world = World::new(0, "a Lock, r RLock");
    for name in ["a", "r"] {
        let mut acquire =
            |arguments: &[Value], keywords: &[(&str, Value)]| world.method(name, "acquire", arguments, keywords);
        assert_eq!(
            acquire(&[Value::Bool(false), Value::Int(1)], &[]),
            "ValueError: can't specify a timeout for a non-blocking call"
        );
        assert_eq!(acquire(&[], &[("timeout", Value::Int(-2))]), "ValueError: timeout value must be positive");
        assert_eq!(
            acquire(&[], &[("timeout", Value::Float(1e12))]),
            "OverflowError: timestamp out of range for platform time_t"
        );
        assert_eq!(
            acquire(&[], &[("timeout", Value::Float(f64::NAN))]),
            "ValueError: Invalid value NaN (not a number)"
        );
        assert_eq!(
            acquire(&[], &[("timeout", Value::None)]),
            "TypeError: 'NoneType' object cannot be interpreted as an integer"
        );
        assert_eq!(
            acquire(&[], &[("foo", Value::Int(1))]),
            "TypeError: acquire() got an unexpected keyword argument 'foo'"
        );
        assert_eq!(acquire(&[], &[("timeout", Value::Int(-1)), ("blocking", Value::Bool(false))]), "true");
    }
    assert_eq!(world.method("a", "acquire", &[Value::Bool(true), Value::Float(2.5)], &[]), "blocked");
    assert_eq!(world.shared.threads[0].waiting.as_ref().unwrap().until, Some(2_500_000_000));
}

#[test]
fn semaphores_and_queues_check_their_arguments() {
    let mut world = World::new(0, "s Semaphore 1, q Queue 1, u Queue");
    assert_eq!(
        world.method("s", "acquire", &[Value::Bool(false), Value::Int(1)], &[]),
        "ValueError: can't specify timeout for non-blocking acquire"
    );
    assert_eq!(world.method("s", "release", &[Value::Int(0)], &[]), "ValueError: n must be one or more");
    assert_eq!(
        world.function("threading", "Semaphore", &[Value::Int(-1)], &[]),
        "ValueError: semaphore initial value must be >= 0"
    );
    assert_eq!(
        world.method("s", "acquire", &[Value::Int(1), Value::Int(2), Value::Int(3)], &[]),
        "TypeError: Semaphore.acquire() takes from 1 to 3 positional arguments but 4 were given"
    );
    assert_eq!(
        world.method("q", "put", &[], &[]),
        "TypeError: Queue.put() missing 1 required positional argument: 'item'"
    );
    let negative = [("timeout", Value::Int(-1))];
    assert_eq!(world.method("q", "get", &[], &negative), "ValueError: 'timeout' must be a non-negative number");
    assert_eq!(
        world.method("q", "put", &[Value::Int(1)], &negative),
        "ValueError: 'timeout' must be a non-negative number"
    );
    assert_eq!(world.method("u", "put", &[Value::Int(1)], &negative), "None");
    assert_eq!(world.method("q", "get_nowait", &[], &[]), "Empty");
    assert_eq!(world.method("q", "put_nowait", &[Value::Int(1)], &[]), "None");
    assert_eq!(world.method("q", "put", &[Value::Int(1), Value::Bool(false)], &[]), "Full");
    assert_eq!(world.method("q", "full", &[], &[]), "true");
}

#[test]
fn conditions_take_locks_and_run_predicates_in_the_prelude() {
    let mut world = World::new(0, "a Lock, c Condition a");
    assert_eq!(
        world.function("threading", "Condition", &[Value::Int(5)], &[]),
        "AttributeError: 'int' object has no attribute 'acquire'"
    );
    let called = world.method("c", "wait_for", &[Value::Int(1)], &[]);
    assert_eq!(called, format!("calls \"condition_wait_for\" with [<Condition {}>, 1, None]", world.id("c")));
}

#[test]
fn sleeping_takes_the_runs_time() {
    let mut world = World::new(0, "");
    assert_eq!(
        world.function("time", "sleep", &[Value::Int(-1)], &[]),
        "ValueError: sleep length must be non-negative"
    );
    assert_eq!(
        world.function("time", "sleep", &[text("a")], &[]),
        "TypeError: 'str' object cannot be interpreted as an integer"
    );
    assert_eq!(
        world.function("time", "sleep", &[], &[]),
        "TypeError: time.sleep() takes exactly one argument (0 given)"
    );
    assert_eq!(world.function("time", "sleep", &[Value::Int(0)], &[]), "None");
    world.shared.now = 10;
    assert_eq!(world.function("time", "sleep", &[Value::Float(0.5)], &[]), "waiting");
    assert_eq!(world.shared.threads[0].waiting.as_ref().unwrap().until, Some(500_000_010));
    world.shared.now = 500_000_010;
    world.events();
    assert_eq!(world.act("0 late"), "None");
    assert_eq!(world.events(), ["T0 Slept"]);
    assert_eq!(world.function("time", "monotonic_ns", &[], &[]), "500000010");
    assert_eq!(world.function("time", "time", &[], &[]), "1.50000001");
}

#[test]
fn objects_print_as_in_cpython() {
    let world = World::new(0, "a Lock, r RLock, s BoundedSemaphore 2, e Event, b Barrier 2, q Queue");
    let shown = |name: &str| {
        let (kind, id) = world.objects[name];
        let at = format!("{:#x}", address(id));
        repr(kind, world.process().heap.get(id).unwrap(), id).replace(&at, "AT")
    };
    assert_eq!(shown("a"), "<unlocked _thread.lock object at AT>");
    assert_eq!(shown("r"), "<unlocked _thread.RLock object owner=0 count=0 at AT>");
    assert_eq!(shown("s"), "<threading.BoundedSemaphore at AT: value=2/2>");
    assert_eq!(shown("e"), "<threading.Event at AT: unset>");
    assert_eq!(shown("b"), "<threading.Barrier at AT: waiters=0/2>");
    assert_eq!(shown("q"), "<queue.Queue object at AT>");
}

#[test]
fn every_member_of_the_modules_exists() {
    for module in crate::bytecode::library::MODULES {
        if ["threading", "time", "random", "queue"].contains(&module.name) {
            for member in module.native {
                assert!(module_member(module.name, member).is_some(), "{}.{member}", module.name);
            }
        }
    }
}

/// Seeds with the value, then calls; the result's items when it is a list.
struct Dice(World);

impl Dice {
    fn seeded(seed: Value) -> Dice {
        let mut world = World::new(0, "");
        assert_eq!(world.function("random", "seed", &[seed], &[]), "None");
        Dice(world)
    }

    fn roll(&mut self, name: &str, arguments: &[Value]) -> String {
        self.roll_with(name, arguments, &[])
    }

    fn roll_with(&mut self, name: &str, arguments: &[Value], keywords: &[(&str, Value)]) -> String {
        let result = self.0.function("random", name, arguments, keywords);
        match &self.0.value {
            Value::Object(Kind::List, id) => match self.0.heaps[0].get(*id) {
                Some(Object::List(items)) => format!("{items:?}"),
                other => panic!("{other:?}"),
            },
            _ => result,
        }
    }
}

fn int(value: i64) -> Value {
    Value::Int(value)
}

#[test]
fn a_seed_gives_the_numbers_of_cpython() {
    let mut dice = Dice::seeded(int(42));
    let numbers: Vec<_> = (0..3).map(|_| dice.roll("random", &[])).collect();
    assert_eq!(numbers, ["0.6394267984578837", "0.025010755222666936", "0.27502931836911926"]);
    let mut dice = Dice::seeded(int(42));
    let numbers: Vec<_> = (0..10).map(|_| dice.roll("randint", &[int(1), int(6)])).collect();
    assert_eq!(numbers.concat(), "6116322261");
    let mut dice = Dice::seeded(int(42));
    let numbers: Vec<_> = (0..5).map(|_| dice.roll("randrange", &[int(0), int(1000), int(7)])).collect();
    assert_eq!(numbers, ["196", "42", "490", "434", "399"]);
    assert_eq!(dice.roll("randrange", &[int(10)]), "2");
    assert_eq!(dice.roll("randint", &[int(-5), int(5)]), "-4");
    assert_eq!(dice.roll("randint", &[int(0), int(1 << 40)]), "70531617177");
    assert_eq!(dice.roll("randrange", &[int(10), int(0), int(-3)]), "10");
}

#[test]
fn choices_samples_and_shuffles_are_those_of_cpython() {
    let range =
        |stop| Value::Range(triomphe::Arc::new(crate::machine::memory::value::Range { start: 0, stop, step: 1 }));
    let tuple = |numbers: &[i64]| Value::tuple(numbers.iter().copied().map(Value::Int).collect());
    let mut dice = Dice::seeded(int(42));
    assert_eq!(dice.roll("uniform", &[int(1), int(10)]), "6.754841186120954");
    assert_eq!(dice.roll("choice", &[text("abc")]), "\"a\"");
    assert_eq!(dice.roll_with("choices", &[tuple(&[1, 2, 3])], &[("k", int(4))]), "[3, 1, 1, 1]");
    let weights = [("weights", tuple(&[5, 1, 1])), ("k", int(4))];
    assert_eq!(dice.roll_with("choices", &[tuple(&[1, 2, 3])], &weights), "[2, 1, 1, 1]");

    let mut dice = Dice::seeded(int(42));
    let list = dice.0.heaps[0].add(Object::List((0..10).map(Value::Int).collect()));
    dice.0.function("random", "shuffle", &[Value::Object(Kind::List, list)], &[]);
    let Some(Object::List(items)) = dice.0.heaps[0].get(list) else { panic!() };
    assert_eq!(format!("{items:?}"), "[7, 3, 2, 8, 5, 6, 9, 4, 0, 1]");
    assert_eq!(dice.roll("sample", &[range(100), int(5)]), "[75, 54, 4, 3, 11]");
    assert_eq!(dice.roll("sample", &[tuple(&[1, 2, 3, 4]), int(3)]), "[2, 1, 3]");
    assert_eq!(dice.roll("sample", &[range(10_000), int(4)]), "[9195, 3257, 8928, 6873]");
}

#[test]
fn distributions_and_bits_are_those_of_cpython() {
    let mut dice = Dice::seeded(int(42));
    assert_eq!(dice.roll("gauss", &[int(0), int(1)]), "-0.14409032957792836");
    assert_eq!(dice.roll("gauss", &[int(0), int(1)]), "-0.1729036003315193");
    assert_eq!(dice.roll("expovariate", &[Value::Float(2.0)]), "0.1608120320374828");
    assert_eq!(dice.roll("getrandbits", &[int(5)]), "7");
    assert_eq!(dice.roll("getrandbits", &[int(70)]), "124265960472762171881");
}

#[test]
fn every_kind_of_seed_is_that_of_cpython() {
    let big = Value::big((num_bigint::BigInt::from(1) << 70) + 5);
    let long = "x".repeat(300);
    for (seed, first) in [
        (text("hello"), "0.3537754404730722"),
        (Value::Float(3.5), "0.3039190124834461"),
        (int(-7), "0.32383276483316237"),
        (big, "0.46679953776226335"),
        (int(0), "0.8444218515250481"),
        (Value::Bool(true), "0.13436424411240122"),
        (Value::Float(0.1), "0.8062579873336703"),
        (Value::Float(-0.1), "0.9101117294798381"),
        (text(""), "0.9602256525641875"),
        (text(&long), "0.22742392778346976"),
    ] {
        let label = format!("{seed:?}");
        assert_eq!(Dice::seeded(seed).roll("random", &[]), first, "seed {label}");
    }
}

#[test]
fn draws_check_their_arguments() {
    let mut dice = Dice::seeded(int(1));
    let empty = Value::tuple(Vec::new());
    let one = Value::tuple(vec![int(1)]);
    for (name, arguments, error) in [
        ("randint", vec![int(5), int(1)], "ValueError: empty range for randrange() (5, 2, -3)"),
        ("randrange", vec![int(0)], "ValueError: empty range for randrange()"),
        ("randrange", vec![int(1), int(5), int(0)], "ValueError: zero step for randrange()"),
        ("randint", vec![Value::Float(1.5), int(2)], "ValueError: non-integer arg 1 for randrange()"),
        ("choice", vec![empty.clone()], "IndexError: Cannot choose from an empty sequence"),
        ("choice", vec![int(5)], "TypeError: object of type 'int' has no len()"),
        ("sample", vec![one.clone(), int(2)], "ValueError: Sample larger than population or is negative"),
        ("shuffle", vec![one.clone()], "TypeError: 'tuple' object does not support item assignment"),
        ("choices", vec![empty], "IndexError: list index out of range"),
        ("choices", vec![one.clone(), int(2)], "TypeError: The number of choices must be a keyword argument: k=2"),
        ("uniform", vec![text("a"), int(1)], "TypeError: unsupported operand type(s) for -: 'int' and 'str'"),
        ("expovariate", vec![int(0)], "ZeroDivisionError: float division by zero"),
    ] {
        assert_eq!(dice.roll(name, &arguments), error);
    }
    let weights = |numbers: Vec<Value>| [("weights", Value::tuple(numbers))];
    assert_eq!(
        dice.roll_with("choices", std::slice::from_ref(&one), &weights(vec![int(0)])),
        "ValueError: Total of weights must be greater than zero"
    );
    assert_eq!(
        dice.roll_with("choices", &[one], &weights(vec![int(1), int(2)])),
        "ValueError: The number of weights does not match the population"
    );
}

#[test]
fn shuffling_a_shared_list_reads_and_writes_it() {
    let mut world = World::new(0, "");
    let list = world.heaps[0].add(Object::List((0..3).map(Value::Int).collect()));
    let value = Value::Object(Kind::List, list);
    world.turn(0).share(&value);
    world.events();
    world.function("random", "shuffle", &[value], &[]);
    let events = world.events();
    assert!(events[0].starts_with("T0 Read { place: Content"), "{events:?}");
    assert!(events[1].starts_with("T0 Wrote { place: Content"), "{events:?}");
}
