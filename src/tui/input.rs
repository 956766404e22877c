//! What a person does, in words of the screen's own: keys, the mouse, pasted text. Terminals and pages translate theirs.

use ratatui::layout::Position;

/// A key by its place on the keyboard, or by what it types.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "they are called what they are called")]
pub enum Code {
    Char(char),
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    Enter,
    Esc,
    Tab,
    BackTab,
    Backspace,
    Delete,
    Insert,
    F(u8),
    /// Any other.
    Other,
}

/// The modifiers that are held down with a key.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Held {
    /// Control.
    pub ctrl: bool,
    /// Alt.
    pub alt: bool,
    /// Shift.
    pub shift: bool,
}

impl Held {
    /// None of them.
    pub const NONE: Held = Held { ctrl: false, alt: false, shift: false };
    /// Control alone.
    pub const CTRL: Held = Held { ctrl: true, ..Held::NONE };
    /// Shift alone.
    pub const SHIFT: Held = Held { shift: true, ..Held::NONE };
}

/// A key with its modifiers. Characters carry shift in themselves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Key {
    code: Code,
    held: Held,
}

/// The key of a character.
pub const fn ch(c: char) -> Key {
    Key { code: Code::Char(c), held: Held::NONE }
}

/// The same, with ctrl.
pub const fn ctrl(c: char) -> Key {
    Key { code: Code::Char(c), held: Held::CTRL }
}

pub(super) const fn key(code: Code) -> Key {
    Key { code, held: Held::NONE }
}

pub(super) const fn shift(code: Code) -> Key {
    Key { code, held: Held::SHIFT }
}

impl Key {
    /// The key that was pressed while these modifiers were held down.
    pub fn new(code: Code, held: Held) -> Key {
        let held = match code {
            // AltGr arrives as ctrl with alt on some systems: that is how brackets are typed on many keyboards.
            Code::Char(c) if !c.is_alphanumeric() && held.ctrl && held.alt => Held::NONE,
            Code::Char(_) => Held { shift: false, ..held },
            Code::BackTab => Held::NONE,
            _ => held,
        };
        Key { code, held }
    }

    /// The character that the key types, if it types one.
    pub fn text(self) -> Option<char> {
        match self.code {
            Code::Char(c) if self.held == Held::NONE => Some(c),
            _ => None,
        }
    }

    /// How the key is called on the help screen.
    pub fn label(self) -> String {
        let name = match self.code {
            Code::Char(' ') => "space".to_owned(),
            Code::Char(c) => c.to_string(),
            Code::Up => "↑".to_owned(),
            Code::Down => "↓".to_owned(),
            Code::Left => "←".to_owned(),
            Code::Right => "→".to_owned(),
            Code::BackTab => "shift-Tab".to_owned(),
            Code::PageUp => "PgUp".to_owned(),
            Code::PageDown => "PgDn".to_owned(),
            Code::F(number) => format!("F{number}"),
            Code::Other => "that key".to_owned(),
            named => format!("{named:?}"),
        };
        match self.held {
            Held::CTRL => format!("ctrl-{}", name.to_ascii_uppercase()),
            Held::SHIFT => format!("shift-{name}"),
            _ => name,
        }
    }
}

/// What the mouse did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mouse {
    /// Its left button was pressed.
    Press,
    /// It moved while that was held down.
    Drag,
    /// Its wheel was turned.
    Wheel(Toward),
}

/// Where a wheel turns to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "directions")]
pub enum Toward {
    Up,
    Down,
    Left,
    Right,
}

/// Something a person did.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Input {
    /// A key was pressed.
    Key(Key),
    /// The mouse did something at that cell.
    Mouse(Mouse, Position),
    /// A text was pasted.
    Paste(String),
    /// There is another number of cells to draw in.
    Resize,
}
