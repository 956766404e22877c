//! The app: which screen is shown, what lies above it, and what each action does.

mod check;
mod compare;
mod files;
mod reload;

use super::breakpoints::BreakpointList;
use super::compare::Comparison;
use super::gallery::Gallery;
use super::input::{Input, Key};
use super::keys::{self, Action, Mode};
use super::notice::{Notice, Refusal};
use super::popup::{Popup, commands};
use super::run::Run;
use super::theme::Theme;
use super::{Options, faults, mouse, render};
use crate::base::{SafeText, nearest};
use crate::session::{Card, Stage};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Frames between two looks at the scenario's file.
const WATCH_FRAMES: u32 = 15;

/// What fills the terminal.
pub(super) enum Screen {
    /// The list of scenarios.
    Gallery,
    /// A run.
    Run(Box<Run>),
    /// A scenario that cannot be opened, and why.
    Broken { index: usize, name: String, message: Vec<SafeText>, scroll: usize },
}

/// What the app wants from what drives it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wish {
    /// The person watching has seen enough.
    Quit,
    /// The process is to stop for a while.
    Suspend,
    /// What the terminal shows may have been overwritten.
    Redraw,
}

/// Everything that is on the screen. What drives it hands in what a person does, calls [`App::tick`] once a frame, and has it
/// drawn when there is anything new.
pub struct App<'a> {
    stage: &'a mut dyn Stage,
    pub(super) theme: Theme,
    pub(super) screen: Screen,
    pub(super) popups: Vec<Popup>,
    pub(super) gallery: Gallery,
    /// The breakpoints of the scenario that was opened last, whose index is the first.
    breakpoints: (usize, BreakpointList),
    /// The scenario that is opened first, and the one that runs beside it, to be compared.
    beside: Option<(usize, usize)>,
    /// What the last line says, and for how many frames yet.
    notice: Option<(Notice, u32)>,
    /// When the key was pressed, the screen said that Esc leaves the run.
    was_warned: bool,
    /// A line was asked for that the program waits for.
    pub(super) line_asked: bool,
    wish: Option<Wish>,
    frames: u32,
    /// The size of the terminal when it was last drawn.
    pub(super) area: Rect,
}

