//! Statements: where values go, and what decides.

use super::{Differs, Known};
use ruff_python_ast::{ExceptHandler, Expr, Parameters, Stmt};

impl<'p> Known<'p> {
    pub(super) fn block(&mut self, statements: &'p [Stmt]) {
        statements.iter().for_each(|statement| self.statement(statement));
    }

    fn statement(&mut self, statement: &'p Stmt) {
        match statement {
            Stmt::FunctionDef(it) => {
                it.decorator_list.iter().for_each(|it| self.take_in(&it.expression));
                self.defaults(&it.parameters);
                self.inside.push(&it.name);
                self.block(&it.body);
                self.inside.pop();
            }
            Stmt::ClassDef(it) => {
                let bases = it.arguments.iter().flat_map(|it| &it.args);
                bases.for_each(|base| self.inherit(&it.name, base));
                self.block(&it.body);
            }
            Stmt::Return(it) => it.value.iter().for_each(|value| self.give_back(value)),
            Stmt::Delete(it) => it.targets.iter().for_each(|it| self.take_in(it)),
            Stmt::Assign(it) => {
                let differs = self.value(&it.value);
                it.targets.iter().for_each(|target| self.assign(target, &it.value, differs));
            }
            Stmt::AugAssign(it) => {
                let right = self.value(&it.value);
                let differs = self.value(&it.target).max(right);
                if differs > Differs::Not {
                    self.may_fail(it.op, &it.value, right);
                }
                self.assign(&it.target, &it.value, differs);
            }
            Stmt::AnnAssign(it) => {
                if let Some(value) = &it.value {
                    let differs = self.value(value);
                    self.assign(&it.target, value, differs);
                }
            }
            Stmt::For(it) => {
                self.each(&it.target, &it.iter);
                self.block(&it.body);
                self.block(&it.orelse);
            }
            Stmt::While(it) => {
                self.condition(&it.test);
                self.block(&it.body);
                self.block(&it.orelse);
            }
            Stmt::If(it) => {
                self.condition(&it.test);
                self.block(&it.body);
                for clause in &it.elif_else_clauses {
                    clause.test.iter().for_each(|test| self.condition(test));
                    self.block(&clause.body);
                }
            }
            Stmt::With(it) => {
                for item in &it.items {
                    let differs = self.value(&item.context_expr);
                    if let Some(target) = &item.optional_vars {
                        self.assign(target, &item.context_expr, differs);
                    }
                }
                self.block(&it.body);
            }
            Stmt::Match(it) => {
                if self.value(&it.subject) > Differs::Not {
                    self.decide(&*it.subject);
                }
                for case in &it.cases {
                    case.guard.iter().for_each(|guard| self.condition(guard));
                    self.block(&case.body);
                }
            }
            Stmt::Raise(it) => {
                let differs = it.exc.iter().chain(&it.cause).map(|it| self.value(it)).max();
                if differs.unwrap_or_default() > Differs::Not && !self.raises {
                    (self.raises, self.changed) = (true, true);
                }
            }
            Stmt::Try(it) => {
                self.block(&it.body);
                for ExceptHandler::ExceptHandler(handler) in &it.handlers {
                    if let Some(name) = handler.name.as_ref().filter(|_| self.raises) {
                        self.note(name, Differs::Itself);
                    }
                    self.block(&handler.body);
                }
                self.block(&it.orelse);
                self.block(&it.finalbody);
            }
            Stmt::Assert(it) => {
                self.condition(&it.test);
                it.msg.iter().for_each(|it| self.take_in(it));
            }
            Stmt::Expr(it) => self.take_in(&it.value),
            Stmt::TypeAlias(_) | Stmt::Import(_) | Stmt::ImportFrom(_) | Stmt::Global(_) | Stmt::Nonlocal(_) => {}
            Stmt::Pass(_) | Stmt::Break(_) | Stmt::Continue(_) | Stmt::IpyEscapeCommand(_) => {}
        }
    }

