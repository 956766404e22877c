//! Format specifications and percent formatting.

use super::*;

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
