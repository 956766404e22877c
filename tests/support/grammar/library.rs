//! Expressions that call modules: itertools, functools, operator, heapq, bisect, collections.

use super::{Grammar, Ty};

impl Grammar {
    /// An expression of that type that a module has a hand in.
    pub(super) fn of_library(&mut self, ty: Ty, depth: usize) -> Option<String> {
        Some(match ty {
            Ty::Int => self.int_of_library(depth),
            Ty::Bool => self.truth_of_library(depth),
            Ty::Str => self.string_of_library(depth),
            Ty::Ints => self.ints_of_library(depth),
            Ty::Strs => self.strs_of_library(depth),
            Ty::Dict => format!("dict(zip({}, itertools.count({})))", self.expr(Ty::Strs, depth), self.atom(Ty::Int)),
            Ty::Nested => self.nested_of_library(depth),
            Ty::Float | Ty::Pair | Ty::Set | Ty::Object(_) => return None,
        })
    }

    /// An expression of one more name, a number.
    fn of_number(&mut self, ty: Ty, depth: usize) -> (String, String) {
        let name = self.fresh("q");
        self.declare(&name, Ty::Int);
        let body = self.repeated(5, |g| g.expr(ty, depth));
        self.variables.pop();
        (name, body)
    }

    fn int_of_library(&mut self, depth: usize) -> String {
        let source = self.expr(Ty::Ints, depth);
        match self.random.below(9) {
            0 => format!("functools.reduce(lambda a, b: (a * 3 + b) % 1009, {source}, {})", self.atom(Ty::Int)),
            1 => format!("functools.reduce(operator.xor, {source})"),
            2 => format!("bisect.bisect_left(sorted({source}), {})", self.atom(Ty::Int)),
            3 => format!("bisect.bisect(sorted({source}), {})", self.atom(Ty::Int)),
            4 => format!("operator.itemgetter({})({source})", self.random.between(-2, 2)),
            5 => format!("operator.methodcaller('count', {})({source})", self.atom(Ty::Int)),
            6 => format!("functools.partial(max, {})(*{source}, 3)", self.atom(Ty::Int)),
            7 => format!("len([*itertools.product({source}[:3], {}[:2])])", self.expr(Ty::Strs, depth)),
            _ => format!("next(itertools.dropwhile(bool, {source}), -1)"),
        }
    }

    fn truth_of_library(&mut self, depth: usize) -> String {
        let source = self.expr(Ty::Ints, depth);
        match self.random.below(3) {
            0 => format!("operator.contains({source}, {})", self.atom(Ty::Int)),
            1 => format!("all(itertools.starmap(operator.le, itertools.pairwise({source})))"),
            _ => format!("operator.truth({source})"),
        }
    }

    fn string_of_library(&mut self, depth: usize) -> String {
        match self.random.below(4) {
            0 => format!("functools.reduce(operator.add, {}, '')[:30]", self.expr(Ty::Strs, depth)),
            1 => {
                let (strs, text) = (self.expr(Ty::Strs, depth), self.expr(Ty::Str, depth));
                format!("'-'.join(itertools.chain({strs}, {text}[:2]))")
            }
            2 => format!("repr(collections.deque({}, maxlen=2))", self.expr(Ty::Ints, depth)),
            _ => format!("operator.itemgetter(1)({})", self.expr(Ty::Pair, depth)),
        }
    }

    fn ints_of_library(&mut self, depth: usize) -> String {
        let source = self.expr(Ty::Ints, depth);
        let other = self.expr(Ty::Ints, depth);
        match self.random.below(18) {
            0 => format!("list(itertools.accumulate({source}))"),
            1 => format!("list(itertools.accumulate({source}, max, initial={}))", self.atom(Ty::Int)),
            2 => format!("[*itertools.chain({source}, {other})]"),
            3 => format!("list(itertools.chain.from_iterable({}))", self.expr(Ty::Nested, depth)),
            4 => format!("list(itertools.islice({source}, {}, 5))", self.random.between(0, 2)),
            5 => format!("list(itertools.islice(itertools.count({}, 2), 3))", self.atom(Ty::Int)),
            6 => format!("list(itertools.islice(itertools.cycle({source}), 4))"),
            7 => {
                let (name, condition) = self.of_number(Ty::Bool, depth);
                let function = *self.random.pick(&["takewhile", "dropwhile", "filterfalse"]);
                format!("list(itertools.{function}(lambda {name}: {condition}, {source}))")
            }
            8 => format!("[one - two for one, two in itertools.pairwise({source})]"),
            9 => format!("list(map(sum, itertools.combinations({source}[:4], 2)))"),
            10 => format!("list(itertools.starmap(operator.sub, zip({source}, {other})))"),
            11 => format!("[len([*group]) for _, group in itertools.groupby({source})]"),
            12 => format!("heapq.nsmallest({}, {source})", self.random.between(-1, 3)),
            13 => format!("heapq.nlargest(2, {source}, key=lambda n: n % 5)"),
            14 => format!("list(heapq.merge(sorted({source}), sorted({other})))"),
            15 => format!("list(collections.deque({source}, maxlen={}))", self.random.between(0, 3)),
            16 => format!("sorted({source}, key=functools.cmp_to_key(lambda a, b: b % 7 - a % 7))"),
            _ => format!("list(map(functools.partial(operator.sub, {}), {source}))", self.atom(Ty::Int)),
        }
    }

    fn strs_of_library(&mut self, depth: usize) -> String {
        let text = self.expr(Ty::Str, depth);
        match self.random.below(5) {
            0 => format!("list(map(''.join, itertools.product({text}[:2], repeat=2)))"),
            1 => format!("[''.join(order) for order in itertools.permutations({text}[:3], 2)]"),
            2 => format!("list(itertools.compress({}, {}))", self.expr(Ty::Strs, depth), self.expr(Ty::Ints, depth)),
            3 => format!("[key for key, _ in itertools.groupby({text}[:9])]"),
            _ => format!("sorted({}, key=operator.methodcaller('lower'))", self.expr(Ty::Strs, depth)),
        }
    }

    fn nested_of_library(&mut self, depth: usize) -> String {
        let source = self.expr(Ty::Ints, depth);
        match self.random.below(4) {
            0 => format!("[list(some) for some in itertools.combinations({source}[:4], 2)]"),
            1 => format!("[[*group] for _, group in itertools.groupby(sorted({source}), key=lambda n: n % 2)]"),
            2 => {
                format!("list(map(list, itertools.zip_longest({source}, {}, fillvalue=0)))", self.expr(Ty::Ints, depth))
            }
            _ => format!("[list(copy) for copy in itertools.tee({source}[:4])]"),
        }
    }
}
