//! Expressions that are lists, tuples, dicts and sets; comprehensions among them.

use super::{Grammar, Ty};

impl Grammar {
    /// Zero to four expressions between brackets.
    pub(super) fn listed(&mut self, open: &str, ty: Ty, depth: usize, close: &str) -> String {
        let count = self.random.between(0, 4);
        let items: Vec<String> = (0..count).map(|_| self.expr(ty, depth)).collect();
        format!("{open}{}{close}", items.join(", "))
    }

    pub(super) fn dict_literal(&mut self, depth: usize) -> String {
        let count = self.random.between(0, 3);
        let item = |g: &mut Self| {
            let key = *g.random.pick(&["'a'", "'b'", "'k'", "'key'", "'ab'", "''"]);
            format!("{key}: {}", g.expr(Ty::Int, depth))
        };
        let items: Vec<String> = (0..count).map(|_| item(self)).collect();
        format!("{{{}}}", items.join(", "))
    }

    /// `VALUE for NAME in SOURCE if CONDITION`, with one or two `for`.
    fn clauses(&mut self, value: Ty, depth: usize) -> String {
        self.mapped(depth, |g| g.expr(value, depth))
    }

    fn mapped(&mut self, depth: usize, value: impl FnOnce(&mut Self) -> String) -> String {
        let before = self.variables.len();
        let mut clauses = String::new();
        if self.random.chance(15) {
            let (row, item) = (self.fresh("row"), self.fresh("x"));
            clauses = format!(" for {row} in {} for {item} in {row}", self.expr(Ty::Nested, depth));
            self.declare(&row, Ty::Ints);
            self.declare(&item, Ty::Int);
        } else {
            let name = self.fresh("x");
            match self.random.below(7) {
                0 => {
                    clauses += &format!(" for {name} in {}", self.expr(Ty::Strs, depth));
                    self.declare(&name, Ty::Str);
                }
                1 => {
                    let key = self.fresh("k");
                    clauses += &format!(" for {key}, {name} in {}.items()", self.expr(Ty::Dict, depth));
                    self.declare(&key, Ty::Str);
                    self.declare(&name, Ty::Int);
                }
                2 => {
                    let index = self.fresh("i");
                    clauses += &format!(" for {index}, {name} in enumerate({})", self.expr(Ty::Strs, depth));
                    self.declare(&index, Ty::Int);
                    self.declare(&name, Ty::Str);
                }
                3 => {
                    clauses += &format!(" for {name} in range({})", self.random.between(0, 5));
                    self.declare(&name, Ty::Int);
                }
                4 => {
                    let other = self.fresh("y");
                    clauses += &format!(
                        " for {name}, {other} in zip({}, {})",
                        self.expr(Ty::Ints, depth),
                        self.expr(Ty::Strs, depth)
                    );
                    self.declare(&name, Ty::Int);
                    self.declare(&other, Ty::Str);
                }
                _ => {
                    clauses += &format!(" for {name} in {}", self.expr(Ty::Ints, depth));
                    self.declare(&name, Ty::Int);
                }
            }
        }
        let value = self.repeated(5, |g| {
            if g.random.chance(40) {
                clauses += &format!(" if {}", g.expr(Ty::Bool, depth));
            }
            value(g)
        });
        self.variables.truncate(before);
        value + &clauses
    }

    pub(super) fn ints(&mut self, depth: usize) -> String {
        match self.random.below(22) {
            0..=2 => self.listed("[", Ty::Int, depth, "]"),
            3..=5 => format!("[{}]", self.clauses(Ty::Int, depth)),
            6 => format!(
                "list(range({}, {}, {}))",
                self.random.between(-3, 3),
                self.random.between(-3, 9),
                self.random.pick(&["1", "2", "3", "-1"])
            ),
            7 => {
                let slice = self.slice();
                format!("{}[{slice}]", self.expr(Ty::Ints, depth))
            }
            8 => format!("({} + {})", self.expr(Ty::Ints, depth), self.expr(Ty::Ints, depth)),
            9 => format!("({} * {})", self.expr(Ty::Ints, depth), self.random.between(-1, 2)),
            10 => format!("sorted({})", self.expr(Ty::Ints, depth)),
            11 => {
                let name = self.fresh("s");
                let source = self.expr(Ty::Ints, depth);
                self.declare(&name, Ty::Int);
                let key = self.repeated(4, |g| g.expr(Ty::Int, depth));
                self.variables.pop();
                format!("sorted({source}, key=lambda {name}: {key}, reverse={})", self.atom(Ty::Bool))
            }
            12 => format!("list(reversed({}))", self.expr(Ty::Ints, depth)),
            13 => format!("[*{}, {}, *{}]", self.expr(Ty::Ints, depth), self.atom(Ty::Int), self.expr(Ty::Ints, depth)),
            14 => {
                let name = self.fresh("m");
                let source = self.expr(Ty::Ints, depth);
                self.declare(&name, Ty::Int);
                let ty = *self.random.pick(&[("map", Ty::Int), ("filter", Ty::Bool)]);
                let value = self.repeated(4, |g| g.expr(ty.1, depth));
                self.variables.pop();
                format!("list({}(lambda {name}: {value}, {source}))", ty.0)
            }
            15 => format!("sorted({}, key=repr)", self.expr(Ty::Set, depth)),
            16 => format!("list({}.values())", self.expr(Ty::Dict, depth)),
            17 => format!("{}[{}]", self.expr(Ty::Nested, depth), self.random.between(-2, 1)),
            18 => format!("[len(w) for w in {}]", self.expr(Ty::Strs, depth)),
            19 => format!("list(map(int, {}))", self.random.pick(&["'123'", "['4', ' 5']", "['x']", "[1.5, True]"])),
            20 => format!("sum({}, [])", self.expr(Ty::Nested, depth)),
            _ => format!("{}.copy()", self.expr(Ty::Ints, depth)),
        }
    }

