//! Operators, comparisons, and how numbers and strings print.

use super::*;

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
        assert_eq!(number::float_repr(number), expected);
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
