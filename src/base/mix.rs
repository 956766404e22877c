//! The steps of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014): for pseudorandom
//! numbers, and for hashes.

/// What the state of a generator grows by.
pub const STRIDE: u64 = 0x9e37_79b9_7f4a_7c15;

/// Spreads every bit of `state` over all others.
pub fn mix(state: u64) -> u64 {
    let state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    state ^ (state >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_those_of_the_paper() {
        // The first three from the seed 1234567, as other implementations have them.
        let numbers = [1, 2, 3].map(|count: u64| mix(STRIDE.wrapping_mul(count).wrapping_add(1_234_567)));
        assert_eq!(numbers, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }
}
