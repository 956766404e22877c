//! Values that can be compared.

use super::Shown;
use crate::base::SafeText;
use std::sync::Arc;

/// A value by how it looks.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Scalar {
    /// `None`
    None,
    /// `True` or `False`
    Bool(bool),
    /// An integer that fits.
    Int(i64),
    /// A float, by its bits.
    Float(u64),
    /// Everything else.
    Text(Arc<str>),
}

impl Scalar {
    /// What an item with this key is called, safe to show: `votes['yes']`, `total.value`.
    pub fn item_of(&self, container: &str) -> String {
        match self {
            Scalar::None => format!("{container}[None]"),
            Scalar::Bool(truth) => format!("{container}[{}]", Shown::Bool(*truth)),
            Scalar::Int(number) => format!("{container}[{number}]"),
            Scalar::Float(bits) => format!("{container}[{}]", Shown::Float(f64::from_bits(*bits))),
            // A name: texts have quotes.
            Scalar::Text(name) if name.starts_with(char::is_alphabetic) => format!("{container}.{name}"),
            Scalar::Text(text) => format!("{container}[{}]", SafeText::new(text).into_string()),
        }
    }
}

impl Shown {
    /// How it looks.
    pub fn look(&self) -> Scalar {
        match self {
            Shown::None => Scalar::None,
            Shown::Bool(truth) => Scalar::Bool(*truth),
            Shown::Int(number) => Scalar::Int(*number),
            Shown::Float(number) => Scalar::Float(number.to_bits()),
            Shown::Text(text) => Scalar::Text(Arc::clone(text)),
            Shown::Item(item) => item.container.look(),
        }
    }

    /// How it looks, if every value that looks so is the same: objects that look alike may be two, and so may texts that
    /// were cut.
    pub fn certain(&self) -> Option<Scalar> {
        let is_plain = match self.whole() {
            Shown::Text(text) => {
                text.starts_with(|c: char| matches!(c, '\'' | '"' | '-' | '0'..='9')) && !text.contains('…')
            }
            Shown::None | Shown::Bool(_) | Shown::Int(_) | Shown::Float(_) => true,
            Shown::Item(_) => false,
        };
        is_plain.then(|| self.look())
    }
}
