//! What crossterm reports, in the screen's words.

use crate::tui::input::{Code, Held, Input, Key, Mouse, Toward};
use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind};
use ratatui::layout::Position;

/// What a person did, if that is anything to the screen.
pub(super) fn input(event: Event) -> Option<Input> {
    match event {
        Event::Key(event) if event.kind != KeyEventKind::Release => Some(Input::Key(key(event))),
        Event::Mouse(event) => {
            let at = Position { x: event.column, y: event.row };
            Some(Input::Mouse(mouse(event.kind)?, at))
        }
        Event::Paste(text) => Some(Input::Paste(text)),
        Event::Resize(..) => Some(Input::Resize),
        Event::Key(_) | Event::FocusGained | Event::FocusLost => None,
    }
}

pub(super) fn key(event: KeyEvent) -> Key {
    let has = |modifier| event.modifiers.contains(modifier);
    let held = Held { ctrl: has(KeyModifiers::CONTROL), alt: has(KeyModifiers::ALT), shift: has(KeyModifiers::SHIFT) };
    Key::new(code(event.code), held)
}

fn code(code: KeyCode) -> Code {
    match code {
        KeyCode::Char(c) => Code::Char(c),
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab => Code::Tab,
        KeyCode::BackTab => Code::BackTab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Insert => Code::Insert,
        KeyCode::F(number) => Code::F(number),
        KeyCode::Null
        | KeyCode::CapsLock
        | KeyCode::ScrollLock
        | KeyCode::NumLock
        | KeyCode::PrintScreen
        | KeyCode::Pause
        | KeyCode::Menu
        | KeyCode::KeypadBegin
        | KeyCode::Media(_)
        | KeyCode::Modifier(_) => Code::Other,
    }
}

fn mouse(kind: MouseEventKind) -> Option<Mouse> {
    Some(match kind {
        MouseEventKind::Down(MouseButton::Left) => Mouse::Press,
        MouseEventKind::Drag(MouseButton::Left) => Mouse::Drag,
        MouseEventKind::ScrollUp => Mouse::Wheel(Toward::Up),
        MouseEventKind::ScrollDown => Mouse::Wheel(Toward::Down),
        MouseEventKind::ScrollLeft => Mouse::Wheel(Toward::Left),
        MouseEventKind::ScrollRight => Mouse::Wheel(Toward::Right),
        MouseEventKind::Down(_) | MouseEventKind::Drag(_) | MouseEventKind::Up(_) | MouseEventKind::Moved => {
            return None;
        }
    })
}
