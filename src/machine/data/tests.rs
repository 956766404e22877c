//! Tables of expressions and what CPython 3.11 gives for them.

use super::*;
use crate::base::{Source, ThreadId};
use crate::bytecode::{BinaryOperator, Comparison, Program};
use crate::machine::heap::{Memory, PrivateHeap, Reach};
use crate::machine::native::{Arguments, Call};
use crate::machine::object::{Object, Payload};
use num_bigint::BigInt;

/// Runs a test with a context of an empty program.
fn with<T>(test: impl FnOnce(&mut Context<'_>) -> T) -> T {
    let program = Program {
        source: std::sync::Arc::new(Source::new("test.py", "")),
        codes: Vec::new(),
        prelude: None,
        main: crate::bytecode::CodeId(0),
        symbols: vec!["key".into(), "reverse".into(), "name".into(), "end".into(), "default".into()].into(),
        globals: Vec::new(),
        attributes: Vec::new(),
    };
    let image = Image::new(std::sync::Arc::new(program));
    let mut heap = PrivateHeap::new(ThreadId::MAIN);
    let memory = Memory { private: &mut heap, reach: Reach::Private };
    test(&mut Context { memory, image: &image, me: ThreadId::MAIN, thread_object: &Value::None })
}

fn int(number: i64) -> Value {
    Value::Int(number)
}

fn s(text: &str) -> Value {
    Value::str(text)
}

fn big(text: &str) -> Value {
    Value::big(text.parse::<BigInt>().unwrap())
}

fn f(number: f64) -> Value {
    Value::Float(number)
}

fn t(items: &[Value]) -> Value {
    Value::tuple(items.to_vec())
}

fn l(ctx: &mut Context<'_>, items: &[Value]) -> Value {
    list::make(ctx, items.to_vec())
}

/// The result as `repr` writes it, or the exception as `Type: message`.
fn show(ctx: &mut Context<'_>, result: Result) -> String {
    let result = result.and_then(|value| repr::repr(ctx, &value));
    match result {
        Ok(text) => text,
        Err(Halt::Raise(Value::Instance(instance))) => match ctx.memory.get(instance.id).unwrap() {
            Object::Instance(object) => {
                let Payload::Exception(data) = &object.payload else { panic!("no exception") };
                let data = data.clone();
                format!("{}: {}", instance.class.name(), exception::text(ctx, &instance.class, &data).unwrap())
            }
            _ => panic!("no instance"),
        },
        Err(other) => format!("{other:?}"),
    }
}

fn call(ctx: &mut Context<'_>, native: &Native, args: &[Value]) -> Result {
    match native.call {
        Call::Plain(function) => function(ctx, Arguments { positional: args, keywords: &[] }),
        _ => panic!("not plain"),
    }
}

use crate::machine::native::Native;

/// Calls a builtin function or type by name.
fn builtin_call(ctx: &mut Context<'_>, name: &str, args: &[Value]) -> Result {
    match builtin(name).unwrap() {
        Value::Native(native) => call(ctx, native, args),
        Value::Type(class) => {
            let mut all = vec![Value::Type(class)];
            all.extend_from_slice(args);
            match class.construct {
                Some(Call::Plain(function)) => function(ctx, Arguments { positional: &all, keywords: &[] }),
                _ => panic!("not plain"),
            }
        }
        _ => panic!("not callable"),
    }
}

fn method(ctx: &mut Context<'_>, receiver: &Value, name: &str, args: &[Value]) -> Result {
    let ClassRef::Builtin(class) = types::class_of(receiver) else { panic!("no builtin") };
    let mut all = vec![receiver.clone()];
    all.extend_from_slice(args);
    call(ctx, class.method(name).unwrap_or_else(|| panic!("no method {name}")), &all)
}

/// Compares all rows of a table, then reports those that differ.
#[derive(Default)]
struct Table(Vec<String>);

impl Table {
    fn row(&mut self, what: String, found: String, expected: &str) {
        if found != expected {
            self.0.push(format!("{what}\n  gave     {found}\n  expected {expected}"));
        }
    }
}

impl Drop for Table {
    fn drop(&mut self) {
        assert!(std::thread::panicking() || self.0.is_empty(), "{}", self.0.join("\n"));
    }
}

#[track_caller]
fn check_binary(op: BinaryOperator, table: &[(Value, Value, &str)]) {
    let mut rows = Table::default();
    for (a, b, expected) in table {
        with(|ctx| {
            let result = operator::binary(ctx, op, a, b);
            let found = show(ctx, result);
            rows.row(format!("{a:?} {op:?} {b:?}"), found, expected);
        });
    }
}

#[test]
fn numbers() {
    use BinaryOperator as Op;
    check_binary(
        Op::Add,
        &[
            (int(i64::MAX), int(1), "9223372036854775808"),
            (int(1), f(0.5), "1.5"),
            (Value::Bool(true), int(1), "2"),
            (int(1), s("a"), "TypeError: unsupported operand type(s) for +: 'int' and 'str'"),
            (s("a"), int(1), "TypeError: can only concatenate str (not \"int\") to str"),
        ],
    );
    check_binary(Op::Subtract, &[(int(i64::MIN), int(1), "-9223372036854775809")]);
    check_binary(
        Op::Multiply,
        &[
            (int(i64::MAX), int(2), "18446744073709551614"),
            (s("ab"), int(3), "'ababab'"),
            (int(-1), s("ab"), "''"),
            (s("a"), f(1.0), "TypeError: can't multiply sequence by non-int of type 'float'"),
        ],
    );
    check_binary(
        Op::Divide,
        &[
            (int(7), int(2), "3.5"),
            (int(1), int(0), "ZeroDivisionError: division by zero"),
            (f(1.0), int(0), "ZeroDivisionError: float division by zero"),
            (big("100000000000000000000000"), int(3), "3.333333333333333e+22"),
            (int(1), big("100000000000000000000000"), "1e-23"),
            (int(9007199254740993), int(3), "3002399751580331.0"),
        ],
    );
    check_binary(
        Op::FloorDivide,
        &[
            (int(-7), int(2), "-4"),
            (int(7), int(-2), "-4"),
            (int(i64::MIN), int(-1), "9223372036854775808"),
            (f(-7.5), int(2), "-4.0"),
            (int(1), int(0), "ZeroDivisionError: integer division or modulo by zero"),
            (f(1.0), int(0), "ZeroDivisionError: float floor division by zero"),
        ],
    );
    check_binary(
        Op::Modulo,
        &[
            (int(-7), int(3), "2"),
            (int(7), int(-3), "-2"),
            (f(-7.5), int(2), "0.5"),
            (f(5.0), f(-3.0), "-1.0"),
            (int(1), int(0), "ZeroDivisionError: integer modulo by zero"),
            (f(1.0), int(0), "ZeroDivisionError: float modulo"),
        ],
    );
    check_binary(
        Op::Power,
        &[
            (int(2), int(10), "1024"),
            (int(2), int(100), "1267650600228229401496703205376"),
            (int(2), int(-1), "0.5"),
            (int(-3), int(3), "-27"),
            (int(0), int(-1), "ZeroDivisionError: 0.0 cannot be raised to a negative power"),
            (f(10.0), int(400), "OverflowError: (34, 'Numerical result out of range')"),
            (s("a"), int(1), "TypeError: unsupported operand type(s) for ** or pow(): 'str' and 'int'"),
        ],
    );
    check_binary(
        Op::ShiftLeft,
        &[
            (int(1), int(70), "1180591620717411303424"),
            (int(-1), int(3), "-8"),
            (int(1), int(-1), "ValueError: negative shift count"),
        ],
    );
    check_binary(Op::ShiftRight, &[(int(-5), int(1), "-3"), (int(-5), int(100), "-1")]);
    check_binary(Op::And, &[(Value::Bool(true), Value::Bool(false), "False"), (int(6), int(3), "2")]);
}

#[test]
fn comparisons() {
    let two_53 = 1i64 << 53;
    let table = [
        (Comparison::Equal, int(1), f(1.0), "True"),
        (Comparison::Equal, int(two_53 + 1), f(two_53 as f64), "False"),
        (Comparison::Greater, int(two_53 + 1), f(two_53 as f64), "True"),
        (Comparison::Less, int(1), f(f64::INFINITY), "True"),
        (Comparison::Equal, f(f64::NAN), f(f64::NAN), "False"),
        (Comparison::Less, big("100000000000000000000"), f(1e20), "False"),
        (Comparison::Equal, big("100000000000000000000"), f(1e20), "True"),
        (Comparison::Less, int(1), s("a"), "TypeError: '<' not supported between instances of 'int' and 'str'"),
        (
            Comparison::GreaterOrEqual,
            Value::None,
            int(1),
            "TypeError: '>=' not supported between instances of 'NoneType' and 'int'",
        ),
        (Comparison::Less, t(&[int(1), int(2)]), t(&[int(1), int(3)]), "True"),
        (Comparison::Less, t(&[int(1)]), t(&[int(1), int(3)]), "True"),
        (Comparison::In, s("b"), s("abc"), "True"),
        (Comparison::In, int(1), s("abc"), "TypeError: 'in <string>' requires string as left operand, not int"),
        (Comparison::In, int(1), int(2), "TypeError: argument of type 'int' is not iterable"),
    ];
    let mut rows = Table::default();
    for (op, a, b, expected) in table {
        with(|ctx| {
            let result = operator::compare(ctx, op, &a, &b);
            let found = show(ctx, result);
            rows.row(format!("{a:?} {op:?} {b:?}"), found, expected);
        });
    }
}

#[test]
fn floats_print_as_cpython_prints_them() {
    let table = [
        (1.0, "1.0"),
        (0.1, "0.1"),
        (1e16, "1e+16"),
        (1e15, "1000000000000000.0"),
        (123456789012345680.0, "1.2345678901234568e+17"),
        (0.0001, "0.0001"),
        (0.00001, "1e-05"),
        (1.5e-7, "1.5e-07"),
        (-0.0, "-0.0"),
        (f64::INFINITY, "inf"),
        (f64::NAN, "nan"),
        (1e100, "1e+100"),
        (5e-324, "5e-324"),
        (0.30000000000000004, "0.30000000000000004"),
        (9999999999999998.0, "9999999999999998.0"),
    ];
    for (number, expected) in table {
        assert_eq!(float::repr(number), expected);
    }
}

#[test]
fn strings_are_quoted() {
    let table = [
        ("a", "'a'"),
        ("it's", "\"it's\""),
        ("a'b\"c", "'a\\'b\"c'"),
        ("\n\t\\", "'\\n\\t\\\\'"),
        ("\x00\x7f", "'\\x00\\x7f'"),
        ("é", "'é'"),
        ("\u{200b}", "'\\u200b'"),
        ("日本", "'日本'"),
        ("\u{a0}", "'\\xa0'"),
        ("e\u{301}", "'e\u{301}'"),
        ("🎉", "'🎉'"),
    ];
    for (text, expected) in table {
        assert_eq!(repr::quoted(text), expected);
    }
}

#[test]
fn format_specifications() {
    let table = [
        (int(42), "5d", "'   42'"),
        (int(42), "<5", "'42   '"),
        (int(42), "^6", "'  42  '"),
        (int(-42), "05d", "'-0042'"),
        (int(1234567), ",", "'1,234,567'"),
        (int(1234567), "_x", "'12_d687'"),
        (int(255), "#x", "'0xff'"),
        (int(5), "08b", "'00000101'"),
        (int(5), "#010b", "'0b00000101'"),
        (int(42), "+d", "'+42'"),
        (int(42), " d", "' 42'"),
        (int(65), "c", "'A'"),
        (int(1), ".2f", "'1.00'"),
        (int(1234), "010,d", "'00,001,234'"),
        (int(1234), "*=+10", "'+*****1234'"),
        (int(1), "%", "'100.000000%'"),
        (int(1), ".1d", "ValueError: Precision not allowed in integer format specifier"),
        (int(1), "s", "ValueError: Unknown format code 's' for object of type 'int'"),
        (f(2.375), ".2f", "'2.38'"),
        (f(2.5), ".0f", "'2'"),
        (f(0.5), ".0f", "'0'"),
        (f(1234.5), ",.1f", "'1,234.5'"),
        (f(1e10), "g", "'1e+10'"),
        (f(123456.0), "g", "'123456'"),
        (f(1234567.0), "g", "'1.23457e+06'"),
        (f(0.0001), "g", "'0.0001'"),
        (f(1.5), "e", "'1.500000e+00'"),
        (f(1.5), "10.3e", "' 1.500e+00'"),
        (f(1.0), "", "'1.0'"),
        (f(1.0), "5", "'  1.0'"),
        (f(1.0), ".3", "'1.0'"),
        (f(1234.5), ".3", "'1.23e+03'"),
        (f(0.256), ".1%", "'25.6%'"),
        (f(-0.0), "z.1f", "'0.0'"),
        (f(f64::NAN), "05f", "'00nan'"),
        (f(f64::INFINITY), "F", "'INF'"),
        (f(1.0), "d", "ValueError: Unknown format code 'd' for object of type 'float'"),
        (f(-1.5), "08.2f", "'-0001.50'"),
        (f(100.0), ".3", "'1e+02'"),
        (f(10.0), ".3", "'10.0'"),
        (f(1.0), ".1", "'1e+00'"),
        (f(0.0), ".1", "'0e+00'"),
        (s("ab"), ">5", "'   ab'"),
        (s("ab"), ".1", "'a'"),
        (s("ab"), "*^6", "'**ab**'"),
        (s("ab"), "05", "'ab000'"),
        (s("a"), "d", "ValueError: Unknown format code 'd' for object of type 'str'"),
        (s("a"), "+", "ValueError: Sign not allowed in string format specifier"),
        (Value::Bool(true), "", "'True'"),
        (Value::Bool(true), "d", "'1'"),
        (Value::Bool(true), "5", "'    1'"),
        (Value::None, ">5", "TypeError: unsupported format string passed to NoneType.__format__"),
    ];
    let mut rows = Table::default();
    for (value, spec, expected) in table {
        with(|ctx| {
            let result = format::format_value(ctx, &value, spec).map(Value::str);
            let found = show(ctx, result);
            rows.row(format!("format({value:?}, {spec:?})"), found, expected);
        });
    }
}

#[test]
fn percent_formatting() {
    let table = [
        ("%d items", t(&[int(3)]), "'3 items'"),
        ("%s", int(3), "'3'"),
        ("%5.2f|%-5s|", t(&[f(2.375), s("a")]), "' 2.38|a    |'"),
        ("%r", s("a"), "\"'a'\""),
        ("%x %X %o %#x", t(&[int(255), int(255), int(8), int(255)]), "'ff FF 10 0xff'"),
        ("%05d %+d", t(&[int(42), int(1)]), "'00042 +1'"),
        ("100%%", t(&[]), "'100%'"),
        ("%*d", t(&[int(5), int(42)]), "'   42'"),
        ("%c%c", t(&[int(65), s("b")]), "'Ab'"),
        ("%.3s", s("abcdef"), "'abc'"),
        ("%e %g", t(&[f(1.5), f(0.00001)]), "'1.500000e+00 1e-05'"),
        ("%d", s("a"), "TypeError: %d format: a real number is required, not str"),
        ("%d", t(&[]), "TypeError: not enough arguments for format string"),
        ("%d", t(&[int(1), int(2)]), "TypeError: not all arguments converted during string formatting"),
        ("%y", int(1), "ValueError: unsupported format character 'y' (0x79) at index 1"),
        ("%d", f(3.9), "'3'"),
        ("%i%%", int(50), "'50%'"),
    ];
    let mut rows = Table::default();
    for (template, values, expected) in table {
        with(|ctx| {
            let result = operator::binary(ctx, BinaryOperator::Modulo, &s(template), &values);
            let found = show(ctx, result);
            rows.row(format!("{template:?} % {values:?}"), found, expected);
        });
    }
}

#[test]
#[rustfmt::skip]
fn methods() {
    let table: &[(Value, &str, &[Value], &str)] = &[
        (s("Hello World"), "upper", &[], "'HELLO WORLD'"),
        (s("hello world"), "title", &[], "'Hello World'"),
        (s("hELLO"), "capitalize", &[], "'Hello'"),
        (s("aBc"), "swapcase", &[], "'AbC'"),
        (s("  a b  "), "strip", &[], "'a b'"),
        (s("xxaxx"), "strip", &[s("x")], "'a'"),
        (s("  a "), "lstrip", &[], "'a '"),
        (s("  a "), "rstrip", &[], "'  a'"),
        (s("a b  c"), "split", &[], "['a', 'b', 'c']"),
        (s("a,b,,c"), "split", &[s(",")], "['a', 'b', '', 'c']"),
        (s("a,b,c"), "split", &[s(","), int(1)], "['a', 'b,c']"),
        (s("a b c"), "split", &[Value::None, int(1)], "['a', 'b c']"),
        (s("a,b,c"), "rsplit", &[s(","), int(1)], "['a,b', 'c']"),
        (s(" a b  c "), "rsplit", &[Value::None, int(1)], "[' a b', 'c']"),
        (s("a,b"), "split", &[s("")], "ValueError: empty separator"),
        (s("a\nb\r\nc"), "splitlines", &[], "['a', 'b', 'c']"),
        (s("a\nb\n"), "splitlines", &[Value::Bool(true)], "['a\\n', 'b\\n']"),
        (s(","), "join", &[t(&[s("a"), s("b")])], "'a,b'"),
        (s(","), "join", &[t(&[s("a"), int(1)])], "TypeError: sequence item 1: expected str instance, int found"),
        (s(","), "join", &[int(1)], "TypeError: can only join an iterable"),
        (s("aaa"), "replace", &[s("a"), s("b"), int(2)], "'bba'"),
        (s("abc"), "replace", &[s(""), s("-")], "'-a-b-c-'"),
        (s("abc"), "startswith", &[t(&[s("x"), s("a")])], "True"),
        (s("abc"), "startswith", &[s("b"), int(1)], "True"),
        (s("abc"), "endswith", &[s("c")], "True"),
        (s("abc"), "startswith", &[int(1)], "TypeError: startswith first arg must be str or a tuple of str, not int"),
        (s("hello"), "find", &[s("l")], "2"),
        (s("hello"), "rfind", &[s("l")], "3"),
        (s("hello"), "find", &[s("z")], "-1"),
        (s("hello"), "index", &[s("z")], "ValueError: substring not found"),
        (s("hello"), "count", &[s("l")], "2"),
        (s("aaa"), "count", &[s("")], "4"),
        (s("ab"), "center", &[int(5), s("*")], "'**ab*'"),
        (s("abc"), "center", &[int(6)], "' abc  '"),
        (s("ab"), "ljust", &[int(4)], "'ab  '"),
        (s("ab"), "rjust", &[int(4), s("0")], "'00ab'"),
        (s("-42"), "zfill", &[int(5)], "'-0042'"),
        (s("123"), "isdigit", &[], "True"),
        (s(""), "isdigit", &[], "False"),
        (s("abc"), "isalpha", &[], "True"),
        (s("ab1"), "isalnum", &[], "True"),
        (s(" \t"), "isspace", &[], "True"),
        (s("Abc"), "isupper", &[], "False"),
        (s("ABC1"), "isupper", &[], "True"),
        (s("a1"), "isidentifier", &[], "True"),
        (s("1a"), "isidentifier", &[], "False"),
        (s("a=b=c"), "partition", &[s("=")], "('a', '=', 'b=c')"),
        (s("a=b=c"), "rpartition", &[s("=")], "('a=b', '=', 'c')"),
        (s("abc"), "partition", &[s("x")], "('abc', '', '')"),
        (s("test_a"), "removeprefix", &[s("test_")], "'a'"),
        (s("a.py"), "removesuffix", &[s(".py")], "'a'"),
        (s("a\tb"), "expandtabs", &[int(4)], "'a   b'"),
        (s("{} and {}"), "format", &[int(1), s("x")], "'1 and x'"),
        (s("{0} {1} {0}"), "format", &[int(1), int(2)], "'1 2 1'"),
        (s("{:>5}|{:<5}|{:^5}"), "format", &[int(1), int(2), int(3)], "'    1|2    |  3  '"),
        (s("{!r:>5}"), "format", &[s("a")], "\"  'a'\""),
        (s("{:{}}"), "format", &[int(1), int(5)], "'    1'"),
        (s("{{}}"), "format", &[], "'{}'"),
        (s("{}"), "format", &[], "IndexError: Replacement index 0 out of range for positional args tuple"),
        (s("{0[1]}"), "format", &[t(&[int(1), int(2)])], "'2'"),
        (s("{"), "format", &[], "ValueError: Single '{' encountered in format string"),
        (s("}"), "format", &[], "ValueError: Single '}' encountered in format string"),
        (s("{} {0}"), "format", &[int(1)], "ValueError: cannot switch from automatic field numbering to manual field specification"),
        (s("abc"), "encode", &[], "b'abc'"),
        (s("abc"), "upper", &[int(1)], "TypeError: str.upper() takes no arguments (1 given)"),
        (s("abc"), "strip", &[int(1)], "TypeError: strip arg must be None or str"),
        (s("a"), "join", &[], "TypeError: str.join() takes exactly one argument (0 given)"),
        (s("x"), "zfill", &[s("a")], "TypeError: 'str' object cannot be interpreted as an integer"),
        (Value::Bytes(triomphe::Arc::new(b"abc".to_vec())), "decode", &[], "'abc'"),
        (Value::Bytes(triomphe::Arc::new(b"abc".to_vec())), "hex", &[], "'616263'"),
        (int(255), "bit_length", &[], "8"),
        (int(258), "to_bytes", &[int(2), s("big")], "b'\\x01\\x02'"),
        (f(2.0), "is_integer", &[], "True"),
        (t(&[int(1), int(2), int(1)]), "count", &[int(1)], "2"),
        (t(&[int(1), int(2)]), "index", &[int(2)], "1"),
        (t(&[int(1), int(2)]), "index", &[int(5)], "ValueError: tuple.index(x): x not in tuple"),
    ];
    let mut rows = Table::default();
    for (receiver, name, args, expected) in table {
        with(|ctx| {
            let result = method(ctx, receiver, name, args);
            let found = show(ctx, result);
            rows.row(format!("{receiver:?}.{name}({args:?})"), found, expected);
        });
    }
}

#[test]
#[rustfmt::skip]
fn functions() {
    let table: &[(&str, &[Value], &str)] = &[
        ("len", &[s("abc")], "3"),
        ("len", &[int(1)], "TypeError: object of type 'int' has no len()"),
        ("len", &[s("a"), s("b")], "TypeError: len() takes exactly one argument (2 given)"),
        ("abs", &[int(-5)], "5"),
        ("abs", &[s("a")], "TypeError: bad operand type for abs(): 'str'"),
        ("round", &[f(2.5)], "2"),
        ("round", &[f(3.5)], "4"),
        ("round", &[f(2.675), int(2)], "2.67"),
        ("round", &[int(15), int(-1)], "20"),
        ("round", &[int(25), int(-1)], "20"),
        ("round", &[f(1234.5), int(-2)], "1200.0"),
        ("divmod", &[int(-7), int(2)], "(-4, 1)"),
        ("divmod", &[f(7.5), int(2)], "(3.0, 1.5)"),
        ("divmod", &[int(1), int(0)], "ZeroDivisionError: integer division or modulo by zero"),
        ("pow", &[int(2), int(10), int(1000)], "24"),
        ("pow", &[int(3), int(-1), int(7)], "5"),
        ("hash", &[int(-1)], "-2"),
        ("hash", &[f(1.0)], "1"),
        ("hash", &[f(0.5)], "1152921504606846976"),
        ("hash", &[f(-2.75)], "-1729382256910270466"),
        ("hash", &[f(1e300)], "1224995262755759164"),
        ("hash", &[f(f64::INFINITY)], "314159"),
        ("hash", &[big("2305843009213693951")], "0"),
        ("hash", &[big("-100000000000000000000")], "-848750603811160107"),
        ("hash", &[int(2305843009213693952)], "1"),
        ("chr", &[int(65)], "'A'"),
        ("chr", &[int(-1)], "ValueError: chr() arg not in range(0x110000)"),
        ("ord", &[s("a")], "97"),
        ("ord", &[s("ab")], "TypeError: ord() expected a character, but string of length 2 found"),
        ("bin", &[int(-10)], "'-0b1010'"),
        ("hex", &[int(255)], "'0xff'"),
        ("oct", &[int(8)], "'0o10'"),
        ("repr", &[s("a")], "\"'a'\""),
        ("int", &[s("42")], "42"),
        ("int", &[s(" -42 ")], "-42"),
        ("int", &[s("0x1f"), int(16)], "31"),
        ("int", &[s("1_000")], "1000"),
        ("int", &[s("z"), int(36)], "35"),
        ("int", &[s("4.5")], "ValueError: invalid literal for int() with base 10: '4.5'"),
        ("int", &[f(3.9)], "3"),
        ("int", &[f(-3.9)], "-3"),
        ("int", &[f(1e20)], "100000000000000000000"),
        ("int", &[f(f64::NAN)], "ValueError: cannot convert float NaN to integer"),
        ("int", &[f(f64::INFINITY)], "OverflowError: cannot convert float infinity to integer"),
        ("int", &[Value::None], "TypeError: int() argument must be a string, a bytes-like object or a real number, not 'NoneType'"),
        ("int", &[s("0b101"), int(0)], "5"),
        ("float", &[s("1.5")], "1.5"),
        ("float", &[s("nan")], "nan"),
        ("float", &[s("-inf")], "-inf"),
        ("float", &[s("1e3")], "1000.0"),
        ("float", &[s("abc")], "ValueError: could not convert string to float: 'abc'"),
        ("float", &[int(3)], "3.0"),
        ("float", &[Value::None], "TypeError: float() argument must be a string or a real number, not 'NoneType'"),
        ("str", &[int(5)], "'5'"),
        ("bool", &[s("")], "False"),
        ("bool", &[f(0.1)], "True"),
        ("list", &[s("abc")], "['a', 'b', 'c']"),
        ("list", &[int(1)], "TypeError: 'int' object is not iterable"),
        ("tuple", &[s("ab")], "('a', 'b')"),
        ("set", &[t(&[int(3), int(1), int(2)])], "{1, 2, 3}"),
        ("set", &[t(&[int(33), int(1), int(17), int(100), int(-5), int(1000)])], "{33, 1, 100, 1000, 17, -5}"),
        ("set", &[t(&[int(9), int(0), int(8), int(16), int(24), int(5), int(40), int(7)])], "{0, 5, 7, 8, 9, 40, 16, 24}"),
        ("frozenset", &[t(&[int(3), int(1)])], "frozenset({1, 3})"),
        ("set", &[t(&[])], "set()"),
        ("range", &[int(5)], "range(0, 5)"),
        ("range", &[int(1), int(10), int(2)], "range(1, 10, 2)"),
        ("range", &[int(1), int(2), int(0)], "ValueError: range() arg 3 must not be zero"),
        ("range", &[f(1.0)], "TypeError: 'float' object cannot be interpreted as an integer"),
        ("dict", &[t(&[t(&[s("a"), int(1)]), t(&[s("b"), int(2)])])], "{'a': 1, 'b': 2}"),
        ("dict", &[t(&[int(1)])], "TypeError: cannot convert dictionary update sequence element #0 to a sequence"),
        ("sum", &[t(&[int(1), int(2), f(0.5)])], "3.5"),
        ("sum", &[t(&[s("a")])], "TypeError: unsupported operand type(s) for +: 'int' and 'str'"),
        ("min", &[t(&[int(3), int(1)])], "1"),
        ("max", &[int(3), int(7), int(5)], "7"),
        ("max", &[t(&[])], "ValueError: max() arg is an empty sequence"),
        ("min", &[int(1), s("a")], "TypeError: '<' not supported between instances of 'str' and 'int'"),
        ("sorted", &[t(&[int(3), int(1), int(2)])], "[1, 2, 3]"),
        ("sorted", &[t(&[int(1), s("a")])], "TypeError: '<' not supported between instances of 'str' and 'int'"),
        ("all", &[t(&[int(1), int(0)])], "False"),
        ("any", &[t(&[int(1), int(0)])], "True"),
        ("isinstance", &[int(1), Value::Type(&types::INT)], "True"),
        ("isinstance", &[Value::Bool(true), Value::Type(&types::INT)], "True"),
        ("isinstance", &[int(1), int(2)], "TypeError: isinstance() arg 2 must be a type, a tuple of types, or a union"),
        ("issubclass", &[Value::Type(&types::BOOL), Value::Type(&types::INT)], "True"),
        ("type", &[int(1)], "<class 'int'>"),
        ("callable", &[int(1)], "False"),
        ("format", &[f(2.375), s(".2f")], "'2.38'"),
        ("bytes", &[int(3)], "b'\\x00\\x00\\x00'"),
        ("bytes", &[t(&[int(65), int(66)])], "b'AB'"),
    ];
    let mut rows = Table::default();
    for (name, args, expected) in table {
        with(|ctx| {
            let result = builtin_call(ctx, name, args);
            let found = show(ctx, result);
            rows.row(format!("{name}({args:?})"), found, expected);
        });
    }
}

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
    Value::Slice(Arc::new([start, stop, step]))
}

#[test]
fn subscripts() {
    let none = || Value::None;
    let digits = t(&(0..6).map(int).collect::<Vec<_>>());
    let range = Value::Range(Arc::new(super::super::value::Range { start: 0, stop: 10, step: 2 }));
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
    const ELSEWHERE: &[&str] = &["getattr", "hasattr", "iter", "next", "setattr"];
    use crate::bytecode::library::{BUILTINS, MODULES};
    let missing: Vec<_> = BUILTINS.iter().filter(|name| builtin(name).is_none() && !ELSEWHERE.contains(name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    for module in MODULES.iter().filter(|module| matches!(module.name, "math" | "typing" | "sys" | "__future__")) {
        for member in module.members {
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