impl<'a> App<'a> {
    /// The screen as it opens.
    pub fn new(stage: &'a mut dyn Stage, options: Options) -> App<'a> {
        let mut app = App {
            stage,
            theme: options.theme,
            screen: Screen::Gallery,
            popups: Vec::new(),
            gallery: Gallery::default(),
            breakpoints: (options.start.unwrap_or(0), BreakpointList::new(&options.breakpoints)),
            beside: options.start.zip(options.beside),
            notice: None,
            was_warned: false,
            line_asked: false,
            wish: None,
            frames: 0,
            area: Rect::default(),
        };
        if let Some(index) = options.start {
            app.gallery.select_row(index, app.stage.cards());
            app.open(index);
        }
        app
    }

    pub(super) fn cards(&self) -> &[Card] {
        self.stage.cards()
    }

    /// What is wanted since it was last asked.
    pub fn take_wish(&mut self) -> Option<Wish> {
        self.wish.take()
    }

    /// What to say instead of hints.
    pub(super) fn notice(&self) -> Option<&Notice> {
        self.notice.as_ref().map(|(notice, _)| notice)
    }

    pub(super) fn say(&mut self, notice: impl Into<Notice>) {
        let notice = notice.into();
        let frames = notice.frames();
        self.notice = Some((notice, frames));
    }

    /// Says nothing any more: that was about the key before.
    fn hush(&mut self) {
        self.was_warned = self.notice.take().is_some_and(|(said, _)| said == Notice::Leaving);
    }

    /// The mode of the screen, whatever lies above it.
    pub(super) fn screen_mode(&self) -> Mode {
        match self.screen {
            Screen::Gallery => Mode::Gallery,
            Screen::Run(_) => Mode::Run,
            Screen::Broken { .. } => Mode::Broken,
        }
    }

    /// What keys mean now.
    pub fn mode(&self) -> Mode {
        self.popups.last().map_or_else(|| self.screen_mode(), Popup::mode)
    }

    /// Once a frame: takes in what happened; whether there is anything new to draw.
    pub fn tick(&mut self) -> bool {
        self.frames = self.frames.wrapping_add(1);
        let mut dirty = match &mut self.screen {
            Screen::Run(run) => run.tick(),
            _ => false,
        };
        if let Screen::Run(run) = &mut self.screen
            && let Some(problem) = run.take_problem()
            && !(matches!(problem, Notice::Checked { .. }) && matches!(self.popups.last(), Some(Popup::Check { .. })))
        {
            self.say(problem);
        }
        self.answer_what_if();
        dirty |= self.follow_wish_for_line();
        if let (Screen::Run(run), Some(Popup::Compare(comparison))) = (&self.screen, self.popups.last_mut()) {
            comparison.follow(run);
        }
        if let Some((_, left)) = &mut self.notice {
            *left -= 1;
            if *left == 0 {
                self.notice = None;
                dirty = true;
            }
        }
        dirty | (self.frames.is_multiple_of(WATCH_FRAMES) && self.reload())
    }

    /// Starts a run of the scenario `index`. The run before ends first, so that two are never alive at once.
    fn open(&mut self, index: usize) {
        let kept = self.kept_breakpoints(index);
        let name = self.cards().get(index).map(|card| SafeText::new(&card.name).into_string()).unwrap_or_default();
        self.popups.clear();
        self.screen = Screen::Gallery;
        self.screen = match self.stage.open(index, &kept.active()) {
            Ok(session) => Screen::Run(Box::new(Run::new(index, name, session, kept))),
            Err(message) => {
                let message = message.lines().map(SafeText::new).collect();
                Screen::Broken { index, name, message, scroll: 0 }
            }
        };
        if let Screen::Run(run) = &mut self.screen {
            run.lay_out(self.area);
            if let Some(notice) = run.open_recording() {
                self.say(notice);
            }
        }
        if let Some((_, other)) = self.beside.filter(|(first, _)| *first == index) {
            self.open_beside(other);
        }
    }

    /// Ends what runs: nothing is shown any more.
    pub fn close(&mut self) {
        if let Screen::Run(run) = &mut self.screen {
            run.close();
        }
    }

    /// The breakpoints of the scenario, as they were when it was last on the screen.
    fn kept_breakpoints(&mut self, index: usize) -> BreakpointList {
        if let Screen::Run(run) = &self.screen {
            self.breakpoints = (run.index, run.breakpoints.clone());
        }
        if self.breakpoints.0 != index {
            self.breakpoints = (index, BreakpointList::new(&[]));
        }
        self.breakpoints.1.clone()
    }

    /// Takes in what a person did; whether there is anything new to draw.
    pub fn input(&mut self, input: Input) -> bool {
        match input {
            Input::Key(key) => self.press(key),
            Input::Mouse(mouse, at) => return mouse::handle(self, mouse, at),
            Input::Paste(text) => self.type_text(&text),
            Input::Resize => {}
        }
        true
    }

    /// Draws everything, into all of the buffer.
    pub fn draw(&mut self, buffer: &mut Buffer) {
        self.area = buffer.area;
        if let Screen::Run(run) = &mut self.screen {
            run.lay_out(self.area);
        }
        render::draw(self, buffer);
    }

    /// Takes in one key.
    pub(super) fn press(&mut self, key: Key) {
        self.hush();
        let mode = self.mode();
        if let Some(action) = keys::lookup(mode, key) {
            return self.act(action);
        }
        match key.text() {
            Some(c) if mode == Mode::Typing => self.type_text(c.encode_utf8(&mut [0; 4])),
            _ => self.say(Refusal::NoSuchKey(key)),
        }
    }

    fn type_text(&mut self, typed: &str) {
        if let Some(text) = self.popups.last_mut().and_then(Popup::text) {
            text.extend(typed.chars().filter(|c| !c.is_control()).take(200));
            self.typed();
        }
    }

    /// Does what follows from a change of the text that is being typed.
    fn typed(&mut self) {
        match self.popups.last_mut() {
            Some(Popup::Commands { row, .. }) => *row = 0,
            Some(Popup::Filter { text, .. }) => {
                let text = text.clone();
                self.set_filter(text);
            }
            _ => {}
        }
    }

    fn set_filter(&mut self, text: String) {
        match &mut self.screen {
            Screen::Run(run) => run.set_filter(text),
            _ => self.gallery.set_filter(text, self.stage.cards()),
        }
    }

    /// Does `action`.
    pub(super) fn act(&mut self, action: Action) {
        match action {
            Action::Quit => self.wish = Some(Wish::Quit),
            Action::Interrupt => self.interrupt(),
            Action::Suspend => self.wish = Some(Wish::Suspend),
            Action::Redraw => self.wish = Some(Wish::Redraw),
            Action::Back if self.stop_search() => {}
            Action::Back => self.back(),
            Action::Help => self.toggle_help(),
            Action::Commands => self.popups.push(Popup::Commands { text: String::new(), row: 0 }),
            _ if !self.popups.is_empty() => self.act_on_popup(action),
            Action::Check => self.check(),
            Action::WhatIf => self.what_if(),
            Action::Filter => self.start_filter(),
            Action::TypeLine => self.ask_for_line(),
            Action::Restart => self.restart(),
            Action::Explain => self.popups.push(Popup::Explain { scroll: 0 }),
            Action::Faults => self.offer_faults(),
            Action::Scheduler => self.offer_schedulers(),
            Action::Breakpoints => self.list_breakpoints(),
            Action::Files => self.list_files(),
            Action::Branches => self.list_branches(),
            Action::Compare => self.compare_branches(),
            _ => self.act_on_screen(action),
        }
    }

    /// Sends SIGINT to a program that has a handler for it, once; else quits.
    fn interrupt(&mut self) {
        match &mut self.screen {
            Screen::Run(run) if run.may_be_interrupted() => {
                let notice = run.interrupt();
                self.say(notice);
            }
            _ => self.wish = Some(Wish::Quit),
        }
    }

    fn act_on_screen(&mut self, action: Action) {
        let rows = rows_of(action);
        match &mut self.screen {
            Screen::Gallery => self.act_on_gallery(action),
            Screen::Run(run) => {
                if let Some(notice) = run.act(action) {
                    self.say(notice);
                }
            }
            Screen::Broken { scroll, .. } => *scroll = scroll.saturating_add_signed(rows),
        }
    }

    fn act_on_gallery(&mut self, action: Action) {
        let cards = self.stage.cards();
        match action {
            Action::Accept => match self.gallery.selected(cards) {
                Some(index) => self.open(index),
                None => self.say(Refusal::NothingToOpen),
            },
            Action::Start => self.gallery.select_row(0, cards),
            Action::End => self.gallery.select_row(usize::MAX, cards),
            other => self.gallery.step(rows_of(other), cards),
        }
    }

    fn act_on_popup(&mut self, action: Action) {
        if let (Some(Popup::Breakpoints { row }), Screen::Run(run)) = (self.popups.last_mut(), &mut self.screen) {
            match action {
                Action::Accept => run.breakpoints.switch(*row),
                Action::Delete => run.breakpoints.delete(*row),
                Action::Start => *row = 0,
                other => *row = row.saturating_add_signed(rows_of(other)),
            }
            *row = (*row).min(run.breakpoints.rows().len() - 1);
            if matches!(action, Action::Accept | Action::Delete) {
                run.apply_breakpoints();
            }
            return;
        }
        if matches!((self.popups.last(), action), (Some(Popup::Check { .. }), Action::Accept | Action::WhatIf)) {
            return self.act_on_check(action);
        }
        if matches!(self.popups.last(), Some(Popup::Compare(_))) {
            return self.act_on_comparison(action);
        }
        if let Some(Popup::Branches { row }) = self.popups.last() {
            return self.act_on_branches(action, *row);
        }
        let below = self.screen_mode();
        if matches!((self.popups.last(), &self.screen), (Some(Popup::Filter { .. }), Screen::Gallery)) {
            self.gallery.step(rows_of(action), self.stage.cards());
        }
        let Some(top) = self.popups.last_mut() else { return };
        match action {
            Action::Accept => self.accept(),
            Action::Erase => {
                if let Some(text) = top.text() {
                    text.pop();
                }
                self.typed();
            }
            Action::EndInput => {
                if let Some(Popup::Line { .. }) = self.popups.pop_if(|popup| matches!(popup, Popup::Line { .. })) {
                    self.give_line(None);
                }
            }
            Action::Start => top.step(isize::MIN, below),
            // Drawing stops at the last line; after scrolling far beyond it, coming back would take as many keys.
            Action::End => top.step(1000, below),
            other => top.step(rows_of(other), below),
        }
    }

    /// Enter in a popup.
    fn accept(&mut self) {
        match self.popups.pop() {
            Some(Popup::Faults { mut offers, row }) if row < offers.len() => {
                let offer = offers.swap_remove(row);
                if let Screen::Run(run) = &mut self.screen {
                    let notice = run.inject(offer.fault);
                    self.say(notice);
                }
            }
            Some(Popup::Schedulers { choices, row }) => {
                if let (Screen::Run(run), Some((name, _))) = (&mut self.screen, choices.get(row)) {
                    let notice = run.set_scheduler(name);
                    self.say(notice);
                }
            }
            Some(Popup::Files { row, .. }) => self.open_file(row),
            Some(Popup::WhatIf { others, row }) => self.take_other(others.get(row)),
            Some(Popup::Commands { text, row }) => {
                if let Some(binding) = commands(self.screen_mode(), &text).get(row) {
                    // The commands are the screen's, whatever the palette was opened above.
                    self.popups.clear();
                    self.act(binding.action);
                }
            }
            Some(Popup::Line { text }) => self.give_line(Some(&text)),
            // In the gallery a name is typed in order to run it.
            Some(Popup::Filter { text, .. }) if matches!(self.screen, Screen::Gallery) && !text.trim().is_empty() => {
                self.run_typed(&text);
            }
            _ => {}
        }
    }

    /// Runs what is selected among the cards that the filter lets through.
    fn run_typed(&mut self, text: &str) {
        let cards = self.stage.cards();
        match self.gallery.selected(cards) {
            Some(index) => self.open(index),
            None => {
                let names: Vec<&str> = cards.iter().map(|card| card.name.trim_end_matches(".py")).collect();
                let near = nearest(&text.to_lowercase(), names).map(str::to_owned);
                self.say(Refusal::NoScenario { typed: text.to_owned(), near });
            }
        }
    }

    fn back(&mut self) {
        if let Some(popup) = self.popups.pop() {
            if let Popup::Filter { before, .. } = popup {
                self.set_filter(before);
            }
            return;
        }
        match &mut self.screen {
            Screen::Run(run) if run.look.expanded => run.look.expanded = false,
            Screen::Run(run) if run.look.cursor.is_some() || run.look.events.selected().is_some() => {
                run.select_event(None);
                run.look.mark = None;
            }
            Screen::Run(run) if !run.look.events.filter().is_empty() => {
                run.set_filter(String::new());
            }
            Screen::Run(run) if run.found().is_some() => {
                if let Some(notice) = run.leave_found() {
                    self.say(notice);
                }
            }
            Screen::Run(run) if run.is_past() && !run.is_recording() => run.leave_past(),
            Screen::Run(_) if !self.was_warned => self.say(Notice::Leaving),
            Screen::Run(_) | Screen::Broken { .. } => self.screen = Screen::Gallery,
            Screen::Gallery if !self.gallery.filter().is_empty() => {
                self.gallery.set_filter(String::new(), self.stage.cards());
            }
            Screen::Gallery => self.say(Refusal::FirstScreen),
        }
    }

    fn toggle_help(&mut self) {
        if matches!(self.popups.last(), Some(Popup::Help { .. })) {
            self.popups.pop();
        } else {
            self.popups.push(Popup::Help { scroll: 0 });
        }
    }

    fn start_filter(&mut self) {
        let before = match &self.screen {
            Screen::Run(run) => run.look.events.filter().to_owned(),
            _ => self.gallery.filter().to_owned(),
        };
        self.popups.push(Popup::Filter { text: before.clone(), before });
    }

    fn restart(&mut self) {
        match &self.screen {
            Screen::Run(run) => self.open(run.index),
            Screen::Broken { index, .. } => self.open(*index),
            Screen::Gallery => {}
        }
    }

    fn offer_faults(&mut self) {
        let Screen::Run(run) = &self.screen else { return };
        if run.is_at_recordings_end() {
            return self.say(Refusal::RecordingEnds);
        }
        let offers = faults::offered(run);
        if run.pulse().over || offers.is_empty() {
            return self.say(Refusal::OverForFaults);
        }
        self.popups.push(Popup::Faults { offers, row: 0 });
    }

    fn list_breakpoints(&mut self) {
        if matches!(self.screen, Screen::Run(_)) {
            self.popups.push(Popup::Breakpoints { row: 0 });
        }
    }

    fn list_branches(&mut self) {
        let Screen::Run(run) = &self.screen else { return };
        if !run.has_branches() {
            return self.say(Refusal::OneBranch);
        }
        let row = run.branch_rows().iter().position(|row| row.shown).unwrap_or(0);
        self.popups.push(Popup::Branches { row });
    }

    /// What a key does in the list of branches, of which `row` is selected.
    fn act_on_branches(&mut self, action: Action, row: usize) {
        let Screen::Run(run) = &mut self.screen else { return };
        let rows = run.branch_rows();
        let Some(number) = rows.get(row).map(|it| it.number) else { return };
        let row = match action {
            Action::Accept => {
                self.popups.pop();
                let notice = run.switch_to(number);
                return self.say(notice);
            }
            Action::Compare => {
                let other = if number == run.branch_number() { run.counterpart() } else { Some(number) };
                let sides = other.map(|other| [run.branch_number().min(other), run.branch_number().max(other)]);
                self.popups.extend(sides.and_then(|sides| Comparison::of(run, sides)).map(Popup::Compare));
                return;
            }
            Action::Delete => {
                let notice = run.end_branch(number);
                self.say(notice);
                row
            }
            Action::Start => 0,
            other => row.saturating_add_signed(rows_of(other)),
        };
        let Screen::Run(run) = &self.screen else { return };
        let row = row.min(run.branch_rows().len() - 1);
        if let Some(Popup::Branches { row: selected }) = self.popups.last_mut() {
            *selected = row;
        }
    }

    fn offer_schedulers(&mut self) {
        let Screen::Run(run) = &self.screen else { return };
        if run.is_at_recordings_end() {
            return self.say(Refusal::RecordingEnds);
        }
        if run.pulse().over {
            return self.say(Refusal::OverForScheduler);
        }
        let choices = run.schedulers();
        let row = choices.iter().position(|(name, _)| *name == run.scheduler()).unwrap_or(0);
        self.popups.push(Popup::Schedulers { choices, row });
    }

    /// Does what a hint of the last line says.
    pub(super) fn click_hint(&mut self, action: Action) {
        self.hush();
        self.act(action);
    }

    /// A click on a row of what is in front: it is selected, and a second click chooses it. A line of the help is done.
    pub(super) fn click_popup(&mut self, row: usize) {
        let below = self.screen_mode();
        let Some(top) = self.popups.last_mut() else { return };
        if let Popup::Help { .. } = top {
            let action = keys::bindings(below).nth(row).map(|binding| binding.action);
            if let Some(action) = action.filter(|action| *action != Action::Help) {
                self.popups.clear();
                self.act(action);
            }
            return;
        }
        let Some(selected) = top.row_mut() else { return };
        if std::mem::replace(selected, row) == row {
            self.act(Action::Accept);
        }
    }

    /// Selects a row of the gallery; a second click opens it.
    pub(super) fn click_card(&mut self, row: usize) {
        let before = self.gallery.row();
        self.gallery.select_row(row, self.stage.cards());
        if self.gallery.row() == before {
            self.act(Action::Accept);
        }
    }
}

/// How many rows an action moves by.
fn rows_of(action: Action) -> isize {
    match action {
        Action::Up => -1,
        Action::Down => 1,
        Action::PageUp => -10,
        Action::PageDown => 10,
        _ => 0,
    }
}