    /// An object of a class that is made from a container is that container, inside of its methods too.
    fn inherit(&mut self, class: &'p str, base: &'p Expr) {
        const NO_CONTAINERS: &[&str] = &["object", "Thread", "Process", "Exception", "ABC", "Enum", "RuntimeError"];
        let Some(name) = super::name_of(base) else { return };
        if !self.classes.contains(name) && !NO_CONTAINERS.contains(&name) {
            self.unite("self", class);
        }
    }

    pub(super) fn defaults(&mut self, parameters: &'p Parameters) {
        for it in parameters.posonlyargs.iter().chain(&parameters.args).chain(&parameters.kwonlyargs) {
            if let Some(default) = &it.default {
                let differs = self.value(default);
                self.flow(&it.parameter.name, default, differs);
            }
        }
    }

    /// The function around it gives the value back.
    pub(super) fn give_back(&mut self, value: &'p Expr) {
        let differs = self.value(value);
        let Some(function) = self.inside.last().copied() else { return };
        if differs > Differs::Not && function.starts_with("__") {
            self.decide(value); // an operator gives it, a loop or `str`: where is not looked for
        }
        self.flow(function, value, differs);
    }

    /// The value goes there.
    pub(super) fn assign(&mut self, target: &'p Expr, value: &'p Expr, differs: Differs) {
        match target {
            Expr::Name(it) => self.flow(&it.id, value, differs),
            Expr::Attribute(it) => {
                self.value(&it.value);
                self.flow(&it.attr, value, differs);
            }
            Expr::Subscript(it) => {
                self.value(target);
                self.put_into(&it.value, value, differs);
            }
            Expr::Starred(it) => self.assign(&it.value, value, differs),
            Expr::Tuple(it) => self.assign_each(&it.elts, value, differs),
            Expr::List(it) => self.assign_each(&it.elts, value, differs),
            _ => self.decide(target),
        }
    }

    fn assign_each(&mut self, targets: &'p [Expr], value: &'p Expr, differs: Differs) {
        if let Expr::Tuple(values) = value
            && values.elts.len() == targets.len()
            && !values.elts.iter().chain(targets).any(Expr::is_starred_expr)
        {
            for (target, value) in targets.iter().zip(&values.elts) {
                let differs = self.value(value);
                self.assign(target, value, differs);
            }
            return;
        }
        let differs = if differs == Differs::Not { differs } else { Differs::Itself };
        targets.iter().for_each(|target| self.assign(target, value, differs));
        // Two ends of a pipe: what goes into one comes out of the other.
        let names: Vec<&'p str> = targets.iter().filter_map(super::name_of).collect();
        names.windows(2).for_each(|pair| self.unite(pair[0], pair[1]));
    }

    /// The value goes into what the expression gives.
    pub(super) fn put_into(&mut self, container: &'p Expr, value: &'p Expr, differs: Differs) {
        let name = match container {
            Expr::Name(it) => it.id.as_str(),
            Expr::Attribute(it) => it.attr.as_str(),
            Expr::Subscript(it) => return self.put_into(&it.value, value, differs),
            Expr::Call(it) => match super::name_of(&it.func) {
                Some(name) if self.functions.contains_key(name) => name,
                _ if differs > Differs::Not => return self.decide(container),
                _ => return,
            },
            _ if differs > Differs::Not => return self.decide(container),
            _ => return,
        };
        self.link(name, value);
        if differs > Differs::Not {
            self.hold(name);
        }
    }

    /// A loop over the items, each of which goes to the target.
    pub(super) fn each(&mut self, target: &'p Expr, items: &'p Expr) {
        let differs = match self.value(items) {
            Differs::Not => Differs::Not,
            Differs::Inside => Differs::Itself,
            Differs::Itself => return self.decide(items),
        };
        self.assign(target, items, differs);
    }

    /// The program goes on by that.
    pub(super) fn condition(&mut self, test: &'p Expr) {
        if self.value(test) == Differs::Itself {
            self.decide(test);
        }
    }
}
