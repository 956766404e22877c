//! `raddle check`: whether a program can go wrong, as text or JSON.

use super::arguments::Check;
use super::{FAILED, REFUSED, complain, load, unwritable};
use crate::base::SafeText;
use crate::check::replay::Played;
use crate::check::search::Options;
use crate::check::verdict::{self, Answer, Defect, Verdict};
use crate::event::{Event, Legend, Place};
use crate::machine::{Boot, Execution};
use crate::trace::recording::{Header, Writer};
use crate::trace::{Model, report};
use serde_json::json;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::io::Write;

/// Some file can go wrong.
const DEFECT: u8 = 1;
/// No file can go wrong as far as is known, but of some that is not certain.
const INCONCLUSIVE: u8 = 4;
/// The widest column of a table of steps, in cells.
const WIDEST: usize = 30;

/// What became of one file.
struct Checked {
    name: String,
    answer: Answer,
    seconds: f64,
    legend: Legend,
    header: Header,
}

/// Checks files; gives the exit status.
pub(super) fn run(options: &Check) -> u8 {
    let mut status = 0;
    let mut rows = Vec::new();
    for file in &options.files {
        let checked = match check(file, options) {
            Ok(checked) => checked,
            Err((said, failed)) => {
                complain(&format!("{}\n", said.trim_end()));
                status = failed;
                continue;
            }
        };
        let worse = match checked.answer.verdict {
            Verdict::Verified => 0,
            Verdict::Defect => DEFECT,
            Verdict::Inconclusive => INCONCLUSIVE,
        };
        status = match (status, worse) {
            (0, worse) => worse,
            (INCONCLUSIVE, DEFECT) => DEFECT,
            (status, _) => status,
        };
        let text = if options.json { format!("{}\n", as_json(&checked)) } else { as_text(&checked) };
        if let Err(error) = std::io::stdout().lock().write_all(text.as_bytes()) {
            return unwritable(&error);
        }
        if let (Some(path), Some(defect)) = (&options.record, checked.answer.defects.first())
            && let Err(error) = record(path, &checked.header, &defect.played)
        {
            complain(&format!(
                "raddle: cannot write the recording {}: {error}\n",
                SafeText::new(&path.to_string_lossy())
            ));
            return FAILED;
        }
        rows.push(row(&checked));
    }
    if options.files.len() > 1 && !options.json {
        let table = format!("\n{}\n", rows.join("\n"));
        if let Err(error) = std::io::stdout().lock().write_all(table.as_bytes()) {
            return unwritable(&error);
        }
    }
    status
}

fn check(file: &OsStr, options: &Check) -> Result<Checked, (String, u8)> {
    let begun = options.clock.elapsed();
    let loaded =
        load::find(file).and_then(|origin| origin.load(options.color, true)).map_err(|said| (said, REFUSED))?;
    let boot = Boot { seed: options.seed, epoch: 0, memory: options.memory };
    let start = Execution::new(loaded.image.clone(), boot);
    let until = options.max_time.map(|time| begun + time);
    let stop = |_| until.is_some_and(|until| options.clock.elapsed() > until);
    let search = Options { reduce: !options.all, keep_going: options.keep_going, most: options.max_states };
    let answer = verdict::check(&start, search, options.strict, &stop)
        .map_err(|error| (format!("raddle: the search and the machine differ: {error}"), FAILED))?;
    let source = &loaded.image.program.source;
    let header = Header {
        raddle: env!("CARGO_PKG_VERSION").to_owned(),
        name: source.name().to_owned(),
        source: source.text().to_owned(),
        seed: boot.seed,
        epoch: boot.epoch,
        clock: "virtual".to_owned(),
        policy: "os".to_owned(),
        priorities: Default::default(),
        inheritance: true,
        memory: boot.memory,
    };
    let seconds = (options.clock.elapsed() - begun).as_secs_f64();
    Ok(Checked { name: source.name().to_owned(), answer, seconds, legend: loaded.image.legend(), header })
}

fn record(path: &std::path::Path, header: &Header, played: &Played) -> std::io::Result<()> {
    Writer::new(std::fs::File::create(path)?, header)?.add(&played.tape)
}

fn model(checked: &Checked, events: &[Event]) -> Model {
    let mut model = Model::without_log(checked.legend.clone());
    events.iter().for_each(|event| model.apply(event));
    model
}

/// One line.
fn row(checked: &Checked) -> String {
    let kinds: Vec<_> = checked.answer.defects.iter().map(|defect| defect.kind.name()).collect();
    let Checked { name, answer, seconds, .. } = checked;
    let what = if kinds.is_empty() { String::new() } else { format!(": {}", kinds.join(", ")) };
    format!(
        "{:<12} {}{what} ({} states, {seconds:.2} s)",
        answer.verdict.name(),
        SafeText::new(name),
        answer.found.states
    )
}

