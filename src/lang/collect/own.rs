//! What the walk notes of the author's own modules: what imports bind, and what may be stored to a module.

use super::super::scope::{OwnImport, Scopes};
use super::{Collector, stores_by_name};
use ruff_python_ast::{self as ast, Expr};
use std::sync::Arc;

impl Collector<'_> {
    /// Notes what may be stored to a module.
    pub(super) fn note_own_store(&mut self, attribute: &ast::ExprAttribute, name: &Arc<str>) {
        let mut object = &*attribute.value;
        while let Expr::Attribute(inner) = object {
            object = &inner.value;
        }
        if let Expr::Name(root) = object {
            let root = self.mangled(&root.id);
            self.found.own_stores.push((self.scope, root, name.clone()));
        }
    }

    /// An import from one of the author's own modules.
    pub(super) fn visit_own_import(&mut self, alias: &ast::Alias, module: u16) {
        if &alias.name == "*" {
            if self.scope != Scopes::MODULE {
                self.complain(alias, "import * only allowed at module level");
            }
            self.found.own_stars.push(module);
            for name in self.view.star(module).into_iter().flat_map(|star| &star.names) {
                self.store(name, alias).own = Some(OwnImport { module, member: Some(name.clone()) });
            }
            return;
        }
        self.found.stores_unknown |= stores_by_name(&alias.name);
        let bound = alias.asname.as_ref().unwrap_or(&alias.name);
        let member = Some(Arc::from(alias.name.as_str()));
        self.store(bound, alias).own = Some(OwnImport { module, member });
    }

    /// `import package.module` of the author's own; `as` binds the module, without it the name binds the package.
    pub(super) fn visit_own_module(&mut self, alias: &ast::Alias) -> bool {
        let first = alias.name.split('.').next().unwrap_or_default();
        let named = if alias.asname.is_some() { alias.name.as_str() } else { first };
        let Some(module) = self.view.own(0, named) else { return false };
        let bound = alias.asname.as_deref().unwrap_or(first);
        let means = Some(OwnImport { module, member: None });
        let before = self.found.scopes.scope(self.scope).bindings.get(bound).map(|binding| &binding.own);
        // `import shop.till` after `import shop.stock` binds `shop` to what it was.
        let again = before == Some(&means);
        let binding = self.store(bound, alias);
        binding.stores -= u32::from(again);
        binding.own = means;
        true
    }
}

/// Whether this module of the library finds the program's functions and classes by their names.
pub(super) fn finds_by_name(module: &str) -> bool {
    module.starts_with("multiprocessing") || matches!(module, "concurrent.futures.process" | "pickle")
}
