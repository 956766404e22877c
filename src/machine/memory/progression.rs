//! What `range` makes: numbers at one distance from each other.

/// `range(start, stop, step)`; `step` is never 0.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Range {
    /// First value.
    pub start: i64,
    /// End, exclusive.
    pub stop: i64,
    /// Distance between values.
    pub step: i64,
}

impl Range {
    /// How many values it has.
    pub fn len(&self) -> usize {
        let distance = if self.step > 0 {
            i128::from(self.stop) - i128::from(self.start)
        } else {
            i128::from(self.start) - i128::from(self.stop)
        };
        let step = i128::from(self.step).abs();
        if distance <= 0 { 0 } else { ((distance + step - 1) / step) as usize }
    }

    /// Whether it has no values.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value at `index`, which must be below `len`.
    pub fn at(&self, index: usize) -> i64 {
        self.start + index as i64 * self.step
    }
}
