//! Letters: of what kind they are, and their case.

/// Whether there is text, and every letter passes.
pub(super) fn all(text: &str, test: fn(char) -> bool) -> bool {
    !text.is_empty() && text.chars().all(test)
}

/// Decimal digits of other scripts, the common ones.
pub(super) fn is_other_decimal(c: char) -> bool {
    const ZEROS: &[u32] = &[
        0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20,
        0x1040, 0x17e0, 0x1810, 0xff10,
    ];
    ZEROS.iter().any(|zero| (*zero..*zero + 10).contains(&u32::from(c)))
}

/// Digits above or below the line, and in circles.
pub(super) fn is_raised_digit(c: char) -> bool {
    matches!(u32::from(c), 0xb2 | 0xb3 | 0xb9 | 0x2070 | 0x2074..=0x2079 | 0x2080..=0x2089 | 0x2460..=0x2468)
}

/// Python's white space.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(u32::from(c), 0x1c..=0x1f)
}

/// Whether some letter is wanted, and none is refused.
pub(super) fn cased(text: &str, wanted: fn(char) -> bool, refused: fn(char) -> bool) -> bool {
    text.chars().any(wanted) && !text.chars().any(refused)
}

/// Whether it could be a name in a program.
pub(super) fn identifies(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|c| c == '_' || c.is_alphabetic()) && chars.all(|c| c == '_' || c.is_alphanumeric())
}

/// The first letter as a word begins, the others in lower case.
pub(super) fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => title_case(first).chain(chars.as_str().to_lowercase().chars()).collect(),
        None => String::new(),
    }
}

/// Whether the letter has a case.
pub(super) fn is_cased(c: char) -> bool {
    c.is_lowercase() || c.is_uppercase() || is_title_case(c)
}

/// Whether it is one of the letters that are two, the first of them upper case.
fn is_title_case(c: char) -> bool {
    matches!(c, 'ǅ' | 'ǈ' | 'ǋ' | 'ǲ')
}

/// How a word begins with the letter: where its upper case is several letters, the others are lower case.
fn title_case(c: char) -> impl Iterator<Item = char> {
    let mut letters = c.to_uppercase();
    let first = match c {
        'Ǆ'..='ǆ' => 'ǅ',
        'Ǉ'..='ǉ' => 'ǈ',
        'Ǌ'..='ǌ' => 'ǋ',
        'Ǳ'..='ǳ' => 'ǲ',
        _ => letters.next().unwrap_or(c),
    };
    let rest = letters.filter(move |_| !is_title_case(first));
    let lower = move |part: char| if first.is_uppercase() { part.to_lowercase().next() } else { Some(part) };
    std::iter::once(first).chain(rest.filter_map(lower))
}

/// Every word as a word begins.
pub(super) fn titled(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut inside = false;
    for c in text.chars() {
        if inside {
            out.extend(c.to_lowercase());
        } else {
            out.extend(title_case(c));
        }
        inside = is_cased(c);
    }
    out
}

/// Upper case for lower, and the other way round.
pub(super) fn swapped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_uppercase() {
            out.extend(c.to_lowercase());
        } else {
            out.extend(c.to_uppercase());
        }
    }
    out
}
