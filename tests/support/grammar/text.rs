//! Expressions that are strings: methods, slices, and the three ways of formatting.

use super::{Grammar, Ty};

impl Grammar {
    pub(super) fn string_literal(&mut self) -> String {
        (*self.random.pick(&[
            "'a'",
            "'b'",
            "'ab'",
            "'abc'",
            "'hello world'",
            "''",
            "' pad '",
            "'Title Case'",
            "'x,y,,z'",
            "'1234'",
            "'A-b_C'",
            "'naïve'",
            "'ß'",
            "'tab\\there'",
            "'line\\nbreak'",
            "\"it's\"",
            "'q\"q'",
            "'日本'",
            "'\\x00\\x7f'",
            "'k'",
            "'v'",
            "'key'",
            "r'\\d'",
            "'bb' 'aa'",
            "'İ'",
            "'😀'",
        ]))
        .to_owned()
    }

    pub(super) fn string(&mut self, depth: usize) -> String {
        match self.random.below(34) {
            0 | 1 => format!("({} + {})", self.expr(Ty::Str, depth), self.expr(Ty::Str, depth)),
            2 => format!("({} * {})", self.expr(Ty::Str, depth), self.random.between(-1, 4)),
            3..=5 => {
                let slice = self.slice();
                format!("{}[{slice}]", self.expr(Ty::Str, depth))
            }
            6 => format!("{}[{}]", self.expr(Ty::Str, depth), self.random.between(-3, 2)),
            7..=9 => {
                let method = *self.random.pick(&[
                    "upper()",
                    "lower()",
                    "title()",
                    "capitalize()",
                    "swapcase()",
                    "strip()",
                    "lstrip()",
                    "rstrip(' d')",
                    "replace('a', 'xy')",
                    "replace('', '-', 2)",
                    "center(9, '*')",
                    "center(8)",
                    "ljust(7)",
                    "rjust(6, '.')",
                    "zfill(6)",
                    "casefold()",
                    "removeprefix('a')",
                    "removesuffix('d')",
                    "expandtabs(4)",
                    "partition('b')[2]",
                    "rpartition('-')[0]",
                    "translate(str.maketrans('abc', 'xyz'))",
                ]);
                format!("{}.{method}", self.expr(Ty::Str, depth))
            }
            10 | 11 => format!("{}.join({})", self.string_literal(), self.expr(Ty::Strs, depth)),
            12..=16 => self.f_string(),
            17 => self.percent(depth),
            18 => self.template(depth),
            19..=21 => {
                let ty = self.plain();
                format!("{}({})", self.random.pick(&["str", "repr"]), self.expr(ty, depth))
            }
            22 => format!("chr(97 + {} % 26)", self.expr(Ty::Int, depth)),
            23 => {
                let spec = self.int_spec();
                format!("format({}, '{spec}')", self.expr(Ty::Int, depth))
            }
            24 => {
                let spec = self.float_spec();
                format!("format({}, '{spec}')", self.expr(Ty::Float, depth))
            }
            25 => format!("{}({})", self.random.pick(&["hex", "bin", "oct"]), self.expr(Ty::Int, depth)),
            26 => {
                let ty = self.plain();
                format!("type({}).__name__", self.expr(ty, depth))
            }
            27 => format!("{}[{}]", self.expr(Ty::Strs, depth), self.random.between(-2, 2)),
            28 => format!("{}[1]", self.expr(Ty::Pair, depth)),
            29 => format!("{}({}, default='none')", self.random.pick(&["min", "max"]), self.expr(Ty::Strs, depth)),
            30 => format!("str(sorted({}, key=repr))", self.expr(Ty::Set, depth)),
            31 => format!("''.join(sorted({}))", self.expr(Ty::Str, depth)),
            32 => format!("''.join(reversed({}))", self.expr(Ty::Str, depth)),
            _ => {
                let name = self.fresh("c");
                let source = self.expr(Ty::Str, depth);
                self.declare(&name, Ty::Str);
                let value = self.repeated(5, |g| g.expr(Ty::Str, depth));
                self.variables.pop();
                format!("''.join({value} for {name} in {source})")
            }
        }
    }

    /// What stands between the brackets of a slice.
    pub(super) fn slice(&mut self) -> String {
        let bound =
            |g: &mut Self| if g.random.chance(35) { String::new() } else { g.random.between(-4, 4).to_string() };
        let (from, to) = (bound(self), bound(self));
        match self.random.below(5) {
            0 => format!("{from}:{to}:{}", self.random.pick(&["-1", "2", "-2", "1", "3", "0"])),
            _ => format!("{from}:{to}"),
        }
    }

