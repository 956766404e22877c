//! What instructions do, in tables: where they lead, what they do to the stack, and which data they use by name or by index.
//! A new instruction has to be entered in each.

use super::instruction::Instruction;
use super::program::{Code, GlobalId};
use crate::base::Symbol;

/// Which instruction runs next.
enum Next<'i> {
    /// The one behind it, if none is raised.
    Following,
    /// None of this code, or a handler.
    Nowhere,
    /// The one there.
    There(&'i mut u32),
    /// The one there or the one behind it, and how the depth of the stack changes in either case.
    Either(&'i mut u32, (i64, i64)),
}

/// What an instruction does to data.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Deed {
    /// It reads it.
    Reads,
    /// It reads it, and finds out whether it is bound: for `import *` and `locals()`.
    Finds,
    /// It stores to it.
    Stores,
    /// It deletes it.
    Deletes,
}

/// Data that an instruction uses by name or by index.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Datum {
    /// A local variable.
    Local(u16),
    /// A variable that functions share.
    Cell(u16),
    /// A global variable.
    Global(GlobalId),
    /// An attribute of an object.
    Attribute(Symbol),
    /// A member of a module.
    Member(u16, Symbol),
    /// An item of a container.
    Item,
}

impl Instruction {
    /// Where it jumps to, if it is a jump.
    pub fn target(mut self) -> Option<u32> {
        self.target_mut().copied()
    }

    /// Where it jumps to, to be changed.
    pub fn target_mut(&mut self) -> Option<&mut u32> {
        match self.next() {
            Next::There(target) | Next::Either(target, _) => Some(target),
            Next::Following | Next::Nowhere => None,
        }
    }

    /// Whether the instruction after it never runs next.
    pub fn diverts(mut self) -> bool {
        match self.next() {
            Next::There(_) | Next::Nowhere => true,
            Next::Following | Next::Either(..) => false,
        }
    }

    /// For a jump: how the depth of the stack changes when it jumps, and when not.
    pub fn jump_effects(mut self) -> (i64, i64) {
        match self.next() {
            Next::Either(_, effects) => effects,
            Next::There(_) | Next::Following | Next::Nowhere => (0, 0),
        }
    }

