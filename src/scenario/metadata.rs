//! The metadata block of a scenario: inline script metadata as PEP 723 defines it, with raddle's part in `[tool.raddle]`.
//!
//! ```text
//! # /// script
//! # [tool.raddle]
//! # title = "Deadlock"
//! # expect = "deadlock"
//! # ///
//! ```
//!
//! A file without a block is fine, and so is a block without `[tool.raddle]`: other tools put theirs there. Within
//! `[tool.raddle]` nothing is ignored: an unknown key is probably a typing mistake.

use crate::base::diagnostic::Reason;
use crate::base::{Diagnostic, Diagnostics, Source, Span, nearest};
use crate::schedule::{FaultPlan, Speed};
use std::collections::BTreeMap;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What a scenario says about itself. Everything may be left out.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Metadata {
    /// A short title.
    pub title: Option<String>,
    /// What happens, and what to watch for.
    pub summary: Option<String>,
    /// What the scenario is about: names of primitives and terms.
    pub topics: Vec<String>,
    /// How it is expected to end, or what a check is expected to find.
    pub expect: Option<Expectation>,
    /// The heading that it is listed under.
    pub group: Option<String>,
    /// The scheduling policy that it starts with; the reader of the metadata checks that there is one of that name.
    pub policy: Option<String>,
    /// The threads' priorities by name, for the policy that goes by them.
    pub priorities: BTreeMap<String, i32>,
    /// Whether a thread that keeps a lock from others has the highest of their priorities.
    pub inheritance: Option<bool>,
    /// The speed that it starts with.
    pub speed: Option<Speed>,
    /// The clock that it starts with.
    pub clock: Option<ClockKind>,
    /// Faults to inject.
    pub faults: Vec<FaultPlan>,
    /// Title and summary in other languages, by language code (`tr`).
    pub translations: BTreeMap<String, Translation>,
    /// Where the policy's name stands.
    pub policy_at: Option<Span>,
    /// Where each of the faults stands.
    pub faults_at: Vec<Span>,
}

/// A scenario's title and summary in one language.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Translation {
    /// The title.
    pub title: Option<String>,
    /// The summary.
    pub summary: Option<String>,
}

/// What is expected of a scenario over all its interleavings.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Expectation {
    /// Nothing goes wrong.
    Safe,
    /// Two accesses to shared data are unordered, and one is a write.
    Race,
    /// Threads wait for each other in a cycle.
    Deadlock,
    /// A thread waits for something that no thread is left to do.
    Stuck,
    /// An exception is not caught.
    Error,
}

impl Expectation {
    /// Every expectation, the harmless one first.
    pub const ALL: [Expectation; 5] =
        [Expectation::Safe, Expectation::Race, Expectation::Deadlock, Expectation::Stuck, Expectation::Error];

    /// The word for it, as in metadata, on the screen and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Expectation::Safe => "safe",
            Expectation::Race => "race",
            Expectation::Deadlock => "deadlock",
            Expectation::Stuck => "stuck",
            Expectation::Error => "error",
        }
    }
}

/// The clock that a run uses.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ClockKind {
    /// Sleeps are real.
    Wall,
    /// Time jumps to the next deadline when nothing is ready.
    Virtual,
}

impl ClockKind {
    /// Both clocks.
    pub const ALL: [ClockKind; 2] = [ClockKind::Wall, ClockKind::Virtual];

    /// The word for it, as in metadata and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            ClockKind::Wall => "wall",
            ClockKind::Virtual => "virtual",
        }
    }
}

/// Reads the metadata of `source`; without any, everything is left out.
///
/// # Errors
/// Everything that is wrong with the block, in source order.
pub fn parse(source: &Source) -> Result<Metadata, Diagnostics> {
    let Some(block) = Block::find(source)? else { return Ok(Metadata::default()) };
    let (table, errors) = DeTable::parse_recoverable(&block.toml);
    let mut reader = Reader { block: &block, wrong: Vec::new() };
    for error in errors {
        let message = error.message().lines().next().unwrap_or_default();
        reader.complain(&error.span().unwrap_or(0..0), format!("the metadata is not valid TOML: {message}"));
    }
    // The rest of a table after an error would only give errors that follow from it.
    let metadata = if reader.wrong.is_empty() { reader.document(table.get_ref()) } else { Metadata::default() };
    let mut wrong = reader.wrong;
    wrong.sort_by_key(|diagnostic| diagnostic.span);
    if wrong.is_empty() { Ok(metadata) } else { Err(wrong) }
}

/// The block's TOML, and where its lines stand in the file.
struct Block {
    toml: String,
    /// For each line of `toml`: where it starts there, and where in the file.
    lines: Vec<(usize, u32)>,
}

