//! A run without a screen: the program's own output on standard output, the report on standard error.

use super::arguments::{AtEnd, Headless, Wanted};
use super::record::{Failure, Recorder, Wish};
use super::signals::Relay;
use super::{CLOSED, DEADLOCK, FAILED, REFUSED, USAGE, complain, load, outside, unwritable};
use crate::base::SafeText;
use crate::engine::{Options, Run, RunEnd, Typist};
use crate::event::{Event, EventKind, Legend};
use crate::machine::Image;
use crate::session::live::Recorder as _;
use crate::trace::{Model, json, report};
use std::io::{self, BufWriter, Write};
use std::sync::Arc;

/// Runs a scenario to its end; gives the exit status.
pub(super) fn run(wanted: &Wanted, options: &Headless) -> u8 {
    let found = load::find(&wanted.scenario)
        .map(|origin| origin.told(&wanted.told))
        .and_then(|origin| Ok((origin.load(options.color, options.races)?, origin)));
    let (loaded, origin) = match found {
        Ok(found) => found,
        Err(error) => {
            complain(&format!("{}\n", error.trim_end()));
            return REFUSED;
        }
    };
    let wish = options.record.clone().map(Wish::new);
    if let Some(Err(error)) = wish.as_ref().map(|wish| wish.check(&origin)) {
        complain(&format!("{error}\n"));
        return USAGE;
    }
    let (policy, faults) = (loaded.policy(options.policy), load::faults(&wanted.faults, &loaded.metadata));
    let priorities = load::priorities(&options.priorities, &loaded.metadata);
    let seed = options.seed.unwrap_or_else(crate::engine::fresh_seed);
    let legend = loaded.image.legend();
    let image = loaded.image.clone();
    let record = options.record.is_some();
    let memory = options.memory;
    let clock = options.clock;
    let outside = match outside::disk(options.input.as_ref(), Typist::Standard) {
        Ok(outside) => outside,
        Err(error) => {
            complain(&format!("{error}\n"));
            return USAGE;
        }
    };
    let settings = Options { clock, policy, priorities, seed, faults, record, memory, outside, ..Options::default() };
    let status = relayed(Run::start(loaded.image, settings.clone()), &image, |run| {
        let recorder = wish.as_ref().map(|wish| Recorder::create(wish, &image, run.boot(), &settings));
        // If there is none, the reason is given below.
        recorder.transpose().map_or(FAILED, |recorder| follow(run, legend, options.json, recorder, AtEnd::Stop))
    });
    match wish.and_then(|wish| wish.failure()) {
        None => status,
        Some(Failure::Closed) => CLOSED,
        Some(Failure::Said(failure)) => {
            complain(&format!("raddle: {failure}\n"));
            FAILED
        }
    }
}

/// Follows a run that was started, if it was, while signals are handed on to its program; gives the exit status.
pub(super) fn relayed(started: io::Result<Run>, image: &Image, follow: impl FnOnce(Run) -> u8) -> u8 {
    let run = match started {
        Ok(run) => run,
        Err(error) => {
            complain(&format!("raddle: the operating system has no thread for the run: {error}\n"));
            return FAILED;
        }
    };
    match Relay::start(&run.control(), image) {
        Ok(relay) => {
            let status = follow(run);
            relay.stop().map_or(status, |signal| 128 + signal as u8)
        }
        Err(error) => {
            complain(&format!("raddle: cannot listen for signals: {error}\n"));
            FAILED
        }
    }
}

/// Follows a run to its end, and records it, if that is wanted. `at_end`: of a tape that decides.
pub(super) fn follow(run: Run, legend: Legend, json: bool, mut recorder: Option<Recorder>, at_end: AtEnd) -> u8 {
    // If the recording goes to standard output, the program's output does not get into it.
    let to: Box<dyn Write> = match recorder.as_ref().is_some_and(Recorder::is_on_output) {
        true => Box::new(io::stderr().lock()),
        false => Box::new(io::stdout().lock()),
    };
    let mut write = |blocks: Vec<Arc<[u8]>>| {
        recorder.as_mut().is_none_or(|recorder| {
            recorder.add(&blocks);
            !recorder.is_closed()
        })
    };
    let control = run.control().impatient();
    let mut events = run.events();
    let mut model = Model::without_log(legend);
    let mut output = BufWriter::new(to);
    let mut broken = None;
    let mut batch = Vec::new();
    loop {
        if !events.recv_batch(&mut batch) {
            if at_end == AtEnd::GoOn && control.is_at_end_of_tape() {
                control.resume();
                continue;
            }
            break;
        }
        if !write(control.fetch_tape()) {
            break;
        }
        if let Err(error) = take_in(&batch, &mut model, &mut output, json) {
            broken = Some(error);
            break;
        }
    }
    let told = if json && broken.is_none() { tell_races(&model, &mut output) } else { Ok(()) };
    broken = broken.or(told.err());
    drop(output);
    let (stuck, missed) = (control.is_stuck(), control.missed_faults());
    let played = control.is_at_end_of_tape();
    let end = run.leave();
    write(control.fetch_tape());
    if let Some(error) = broken {
        return unwritable(&error);
    }
    if recorder.is_some_and(|recorder| recorder.is_closed()) {
        return CLOSED;
    }
    complain(&report::report(&model));
    for sentence in missed {
        complain(&format!("{}\n", SafeText::sentence(&sentence)));
    }
    match end {
        RunEnd::Exited(status) => status as u8,
        RunEnd::Stuck => DEADLOCK,
        RunEnd::Aborted if stuck => DEADLOCK,
        RunEnd::Aborted if played => {
            complain("the recording ends here; the program had not ended\n");
            0
        }
        RunEnd::Aborted => FAILED,
        RunEnd::Parted(how) => {
            complain(&format!("raddle: {how}\n"));
            REFUSED
        }
        RunEnd::Failed(reason) => {
            complain(&format!("raddle: {reason}\n"));
            FAILED
        }
    }
}

/// Prints the races of a run that is over, as JSON.
pub(super) fn tell_races(model: &Model, output: &mut impl Write) -> io::Result<()> {
    json::races(model).iter().try_for_each(|line| writeln!(output, "{line}"))?;
    output.flush()
}

/// Prints the events or the output at once: a person or another program may be waiting for it.
pub(super) fn take_in(batch: &[Event], model: &mut Model, output: &mut impl Write, as_json: bool) -> io::Result<()> {
    for event in batch {
        model.apply(event);
        if as_json {
            writeln!(output, "{}", json::line(event, model))?;
            continue;
        }
        match &event.kind {
            EventKind::Printed { text, error: false } => output.write_all(text.as_bytes())?,
            EventKind::Printed { text, error: true } => {
                output.flush()?;
                complain(text);
            }
            _ => {}
        }
    }
    output.flush()
}
