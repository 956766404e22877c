//! What instructions take off the stack.

use crate::bytecode::{Code, Instruction};

/// How many operands an instruction takes off the stack.
pub(super) fn operands(code: &Code, instruction: Instruction) -> usize {
    use Instruction as I;
    match instruction {
        I::Call(count) => count as usize + 1,
        I::CallMethod(count) => count as usize + 2,
        I::CallKeywords(site) => {
            let site = &code.call_sites[site as usize];
            site.positional as usize + site.keywords.len() + 1 + usize::from(site.method)
        }
        I::CallSpread | I::StoreItem | I::BuildSlice => 3,
        I::StoreAttribute(_)
        | I::LoadItem
        | I::DeleteItem
        | I::Binary(_)
        | I::InPlace(_)
        | I::Compare(_)
        | I::ListExtend
        | I::ArgumentsExtend
        | I::SetUpdate
        | I::DictUpdate
        | I::Delegate(_)
        | I::KeywordsMerge
        | I::FormatWithSpec(_)
        | I::RaiseFrom => 2,
        I::LoadAttribute(_)
        | I::LoadMethod(..)
        | I::DeleteAttribute(_)
        | I::StoreLocal(_)
        | I::StoreCell(_)
        | I::StoreGlobal(_)
        | I::Pop
        | I::FormatValue(_)
        | I::Unary(_)
        | I::GetIterator
        | I::Unpack(_)
        | I::UnpackStar(..)
        | I::Return
        | I::Yield
        | I::Raise
        | I::MatchHandled
        | I::AssertFailedWith
        | I::EnterWith
        | I::ExitWith
        | I::ExitWithHandled
        | I::JumpIfTrue(_)
        | I::JumpIfFalse(_) => 1,
        I::BuildTuple(count) | I::BuildList(count) | I::BuildSet(count) | I::BuildString(count) => count as usize,
        I::BuildDict(pairs) => 2 * pairs as usize,
        I::Constant(_)
        | I::None
        | I::Duplicate
        | I::DuplicatePair
        | I::Swap
        | I::Rotate3
        | I::Rotate4
        | I::LoadLocal(_)
        | I::DeleteLocal(_)
        | I::LoadCell(_)
        | I::DeleteCell(_)
        | I::NewCell(_)
        | I::LoadGlobal(_)
        | I::DeleteGlobal(_)
        | I::LoadClassName(..)
        | I::ListAppend(_)
        | I::SetAdd(_)
        | I::DictInsert(_)
        | I::ListToTuple
        | I::Jump(_)
        | I::JumpIfTrueOrPop(_)
        | I::JumpIfFalseOrPop(_)
        | I::ForIterate(_)
        | I::Vacancy
        | I::MakeFunction(_)
        | I::MakeClass(..)
        | I::MakeClassWith(..)
        | I::LoadSuper
        | I::Import(_)
        | I::ImportMember(..)
        | I::LoadBound(_)
        | I::LoadBoundLocal(_)
        | I::Reraise
        | I::LoadHandled
        | I::EndHandled
        | I::AssertFailed => 0,
    }
}
