//! Expressions that are integers, floats or truths.

use super::{Grammar, Ty};

impl Grammar {
    pub(super) fn int_literal(&mut self) -> String {
        match self.random.below(12) {
            0 => (*self.random.pick(&[
                "10**18",
                "2**63",
                "-2**63",
                "(2**64 + 1)",
                "10**30",
                "0x7fff_ffff",
                "0b1011",
                "0o17",
            ]))
            .to_owned(),
            1 | 2 => format!("({})", -self.random.between(1, 9)),
            3 => self.random.between(20, 100_000).to_string(),
            _ => self.random.between(0, 12).to_string(),
        }
    }

    pub(super) fn float_literal(&mut self) -> String {
        (*self.random.pick(&[
            "0.5",
            "1.5",
            "2.0",
            "-0.25",
            "0.1",
            "3.14159",
            "1e16",
            "1e-7",
            "123456.789",
            "-0.0",
            "1e22",
            "2.5",
            "7.0",
            "1e300",
            "float('inf')",
            "float('nan')",
            "100.0",
            "0.3333333333333333",
        ]))
        .to_owned()
    }

    pub(super) fn int(&mut self, depth: usize) -> String {
        match self.random.below(36) {
            0..=7 => {
                let operator = *self.random.pick(&["+", "-", "*", "//", "%", "&", "|", "^", "+", "-"]);
                format!("({} {operator} {})", self.expr(Ty::Int, depth), self.expr(Ty::Int, depth))
            }
            8 | 9 => self.flat(),
            10 => format!("({} << {})", self.expr(Ty::Int, depth), self.random.between(-1, 9)),
            11 => format!("({} >> {})", self.expr(Ty::Int, depth), self.random.between(-1, 70)),
            12 => format!("({} ** {})", self.expr(Ty::Int, depth), self.random.between(0, 3)),
            13 => format!("{}{}", self.random.pick(&["-", "~", "+"]), self.atom(Ty::Int)),
            14 => format!("abs({})", self.expr(Ty::Int, depth)),
            15 => {
                let ty = *self.random.pick(&[Ty::Str, Ty::Ints, Ty::Strs, Ty::Pair, Ty::Dict, Ty::Set, Ty::Nested]);
                format!("len({})", self.expr(ty, depth))
            }
            16 => format!("sum({})", self.expr(Ty::Ints, depth)),
            17 => {
                let name = *self.random.pick(&["min", "max"]);
                let rest = if self.random.chance(70) { ", default=0" } else { "" };
                format!("{name}({}{rest})", self.expr(Ty::Ints, depth))
            }
            18 => format!(
                "{}({}, {})",
                self.random.pick(&["min", "max"]),
                self.expr(Ty::Int, depth),
                self.expr(Ty::Int, depth)
            ),
            19 | 20 => {
                let ty = *self.random.pick(&[Ty::Ints, Ty::Ints, Ty::Ints]);
                format!("{}[{}]", self.expr(ty, depth), self.random.between(-3, 3))
            }
            21 => format!("{}.get({}, {})", self.expr(Ty::Dict, depth), self.expr(Ty::Str, depth), self.atom(Ty::Int)),
            22 => format!("{}[{}]", self.expr(Ty::Dict, depth), self.string_literal()),
            23 => format!(
                "int({})",
                *self.random.pick(&[
                    "'42'",
                    "' -7 '",
                    "'1_000'",
                    "'ff', 16",
                    "'x'",
                    "'0b11', 0",
                    "'z', 36",
                    "2.9",
                    "-2.9",
                    "''"
                ])
            ),
            24 => format!("int({})", self.expr(Ty::Float, depth)),
            25 => format!(
                "{}.{}({})",
                self.expr(Ty::Str, depth),
                self.random.pick(&["count", "find", "rfind", "index", "rindex"]),
                self.string_literal()
            ),
            26 => format!(
                "{}.{}({})",
                self.expr(Ty::Ints, depth),
                self.random.pick(&["count", "index"]),
                self.atom(Ty::Int)
            ),
            27 => format!("ord({}[:1] or 'q')", self.expr(Ty::Str, depth)),
            28 => format!(
                "divmod({}, {})[{}]",
                self.expr(Ty::Int, depth),
                self.expr(Ty::Int, depth),
                self.random.below(2)
            ),
            29 => {
                format!("pow({}, {}, {})", self.expr(Ty::Int, depth), self.random.between(-1, 40), self.atom(Ty::Int))
            }
            30 => format!("round({})", self.expr(Ty::Float, depth)),
            31 => format!(
                "({}).{}()",
                self.expr(Ty::Int, depth),
                self.random.pick(&["bit_length", "bit_count", "conjugate"])
            ),
            32 => self.aggregated(depth),
            33 => format!("({} + {})", self.expr(Ty::Bool, depth), self.expr(Ty::Int, depth)),
            34 => format!("{}[0]", self.expr(Ty::Pair, depth)),
            _ => format!(
                "math.{}",
                match self.random.below(5) {
                    0 => format!("gcd({}, {})", self.expr(Ty::Int, depth), self.expr(Ty::Int, depth)),
                    1 => format!("floor({})", self.expr(Ty::Float, depth)),
                    2 => format!("ceil({})", self.expr(Ty::Float, depth)),
                    3 => format!("isqrt({})", self.expr(Ty::Int, depth)),
                    _ => format!("factorial({} % 20)", self.expr(Ty::Int, depth)),
                }
            ),
        }
    }