    fn next(&mut self) -> Next<'_> {
        use Instruction as I;
        match self {
            I::Jump(target) => Next::There(target),
            I::JumpIfTrue(target) | I::JumpIfFalse(target) => Next::Either(target, (-1, -1)),
            I::JumpIfTrueOrPop(target) | I::JumpIfFalseOrPop(target) => Next::Either(target, (0, -1)),
            I::ForIterate(target) => Next::Either(target, (-1, 1)),
            I::Delegate(target) => Next::Either(target, (-1, 0)),
            I::Return | I::Raise | I::RaiseFrom | I::Reraise | I::AssertFailed | I::AssertFailedWith => Next::Nowhere,
            I::Constant(_) | I::None | I::Vacancy | I::Pop | I::Duplicate | I::DuplicatePair => Next::Following,
            I::Swap | I::Rotate3 | I::Rotate4 => Next::Following,
            I::LoadLocal(_) | I::StoreLocal(_) | I::DeleteLocal(_) => Next::Following,
            I::LoadCell(_) | I::StoreCell(_) | I::DeleteCell(_) | I::NewCell(_) => Next::Following,
            I::LoadGlobal(_) | I::StoreGlobal(_) | I::DeleteGlobal(_) | I::LoadClassName(..) => Next::Following,
            I::LoadAttribute(_) | I::StoreAttribute(_) | I::DeleteAttribute(_) => Next::Following,
            I::LoadItem | I::StoreItem | I::DeleteItem | I::BuildSlice => Next::Following,
            I::BuildTuple(_) | I::BuildList(_) | I::BuildSet(_) | I::BuildDict(_) => Next::Following,
            I::ListAppend(_) | I::SetAdd(_) | I::DictInsert(_) | I::ListToTuple => Next::Following,
            I::ListExtend | I::ArgumentsExtend | I::SetUpdate | I::DictUpdate | I::KeywordsMerge => Next::Following,
            I::BuildString(_) | I::FormatValue(_) | I::FormatWithSpec(_) => Next::Following,
            I::Unpack(_) | I::UnpackStar(..) | I::GetIterator => Next::Following,
            I::Unary(_) | I::Binary(_) | I::InPlace(_) | I::Compare(_) => Next::Following,
            I::Call(_) | I::LoadMethod(..) | I::CallMethod(_) | I::CallKeywords(_) | I::CallSpread => Next::Following,
            I::MakeFunction(_) | I::MakeClass(..) | I::MakeClassWith(..) | I::LoadSuper | I::Yield => Next::Following,
            I::Import(_) | I::ImportMember(..) | I::LoadBound(_) | I::LoadBoundLocal(_) => Next::Following,
            I::LoadHandled | I::MatchHandled | I::EndHandled => Next::Following,
            I::EnterWith | I::ExitWith | I::ExitWithHandled => Next::Following,
        }
    }

    /// What it does to which data, if it uses any by name or by index.
    pub fn use_of_data(self) -> Option<(Deed, Datum)> {
        use Instruction as I;
        Some(match self {
            I::LoadLocal(slot) => (Deed::Reads, Datum::Local(slot)),
            I::LoadBoundLocal(slot) => (Deed::Finds, Datum::Local(slot)),
            I::StoreLocal(slot) => (Deed::Stores, Datum::Local(slot)),
            I::DeleteLocal(slot) => (Deed::Deletes, Datum::Local(slot)),
            I::LoadCell(cell) => (Deed::Reads, Datum::Cell(cell)),
            I::StoreCell(cell) => (Deed::Stores, Datum::Cell(cell)),
            I::DeleteCell(cell) => (Deed::Deletes, Datum::Cell(cell)),
            I::LoadGlobal(global) | I::LoadClassName(_, global) => (Deed::Reads, Datum::Global(global)),
            I::LoadBound(global) => (Deed::Finds, Datum::Global(global)),
            I::StoreGlobal(global) => (Deed::Stores, Datum::Global(global)),
            I::DeleteGlobal(global) => (Deed::Deletes, Datum::Global(global)),
            I::LoadAttribute(name) | I::LoadMethod(name, _) => (Deed::Reads, Datum::Attribute(name)),
            I::StoreAttribute(name) => (Deed::Stores, Datum::Attribute(name)),
            I::DeleteAttribute(name) => (Deed::Deletes, Datum::Attribute(name)),
            I::ImportMember(module, name) => (Deed::Reads, Datum::Member(module, name)),
            I::LoadItem => (Deed::Reads, Datum::Item),
            I::StoreItem => (Deed::Stores, Datum::Item),
            I::DeleteItem => (Deed::Deletes, Datum::Item),
            I::Constant(_) | I::None | I::Vacancy | I::Pop | I::Duplicate | I::DuplicatePair => return None,
            I::Swap | I::Rotate3 | I::Rotate4 | I::NewCell(_) | I::BuildSlice => return None,
            I::BuildTuple(_) | I::BuildList(_) | I::BuildSet(_) | I::BuildDict(_) => return None,
            I::ListAppend(_) | I::SetAdd(_) | I::DictInsert(_) | I::ListToTuple => return None,
            I::ListExtend | I::ArgumentsExtend | I::SetUpdate | I::DictUpdate | I::KeywordsMerge => return None,
            I::BuildString(_) | I::FormatValue(_) | I::FormatWithSpec(_) => return None,
            I::Unpack(_) | I::UnpackStar(..) | I::GetIterator => return None,
            I::Unary(_) | I::Binary(_) | I::InPlace(_) | I::Compare(_) => return None,
            I::Jump(_) | I::JumpIfTrue(_) | I::JumpIfFalse(_) => return None,
            I::JumpIfTrueOrPop(_) | I::JumpIfFalseOrPop(_) | I::ForIterate(_) | I::Delegate(_) => return None,
            I::Call(_) | I::CallMethod(_) | I::CallKeywords(_) | I::CallSpread => return None,
            I::MakeFunction(_) | I::MakeClass(..) | I::MakeClassWith(..) | I::LoadSuper => return None,
            I::Return | I::Yield | I::Import(_) => return None,
            I::Raise | I::RaiseFrom | I::Reraise | I::AssertFailed | I::AssertFailedWith => return None,
            I::LoadHandled | I::MatchHandled | I::EndHandled => return None,
            I::EnterWith | I::ExitWith | I::ExitWithHandled => return None,
        })
    }

    /// For what is no jump: how many values it takes, and how many it puts back. `MakeFunction` takes its defaults
    /// besides: as many as the parameters of its code say.
    pub fn stack_effect(self, code: &Code) -> (u32, u32) {
        use Instruction as I;
        match self {
            I::Constant(_) | I::None | I::Vacancy | I::LoadLocal(_) | I::LoadCell(_) | I::LoadGlobal(_) => (0, 1),
            I::LoadClassName(..) | I::LoadSuper | I::LoadHandled | I::Import(_) | I::ImportMember(..) => (0, 1),
            I::LoadBound(_) | I::LoadBoundLocal(_) => (0, 2),
            I::MakeFunction(_) => (0, 1),
            I::DeleteLocal(_) | I::DeleteCell(_) | I::NewCell(_) | I::DeleteGlobal(_) | I::EndHandled => (0, 0),
            I::Reraise | I::AssertFailed => (0, 0),
            I::Pop | I::StoreLocal(_) | I::StoreCell(_) | I::StoreGlobal(_) | I::DeleteAttribute(_) => (1, 0),
            I::Return | I::Raise | I::AssertFailedWith => (1, 0),
            I::StoreAttribute(_) | I::DeleteItem | I::RaiseFrom => (2, 0),
            I::StoreItem => (3, 0),
            I::Duplicate => (1, 2),
            I::DuplicatePair => (2, 4),
            I::Swap | I::LoadMethod(..) => (2, 2),
            I::Rotate3 => (3, 3),
            I::Rotate4 => (4, 4),
            I::LoadAttribute(_) | I::ListToTuple | I::FormatValue(_) | I::Unary(_) | I::GetIterator => (1, 1),
            I::Yield | I::MatchHandled | I::EnterWith | I::ExitWith | I::ExitWithHandled => (1, 1),
            I::LoadItem | I::FormatWithSpec(_) | I::Binary(_) | I::InPlace(_) | I::Compare(_) => (2, 1),
            I::ListExtend | I::SetUpdate | I::DictUpdate => (2, 1),
            I::ArgumentsExtend => (3, 2),
            I::KeywordsMerge => (4, 3),
            I::BuildSlice => (3, 1),
            I::BuildTuple(n) | I::BuildList(n) | I::BuildSet(n) | I::BuildString(n) => (n, 1),
            I::BuildDict(n) => (2 * n, 1),
            I::ListAppend(n) | I::SetAdd(n) => (u32::from(n) + 1, u32::from(n)),
            I::DictInsert(n) => (u32::from(n) + 2, u32::from(n)),
            I::Unpack(n) => (1, n),
            I::UnpackStar(before, after) => (1, u32::from(before) + 1 + u32::from(after)),
            I::Call(n) => (n + 1, 1),
            I::CallMethod(n) => (u32::from(n) + 2, 1),
            I::CallKeywords(site) => {
                let site = &code.call_sites[site as usize];
                (1 + u32::from(site.method) + u32::from(site.positional) + site.keywords.len() as u32, 1)
            }
            I::CallSpread => (3, 1),
            I::MakeClass(_, bases) => (u32::from(bases), 1),
            I::MakeClassWith(_, bases) => (u32::from(bases) + 1, 1),
            I::Jump(_) | I::JumpIfTrue(_) | I::JumpIfFalse(_) => (0, 0),
            I::JumpIfTrueOrPop(_) | I::JumpIfFalseOrPop(_) | I::ForIterate(_) | I::Delegate(_) => (0, 0),
        }
    }
}
