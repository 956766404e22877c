//! The screen without a terminal: for measuring what a frame costs.

use super::app::App;
use super::{Options, Stage, render};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

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
            self.app.press(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE).into());
        }
    }

    /// Draws a frame.
    pub fn frame(&mut self) {
        let Ok(_) = self.terminal.draw(|frame| render::draw(&mut self.app, frame));
    }
}
