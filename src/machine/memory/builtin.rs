//! Functions and types that the machine provides, as values refer to them.
//!
//! What calling one does works on heaps, and heaps hold values. Here this circle is cut: a native carries a [`Call`] without
//! knowing what that is. `native`, which stands above values and heaps, says it.

use std::fmt;

/// What is said above.
pub trait Above {
    /// What calling a native does.
    type Call: Copy + Send + Sync + 'static;
}

/// Who says it: the machine as a whole.
#[derive(Debug)]
pub struct Machine;

/// What calling a native does.
pub type Call = <Machine as Above>::Call;

/// A function or method that the machine provides.
pub struct Native {
    /// Its name.
    pub name: &'static str,
    /// What calling it does.
    pub call: Call,
}

/// A type that the machine provides.
pub struct Type {
    /// Its name.
    pub name: &'static str,
    /// The module it is shown with; `builtins` is left out when shown.
    pub module: &'static str,
    /// What it inherits from; `None` for `object` alone.
    pub base: Option<&'static Type>,
    /// What calling it does; `None`: it cannot be called. A class of the scenario that inherits from it makes its instances
    /// as `layout` says.
    pub construct: Option<Call>,
    /// Methods, found along `base`.
    pub methods: &'static [Native],
    /// Attributes that are computed when they are read, found along `base`.
    pub properties: &'static [Native],
    /// Whether scenario classes may inherit from it, and what their instances then carry.
    pub layout: Layout,
}

/// What instances of scenario classes carry that inherit from a builtin type.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Layout {
    /// Nothing: attributes alone.
    Plain,
    /// An exception.
    Exception,
    /// A thread.
    Thread,
    /// A value of the type.
    Value,
    /// Attributes that each thread has for itself: what the thread-local object inside keeps.
    Local,
    /// Nobody may inherit from it.
    Final,
}

impl Type {
    /// Whether it is `other` or inherits from it.
    pub fn is_subtype_of(&self, other: &Type) -> bool {
        std::ptr::eq(self, other) || self.base.is_some_and(|base| base.is_subtype_of(other))
    }

    /// The method called `name`, searched along the bases.
    pub fn method(&self, name: &str) -> Option<&'static Native> {
        find(self.methods, name).or_else(|| self.base.and_then(|base| base.method(name)))
    }

    /// The computed attribute called `name`, searched along the bases.
    pub fn property(&self, name: &str) -> Option<&'static Native> {
        find(self.properties, name).or_else(|| self.base.and_then(|base| base.property(name)))
    }
}

fn find(natives: &'static [Native], name: &str) -> Option<&'static Native> {
    natives.iter().find(|native| native.name == name)
}

impl fmt::Debug for Native {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<native {}>", self.name)
    }
}

impl fmt::Debug for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<type {}>", self.name)
    }
}
