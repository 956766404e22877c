//! Colours and glyphs: one table for the states of threads, one for everything else.
//!
//! Colours come from the palette of Okabe and Ito, which people with any kind of colour vision can tell apart. All
//! drawing is done in true colour and in Unicode; `Theme::finish` turns the finished frame into what the terminal can
//! show. Bold, reversed and underlined stay, whatever happens to colours.

use crate::base::ThreadId;
use crate::event::ThreadState;
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};

/// Dark or light.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Shade {
    /// The colours for dark terminals, on the terminal's own background.
    #[default]
    Auto,
    /// Light text, on a dark background of our own.
    Dark,
    /// Dark text, on a light background of our own.
    Light,
}

/// How many colours the terminal can show.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Depth {
    /// 24 bits.
    #[default]
    True,
    /// The 256 of xterm.
    Indexed,
    /// The sixteen basic ones.
    Basic,
    /// None at all.
    None,
}

/// What a cell of a lane shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Look {
    /// A state.
    State(ThreadState),
    /// Part of a deadlock.
    Deadlocked,
}

/// Parts of the screen that have a colour of their own.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    /// Plain text.
    Text,
    /// Text of less weight.
    Dim,
    /// Frames and rulers.
    Frame,
    /// The frame of the panel that has the focus, keys, the selection.
    Accent,
    /// What went well.
    Good,
    /// Trouble.
    Alarm,
    /// Values, numbers.
    Value,
}

/// One look: the glyph, what stands for it in ASCII, and its colour on dark and on light.
struct Appearance {
    look: Look,
    glyph: char,
    ascii: char,
    dark: u32,
    light: u32,
}

const fn appearance(look: Look, glyph: char, ascii: char, dark: u32, light: u32) -> Appearance {
    Appearance { look, glyph, ascii, dark, light }
}

/// Every look of a lane's cell. The glyphs differ, so that states can be told apart without colour.
const LOOKS: [Appearance; 11] = [
    appearance(Look::Deadlocked, '!', '!', 0xff5f3c, 0xc63c00),
    appearance(Look::State(ThreadState::New), '·', '.', 0x8a8f98, 0x7a7f88),
    appearance(Look::State(ThreadState::Ready), '▒', ':', 0xf0e442, 0x9a7b00),
    appearance(Look::State(ThreadState::Running), '█', '#', 0x009e73, 0x008a64),
    appearance(Look::State(ThreadState::Waiting), '╌', '-', 0x56b4e9, 0x0072b2),
    appearance(Look::State(ThreadState::Blocked), 'x', 'x', 0xd55e00, 0xc25400),
    appearance(Look::State(ThreadState::Joining), '~', '~', 0xcc79a7, 0xa84c80),
    appearance(Look::State(ThreadState::Finished), ' ', ' ', 0x8a8f98, 0x7a7f88),
    appearance(Look::State(ThreadState::Crashed), '☠', 'X', 0xe69f00, 0xa66f00),
    appearance(Look::State(ThreadState::Killed), 'X', 'K', 0xe69f00, 0xa66f00),
    appearance(Look::State(ThreadState::CutOff), '┤', '|', 0x8a8f98, 0x7a7f88),
];

/// The colours of everything else, on dark and on light.
const ROLES: [(Role, u32, u32); 7] = [
    (Role::Text, 0xd8dce3, 0x22262c),
    (Role::Dim, 0x8a8f98, 0x6b7078),
    (Role::Frame, 0x4e5561, 0xb4b8bf),
    (Role::Accent, 0x56b4e9, 0x0072b2),
    (Role::Good, 0x33c79a, 0x007d5a),
    (Role::Alarm, 0xff5f3c, 0xc63c00),
    (Role::Value, 0xe69f00, 0x8f6000),
];

const DARK_GROUND: u32 = 0x14171c;
const LIGHT_GROUND: u32 = 0xfbfaf6;

/// What stands for our own glyphs where only ASCII can be shown.
const ASCII: &[(char, char)] = &[
    ('─', '-'),
    ('│', '|'),
    ('╭', '+'),
    ('╮', '+'),
    ('╰', '+'),
    ('╯', '+'),
    ('├', '+'),
    ('┤', '+'),
    ('┴', '+'),
    ('┬', '+'),
    ('▸', '>'),
    ('▶', '>'),
    ('◂', '<'),
    ('◀', '<'),
    ('▲', '^'),
    ('▼', 'v'),
    ('↳', '>'),
    ('→', '>'),
    ('←', '<'),
    ('↑', '^'),
    ('↓', 'v'),
    ('…', '~'),
    ('↯', '*'),
    ('·', '.'),
    ('×', 'x'),
    ('µ', 'u'),
    ('≠', '#'),
    ('↻', 'o'),
    ('Δ', 'd'),
    ('█', '#'),
    ('▇', '#'),
    ('▆', '#'),
    ('▅', '='),
    ('▄', '='),
    ('▃', '-'),
    ('▂', '-'),
    ('▁', '_'),
    ('▉', '#'),
    ('▊', '#'),
    ('▋', '='),
    ('▌', '='),
    ('▍', '-'),
    ('▎', '-'),
    ('▏', '.'),
    ('░', '.'),
    ('●', '@'),
    ('○', 'o'),
];

