//! Calls.

use super::function::Emitter;
use crate::base::diagnostic::Reason;
use crate::bytecode::{CallSite, Hint, Instruction};
use ruff_python_ast::{self as ast, Expr};
use std::collections::BTreeSet;

impl<'u> Emitter<'u> {
    /// `[] → [result]`, which goes to where `hint` says.
    pub(super) fn call(&mut self, call: &'u ast::ExprCall, hint: Option<Hint>) {
        let arguments = &call.arguments;
        self.check_keywords(arguments);
        let spread = arguments.args.iter().any(Expr::is_starred_expr)
            || arguments.keywords.iter().any(|keyword| keyword.arg.is_none());
        if self.is_super(call) {
            self.code.emit(Instruction::LoadSuper);
            return;
        } else if self.namespace(call) {
            return;
        } else if spread {
            self.expression(&call.func);
            self.spread_arguments(arguments);
            self.code.emit(Instruction::CallSpread);
        } else if let Expr::Attribute(function) = &*call.func {
            self.method_call(function, arguments);
        } else {
            self.expression(&call.func);
            self.plain_arguments(arguments, None);
            let instruction = self.call_instruction(arguments, false);
            self.code.emit(instruction);
        }
        if let Some(hint) = hint {
            self.code.hint(hint);
        }
    }

    /// Like an attribute, a method and its call belong to the line of its name.
    fn method_call(&mut self, function: &'u ast::ExprAttribute, arguments: &'u ast::Arguments) {
        self.code.emit(Instruction::Vacancy);
        self.expression(&function.value);
        let (method, line) = (self.symbol(&function.attr), self.line_of(&function.attr));
        self.code.line(line);
        let positional = self.small(arguments.args.len(), arguments);
        self.code.emit(Instruction::LoadMethod(method, positional));
        // `locks.append(Lock())`, `waiting.add(Event())`
        let container = match function.attr.as_str() {
            "append" | "add" | "appendleft" => self.hint_of_container(&function.value),
            _ => None,
        };
        self.plain_arguments(arguments, container);
        self.code.line(line);
        let instruction = self.call_instruction(arguments, true);
        self.code.emit(instruction);
    }

    /// The call instruction for arguments without `*` and `**`.
    fn call_instruction(&mut self, arguments: &ast::Arguments, method: bool) -> Instruction {
        let positional = self.small(arguments.args.len(), arguments);
        if arguments.keywords.is_empty() {
            return match method {
                true => Instruction::CallMethod(positional),
                false => Instruction::Call(u32::from(positional)),
            };
        }
        let names = arguments.keywords.iter().filter_map(|keyword| keyword.arg.as_ref());
        let keywords = names.map(|name| self.symbol(name)).collect();
        Instruction::CallKeywords(self.code.call_site(CallSite { method, positional, keywords }))
    }

    fn plain_arguments(&mut self, arguments: &'u ast::Arguments, hint: Option<Hint>) {
        arguments.args.iter().for_each(|argument| self.expression_for(argument, hint));
        arguments.keywords.iter().for_each(|keyword| self.expression(&keyword.value));
    }

    /// `[] → [list dict]`
    fn spread_arguments(&mut self, arguments: &'u ast::Arguments) {
        match &*arguments.args {
            [Expr::Starred(all)] => {
                self.code.emit(Instruction::BuildList(0));
                self.expression(&all.value);
                self.code.emit(Instruction::ArgumentsExtend);
            }
            several => self.list(several, None),
        }
        let plain = arguments.keywords.iter().position(|keyword| keyword.arg.is_none());
        let (first, rest) = arguments.keywords.split_at(plain.unwrap_or(arguments.keywords.len()));
        self.keywords(first);
        for keyword in rest {
            match &keyword.arg {
                None => self.expression(&keyword.value),
                // Merged like a mapping, so that a name that is there already is noticed.
                Some(_) => self.keywords(std::slice::from_ref(keyword)),
            }
            self.code.emit(Instruction::KeywordsMerge);
        }
    }

    /// `[] → [dict]`
    pub(super) fn keywords(&mut self, keywords: &'u [ast::Keyword]) {
        for keyword in keywords {
            if let Some(name) = &keyword.arg {
                let name = self.scopes.mangle(self.scope, name);
                self.text(&name);
            }
            self.expression(&keyword.value);
        }
        self.code.emit(Instruction::BuildDict(keywords.len() as u32));
    }

    fn check_keywords(&mut self, arguments: &ast::Arguments) {
        let mut seen = BTreeSet::new();
        for keyword in &arguments.keywords {
            if let Some(name) = &keyword.arg
                && !seen.insert(name.as_str())
            {
                self.complain(Reason::Syntax, keyword, format!("keyword argument repeated: {name}"));
            }
        }
    }

    /// `super()`, which `refuse` lets through in methods alone.
    fn is_super(&self, call: &ast::ExprCall) -> bool {
        let named = call.func.as_name_expr().is_some_and(|name| name.id == "super");
        named && call.arguments.is_empty() && self.is_builtin("super")
    }
}
