//! Generator functions, and what is done with generators.

use super::{Grammar, Node, Ty, block, line};

impl Grammar {
    /// A generator function of one number, which yields integers.
    pub(super) fn generator_definition(&mut self) -> Node {
        let name = self.fresh("gen");
        let around = self.enter(None);
        self.declare("n", Ty::Int);
        let mut body = self.statements(1, 1);
        let value = self.expr(Ty::Int, 2);
        let turn = match self.random.below(4) {
            0 => vec![line(format!("got = yield {value}")), line("print('got', got)")],
            1 => vec![line("yield i"), line(format!("yield {value}"))],
            2 => vec![
                block(format!("if {}:", self.expr(Ty::Bool, 2)), vec![line("return 'early'")]),
                line("yield i * i"),
            ],
            _ => vec![line(format!("yield {value}"))],
        };
        let mut inner = vec![block("for i in range(n % 4 + 1):", turn)];
        if self.random.chance(30) {
            inner.push(line(format!("yield from {}[:3]", self.expr(Ty::Ints, 2))));
        }
        let ending = self.statements(1, 1);
        body.push(match self.random.below(4) {
            0 => Node::Block(vec![("try:".to_owned(), inner), ("finally:".to_owned(), vec![line("print('closing')")])]),
            1 => Node::Block(vec![
                ("try:".to_owned(), inner),
                ("except ValueError as e:".to_owned(), vec![line("print('caught', e)"), line("yield -1")]),
            ]),
            _ => block("if True:", inner),
        });
        body.extend(ending);
        if self.random.chance(40) {
            body.push(line(format!("return {}", self.expr(Ty::Int, 2))));
        }
        self.leave_function(around);
        let definition = block(format!("def {name}(n):"), body);
        // As a function that gives a list of what it yields.
        self.declare(&format!("list({name}(3))"), Ty::Ints);
        definition
    }

    /// What is done with a generator, step by step.
    pub(super) fn generator_scene(&mut self) -> Vec<Node> {
        let mut nodes = vec![self.generator_definition()];
        let Some(made) = self.variables.last().map(|known| known.name.clone()) else { return nodes };
        let made = made.trim_start_matches("list(").trim_end_matches(')').to_owned() + ")";
        let name = self.fresh("it");
        nodes.push(line(format!("{name} = {made}")));
        let mut steps = vec![line(format!("print(next({name}))"))];
        for _ in 0..self.random.between(2, 5) {
            steps.push(line(match self.random.below(9) {
                0 | 1 => format!("print(next({name}))"),
                2 => format!("print(next({name}, 'end'))"),
                3 => format!("print({name}.send(None))"),
                4 => format!("print(list({name}))"),
                5 => format!("{name}.close()"),
                6 => format!("print({} in {name})", self.expr(Ty::Int, 1)),
                7 => format!("print(sum({name}), {name} is iter({name}))"),
                _ => format!("print([x for x in {name}][:5])"),
            }));
        }
        match self.random.below(3) {
            0 => steps.push(Node::Block(vec![
                ("try:".to_owned(), vec![line(format!("print({name}.send(None))"))]),
                ("except StopIteration as stop:".to_owned(), vec![line("print('stopped', stop.value)")]),
            ])),
            1 => steps.push(line(format!("print({name}.throw({}))", self.error()))),
            _ => steps.push(line(format!("print(*zip({made}, range(99)), *map(str, {made}))"))),
        }
        // Python does not promise when it closes a generator that is left alone.
        nodes.push(Node::Block(vec![
            ("try:".to_owned(), steps),
            ("finally:".to_owned(), vec![line(format!("{name}.close()"))]),
        ]));
        nodes
    }

    /// Generators behind each other, and one that asks another and is sent values.
    pub(super) fn pipeline_scene(&mut self) -> Vec<Node> {
        let [source, stage, asked, total] = ["source", "stage", "asked", "total"].map(|stem| self.fresh(stem));
        let around = self.enter(None);
        self.declare("n", Ty::Int);
        let (made, kept) = (self.expr(Ty::Int, 2), self.expr(Ty::Bool, 2));
        self.declare("sum", Ty::Int);
        let answer = self.expr(Ty::Int, 2);
        self.leave_function(around);
        let ending = *self.random.pick(&["return sum", "raise KeyError(sum)", "return 'done', sum"]);
        let definitions = format!(
            "def {source}(limit):
    for n in range(limit):
        print('make', n)
        yield {made}
def {stage}(values):
    for n in values:
        if {kept}:
            yield n
        else:
            print('drop', n)
def {asked}(limit):
    sum = 0
    try:
        for n in range(limit):
            got = yield {answer}
            sum = (sum + (got or 0)) % 1000
    finally:
        print('over', sum)
    {ending}
def {total}(limit):
    try:
        result = yield from {asked}(limit)
    except KeyError as error:
        result = repr(error)
    yield result
    return 'last'"
        );
        let limit = self.random.between(0, 4);
        let shown = match self.random.below(4) {
            0 => format!("print(list({stage}({source}({limit}))))"),
            1 => format!("print(*{stage}({stage}({source}({limit}))), sep='+')"),
            2 => format!("print(next({stage}({source}({limit})), 'nothing'))"),
            _ => format!("print({{str(n): n for n in {stage}({source}({limit}))}})"),
        };
        let name = self.fresh("it");
        let mut steps = vec![line(shown), line(format!("print(next({name}))"))];
        for _ in 0..self.random.between(1, 4) {
            steps.push(line(match self.random.below(5) {
                0 => format!("print({name}.throw({}))", self.error()),
                1 => format!("{name}.close()"),
                _ => format!("print({name}.send({}))", self.expr(Ty::Int, 1)),
            }));
        }
        // Closed in any case, as above: what CPython closes later would print into another program's output.
        vec![
            line(format!("{definitions}\n{name} = {total}({limit})")),
            Node::Block(vec![
                ("try:".to_owned(), steps),
                ("except StopIteration as stop:".to_owned(), vec![line("print('stopped', stop.value)")]),
                ("finally:".to_owned(), vec![line(format!("{name}.close()"))]),
            ]),
        ]
    }
}
