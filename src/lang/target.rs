//! What is assigned to, and what is deleted.

use super::function::Emitter;
use crate::base::diagnostic::Reason;
use crate::bytecode::Instruction;
use ruff_python_ast::Expr;
use ruff_text_size::Ranged;

impl<'u> Emitter<'u> {
    /// `[value] → []`: stores it to `target`.
    pub(super) fn store(&mut self, target: &'u Expr) {
        match target {
            Expr::Name(name) => self.store_name(&name.id),
            Expr::Attribute(attribute) => {
                self.expression(&attribute.value);
                let name = self.symbol(&attribute.attr);
                self.code.emit(Instruction::StoreAttribute(name));
            }
            Expr::Subscript(item) => {
                self.expression(&item.value);
                self.expression(&item.slice);
                self.code.emit(Instruction::StoreItem);
            }
            Expr::Tuple(tuple) => self.unpack(&tuple.elts, target),
            Expr::List(list) => self.unpack(&list.elts, target),
            Expr::Starred(_) => {
                self.complain(Reason::Syntax, target, "starred assignment target must be in a list or tuple");
            }
            _ => self.complain(Reason::Syntax, target, "cannot assign to this expression"),
        }
    }

    fn unpack(&mut self, targets: &'u [Expr], at: &Expr) {
        let star = targets.iter().position(Expr::is_starred_expr);
        match star {
            None => self.code.emit(Instruction::Unpack(targets.len() as u32)),
            Some(before) => {
                if targets[before + 1..].iter().any(Expr::is_starred_expr) {
                    self.complain(Reason::Syntax, at, "multiple starred expressions in assignment");
                    return;
                }
                let (before, after) = (self.small(before, at), self.small(targets.len() - before - 1, at));
                self.code.emit(Instruction::UnpackStar(before, after));
            }
        }
        for target in targets {
            match target {
                Expr::Starred(starred) => self.store(&starred.value),
                _ => self.store(target),
            }
        }
    }

    /// `del target`
    pub(super) fn delete(&mut self, target: &'u Expr) {
        match target {
            Expr::Name(name) => self.delete_name(&name.id),
            Expr::Attribute(attribute) => {
                self.expression(&attribute.value);
                let name = self.symbol(&attribute.attr);
                self.code.emit(Instruction::DeleteAttribute(name));
            }
            Expr::Subscript(item) => {
                self.expression(&item.value);
                self.expression(&item.slice);
                self.code.emit(Instruction::DeleteItem);
            }
            Expr::Tuple(tuple) => tuple.elts.iter().for_each(|target| self.delete(target)),
            Expr::List(list) => list.elts.iter().for_each(|target| self.delete(target)),
            _ => self.complain(Reason::Syntax, target.range(), "cannot delete this expression"),
        }
    }
}