impl Block {
    /// The one block of type `script`.
    fn find(source: &Source) -> Result<Option<Block>, Diagnostics> {
        let mut found: Option<Block> = None;
        let mut wrong = Diagnostics::new();
        let lines = lines_of(source.text());
        let mut index = 0;
        while let Some(&(start, line)) = lines.get(index) {
            index += 1;
            if line != "# /// script" {
                continue;
            }
            let opening = span_of(start, line);
            let comments = lines[index..].iter().take_while(|(_, line)| is_comment(line)).count();
            // As PEP 723 has it, the block reaches to the last `# ///` of the run of comments.
            let run = &lines[index..index + comments];
            let Some(length) = run.iter().rposition(|&(_, line)| line == "# ///") else {
                wrong.push(
                    Diagnostic::new(Reason::Metadata, opening, "the metadata block has no end")
                        .advise("close it with a line `# ///`, and begin every line between with `#`"),
                );
                continue;
            };
            let body = &run[..length];
            if let Some(&(start, line)) = body.iter().find(|&&(_, line)| line == "# /// script") {
                wrong.push(second_block(span_of(start, line)));
            } else if found.is_some() {
                wrong.push(second_block(opening));
            } else {
                found = Some(Block::of(body));
            }
            index += length + 1;
        }
        if wrong.is_empty() { Ok(found) } else { Err(wrong) }
    }

    fn of(body: &[(usize, &str)]) -> Block {
        let mut block = Block { toml: String::new(), lines: Vec::new() };
        for &(start, line) in body {
            let content = line.strip_prefix("# ").or_else(|| line.strip_prefix('#')).unwrap_or(line);
            block.lines.push((block.toml.len(), (start + line.len() - content.len()) as u32));
            block.toml.push_str(content);
            block.toml.push('\n');
        }
        block
    }

    /// The span in the file for a range of the TOML, cut to the line on which it starts.
    fn span(&self, range: &Range<usize>) -> Span {
        let line = self.lines.partition_point(|&(start, _)| start <= range.start).saturating_sub(1);
        let Some(&(start, in_file)) = self.lines.get(line) else { return Span::default() };
        let line_end = self.toml[start..].find('\n').map_or(self.toml.len(), |length| start + length);
        let place = |offset: usize| in_file + (offset.min(line_end) - start) as u32;
        Span::new(place(range.start), place(range.end.max(range.start)))
    }
}

/// Each line with the offset where it starts, without its line end.
fn lines_of(text: &str) -> Vec<(usize, &str)> {
    let mut start = 0;
    let line = |line: &'_ str| {
        let at = start;
        start += line.len();
        at
    };
    let starts: Vec<usize> = text.split_inclusive('\n').map(line).collect();
    starts.into_iter().zip(text.lines()).collect()
}

fn span_of(start: usize, line: &str) -> Span {
    Span::new(start as u32, (start + line.len()) as u32)
}

fn is_comment(line: &str) -> bool {
    line == "#" || line.starts_with("# ")
}

fn second_block(span: Span) -> Diagnostic {
    Diagnostic::new(Reason::Metadata, span, "a second metadata block").advise("a file has one `# /// script` at most")
}

/// Reads tables and collects what is wrong with them.
struct Reader<'b> {
    block: &'b Block,
    wrong: Diagnostics,
}

const KEYS: [&str; 13] = [
    "title",
    "summary",
    "topics",
    "expect",
    "group",
    "policy",
    "scheduler",
    "priorities",
    "inheritance",
    "speed",
    "clock",
    "faults",
    "tr",
];
const LANGUAGES: [&str; 1] = ["tr"];

type Value<'t> = Spanned<DeValue<'t>>;

