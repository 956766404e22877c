//! SHA-512, which `random.seed` puts strings through. The constants are what the standard says they are: digits of the
//! square and cube roots of the first primes.

use num_bigint::BigUint;

/// The digest of `message`.
pub(super) fn digest(message: &[u8]) -> [u8; 64] {
    let primes = primes();
    let mut state: [u64; 8] = std::array::from_fn(|index| fraction((BigUint::from(primes[index]) << 128u32).sqrt()));
    let constants: Vec<u64> = primes.iter().map(|prime| fraction((BigUint::from(*prime) << 192u32).cbrt())).collect();
    for block in padded(message).chunks_exact(128) {
        compress(&mut state, &constants, block);
    }
    let mut digest = [0; 64];
    for (bytes, word) in digest.chunks_exact_mut(8).zip(state) {
        bytes.copy_from_slice(&word.to_be_bytes());
    }
    digest
}

fn primes() -> Vec<u32> {
    let is_prime =
        |number: &u32| (2..*number).take_while(|factor| factor * factor <= *number).all(|f| !number.is_multiple_of(f));
    (2..).filter(is_prime).take(80).collect()
}

/// The low 64 bits: the first binary digits behind the point.
fn fraction(number: BigUint) -> u64 {
    number.iter_u64_digits().next().unwrap_or_default()
}

fn padded(message: &[u8]) -> Vec<u8> {
    let mut padded = message.to_vec();
    padded.push(0x80);
    padded.resize((padded.len() + 16).next_multiple_of(128) - 16, 0);
    padded.extend((message.len() as u128 * 8).to_be_bytes());
    padded
}

fn compress(state: &mut [u64; 8], constants: &[u64], block: &[u8]) {
    let mut schedule: Vec<u64> =
        block.chunks_exact(8).map(|bytes| bytes.iter().fold(0, |word, byte| (word << 8) | u64::from(*byte))).collect();
    for index in 16..80 {
        let (early, late) = (schedule[index - 15], schedule[index - 2]);
        let small = early.rotate_right(1) ^ early.rotate_right(8) ^ (early >> 7);
        let large = late.rotate_right(19) ^ late.rotate_right(61) ^ (late >> 6);
        schedule.push(schedule[index - 16].wrapping_add(small).wrapping_add(schedule[index - 7]).wrapping_add(large));
    }
    let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = *state;
    for (constant, word) in constants.iter().zip(schedule) {
        let sum = e.rotate_right(14) ^ e.rotate_right(18) ^ e.rotate_right(41);
        let choice = (e & f) ^ (!e & g);
        let first = h.wrapping_add(sum).wrapping_add(choice).wrapping_add(*constant).wrapping_add(word);
        let sum = a.rotate_right(28) ^ a.rotate_right(34) ^ a.rotate_right(39);
        let second = sum.wrapping_add((a & b) ^ (a & c) ^ (b & c));
        (h, g, f, e, d, c, b, a) = (g, f, e, d.wrapping_add(first), c, b, a, first.wrapping_add(second));
    }
    for (old, new) in state.iter_mut().zip([a, b, c, d, e, f, g, h]) {
        *old = old.wrapping_add(new);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(message: &str) -> String {
        digest(message.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    #[test]
    fn digests_are_the_standards() {
        assert!(hex("abc").starts_with("ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"));
        assert!(hex("").starts_with("cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"));
        assert!(hex(&"x".repeat(300)).ends_with(EXPECTED_300));
    }

    const EXPECTED_300: &str = "a219b2e73cc041f37052dfa4e84ae624";
}
