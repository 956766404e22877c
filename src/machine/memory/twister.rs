//! The generator behind `random`: CPython's Mersenne Twister, and how numbers are made of its words.

use crate::machine::memory::encode::encoded;
use num_bigint::BigUint;
use rand_mt::Mt;
use std::f64::consts::PI;
use triomphe::Arc;

/// The program's random generator.
#[derive(Clone, Debug)]
pub struct Random {
    generator: Arc<Mt>,
    /// The second number of a pair that `gauss` made.
    gauss: Option<f64>,
    /// What the generator was last seeded with.
    key: Arc<Vec<u32>>,
    /// How many words were drawn since.
    drawn: u64,
    /// Where unseeded generators get their seeds.
    origin: u64,
}

encoded!(struct Random { gauss, key, drawn, origin; generator });

impl Random {
    /// A generator as a run has it that does not seed: `seed` stands for what CPython takes from the operating system.
    pub fn new(seed: u64) -> Self {
        let mut random =
            Random { generator: Arc::new(Mt::new(0)), gauss: None, key: Arc::new(Vec::new()), drawn: 0, origin: seed };
        random.seed(&Seed::Fresh);
        random
    }

    /// A new generator, with a seed of its own.
    pub fn another(&mut self) -> Self {
        self.origin = self.origin.wrapping_add(0x9e37_79b9_7f4a_7c15);
        Random::new(self.origin.rotate_left(32))
    }

    /// What tells this generator's future from another's: its seed, how much was drawn, and what `gauss` keeps.
    pub fn identity(&self) -> (&[u32], u64, Option<u64>) {
        (&self.key, self.drawn, self.gauss.map(f64::to_bits))
    }

    /// Starts again from a seed.
    pub fn seed(&mut self, seed: &Seed) {
        let key = match seed {
            Seed::Key(key) => key.clone(),
            Seed::Fresh => {
                self.origin = self.origin.wrapping_add(0x9e37_79b9_7f4a_7c15);
                vec![self.origin as u32, (self.origin >> 32) as u32]
            }
        };
        self.generator = Arc::new(Mt::new_with_key(key.iter().copied()));
        self.key = Arc::new(key);
        self.drawn = 0;
        self.gauss = None;
    }

    fn word(&mut self) -> u32 {
        self.drawn += 1;
        Arc::make_mut(&mut self.generator).next_u32()
    }

    /// A float from 0, below 1.
    pub fn random(&mut self) -> f64 {
        let high = f64::from(self.word() >> 5);
        let low = f64::from(self.word() >> 6);
        (high * 67_108_864.0 + low) / 9_007_199_254_740_992.0
    }

    /// `bits` random bits, at most 128.
    pub fn bits(&mut self, bits: u32) -> u128 {
        let mut value = 0;
        for start in (0..bits.min(128)).step_by(32) {
            let wanted = (bits - start).min(32);
            value |= u128::from(self.word() >> (32 - wanted)) << start;
        }
        value
    }

    /// A number below `limit`, which must not be 0.
    pub fn below(&mut self, limit: u128) -> u128 {
        let bits = u128::BITS - limit.leading_zeros();
        loop {
            let value = self.bits(bits);
            if value < limit {
                return value;
            }
        }
    }

    pub(in crate::machine) fn index(&mut self, limit: usize) -> usize {
        self.below(limit as u128) as usize
    }

    pub(in crate::machine) fn gauss(&mut self, mean: f64, deviation: f64) -> f64 {
        let value = match self.gauss.take() {
            Some(value) => value,
            None => {
                let angle = self.random() * (2.0 * PI);
                let radius = (-2.0 * (1.0 - self.random()).ln()).sqrt();
                self.gauss = Some(angle.sin() * radius);
                angle.cos() * radius
            }
        };
        mean + value * deviation
    }
}

/// What a generator starts from.
#[derive(Clone, Debug)]
pub enum Seed {
    /// Something new.
    Fresh,
    /// This key.
    Key(Vec<u32>),
}

encoded!(
    enum Seed {
        Fresh,
        Key(words),
    }
);

/// A number as the generator's key: its 32-bit words, the lowest first.
pub(in crate::machine) fn words(number: &BigUint) -> Vec<u32> {
    let words = number.to_u32_digits();
    if words.is_empty() { vec![0] } else { words }
}

/// CPython's hash of a float.
pub(in crate::machine) fn float_hash(value: f64) -> i64 {
    const BITS: u32 = 61;
    const MODULUS: u64 = (1 << BITS) - 1;
    if !value.is_finite() {
        return if value.is_nan() { 0 } else { 314_159 * value.signum() as i64 };
    }
    let (mut fraction, mut exponent) = (value.abs(), 0i32);
    while fraction >= 1.0 {
        fraction /= 2.0;
        exponent += 1;
    }
    while fraction != 0.0 && fraction < 0.5 {
        fraction *= 2.0;
        exponent -= 1;
    }
    let mut hash: u64 = 0;
    while fraction != 0.0 {
        hash = ((hash << 28) & MODULUS) | (hash >> (BITS - 28));
        fraction *= 268_435_456.0; // 2^28
        exponent -= 28;
        let digits = fraction as u64;
        fraction -= digits as f64;
        hash = (hash + digits) % MODULUS;
    }
    let turn = exponent.rem_euclid(BITS as i32) as u32;
    hash = ((hash << turn) & MODULUS) | (hash >> (BITS - turn));
    match if value < 0.0 { -(hash as i64) } else { hash as i64 } {
        -1 => -2,
        hash => hash,
    }
}
