//! Imports: modules, and what they bind. A module of the author's own runs when it is imported first.

use super::{Flow, Step, Vm};
use crate::base::Symbol;
use crate::bytecode::{GlobalId, OWN_MODULES, OwnModule};
use crate::machine::data::exception;
use crate::machine::memory::image::own_text;
use crate::machine::memory::native::Halt;
use crate::machine::memory::thread::Then;
use crate::machine::memory::value::Value;

impl Vm<'_> {
    /// `import module`: the prelude's `load_module` runs the code of one of the author's own that has not run to its end.
    pub(super) fn import(&mut self, module: u16, at: u32) -> Step {
        let Some(own) = self.image.program.own_module(module) else { return self.give(Value::Module(module)) };
        if !self.global_now(own.done)?.is_unbound() {
            return self.give(Value::Module(module));
        }
        let Some(global) = self.image.prelude("load_module") else { return Ok(Flow::Next) };
        let arguments = vec![Value::Int(i64::from(module - OWN_MODULES))];
        self.call_with(Value::Prelude(global), arguments, Vec::new(), self.thread.stack.len(), at, Then::Push)
    }

    /// `from module import name`. What a package does not bind may be a module in it.
    pub(super) fn import_member(&mut self, module: u16, name: Symbol, at: u32) -> Step {
        if let Some(value) = self.module_member(module, name)? {
            return self.give(value);
        }
        let text = self.image.name(name);
        if let Some(submodule) = self.image.program.submodule(module, text) {
            return self.import(submodule, at);
        }
        let program = &self.image.program;
        let (of, own) = (program.module_name(module), program.own_module(module));
        let file = own.and_then(|own| Some(program.source.file(own.file?).name()));
        let place = match (file, own) {
            (Some(file), _) => format!(" ({file})"),
            (None, Some(_)) => " (unknown location)".to_owned(),
            (None, None) => String::new(),
        };
        let message = match own {
            Some(own) if self.is_partial(own)? => format!(
                "cannot import name '{text}' from partially initialized module '{of}' (most likely due to a circular \
                 import){place}"
            ),
            Some(_) | None => format!("cannot import name '{text}' from '{of}'{place}"),
        };
        Err(self.error(&exception::IMPORT_ERROR, message))
    }

    /// What a global holds, and whether it is bound.
    pub(super) fn load_bound(&mut self, global: GlobalId) -> Step {
        let value = self.global_now(global)?;
        let bound = !value.is_unbound();
        self.push(if bound { value } else { Value::None });
        self.give(Value::Bool(bound))
    }

    pub(super) fn load_bound_local(&mut self, slot: u16) -> Step {
        let value = self.local(slot).clone();
        let bound = !value.is_unbound();
        self.push(if bound { value } else { Value::None });
        self.give(Value::Bool(bound))
    }

    /// What a module says of itself.
    pub(super) fn module_text(&self, module: u16, name: Symbol) -> Option<Value> {
        own_text(&self.image.program, module, self.image.name(name))
    }

    /// The words for a member that a module does not have.
    pub(super) fn no_member(&mut self, module: u16, name: &str) -> String {
        let program = &self.image.program;
        let of = program.module_name(module);
        // The module's globals were asked a moment ago, so they can be reached.
        let partial = program.own_module(module).is_some_and(|own| self.is_partial(own).unwrap_or(false));
        if partial {
            format!(
                "partially initialized module '{of}' has no attribute '{name}' (most likely due to a circular import)"
            )
        } else {
            format!("module '{of}' has no attribute '{name}'")
        }
    }

    fn is_partial(&mut self, own: &OwnModule) -> Result<bool, Halt> {
        Ok(self.global_now(own.done)?.is_unbound())
    }

    /// What a global holds now; `Unbound`: nothing.
    pub(super) fn global_now(&mut self, global: GlobalId) -> Result<Value, Halt> {
        let index = global.0 as usize;
        let frozen = self.thread.frozen.as_ref().map(|frozen| frozen[index].clone());
        match frozen.filter(|value| !value.is_unbound()) {
            Some(value) => Ok(value),
            None => self.read_global(index),
        }
    }
}
