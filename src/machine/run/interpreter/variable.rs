//! Variables: locals, cells and globals.

use super::{Flow, Step, Vm};
use crate::base::{ObjectId, Symbol};
use crate::bytecode::{Code, CodeKind, GlobalId, Home};
use crate::machine::data::exception;
use crate::machine::memory::native::Halt;
use crate::machine::memory::object::Object;
use crate::machine::memory::value::Value;

impl Vm<'_> {
    #[inline(always)]
    pub(super) fn local(&self, slot: u16) -> &Value {
        &self.thread.stack[self.locals + slot as usize]
    }

    #[inline(always)]
    pub(super) fn local_mut(&mut self, slot: u16) -> &mut Value {
        &mut self.thread.stack[self.locals + slot as usize]
    }

    pub(super) fn load_local(&mut self, code: &Code, slot: u16, at: u32) -> Step {
        match self.local(slot) {
            Value::Instance(instance) => {
                let instance = instance.clone();
                self.push_made(|| Value::Instance(instance));
                Ok(Flow::Next)
            }
            Value::Unbound => Err(self.unbound_local(code, slot, at)),
            Value::Big(number) => {
                let number = number.clone();
                self.push_made(|| Value::Big(number));
                Ok(Flow::Next)
            }
            Value::Str(text) => {
                let text = text.clone();
                self.push_made(|| Value::Str(text));
                Ok(Flow::Next)
            }
            value => {
                let value = value.clone();
                self.give(value)
            }
        }
    }

    pub(super) fn delete_local(&mut self, code: &Code, slot: u16, at: u32) -> Step {
        match std::mem::take(self.local_mut(slot)) {
            Value::Unbound => Err(self.unbound_local(code, slot, at)),
            _ => Ok(Flow::Next),
        }
    }

    #[cold]
    pub(super) fn unbound_local(&mut self, code: &Code, slot: u16, at: u32) -> Halt {
        let name = self.image.name(code.locals[slot as usize]);
        match code.kind {
            CodeKind::Module | CodeKind::Class => {
                self.error(&exception::NAME_ERROR, format!("name '{name}' is not defined"))
            }
            _ if code.free_loads.binary_search(&at).is_ok() => self.unbound_free(name),
            CodeKind::Function | CodeKind::Generator => {
                let message = format!("cannot access local variable '{name}' where it is not associated with a value");
                self.error(&exception::UNBOUND_LOCAL_ERROR, message)
            }
        }
    }

    pub(super) fn cell(&mut self, index: u16) -> ObjectId {
        self.frame().cells[index as usize]
    }

    pub(super) fn load_cell(&mut self, code: &Code, index: u16, at: u32) -> Step {
        let cell = self.cell(index);
        let value = match self.with(|context, _| context.memory.get(cell).cloned())? {
            Object::Cell(value) => value,
            _ => Value::Unbound,
        };
        if value.is_unbound() { Err(self.unbound_cell(code, index, at)) } else { self.give(value) }
    }

    pub(super) fn store_cell(&mut self, index: u16) -> Step {
        let cell = self.cell(index);
        let value = self.peek(0).clone();
        self.set_cell(cell, value)?;
        self.pop();
        Ok(Flow::Next)
    }

    pub(super) fn delete_cell(&mut self, code: &Code, index: u16, at: u32) -> Step {
        let cell = self.cell(index);
        match self.set_cell(cell, Value::Unbound)? {
            Value::Unbound => Err(self.unbound_cell(code, index, at)),
            _ => Ok(Flow::Next),
        }
    }

    pub(super) fn set_cell(&mut self, cell: ObjectId, value: Value) -> Result<Value, Halt> {
        self.with(|context, _| match context.memory.get_mut(cell)? {
            Object::Cell(slot) => Ok(std::mem::replace(slot, value)),
            _ => Ok(Value::Unbound),
        })
    }

    pub(super) fn unbound_cell(&mut self, code: &Code, index: u16, at: u32) -> Halt {
        let name = self.image.name(code.cells[index as usize]);
        if (index as usize) < code.own_cells() && code.free_loads.binary_search(&at).is_err() {
            let message = format!("cannot access local variable '{name}' where it is not associated with a value");
            return self.error(&exception::UNBOUND_LOCAL_ERROR, message);
        }
        self.unbound_free(name)
    }

    fn unbound_free(&mut self, name: &str) -> Halt {
        let message =
            format!("cannot access free variable '{name}' where it is not associated with a value in enclosing scope");
        self.error(&exception::NAME_ERROR, message)
    }

    #[inline]
    pub(super) fn load_global(&mut self, global: GlobalId) -> Step {
        let index = global.0 as usize;
        if let Some(frozen) = &self.thread.frozen
            && !frozen[index].is_unbound()
        {
            let value = frozen[index].copy();
            return self.give(value);
        }
        if self.image.is_never_stored(global)
            && let Some(builtin) = &self.image.builtins[index]
        {
            let builtin = builtin.copy();
            return self.give(builtin);
        }
        let value = match self.thread.heap.get(self.image.namespace) {
            Some(Object::Namespace(globals)) => globals[index].copy(),
            _ => self.read_global(index)?,
        };
        let value = if value.is_unbound() { self.image.builtins[index].clone().unwrap_or_default() } else { value };
        if value.is_unbound() { Err(self.unbound_global(global)) } else { self.give(value) }
    }

    /// What a module provides under `name`: in Rust, or else in Python.
    pub(super) fn module_member(&mut self, module: u16, name: Symbol) -> Result<Option<Value>, Halt> {
        let native = self.image.member(module, name);
        let Some(global) = self.image.library_global(module, name).filter(|_| native.is_none()) else {
            return Ok(native.or_else(|| self.module_text(module, name)));
        };
        let value = self.global_now(global)?;
        Ok(Some(value).filter(|value| !value.is_unbound()).or_else(|| self.module_text(module, name)))
    }

    /// The name of the module whose codes and classes have that home. The scenario's is another one in processes that were spawned.
    pub(super) fn module_of(&mut self, home: Home) -> Result<String, Halt> {
        if let (Home::Scenario, Some(spawned)) = (home, self.image.program.spawned)
            && let Value::Str(name) = self.global_now(spawned.name)?
        {
            return Ok(name.as_str().to_owned());
        }
        Ok(self.image.program.home_name(home).to_owned())
    }

    pub(super) fn read_global(&mut self, index: usize) -> Result<Value, Halt> {
        let namespace = self.image.namespace;
        self.with(|context, _| match context.memory.get(namespace)? {
            Object::Namespace(globals) => Ok(globals[index].clone()),
            _ => Ok(Value::Unbound),
        })
    }

    pub(super) fn write_global(&mut self, global: GlobalId, value: Value) -> Result<Value, Halt> {
        let namespace = self.image.namespace;
        self.with(|context, _| match context.memory.get_mut(namespace)? {
            Object::Namespace(globals) => Ok(std::mem::replace(&mut globals[global.0 as usize], value)),
            _ => Ok(Value::Unbound),
        })
    }

    pub(super) fn store_global(&mut self, global: GlobalId) -> Step {
        let value = self.peek(0).clone();
        self.write_global(global, value)?;
        self.pop();
        Ok(Flow::Next)
    }

    pub(super) fn delete_global(&mut self, global: GlobalId) -> Step {
        match self.write_global(global, Value::Unbound)? {
            Value::Unbound => Err(self.unbound_global(global)),
            _ => Ok(Flow::Next),
        }
    }

    pub(super) fn unbound_global(&mut self, global: GlobalId) -> Halt {
        let name = self.image.name(self.image.program.globals[global.0 as usize].name);
        self.error(&exception::NAME_ERROR, format!("name '{name}' is not defined"))
    }
}