impl Reader<'_> {
    fn document(&mut self, document: &DeTable<'_>) -> Metadata {
        let Some(tool) = document.get("tool") else { return Metadata::default() };
        let Some(tools) = self.table("tool", tool) else { return Metadata::default() };
        let Some(ours) = tools.get("raddle") else { return Metadata::default() };
        self.table("tool.raddle", ours).map_or_else(Metadata::default, |table| self.raddle(table))
    }

    fn raddle(&mut self, table: &DeTable<'_>) -> Metadata {
        let mut metadata = Metadata::default();
        for (key, value) in table.iter() {
            match key.get_ref().as_ref() {
                "title" => metadata.title = self.text("title", value),
                "summary" => metadata.summary = self.text("summary", value),
                "topics" => metadata.topics = self.texts("topics", value),
                "expect" => {
                    metadata.expect = self.one_of("expect", value, &Expectation::ALL.map(|e| (e.name(), e)));
                }
                "group" => metadata.group = self.text("group", value),
                name @ ("policy" | "scheduler") => {
                    if metadata.policy.is_some() {
                        self.complain(
                            &key.span(),
                            "`policy` and `scheduler` are the same; give one of them".to_owned(),
                        );
                    }
                    metadata.policy = self.text(name, value);
                    metadata.policy_at = Some(self.block.span(&value.span()));
                }
                "priorities" => metadata.priorities = self.priorities(value),
                "inheritance" => {
                    metadata.inheritance = value.get_ref().as_bool();
                    if metadata.inheritance.is_none() {
                        self.wrong_type("inheritance", "true or false", value);
                    }
                }
                "speed" => metadata.speed = self.speed(value),
                "clock" => metadata.clock = self.one_of("clock", value, &ClockKind::ALL.map(|c| (c.name(), c))),
                "faults" => (metadata.faults, metadata.faults_at) = self.faults(value),
                language if LANGUAGES.contains(&language) => {
                    let translation = self.translation(language, value);
                    metadata.translations.insert(language.to_owned(), translation);
                }
                unknown => self.unknown_key(unknown, &key.span(), &KEYS),
            }
        }
        metadata
    }

    fn translation(&mut self, language: &str, value: &Value<'_>) -> Translation {
        let mut translation = Translation::default();
        let Some(table) = self.table(language, value) else { return translation };
        for (key, value) in table.iter() {
            match key.get_ref().as_ref() {
                "title" => translation.title = self.text("title", value),
                "summary" => translation.summary = self.text("summary", value),
                unknown => self.unknown_key(unknown, &key.span(), &["title", "summary"]),
            }
        }
        translation
    }

    fn table<'v, 't>(&mut self, name: &str, value: &'v Value<'t>) -> Option<&'v DeTable<'t>> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.wrong_type(name, "a table", value);
        }
        table
    }

    fn text(&mut self, name: &str, value: &Value<'_>) -> Option<String> {
        let text = value.get_ref().as_str().map(str::to_owned);
        if text.is_none() {
            self.wrong_type(name, "a string", value);
        }
        text
    }

    fn texts(&mut self, name: &str, value: &Value<'_>) -> Vec<String> {
        let Some(items) = value.get_ref().as_array() else {
            self.wrong_type(name, "a list of strings", value);
            return Vec::new();
        };
        items.iter().filter_map(|item| self.text(name, item)).collect()
    }

    fn priorities(&mut self, value: &Value<'_>) -> BTreeMap<String, i32> {
        let mut priorities = BTreeMap::new();
        let Some(table) = self.table("priorities", value) else { return priorities };
        for (thread, value) in table.iter() {
            let DeValue::Integer(integer) = value.get_ref() else {
                self.wrong_type("priorities", "a table of whole numbers", value);
                continue;
            };
            match i32::from_str_radix(integer.as_str(), integer.radix()) {
                Ok(priority) => _ = priorities.insert(thread.get_ref().to_string(), priority),
                Err(_) => self.complain(&value.span(), format!("a priority is from {} to {}", i32::MIN, i32::MAX)),
            }
        }
        priorities
    }

    /// The faults, and where each stands.
    fn faults(&mut self, value: &Value<'_>) -> (Vec<FaultPlan>, Vec<Span>) {
        let texts = self.texts("faults", value);
        let Some(items) = value.get_ref().as_array().filter(|items| items.len() == texts.len()) else {
            return Default::default();
        };
        let (mut plans, mut places) = (Vec::new(), Vec::new());
        for (text, item) in texts.iter().zip(items) {
            match text.parse::<FaultPlan>() {
                Ok(plan) => {
                    plans.push(plan);
                    places.push(self.block.span(&item.span()));
                }
                Err(error) => {
                    // Within the quotes, if nothing is written otherwise than it reads.
                    let whole = item.span();
                    let plain = self.block.toml.get(whole.start + 1..whole.end.saturating_sub(1)) == Some(text);
                    let inside = whole.start + 1 + error.at.start..whole.start + 1 + error.at.end;
                    let span = self.block.span(if plain && !error.at.is_empty() { &inside } else { &whole });
                    self.wrong.push(Diagnostic::new(Reason::Metadata, span, error.message).advise(error.advice));
                }
            }
        }
        (plans, places)
    }

    fn speed(&mut self, value: &Value<'_>) -> Option<Speed> {
        let number = match value.get_ref() {
            DeValue::String(word) if word == "max" => return Some(Speed::Max),
            DeValue::Float(float) => float.as_str().parse().ok(),
            DeValue::Integer(integer) => i64::from_str_radix(integer.as_str(), integer.radix()).ok().map(|n| n as f64),
            _ => {
                self.wrong_type("speed", "a number or \"max\"", value);
                return None;
            }
        };
        let speed = number.filter(|&speed: &f64| speed.is_finite() && speed > 0.0);
        if speed.is_none() {
            self.complain(&value.span(), "`speed` must be a number above 0, or \"max\"".to_owned());
        }
        speed.map(Speed::Times)
    }

    fn one_of<T: Copy>(&mut self, name: &str, value: &Value<'_>, known: &[(&'static str, T)]) -> Option<T> {
        let text = self.text(name, value)?;
        let found = known.iter().find(|(word, _)| *word == text).map(|&(_, found)| found);
        if found.is_none() {
            let words: Vec<&str> = known.iter().map(|&(word, _)| word).collect();
            let advice = match nearest(&text, words.iter().copied()) {
                Some(word) => format!("did you mean \"{word}\"?"),
                None => format!("one of {}", words.join(", ")),
            };
            let span = self.block.span(&value.span());
            let message = format!("`{name}` cannot be \"{text}\"");
            self.wrong.push(Diagnostic::new(Reason::Metadata, span, message).advise(advice));
        }
        found
    }

    fn unknown_key(&mut self, key: &str, range: &Range<usize>, known: &[&str]) {
        let advice = match nearest(key, known.iter().copied()) {
            Some(name) => format!("did you mean `{name}`?"),
            None => format!("the keys are {}", known.join(", ")),
        };
        let span = self.block.span(range);
        self.wrong.push(Diagnostic::new(Reason::Metadata, span, format!("unknown key `{key}`")).advise(advice));
    }

    fn wrong_type(&mut self, name: &str, wanted: &str, value: &Value<'_>) {
        let found = value.get_ref().type_str();
        let article = if found.starts_with(['a', 'i']) { "an" } else { "a" };
        self.complain(&value.span(), format!("`{name}` must be {wanted}, not {article} {found}"));
    }

    fn complain(&mut self, range: &Range<usize>, message: String) {
        self.wrong.push(Diagnostic::new(Reason::Metadata, self.block.span(range), message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<Metadata, Diagnostics> {
        parse(&Source::new("test.py", text))
    }

    fn with_body(body: &str) -> String {
        let lines: String = body.lines().map(|line| format!("# {line}\n")).collect();
        format!("import threading\n# /// script\n# [tool.raddle]\n{lines}# ///\nprint(1)\n")
    }

    /// Each complaint as `the text it points at: message (advice)`.
    fn complaints(text: &str) -> Vec<String> {
        let complaint = |diagnostic: Diagnostic| {
            let span = diagnostic.span.unwrap();
            let advice = diagnostic.advice.map(|advice| format!(" ({advice})")).unwrap_or_default();
            assert_eq!(diagnostic.reason, Reason::Metadata);
            format!("{}: {}{advice}", &text[span.start as usize..span.end as usize], diagnostic.message)
        };
        parsed(text).unwrap_err().into_iter().map(complaint).collect()
    }

    #[test]
    fn every_key_is_read() {
        let text = with_body(
            "title = \"T\"\nsummary = \"S\"\ntopics = [\"Lock\", \"wait\"]\nexpect = \"race\"\ngroup = \"G\"\n\
             scheduler = \"random\"\npriorities = { main = 9, low = -1 }\ninheritance = false\nspeed = 2\nclock = \"virtual\"\nfaults = [\"kill:left@step=9\"]\n[tool.raddle.tr]\ntitle = \"B\"",
        );
        let metadata = parsed(&text).unwrap();
        assert_eq!(metadata.title.as_deref(), Some("T"));
        assert_eq!(metadata.topics, ["Lock", "wait"]);
        assert_eq!((metadata.expect, metadata.clock), (Some(Expectation::Race), Some(ClockKind::Virtual)));
        assert_eq!((metadata.group.as_deref(), metadata.policy.as_deref()), (Some("G"), Some("random")));
        assert_eq!(metadata.priorities, BTreeMap::from([("main".to_owned(), 9), ("low".to_owned(), -1)]));
        assert_eq!(metadata.inheritance, Some(false));
        assert_eq!((metadata.speed, metadata.faults.len()), (Some(Speed::Times(2.0)), 1));
        assert_eq!(metadata.faults[0].to_string(), "kill:left@step=9");
        let turkish = Translation { title: Some("B".to_owned()), summary: None };
        assert_eq!(metadata.translations, BTreeMap::from([("tr".to_owned(), turkish)]));
    }

    #[test]
    fn a_file_without_our_table_says_nothing() {
        for text in
            ["", "print(1)\n", "# /// script\n# dependencies = []\n# ///\n", "# /// other\n# [tool.raddle\n# ///\n"]
        {
            assert_eq!(parsed(text), Ok(Metadata::default()), "{text:?}");
        }
    }

    #[test]
    fn line_ends_of_windows_and_bare_hashes_are_read() {
        let text = "# /// script\r\n# [tool.raddle]\r\n#\r\n# title = \"T\"\r\n# speeed = 1\r\n# ///\r\n";
        assert_eq!(complaints(text), ["speeed: unknown key `speeed` (did you mean `speed`?)"]);
    }

    #[test]
    fn unknown_keys_and_words_get_the_nearest_name() {
        let text = with_body(
            "titel = \"T\"\nexpect = \"dedlock\"\nclock = \"sun\"\nzebra = 1\n[tool.raddle.tr]\ntitl = \"x\"",
        );
        assert_eq!(
            complaints(&text),
            [
                "titel: unknown key `titel` (did you mean `title`?)",
                "\"dedlock\": `expect` cannot be \"dedlock\" (did you mean \"deadlock\"?)",
                "\"sun\": `clock` cannot be \"sun\" (one of wall, virtual)",
                "zebra: unknown key `zebra` (the keys are title, summary, topics, expect, group, policy, scheduler, priorities, inheritance, speed, clock, faults, tr)",
                "titl: unknown key `titl` (did you mean `title`?)",
            ]
        );
    }

    #[test]
    fn wrong_types_are_named() {
        let text = with_body(
            "title = 3\ntopics = \"Lock\"\nfaults = [1]\nspeed = -1\nexpect = []\ntr = true\n\
             priorities = { a = \"high\", b = 3_000_000_000 }\ninheritance = 1",
        );
        assert_eq!(
            complaints(&text),
            [
                "3: `title` must be a string, not an integer",
                "\"Lock\": `topics` must be a list of strings, not a string",
                "1: `faults` must be a string, not an integer",
                "-1: `speed` must be a number above 0, or \"max\"",
                "[]: `expect` must be a string, not an array",
                "true: `tr` must be a table, not a boolean",
                "\"high\": `priorities` must be a table of whole numbers, not a string",
                "3_000_000_000: a priority is from -2147483648 to 2147483647",
                "1: `inheritance` must be true or false, not an integer",
            ]
        );
    }

    #[test]
    fn blocks_that_do_not_end_or_come_twice_are_refused() {
        let open = "# /// script\n# [tool.raddle]\nprint(1)\n";
        assert_eq!(
            complaints(open),
            [
                "# /// script: the metadata block has no end (close it with a line `# ///`, and begin every line between with `#`)"
            ]
        );
        let advice = "a second metadata block (a file has one `# /// script` at most)";
        let apart = "# /// script\n# ///\nx = 1\n# /// script\n# ///\n";
        let together = "# /// script\n# ///\n# /// script\n# ///\n";
        for text in [apart, together] {
            assert_eq!(complaints(text), [format!("# /// script: {advice}")]);
        }
    }

    #[test]
    fn toml_that_cannot_be_read_is_pointed_at() {
        let wrong = complaints(&with_body("title = \"open\nexpect = deadlock"));
        assert!(wrong.len() >= 2, "{wrong:?}");
        assert!(wrong.iter().all(|line| line.contains("not valid TOML")), "{wrong:?}");
        let twice = complaints(&with_body("title = \"a\"\ntitle = \"b\""));
        assert_eq!(twice, ["title: the metadata is not valid TOML: duplicate key"]);
    }

    #[test]
    fn a_fault_that_cannot_be_read_is_pointed_at() {
        let text = with_body("faults = [\"kill:left\", \"kil:left\", \"kill\", \"delay:\\u0061:x\", \"kill:\"]");
        assert_eq!(
            complaints(&text),
            [
                "kil: there is no fault `kil` (did you mean `kill`?)",
                "kill: `kill` does not say to whom (write it like `kill:worker`)",
                "\"delay:\\u0061:x\": `x` is not a time (write seconds, for example `0.5`, with at most nine decimal places)",
                "\"kill:\": `kill` does not say to whom (write it like `kill:worker`)",
            ]
        );
    }

    #[test]
    fn both_names_of_the_policy_together_are_refused() {
        let wrong = complaints(&with_body("policy = \"os\"\nscheduler = \"gil\""));
        assert_eq!(wrong, ["scheduler: `policy` and `scheduler` are the same; give one of them"]);
    }
}