    pub(super) fn strs(&mut self, depth: usize) -> String {
        match self.random.below(14) {
            0 | 1 => self.listed("[", Ty::Str, depth, "]"),
            2 | 3 => format!("[{}]", self.clauses(Ty::Str, depth)),
            4 => {
                let split = *self.random.pick(&[
                    "split()",
                    "split(',')",
                    "split('a', 1)",
                    "rsplit(' ', 1)",
                    "splitlines()",
                    "split('')",
                    "rsplit()",
                ]);
                format!("{}.{split}", self.expr(Ty::Str, depth))
            }
            5 => format!("list({})", self.expr(Ty::Str, depth)),
            6 => {
                let key = *self.random.pick(&[
                    "",
                    ", key=len",
                    ", reverse=True",
                    ", key=str.lower",
                    ", key=lambda w: (len(w), w)",
                ]);
                format!("sorted({}{key})", self.expr(Ty::Strs, depth))
            }
            7 => format!("list({})", self.expr(Ty::Dict, depth)),
            8 => {
                let slice = self.slice();
                format!("{}[{slice}]", self.expr(Ty::Strs, depth))
            }
            9 => format!("({} + {})", self.expr(Ty::Strs, depth), self.expr(Ty::Strs, depth)),
            10 => format!("[*{}, *{}]", self.expr(Ty::Strs, depth), self.expr(Ty::Str, depth)),
            11 => format!("list(map({}, {}))", self.random.pick(&["str", "repr", "hex"]), self.expr(Ty::Ints, depth)),
            12 => format!("list({}.partition('b'))", self.expr(Ty::Str, depth)),
            _ => format!("list(filter(None, {}))", self.expr(Ty::Strs, depth)),
        }
    }

    pub(super) fn pair(&mut self, depth: usize) -> String {
        match self.random.below(4) {
            0 => format!("tuple([{}, {}])", self.expr(Ty::Int, depth), self.expr(Ty::Str, depth)),
            1 => format!("(*[{}], {})", self.expr(Ty::Int, depth), self.expr(Ty::Str, depth)),
            2 => format!("({},) + ({},)", self.expr(Ty::Int, depth), self.expr(Ty::Str, depth)),
            _ => format!("({}, {})", self.expr(Ty::Int, depth), self.expr(Ty::Str, depth)),
        }
    }

    pub(super) fn dict(&mut self, depth: usize) -> String {
        match self.random.below(10) {
            0 | 1 => self.dict_literal(depth),
            2 | 3 => {
                let items = self.mapped(depth, |g| format!("{}: {}", g.expr(Ty::Str, depth), g.expr(Ty::Int, depth)));
                format!("{{{items}}}")
            }
            4 => format!("dict(zip({}, {}))", self.expr(Ty::Strs, depth), self.expr(Ty::Ints, depth)),
            5 => format!(
                "{{**{}, {}: {}}}",
                self.expr(Ty::Dict, depth),
                self.string_literal(),
                self.expr(Ty::Int, depth)
            ),
            6 => format!("({} | {})", self.expr(Ty::Dict, depth), self.expr(Ty::Dict, depth)),
            7 => format!("dict({}, a={})", self.expr(Ty::Dict, depth), self.expr(Ty::Int, depth)),
            8 => format!("dict.fromkeys({}, {})", self.expr(Ty::Strs, depth), self.expr(Ty::Int, depth)),
            _ => format!("dict(sorted({}.items()))", self.expr(Ty::Dict, depth)),
        }
    }

    pub(super) fn set(&mut self, depth: usize) -> String {
        match self.random.below(8) {
            0 => self.listed("{1, ", Ty::Int, depth, "}"),
            1 | 2 => format!("{{{}}}", self.clauses(Ty::Int, depth)),
            3 => format!("{}({})", self.random.pick(&["set", "frozenset"]), self.expr(Ty::Ints, depth)),
            4..=6 => {
                let operator = *self.random.pick(&["|", "&", "-", "^"]);
                format!("({} {operator} {})", self.expr(Ty::Set, depth), self.expr(Ty::Set, depth))
            }
            _ => format!(
                "{}.{}({})",
                self.expr(Ty::Set, depth),
                self.random.pick(&["union", "intersection", "difference", "symmetric_difference"]),
                self.expr(Ty::Ints, depth)
            ),
        }
    }

    pub(super) fn nested(&mut self, depth: usize) -> String {
        match self.random.below(6) {
            0 | 1 => self.listed("[", Ty::Ints, depth, "]"),
            2 => format!("[{}]", self.clauses(Ty::Ints, depth)),
            3 => format!(
                "[[i * j for j in range({})] for i in range({})]",
                self.random.between(0, 3),
                self.random.between(0, 3)
            ),
            4 => format!("sorted({})", self.expr(Ty::Nested, depth)),
            _ => format!("[{}, {}]", self.expr(Ty::Ints, depth), self.expr(Ty::Ints, depth)),
        }
    }
}