fn as_text(checked: &Checked) -> String {
    let mut text = format!("{}\n", row(checked));
    // Writing to a string does not fail.
    for defect in &checked.answer.defects {
        let model = model(checked, &defect.played.events);
        let _ = write!(text, "\n{}\n", message(checked, defect, &model));
        let told = report::report(&model);
        let _ = write!(text, "{told}\n{}", table(checked, defect, &model));
        let _ = writeln!(text, "schedule: {}", defect.schedule());
        let _ = writeln!(text, "usual cure: {}", defect.kind.cure());
    }
    for note in &checked.answer.notes {
        let model = model(checked, &note.played.events);
        let _ = writeln!(text, "note: {}", message(checked, note, &model));
    }
    for doubt in &checked.answer.doubts {
        let _ = writeln!(text, "not certain: {doubt}");
    }
    if checked.answer.verdict == Verdict::Verified {
        let _ = writeln!(text, "in no interleaving does a thread wait for ever, crash, or lose an update");
    }
    for assumed in &checked.answer.assumptions {
        let _ = writeln!(text, "assumed: {assumed}");
    }
    text
}

/// The defect in one sentence.
fn message(checked: &Checked, defect: &Defect, model: &Model) -> String {
    let names: Vec<_> = defect.threads.iter().map(|thread| model.thread_name(*thread).to_owned()).collect();
    let lines: Vec<_> = defect.lines.iter().map(u32::to_string).collect();
    let place =
        defect.place.as_ref().map(|place| format!(" of {}", variable(checked, place, model))).unwrap_or_default();
    let at = if lines.is_empty() { String::new() } else { format!(", lines {}", lines.join(", ")) };
    format!("{}{place}: {}{at}", defect.kind.name(), names.join(", "))
}

/// What is read or written there, as the program calls it.
fn variable(checked: &Checked, place: &Place, model: &Model) -> String {
    let symbol = |name: crate::base::Symbol| checked.legend.symbols[name.index()].to_string();
    let object = |id| model.object(id).map_or("an object".to_owned(), |object| object.name.to_string());
    match place {
        Place::Global(name) | Place::Cell { name, .. } => symbol(*name),
        Place::Attribute { object: id, name } => format!("{}.{}", object(*id), symbol(*name)),
        Place::Content { object: id } => object(*id),
    }
}

/// The steps, a column for each thread, from the first thread's start on.
fn table(checked: &Checked, defect: &Defect, model: &Model) -> String {
    let source = &checked.legend.source;
    let mut threads: Vec<_> = defect.steps.iter().map(|(thread, _)| *thread).collect();
    threads.sort_unstable();
    threads.dedup();
    let width = (76 / threads.len().max(1)).clamp(12, WIDEST);
    let cut = |text: &str| -> String { text.chars().take(width - 1).collect() };
    let mut text = String::from("  step ");
    for thread in &threads {
        let _ = write!(text, "{:<width$}", cut(&SafeText::new(model.thread_name(*thread)).to_string()));
    }
    let mut last = None;
    let mut step = u64::MAX;
    for event in &defect.played.events {
        if event.step == step || event.line == 0 {
            continue;
        }
        step = event.step;
        let here = (event.thread, event.line);
        if last.replace(here) == Some(here) {
            continue;
        }
        let column = threads.iter().position(|thread| *thread == event.thread).unwrap_or(0);
        let line = format!("{} {}", event.line, source.line(event.line).trim());
        let _ = write!(
            text,
            "\n{:>6} {}{}",
            event.step,
            " ".repeat(column * width),
            cut(&SafeText::new(&line).to_string())
        );
    }
    let lines: Vec<_> = text.lines().map(str::trim_end).collect();
    format!("{}\n", lines.join("\n"))
}

fn as_json(checked: &Checked) -> serde_json::Value {
    let defect = |defect: &Defect| {
        let model = model(checked, &defect.played.events);
        let names: Vec<_> = defect.threads.iter().map(|thread| model.thread_name(*thread).to_owned()).collect();
        json!({
            "kind": defect.kind.name(),
            "message": message(checked, defect, &model),
            "threads": names,
            "lines": defect.lines,
            "schedule": defect.schedule(),
            "steps": defect.steps.len(),
            "switches": defect.played.switches,
        })
    };
    let Checked { name, answer, seconds, .. } = checked;
    json!({
        "file": name,
        "verdict": answer.verdict.name(),
        "defects": answer.defects.iter().map(defect).collect::<Vec<_>>(),
        "notes": answer.notes.iter().map(defect).collect::<Vec<_>>(),
        "states": answer.found.states,
        "transitions": answer.found.steps,
        "seconds": seconds,
        "bounds": answer.doubts,
        "assumptions": answer.assumptions,
    })
}
