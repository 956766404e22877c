//! The screen without a terminal: to measure what a frame costs, and to compare what is drawn.

use super::app::App;
use super::input::ch;
use super::theme::Theme;
use super::viewport::Window;
use super::{Options, render};
use crate::session::Stage;
use crate::trace::{Axis, Model};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The lanes of a run as the screen draws them, a row for each thread: so many cells, from `start` of the axis on, each so many
/// of its places.
pub fn lanes(model: &Model, axis: Axis, start: u64, per_cell: u64, width: u16) -> Buffer {
    let window = Window { axis, start, per_cell: per_cell.max(1), width, end: model.end(axis) };
    let height = u16::try_from(model.threads().len()).unwrap_or(u16::MAX);
    let area = Rect { x: 0, y: 0, width, height };
    let mut buffer = Buffer::empty(area);
    for (thread, y) in model.threads().iter().zip(0..height) {
        let lane = render::lanes::Lane { model, thread, window };
        render::lanes::draw_lane(Theme::default(), &lane, Rect { y, height: 1, ..area }, &mut buffer);
    }
    buffer
}

/// A screen that draws into memory.
pub struct Rehearsal<'a> {
    app: App<'a>,
    terminal: Terminal<TestBackend>,
}

impl<'a> Rehearsal<'a> {
    /// A screen of `width` by `height` cells.
    pub fn new(stage: &'a mut dyn Stage, options: Options, width: u16, height: u16) -> Self {
        let Ok(terminal) = Terminal::new(TestBackend::new(width, height));
        Rehearsal { app: App::new(stage, options), terminal }
    }

    /// Takes in everything that has happened.
    pub fn catch_up(&mut self) {
        while self.app.tick() {}
    }

    /// Presses the keys of `text`, one for each character.
    pub fn type_keys(&mut self, text: &str) {
        for c in text.chars() {
            self.app.press(ch(c));
        }
    }

    /// Draws a frame.
    pub fn frame(&mut self) {
        let Ok(_) = self.terminal.draw(|frame| self.app.draw(frame.buffer_mut()));
    }
}