/// How everything looks.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Theme {
    /// Dark or light.
    pub shade: Shade,
    /// How many colours there are.
    pub depth: Depth,
    /// ASCII alone.
    pub ascii: bool,
}

impl Theme {
    fn pick(self, dark: u32, light: u32) -> Color {
        Color::from_u32(if self.shade == Shade::Light { light } else { dark })
    }

    fn appearance(look: Look) -> &'static Appearance {
        // The table has a row for every look; a test holds it to that.
        LOOKS.iter().find(|row| row.look == look).unwrap_or(&LOOKS[0])
    }

    /// The glyph of a lane's cell.
    pub fn glyph(self, look: Look) -> char {
        let row = Theme::appearance(look);
        if self.ascii { row.ascii } else { row.glyph }
    }

    /// The colour of a lane's cell.
    pub fn look_color(self, look: Look) -> Color {
        let row = Theme::appearance(look);
        self.pick(row.dark, row.light)
    }

    /// A colour to know a thread by; after some threads they come again.
    pub fn thread_color(self, thread: ThreadId) -> Color {
        const STATES: [ThreadState; 6] = [
            ThreadState::Waiting,
            ThreadState::Crashed,
            ThreadState::Running,
            ThreadState::Joining,
            ThreadState::Ready,
            ThreadState::Blocked,
        ];
        self.look_color(Look::State(STATES[thread.index() % STATES.len()]))
    }

    /// The style of a lane's cell: deadlocked is bold and reversed, so that it shows without colour too.
    pub fn look(self, look: Look) -> Style {
        let style = Style::new().fg(self.look_color(look));
        match look {
            Look::Deadlocked => style.add_modifier(Modifier::BOLD | Modifier::REVERSED),
            Look::State(ThreadState::Crashed | ThreadState::Killed) => style.add_modifier(Modifier::BOLD),
            Look::State(_) => style,
        }
    }

    /// The colour of a part of the screen.
    pub fn color(self, role: Role) -> Color {
        let row = ROLES.iter().find(|row| row.0 == role).unwrap_or(&ROLES[0]);
        self.pick(row.1, row.2)
    }

    /// The style of a part of the screen.
    pub fn style(self, role: Role) -> Style {
        Style::new().fg(self.color(role))
    }

    /// What comes later than the moment of the past that is shown.
    pub fn later(self) -> Style {
        let loud = Modifier::BOLD | Modifier::REVERSED | Modifier::UNDERLINED;
        self.style(Role::Dim).add_modifier(Modifier::DIM).remove_modifier(loud)
    }

    /// The banner of a trouble.
    pub fn banner(self) -> Style {
        self.style(Role::Alarm).add_modifier(Modifier::BOLD | Modifier::REVERSED)
    }

    /// Text that stands on a cell of colour.
    pub fn on(self, color: Color) -> Style {
        Style::new().fg(self.pick(DARK_GROUND, LIGHT_GROUND)).bg(color).add_modifier(Modifier::BOLD)
    }

    /// The row that is selected in a list.
    pub fn selection(self) -> Style {
        self.style(Role::Accent).add_modifier(Modifier::REVERSED)
    }

    /// What the screen is cleared with.
    pub fn base(self) -> Style {
        let style = self.style(Role::Text);
        match self.shade {
            Shade::Auto => Style::new(),
            Shade::Dark | Shade::Light => style.bg(self.pick(DARK_GROUND, LIGHT_GROUND)),
        }
    }

    /// Turns a finished frame into what the terminal can show.
    pub fn finish(self, buffer: &mut Buffer) {
        if self.depth == Depth::True && !self.ascii {
            return;
        }
        for cell in &mut buffer.content {
            cell.fg = self.fall_back(cell.fg);
            cell.bg = self.fall_back(cell.bg);
            if self.ascii && !cell.symbol().is_ascii() {
                let first = cell.symbol().chars().next().unwrap_or(' ');
                let known = ASCII.iter().find(|(glyph, _)| *glyph == first);
                cell.set_char(known.map_or('?', |&(_, ascii)| ascii));
            }
        }
    }

    fn fall_back(self, color: Color) -> Color {
        let Color::Rgb(r, g, b) = color else { return color };
        match self.depth {
            Depth::True => color,
            Depth::Indexed => Color::Indexed(nearest_indexed([r, g, b])),
            Depth::Basic => nearest_basic([r, g, b]),
            Depth::None => Color::Reset,
        }
    }
}