    /// Operators side by side, so that precedence and associativity decide.
    fn flat(&mut self) -> String {
        let mut text = self.atom(Ty::Int);
        for _ in 0..self.random.between(2, 4) {
            let operator =
                *self.random.pick(&["+", "-", "*", "//", "%", "&", "|", "^", "+ -", "* ~", "- +", "<< 2 |", ">> 1 ^"]);
            text += &format!(" {operator} {}", self.atom(Ty::Int));
        }
        format!("({text})")
    }

    /// A generator expression, summed up.
    fn aggregated(&mut self, depth: usize) -> String {
        let name = self.fresh("g");
        let source = self.expr(Ty::Ints, depth);
        self.declare(&name, Ty::Int);
        let (value, condition) = self.repeated(4, |g| (g.expr(Ty::Int, depth), g.expr(Ty::Bool, depth)));
        self.variables.pop();
        let function = *self.random.pick(&["sum", "sum", "len(list", "max"]);
        let close = match function {
            "len(list" => "))",
            "max" => ", default=-1)",
            _ => ")",
        };
        if function == "max" {
            return format!("max(({value} for {name} in {source} if {condition}){close}");
        }
        format!("{function}({value} for {name} in {source} if {condition}{close}")
    }

    pub(super) fn float(&mut self, depth: usize) -> String {
        match self.random.below(16) {
            0..=4 => {
                let operator = *self.random.pick(&["+", "-", "*", "/", "//", "%"]);
                format!("({} {operator} {})", self.expr(Ty::Float, depth), self.expr(Ty::Float, depth))
            }
            5 => format!("({} / {})", self.expr(Ty::Int, depth), self.expr(Ty::Int, depth)),
            6 => {
                let operator = *self.random.pick(&["+", "-", "*", "/", "//", "%"]);
                format!("({} {operator} {})", self.expr(Ty::Float, depth), self.expr(Ty::Int, depth))
            }
            7 => format!("round({}, {})", self.expr(Ty::Float, depth), self.random.between(-2, 6)),
            8 => format!("float({})", self.expr(Ty::Int, depth)),
            9 => format!(
                "float({})",
                self.random.pick(&["'2.5'", "' 1e3 '", "'-inf'", "'nan'", "'1_0.5'", "'x1'", "'.5'", "'1e'"])
            ),
            10 => format!("abs({})", self.expr(Ty::Float, depth)),
            11 => format!("-{}", self.atom(Ty::Float)),
            12 => format!(
                "(abs({}) ** {})",
                self.expr(Ty::Float, depth),
                self.random.pick(&["2", "0.5", "-1", "3", "0", "-0.5"])
            ),
            13 => format!(
                "{}({}, {})",
                self.random.pick(&["min", "max"]),
                self.expr(Ty::Float, depth),
                self.expr(Ty::Float, depth)
            ),
            14 => format!("math.sqrt({})", self.expr(Ty::Float, depth)),
            _ => format!("sum([{}, {}, 0.1, 0.2])", self.expr(Ty::Float, depth), self.expr(Ty::Float, depth)),
        }
    }

