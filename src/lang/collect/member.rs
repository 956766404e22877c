//! Names that imports bind, and what is read or stored behind dots: members of modules, if they are.

use super::{Collector, ScopeId, Scopes, span, stores_by_name};
use crate::base::Span;
use crate::bytecode::library::{self, Module};
use ruff_python_ast::{self as ast, Expr};
use std::sync::Arc;

/// `name.attribute`, or `name.part.attribute` and so on.
#[derive(Debug)]
pub(in crate::lang) struct Member {
    pub(in crate::lang) scope: ScopeId,
    /// What stands before the last dot: a name and the attributes on the way.
    pub(in crate::lang) of: Dotted,
    pub(in crate::lang) attribute: Arc<str>,
    pub(in crate::lang) stored: bool,
    pub(in crate::lang) span: Span,
}

impl Member {
    /// As it stands in the program.
    pub(in crate::lang) fn written(&self) -> String {
        let parts = self.of.parts.iter().chain([&self.attribute]);
        parts.fold(self.of.name.to_string(), |written, part| written + "." + part)
    }
}

/// A name, and attributes behind dots.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::lang) struct Dotted {
    pub(in crate::lang) name: Arc<str>,
    pub(in crate::lang) parts: Vec<Arc<str>>,
}

impl Collector<'_> {
    /// An expression of nothing but names and dots.
    pub(super) fn dotted(&self, expression: &Expr) -> Option<Dotted> {
        match expression {
            Expr::Name(name) => Some(Dotted { name: self.mangled(&name.id), parts: Vec::new() }),
            Expr::Attribute(attribute) => {
                let mut dotted = self.dotted(&attribute.value)?;
                dotted.parts.push(self.mangled(&attribute.attr));
                Some(dotted)
            }
            _ => None,
        }
    }

    /// `name = module`: another name for what may be a module.
    pub(super) fn note_alias(&mut self, assign: &ast::StmtAssign) {
        if let [Expr::Name(name)] = &assign.targets[..]
            && let Some(of) = self.dotted(&assign.value)
        {
            let (scope, name) = (self.scope, self.mangled(&name.id));
            if let Some(binding) = self.found.scopes.scope_mut(scope).bindings.get_mut(&name) {
                binding.alias = Some((scope, of));
            }
        }
    }

    pub(super) fn visit_import(&mut self, alias: &ast::Alias, module: Option<&str>) {
        if &alias.name == "*" {
            self.visit_star(alias, module.unwrap_or_default());
            return;
        }
        let bound = alias.asname.as_ref().unwrap_or(&alias.name);
        let bound = bound.split('.').next().unwrap_or_default().to_owned();
        let import = match (module, alias.asname.is_some()) {
            (Some(module), _) => format!("{module}.{}", alias.name),
            (None, true) => alias.name.to_string(),
            (None, false) => bound.clone(),
        };
        self.found.stores_unknown |= module.is_some() && stores_by_name(&alias.name);
        self.found.imports.insert(module.unwrap_or(&alias.name).into());
        self.found.imports.insert(import.as_str().into());
        self.store(&bound, alias).import = Some(import.into());
    }

    pub(super) fn visit_star(&mut self, star: &ast::Alias, module: &str) {
        if self.scope != Scopes::MODULE {
            self.complain(star, "import * only allowed at module level");
        }
        self.found.imports.insert(module.into());
        self.found.stars.push((module.into(), span(star)));
    }

    /// Binds what `from … import *` provides of the names that the program uses anywhere: the others mean nothing to it.
    pub(super) fn bind_stars(&mut self) {
        for (module, at) in self.found.stars.clone() {
            for name in library::module(&module).into_iter().flat_map(Module::starred) {
                if self.found.scopes.takes_star(name) {
                    self.found.stores_unknown |= stores_by_name(name);
                    let import = format!("{module}.{name}");
                    self.found.imports.insert(import.as_str().into());
                    self.store_in(Scopes::MODULE, name, at, false).import = Some(import.into());
                }
            }
        }
    }
}
