//! What is done with random generators.

use crate::machine::memory::encode::encoded;
use crate::machine::memory::twister::Seed;
use crate::machine::memory::value::Value;
use triomphe::Arc;

/// What is done with the generator.
#[derive(Clone, Debug)]
pub enum Action {
    /// `random`
    Random,
    /// `getrandbits`
    Bits(u32),
    /// `randrange` and `randint`: one of `count` numbers from `start`, `step` apart.
    Range {
        /// The first.
        start: i128,
        /// The distance.
        step: i128,
        /// How many.
        count: u128,
    },
    /// `uniform`
    Uniform(f64, f64),
    /// `choice`
    Choice(Value),
    /// `choices`
    Choices {
        /// What to choose from.
        population: Value,
        /// Weights, and whether they are cumulative.
        weights: Option<(Value, bool)>,
        /// How many to choose.
        count: usize,
    },
    /// `shuffle`
    Shuffle(Value),
    /// `sample`: so many of these.
    Sample(Value, i64),
    /// `seed`
    Seed(Seed),
    /// `gauss`
    Gauss(f64, f64),
    /// `expovariate`
    Exponential(f64),
    /// Makes a generator beside the module's own, for a `random.Random`, and gives its number.
    New,
    /// Does the action with the generator of that number.
    By(usize, Arc<Action>),
}

encoded!(enum Action {
    Random, Bits(count), Range { start, step, count }, Uniform(from, to), Choice(items),
    Choices { population, weights, count }, Shuffle(items), Sample(items, count), Seed(seed), Gauss(mean, deviation), Exponential(rate),
    New, By(generator, action)
});
