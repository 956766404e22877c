//! A screen on runs without threads, drawn into memory: keys in, a buffer out.

use raddle::event::Breakpoint;
use raddle::policy::Kind;
use raddle::scenario::builtin;
use raddle::session::{Driven, Loaded, Session, Settings, Stage, Theatre};
use raddle::tui::input::{Code, Held, ch};
use raddle::tui::{App, Input, Key, Options};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

/// More frames than any run here takes.
pub(crate) const FRAMES: usize = 20_000;

/// The built-in scenarios, each run without threads.
pub(crate) fn gallery() -> Theatre<'static, builtin::Builtin> {
    stage(builtin::ALL.to_vec())
}

/// These scenarios, each run without threads.
pub(crate) fn stage(scenarios: Vec<builtin::Builtin>) -> Theatre<'static, builtin::Builtin> {
    let start = |_: usize, loaded: Loaded, breakpoints: &[Breakpoint]| -> Result<Box<dyn Session>, String> {
        let breakpoints = breakpoints.to_vec();
        let policy = Kind::RoundRobin;
        let settings = Settings { breakpoints, policy, paused: true, ..Settings::of(&loaded) };
        Ok(Box::new(Driven::start(loaded.image, settings)))
    };
    Theatre::new(scenarios, Box::new(start))
}

/// A screen that draws into memory.
pub(crate) struct Screen<'a> {
    pub(crate) app: App<'a>,
    terminal: Terminal<TestBackend>,
}

impl<'a> Screen<'a> {
    pub(crate) fn open(stage: &'a mut dyn Stage) -> Screen<'a> {
        let terminal = Terminal::new(TestBackend::new(120, 40)).expect("memory is always there");
        let mut screen = Screen { app: App::new(stage, Options::default()), terminal };
        screen.frame();
        screen
    }

    pub(crate) fn press(&mut self, keys: &str) {
        for word in keys.split_whitespace() {
            let key = match word {
                "enter" => Key::new(Code::Enter, Held::NONE),
                "esc" => Key::new(Code::Esc, Held::NONE),
                "space" => ch(' '),
                "tab" => Key::new(Code::Tab, Held::NONE),
                word => ch(word.chars().next().expect("words are not empty")),
            };
            assert!(self.app.input(Input::Key(key)));
            self.frame();
        }
    }

    /// The next frame; what it shows.
    pub(crate) fn frame(&mut self) -> String {
        self.app.tick();
        self.terminal.draw(|frame| self.app.draw(frame.buffer_mut())).expect("memory can be drawn to");
        let buffer = self.terminal.backend().buffer();
        let rows = buffer.content.chunks(usize::from(buffer.area.width));
        rows.map(|row| row.iter().map(|cell| cell.symbol()).collect::<String>() + "\n").collect()
    }

    /// Frame after frame, until one shows that.
    pub(crate) fn until(&mut self, text: &str) -> String {
        self.until_any(&[text])
    }

    /// Likewise, one of these.
    pub(crate) fn until_any(&mut self, texts: &[&str]) -> String {
        let mut shown = String::new();
        for _ in 0..FRAMES {
            shown = self.frame();
            if texts.iter().any(|text| shown.contains(text)) {
                return shown;
            }
        }
        panic!("{texts:?} is never shown:\n{shown}");
    }
}

/// Opens a scenario by its name.
pub(crate) fn open<'a>(stage: &'a mut dyn Stage, name: &str) -> Screen<'a> {
    let mut screen = Screen::open(stage);
    screen.until("First steps");
    let typed: String = name.chars().map(|c| format!("{c} ")).collect();
    screen.press(&format!("/ {typed} enter"));
    screen
}