fn distance(a: [u8; 3], b: [u8; 3]) -> u32 {
    // The eye sees green best and blue worst.
    a.into_iter().zip(b).zip([3, 6, 1]).map(|((a, b), weight)| u32::from(a.abs_diff(b)).pow(2) * weight).sum()
}

/// The nearest of xterm's colour cube and grey ramp.
fn nearest_indexed(color: [u8; 3]) -> u8 {
    const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    let step = |value: u8| (0..6u8).min_by_key(|&i| STEPS[usize::from(i)].abs_diff(value)).unwrap_or(0);
    let cube = color.map(step);
    let cube_color = cube.map(|i| STEPS[usize::from(i)]);
    let grey = (0..24u8).min_by_key(|&i| distance([8 + 10 * i; 3], color)).unwrap_or(0);
    if distance([8 + 10 * grey; 3], color) < distance(cube_color, color) {
        232 + grey
    } else {
        16 + 36 * cube[0] + 6 * cube[1] + cube[2]
    }
}

/// The one of the sixteen that a viewer would call by the same name: by hue, since what the sixteen look like is up to the
/// terminal, and distances in between mean little. Greys go by how light they are.
fn nearest_basic(color: [u8; 3]) -> Color {
    let [r, g, b] = color.map(i32::from);
    let (most, least) = (r.max(g).max(b), r.min(g).min(b));
    let spread = most - least;
    if spread < 48 {
        return match most {
            ..40 => Color::Black,
            40..160 => Color::DarkGray,
            160..235 => Color::Gray,
            _ => Color::White,
        };
    }
    let hue = match most {
        _ if most == r => (g - b) * 60 / spread,
        _ if most == g => 120 + (b - r) * 60 / spread,
        _ => 240 + (r - g) * 60 / spread,
    };
    let bright = most >= 235;
    match hue.rem_euclid(360) {
        30..75 if bright => Color::LightYellow,
        30..75 => Color::Yellow,
        75..165 if bright => Color::LightGreen,
        75..165 => Color::Green,
        165..215 if bright => Color::LightCyan,
        165..215 => Color::Cyan,
        215..270 if bright => Color::LightBlue,
        215..270 => Color::Blue,
        270..345 if bright => Color::LightMagenta,
        270..345 => Color::Magenta,
        _ if bright => Color::LightRed,
        _ => Color::Red,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::layout::Rect;
    use std::collections::BTreeSet;

    #[test]
    fn every_state_has_a_look_and_no_two_look_alike() {
        for state in ThreadState::ALL {
            assert!(LOOKS.iter().any(|row| row.look == Look::State(state)), "{state:?}");
        }
        assert_eq!(LOOKS.iter().map(|row| row.glyph).collect::<BTreeSet<_>>().len(), LOOKS.len());
        assert_eq!(LOOKS.iter().map(|row| row.ascii).collect::<BTreeSet<_>>().len(), LOOKS.len());
        assert!(LOOKS.iter().all(|row| row.ascii.is_ascii()));
    }

    #[test]
    fn colours_fall_back_to_what_there_is() {
        assert_eq!(nearest_indexed([0, 0, 0]), 16);
        assert_eq!(nearest_indexed([255, 255, 255]), 231);
        assert_eq!(nearest_indexed([0x8a, 0x8a, 0x8a]), 245);
        assert_eq!(nearest_basic([0xff, 0x20, 0x10]), Color::LightRed);
        assert_eq!(nearest_basic([0x10, 0x10, 0x10]), Color::Black);
        let states = [ThreadState::Running, ThreadState::Ready, ThreadState::Waiting, ThreadState::Blocked];
        let theme = Theme { depth: Depth::Basic, ..Theme::default() };
        let basic = states.map(|state| theme.fall_back(theme.look_color(Look::State(state))));
        assert_eq!(basic, [Color::Green, Color::LightYellow, Color::Cyan, Color::Red]);
    }

    #[test]
    fn without_colours_bold_and_reversed_stay() {
        let theme = Theme { depth: Depth::None, ascii: true, ..Theme::default() };
        let mut buffer = Buffer::empty(Rect::new(0, 0, 3, 1));
        buffer.set_string(0, 0, "▶é█", theme.banner());
        theme.finish(&mut buffer);
        assert_eq!(buffer.content.iter().map(|cell| cell.symbol()).collect::<String>(), ">?#");
        assert!(
            buffer.content.iter().all(|cell| cell.fg == Color::Reset && cell.modifier.contains(Modifier::REVERSED))
        );
    }
}
