//! What can be done with the values of the builtin types: which methods each has, and what calling it does.

use super::types::{Ability, Able};
use super::{bytes, deque, descriptor, dict, float, int, list, object, range, set, slice, string, tuple};
use crate::machine::memory::builtin::Machine;

impl Able for Machine {
    const OBJECT: Ability = Ability::new(Some(&object::NEW), object::METHODS, &[]);
    const BOOL: Ability = Ability::new(Some(&int::NEW_BOOL), &[], &[]);
    const TYPE: Ability = Ability::new(Some(&object::NEW_TYPE), object::TYPE_METHODS, &[]);
    const INT: Ability = Ability::new(Some(&int::NEW), int::METHODS, int::PROPERTIES);
    const FLOAT: Ability = Ability::new(Some(&float::NEW), float::METHODS, float::PROPERTIES);
    const STR: Ability = Ability::new(Some(&string::NEW), string::METHODS, &[]);
    const BYTES: Ability = Ability::new(Some(&bytes::NEW), bytes::METHODS, &[]);
    const TUPLE: Ability = Ability::new(Some(&tuple::NEW), tuple::METHODS, &[]);
    const LIST: Ability = Ability::new(Some(&list::NEW), list::METHODS, &[]);
    const DICT: Ability = Ability::new(Some(&dict::NEW), dict::METHODS, &[]);
    const SET: Ability = Ability::new(Some(&set::NEW), set::METHODS, &[]);
    const FROZENSET: Ability = Ability::new(Some(&set::NEW_FROZEN), set::FROZEN_METHODS, &[]);
    const RANGE: Ability = Ability::new(Some(&range::NEW), range::METHODS, range::PROPERTIES);
    const SLICE: Ability = Ability::new(Some(&slice::NEW), slice::METHODS, slice::PROPERTIES);
    const FUNCTION: Ability = Ability::new(None, object::FUNCTION_METHODS, &[]);
    const DICT_KEYS: Ability = Ability::new(None, dict::VIEW_METHODS, &[]);
    const DICT_ITEMS: Ability = Ability::new(None, dict::VIEW_METHODS, &[]);
    const PROPERTY: Ability =
        Ability::new(Some(&descriptor::NEW_PROPERTY), descriptor::METHODS, descriptor::PROPERTIES);
    const STATICMETHOD: Ability = Ability::new(Some(&descriptor::NEW_STATIC), &[], descriptor::WRAPPED);
    const CLASSMETHOD: Ability = Ability::new(Some(&descriptor::NEW_CLASS), &[], descriptor::WRAPPED);
    const SUPER: Ability = Ability::new(Some(&object::NEW_SUPER), &[], &[]);
    const DEQUE: Ability = Ability::new(Some(&deque::NEW), deque::METHODS, deque::PROPERTIES);
}