    fn int_spec(&mut self) -> String {
        let fill = *self.random.pick(&["", "", "<", ">", "^", "*^", "0=", "=", "_<"]);
        let sign = *self.random.pick(&["", "", "+", " ", "-"]);
        let width = *self.random.pick(&["", "4", "9", "012"]);
        let grouping = *self.random.pick(&["", "", ",", "_"]);
        let kind = *self.random.pick(&["", "d", "x", "b", "o", "#x", "X", "e", "f", ".2f", "%", "g", "n", "c", "s"]);
        match kind.strip_prefix('#') {
            Some(rest) => format!("{fill}{sign}#{width}{rest}"),
            None if kind.starts_with('.') => format!("{fill}{sign}{width}{grouping}{kind}"),
            None => format!("{fill}{sign}{width}{grouping}{kind}"),
        }
    }

    fn float_spec(&mut self) -> String {
        let fill = *self.random.pick(&["", "", "<", ">", "^", "*^", "0="]);
        let sign = *self.random.pick(&["", "", "+", " "]);
        let width = *self.random.pick(&["", "8", "12", "09"]);
        let grouping = *self.random.pick(&["", "", ","]);
        let rest =
            *self.random.pick(&["", ".2f", ".0f", ".3e", ".4g", "g", "e", ".1%", "f", ".10", "G", "n", "#.0f", ".3"]);
        match rest.strip_prefix('#') {
            Some(rest) => format!("{fill}{sign}#{width}{grouping}{rest}"),
            None => format!("{fill}{sign}{width}{grouping}{rest}"),
        }
    }

    fn str_spec(&mut self) -> String {
        (*self.random.pick(&["", ">8", "<6", "^9", "*^7", ".2", "8.3", "s", "-<5s", "05", "d"])).to_owned()
    }

    /// Something without quotes or backslashes, which cannot stand in an f-string before Python 3.12.
    fn field(&mut self, ty: Ty) -> String {
        match self.variable(ty) {
            Some(name) => name,
            None => match ty {
                Ty::Float => self.random.pick(&["1.25", "2 / 3", "1e10"]).to_string(),
                Ty::Int => self.random.pick(&["42", "-7", "10**9", "1 + 2"]).to_string(),
                _ => "[1, 2]".to_owned(),
            },
        }
    }

    fn f_string(&mut self) -> String {
        let mut text = "f\"".to_owned();
        for _ in 0..self.random.between(1, 3) {
            text += *self.random.pick(&["", "", "n=", " ", "{{", "}} ", "-> "]);
            let ty = self.plain();
            let field = self.field(ty);
            text += &match (ty, self.random.below(8)) {
                (_, 0) => format!("{{{field}!r}}"),
                (_, 1) => format!("{{{field}=}}"),
                (_, 2) => format!("{{{field}!s:>{}}}", self.random.between(0, 12)),
                (_, 3) => format!("{{{field}}}"),
                (Ty::Int, 4) => format!("{{{field}:{{{}}}}}", self.random.pick(&["5", "3 + 4"])),
                (Ty::Int, _) => format!("{{{field}:{}}}", self.int_spec()),
                (Ty::Float, _) => format!("{{{field}:{}}}", self.float_spec()),
                (Ty::Str, _) => format!("{{{field}:{}}}", self.str_spec()),
                _ => format!("{{{field}}}"),
            };
        }
        text + "\""
    }

    fn percent(&mut self, depth: usize) -> String {
        match self.random.below(4) {
            0 => format!("'%s|%r' % ({}, {})", self.expr(Ty::Str, depth), self.expr(Ty::Str, depth)),
            1 => {
                let kind = *self
                    .random
                    .pick(&["%d", "%5d", "%-6d|", "%+d", "%05d", "%x", "%o", "%i%%", "%c", "%s", "%#x", "% d"]);
                format!("'{kind}' % ({} % 1000,)", self.expr(Ty::Int, depth))
            }
            2 => {
                let kind = *self.random.pick(&["%.2f", "%e", "%g", "%8.3f", "%-9.1f|", "%s", "%r", "%d", "%+.0f"]);
                format!("'{kind}' % {}", self.expr(Ty::Float, depth))
            }
            _ => format!("'%(a)s and %(b)d' % {}", self.expr(Ty::Dict, depth)),
        }
    }

    fn template(&mut self, depth: usize) -> String {
        let (one, other) = (self.plain(), self.plain());
        let (a, b) = (self.expr(one, depth), self.expr(other, depth));
        let template = *self.random.pick(&[
            "{} {}",
            "{1} {0}",
            "{0!r}{1!s}",
            "{:>6}|{}",
            "{}",
            "{a}{}{}",
            "{0}{0}",
            "{} {} {}",
            "{{}}{}",
            "{!r:>5}",
        ]);
        format!("'{template}'.format({a}, {b}, a=1)")
    }
}