    pub(super) fn truth(&mut self, depth: usize) -> String {
        let comparison = *self.random.pick(&["<", "<=", "==", "!=", ">", ">="]);
        match self.random.below(22) {
            0..=6 => format!("({} {comparison} {})", self.expr(Ty::Int, depth), self.expr(Ty::Int, depth)),
            7 => {
                let second = *self.random.pick(&["<", "<=", "==", "!=", ">"]);
                let (a, b, c) = (self.expr(Ty::Int, depth), self.expr(Ty::Int, depth), self.expr(Ty::Int, depth));
                format!("({a} {comparison} {b} {second} {c})")
            }
            8 => {
                let ty = *self.random.pick(&[Ty::Str, Ty::Ints, Ty::Strs, Ty::Pair, Ty::Float, Ty::Set, Ty::Nested]);
                format!("({} {comparison} {})", self.expr(ty, depth), self.expr(ty, depth))
            }
            9 => {
                let (one, other) = (self.plain(), self.plain());
                format!("({} {} {})", self.expr(one, depth), self.random.pick(&["==", "!="]), self.expr(other, depth))
            }
            10 | 11 => {
                let (item, container) = *self.random.pick(&[
                    (Ty::Int, Ty::Ints),
                    (Ty::Str, Ty::Strs),
                    (Ty::Str, Ty::Str),
                    (Ty::Str, Ty::Dict),
                    (Ty::Int, Ty::Set),
                    (Ty::Ints, Ty::Nested),
                    (Ty::Str, Ty::Pair),
                ]);
                let operator = *self.random.pick(&["in", "not in"]);
                format!("({} {operator} {})", self.expr(item, depth), self.expr(container, depth))
            }
            12 | 13 => format!("not {}", self.atom(Ty::Bool)),
            14 => {
                let ty = self.plain();
                let class = *self.random.pick(&[
                    "int",
                    "str",
                    "float",
                    "list",
                    "(int, str)",
                    "tuple",
                    "bool",
                    "dict",
                    "object",
                ]);
                format!("isinstance({}, {class})", self.expr(ty, depth))
            }
            15 => {
                let test = *self.random.pick(&[
                    "isdigit()",
                    "isalpha()",
                    "isupper()",
                    "islower()",
                    "isspace()",
                    "isalnum()",
                    "istitle()",
                    "isidentifier()",
                    "isnumeric()",
                    "isdecimal()",
                    "isascii()",
                    "isprintable()",
                    "startswith('a')",
                    "endswith(('b', ' '))",
                    "startswith('b', 1)",
                ]);
                format!("{}.{test}", self.expr(Ty::Str, depth))
            }
            16 => {
                let name = self.fresh("b");
                let source = self.expr(Ty::Ints, depth);
                self.declare(&name, Ty::Int);
                let condition = self.repeated(4, |g| g.expr(Ty::Bool, depth));
                self.variables.pop();
                format!("{}({condition} for {name} in {source})", self.random.pick(&["any", "all"]))
            }
            17 => {
                let ty = self.plain();
                format!("bool({})", self.expr(ty, depth))
            }
            18 => {
                let ty = self.plain();
                format!("({} {} None)", self.expr(ty, depth), self.random.pick(&["is", "is not"]))
            }
            19 => format!(
                "{}.{}({})",
                self.expr(Ty::Set, depth),
                self.random.pick(&["isdisjoint", "issubset", "issuperset"]),
                self.expr(Ty::Set, depth)
            ),
            20 => format!("math.{}({})", self.random.pick(&["isnan", "isinf"]), self.expr(Ty::Float, depth)),
            _ => format!("callable({})", self.random.pick(&["len", "int", "print", "3", "str.upper"])),
        }
    }
}
