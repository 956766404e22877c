//! The keys: one table from (mode, key) to action. The help screen, the line of hints and the command palette are written
//! from it.

use super::input::{Code, Key, ch, ctrl, key, shift};
use crate::trace::Axis;

/// What is in front; it decides what keys mean.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// The list of scenarios.
    Gallery,
    /// A run.
    Run,
    /// A scenario that cannot be opened.
    Broken,
    /// A text to read: help, an explanation.
    Reading,
    /// A list to choose from.
    Menu,
    /// The list of breakpoints.
    Breakpoints,
    /// The list of branches.
    Branches,
    /// Whether the program can go wrong.
    Check,
    /// Two runs, one above the other.
    Comparison,
    /// A line of text is being typed.
    Typing,
}

/// Something the person watching can ask for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "the table of keys says what each does")]
pub enum Action {
    PlayPause,
    Step,
    StepBack,
    StepSelected,
    StepBackSelected,
    GoThere,
    Branch,
    Branches,
    Compare,
    NextLine,
    Faster,
    Slower,
    Hold,
    Fold,
    FoldAll,
    Breakpoint,
    Breakpoints,
    Files,
    Delete,
    Variables,
    Raise,
    Lower,
    Faults,
    Scheduler,
    Restart,
    Explain,
    Check,
    WhatIf,
    Up,
    Down,
    PageUp,
    PageDown,
    Select(u8),
    NextPanel,
    PreviousPanel,
    Accept,
    ZoomIn,
    ZoomOut,
    PanLeft,
    PanRight,
    Fit,
    Centre,
    UndoView,
    Start,
    End,
    ToggleAxis,
    CursorLeft,
    CursorRight,
    Mark,
    Filter,
    TypeLine,
    EndInput,
    PreviousMatch,
    Erase,
    Commands,
    Help,
    Redraw,
    Suspend,
    Back,
    Quit,
    Interrupt,
}

/// One row of the table.
pub struct Binding {
    /// Where it holds.
    pub modes: &'static [Mode],
    /// The keys, the one to show first.
    pub keys: &'static [Key],
    /// What they do.
    pub action: Action,
    /// That in words.
    pub help: &'static str,
    /// A word or two for the line of hints; empty for none.
    pub hint: &'static str,
}

const fn bind(
    modes: &'static [Mode],
    keys: &'static [Key],
    action: Action,
    help: &'static str,
    hint: &'static str,
) -> Binding {
    Binding { modes, keys, action, help, hint }
}

use Mode::{Branches, Breakpoints, Broken, Check, Comparison, Gallery, Menu, Reading, Run, Typing};
const RUN: &[Mode] = &[Run];
const LISTS: &[Mode] = &[Run, Gallery, Menu, Breakpoints, Branches, Reading, Broken, Check, Comparison];
const PLAIN: &[Mode] = &[Gallery, Run, Broken, Reading, Menu, Breakpoints, Branches, Check, Comparison];
const EVERYWHERE: &[Mode] = &[Gallery, Run, Broken, Reading, Menu, Breakpoints, Branches, Check, Comparison, Typing];

/// Every key there is.
pub const TABLE: &[Binding] = &[
    bind(RUN, &[ch(' ')], Action::PlayPause, "play or pause", "play"),
    bind(&[Comparison], &[ch(' ')], Action::PlayPause, "let both runs go on, or pause them", "play"),
    bind(RUN, &[ch('.'), key(Code::Right)], Action::Step, "do one operation of the next thread", "step"),
    bind(RUN, &[ch(','), key(Code::Left)], Action::StepBack, "go one operation back, into the past", "back"),
    bind(RUN, &[ch('>')], Action::StepSelected, "do one operation of the selected thread", ""),
    bind(RUN, &[ch('<')], Action::StepBackSelected, "go back to before the selected thread's last operation", ""),
    bind(RUN, &[ch('o')], Action::GoThere, "jump to the selected event, or to the cursor", ""),
    bind(RUN, &[ch('y')], Action::Branch, "start a new branch of the run from this moment", ""),
    bind(RUN, &[ch('Y')], Action::Branches, "list all branches of the run, and choose one", ""),
    bind(&[Branches], &[ch('Y')], Action::Back, "close the list", ""),
    bind(&[Branches], &[key(Code::Enter), ch(' ')], Action::Accept, "show the selected branch", "show"),
    bind(&[Branches], &[ch('d'), key(Code::Delete)], Action::Delete, "end the selected branch", "end"),
    bind(RUN, &[ch('C')], Action::Compare, "compare two branches from where they differ", ""),
    bind(&[Branches], &[ch('C')], Action::Compare, "compare the selected branch with the one shown", "compare"),
    bind(
        RUN,
        &[ch('n')],
        Action::NextLine,
        "run to the thread's next line; with a filter, find the next match",
        "next line",
    ),
    bind(RUN, &[ch('N')], Action::PreviousMatch, "find the previous match of the filter", ""),
    bind(RUN, &[ch('x')], Action::Faults, "inject a fault", "fault"),
    bind(RUN, &[ch('c')], Action::Scheduler, "choose the scheduler, which picks the next thread", "scheduler"),
    bind(RUN, &[ch('e')], Action::Explain, "explain what is happening", "explain"),
    bind(&[Reading], &[ch('e')], Action::Back, "close the explanation", ""),
    bind(RUN, &[ch('K')], Action::Check, "check whether the program can go wrong, on any way", "check"),
    bind(&[Check], &[ch('K')], Action::Back, "stop the search, or close what it found", ""),
    bind(&[Check], &[key(Code::Enter)], Action::Accept, "show a run that goes wrong; let a search go on unseen", ""),
    bind(&[Run, Check], &[ch('W')], Action::WhatIf, "what if: try the last choice that avoids the trouble", "what if"),
    bind(RUN, &[ch('F')], Action::Files, "list the files of the program, and open one", ""),
    bind(RUN, &[ch('v')], Action::Variables, "show the selected thread's variables, and back", "variables"),
    bind(RUN, &[ch('b')], Action::Breakpoint, "set a breakpoint on the line, the object or the variable", "breakpoint"),
    bind(RUN, &[ch('B')], Action::Breakpoints, "list all breakpoints; stop when a thread blocks, ends, crashes", ""),
    bind(&[Breakpoints], &[ch('B')], Action::Back, "close the list", ""),
    bind(&[Breakpoints], &[key(Code::Enter), ch(' ')], Action::Accept, "switch the breakpoint on or off", "on/off"),
    bind(&[Breakpoints], &[ch('d'), key(Code::Delete)], Action::Delete, "delete the breakpoint", "delete"),
    bind(RUN, &[ch(']'), shift(Code::Up)], Action::Faster, "run faster", ""),
    bind(RUN, &[ch('['), shift(Code::Down)], Action::Slower, "run slower", ""),
    bind(RUN, &[ch('h')], Action::Hold, "hold the selected thread back, or let it go", "hold"),
    bind(RUN, &[ch('z')], Action::Fold, "fold the selected thread's process into one lane, or unfold it", "fold"),
    bind(RUN, &[ch('Z')], Action::FoldAll, "fold all processes, or unfold them", ""),
    bind(RUN, &[ch('p')], Action::Raise, "raise the selected thread's priority", ""),
    bind(RUN, &[ch('P')], Action::Lower, "lower the selected thread's priority", ""),
    bind(&[Run, Broken, Comparison], &[ch('r')], Action::Restart, "start the run again", "again"),
    bind(
        LISTS,
        &[ch('j'), key(Code::Down)],
        Action::Down,
        "select the next thread, or the next row of the focused panel",
        "",
    ),
    bind(LISTS, &[ch('k'), key(Code::Up)], Action::Up, "select the previous thread, or the previous row", ""),
    bind(LISTS, &[key(Code::PageDown)], Action::PageDown, "move ten rows down", ""),
    bind(LISTS, &[key(Code::PageUp)], Action::PageUp, "move ten rows up", ""),
    bind(RUN, &[ch('1')], Action::Select(0), "select a thread by its number", ""),
    bind(RUN, &[ch('2')], Action::Select(1), "", ""),
    bind(RUN, &[ch('3')], Action::Select(2), "", ""),
    bind(RUN, &[ch('4')], Action::Select(3), "", ""),
    bind(RUN, &[ch('5')], Action::Select(4), "", ""),
    bind(RUN, &[ch('6')], Action::Select(5), "", ""),
    bind(RUN, &[ch('7')], Action::Select(6), "", ""),
    bind(RUN, &[ch('8')], Action::Select(7), "", ""),
    bind(RUN, &[ch('9')], Action::Select(8), "", ""),
    bind(RUN, &[key(Code::Tab)], Action::NextPanel, "focus the next panel", "panel"),
    bind(RUN, &[key(Code::BackTab)], Action::PreviousPanel, "focus the previous panel", ""),
    bind(RUN, &[key(Code::Enter)], Action::Accept, "give the panel the whole screen, and back", ""),
    bind(&[Gallery, Menu, Typing], &[key(Code::Enter)], Action::Accept, "choose", "choose"),
    bind(RUN, &[ch('w'), ch('+'), ch('=')], Action::ZoomIn, "zoom in", ""),
    bind(RUN, &[ch('s'), ch('-')], Action::ZoomOut, "zoom out", ""),
    bind(RUN, &[ch('a')], Action::PanLeft, "move the view to earlier", ""),
    bind(RUN, &[ch('d')], Action::PanRight, "move the view to later", ""),
    bind(RUN, &[ch('0')], Action::Fit, "fit the whole run", ""),
    bind(RUN, &[ch('f')], Action::Centre, "centre the cursor, or the selected thread's last change", ""),
    bind(RUN, &[ch('u')], Action::UndoView, "undo the last zoom or pan", ""),
    bind(
        &[Run, Gallery, Reading, Check, Comparison],
        &[ch('g'), key(Code::Home)],
        Action::Start,
        "go to the start of the run, or of the focused panel",
        "",
    ),
    bind(
        &[Run, Gallery, Reading, Check, Comparison],
        &[ch('G'), key(Code::End)],
        Action::End,
        "go to the end of the panel, or out of the past and along with the run",
        "",
    ),
    bind(&[Run, Comparison], &[ch('t')], Action::ToggleAxis, "axis: the story or time", "story/time"),
    bind(RUN, &[shift(Code::Left)], Action::CursorLeft, "move the cursor to earlier", ""),
    bind(RUN, &[shift(Code::Right)], Action::CursorRight, "move the cursor to later", ""),
    bind(RUN, &[ch('m')], Action::Mark, "mark the cursor's place, to measure from there", ""),
    bind(&[Run, Gallery], &[ch('/')], Action::Filter, "filter events, or scenarios", "filter"),
    bind(RUN, &[ch('i')], Action::TypeLine, "type a line that the program waits for", ""),
    bind(&[Typing], &[key(Code::Backspace), ctrl('h')], Action::Erase, "erase", ""),
    bind(&[Typing], &[ctrl('d')], Action::EndInput, "end what is typed for the program", ""),
    bind(&[Typing], &[key(Code::Down)], Action::Down, "next", ""),
    bind(&[Typing], &[key(Code::Up)], Action::Up, "previous", ""),
    bind(PLAIN, &[ch(':'), ctrl('p')], Action::Commands, "command palette", "commands"),
    bind(PLAIN, &[ch('?'), key(Code::F(1))], Action::Help, "help, and back", "help"),
    bind(EVERYWHERE, &[key(Code::Esc)], Action::Back, "go back; twice to leave a run", ""),
    bind(PLAIN, &[ch('q')], Action::Quit, "quit", "quit"),
    bind(
        EVERYWHERE,
        &[ctrl('c')],
        Action::Interrupt,
        "quit; if the program handles SIGINT, it gets the signal first",
        "",
    ),
    bind(EVERYWHERE, &[ctrl('z')], Action::Suspend, "suspend; `fg` brings it back", ""),
    bind(EVERYWHERE, &[ctrl('l')], Action::Redraw, "redraw", ""),
];

/// What `key` does in `mode`.
pub fn lookup(mode: Mode, key: Key) -> Option<Action> {
    let row = TABLE.iter().find(|row| row.modes.contains(&mode) && row.keys.contains(&key))?;
    Some(row.action)
}

/// The rows that hold in `mode` and have something to say.
pub fn bindings(mode: Mode) -> impl Iterator<Item = &'static Binding> {
    TABLE.iter().filter(move |row| row.modes.contains(&mode) && !row.help.is_empty())
}

/// How a run stands; that decides what there is to do with it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Situation {
    /// It goes on by itself.
    Running,
    /// It was paused.
    Paused,
    /// Nobody can go on any more.
    Trouble,
    /// It has ended, or its recording has.
    Over,
    /// A moment of its past is shown.
    Past,
}

impl Situation {
    /// The actions that matter most, in a word or two each; the first ones are seen on every screen.
    fn hints(self) -> &'static [(Action, &'static str)] {
        match self {
            Situation::Running => RUNNING,
            Situation::Paused => PAUSED,
            Situation::Trouble => TROUBLE,
            Situation::Over => OVER,
            Situation::Past => PAST,
        }
    }
}

const RUNNING: &[(Action, &str)] = &[
    (Action::PlayPause, "pause"),
    (Action::Step, "step"),
    (Action::StepBack, "back"),
    (Action::Faults, "fault"),
    (Action::Scheduler, "scheduler"),
    (Action::Explain, "explain"),
    (Action::Check, "check"),
    (Action::Hold, "hold"),
    (Action::Faster, "faster"),
    (Action::Slower, "slower"),
    (Action::Variables, "variables"),
    (Action::Breakpoint, "breakpoint"),
    (Action::NextPanel, "panel"),
    (Action::Filter, "filter"),
    (Action::Commands, "commands"),
];

const PAUSED: &[(Action, &str)] = &[
    (Action::PlayPause, "play"),
    (Action::Step, "step"),
    (Action::StepBack, "back"),
    (Action::NextLine, "next line"),
    (Action::StepSelected, "this thread"),
    (Action::Faults, "fault"),
    (Action::Scheduler, "scheduler"),
    (Action::Explain, "explain"),
    (Action::Check, "check"),
    (Action::Variables, "variables"),
    (Action::Breakpoint, "breakpoint"),
    (Action::Hold, "hold"),
    (Action::NextPanel, "panel"),
    (Action::Filter, "filter"),
    (Action::Commands, "commands"),
];

const TROUBLE: &[(Action, &str)] = &[
    (Action::StepBack, "back"),
    (Action::Explain, "why"),
    (Action::Restart, "again"),
    (Action::Faults, "fault"),
    (Action::WhatIf, "what if"),
    (Action::Check, "check"),
    (Action::Variables, "variables"),
    (Action::Start, "start"),
    (Action::Branches, "branches"),
    (Action::NextPanel, "panel"),
    (Action::Filter, "filter"),
    (Action::Commands, "commands"),
];

const OVER: &[(Action, &str)] = &[
    (Action::StepBack, "back"),
    (Action::Restart, "again"),
    (Action::Explain, "explain"),
    (Action::Check, "check"),
    (Action::Start, "start"),
    (Action::Variables, "variables"),
    (Action::Branches, "branches"),
    (Action::NextPanel, "panel"),
    (Action::Filter, "filter"),
    (Action::Commands, "commands"),
];

const PAST: &[(Action, &str)] = &[
    (Action::PlayPause, "play"),
    (Action::StepBack, "back"),
    (Action::Step, "forward"),
    (Action::Branch, "new branch"),
    (Action::End, "end"),
    (Action::Start, "start"),
    (Action::StepSelected, "this thread"),
    (Action::Branches, "branches"),
    (Action::Explain, "explain"),
    (Action::Check, "check"),
    (Action::Variables, "variables"),
    (Action::NextPanel, "panel"),
    (Action::Commands, "commands"),
];

/// The keys, words and actions for the last line of a run.
pub fn situation_hints(situation: Situation) -> impl Iterator<Item = (Key, &'static str, Action)> {
    let hint = |&(action, words): &(Action, &'static str)| Some((key_of(Mode::Run, action)?, words, action));
    situation.hints().iter().filter_map(hint)
}

/// The key to show for an action in `mode`.
pub fn key_of(mode: Mode, action: Action) -> Option<Key> {
    bindings(mode).find(|row| row.action == action).map(|row| row.keys[0])
}

/// The keys of a row as the help screen shows them.
pub fn labels(row: &Binding) -> String {
    if row.action == Action::Select(0) {
        return "1-9".to_owned();
    }
    row.keys.iter().map(|key| key.label()).collect::<Vec<_>>().join(" ")
}

/// The other axis.
pub(super) fn other(axis: Axis) -> Axis {
    match axis {
        Axis::Time => Axis::Story,
        Axis::Story => Axis::Time,
    }
}

#[cfg(test)]
mod tests {
    use super::super::input::Held;
    use super::*;

    #[test]
    fn no_key_means_two_things_in_one_mode() {
        for &mode in EVERYWHERE {
            let keys: Vec<_> = TABLE.iter().filter(|row| row.modes.contains(&mode)).flat_map(|row| row.keys).collect();
            for (index, key) in keys.iter().enumerate() {
                assert!(!keys[..index].contains(key), "{} twice in {mode:?}", key.label());
            }
        }
    }

    #[test]
    fn every_key_of_the_help_works() {
        for &mode in EVERYWHERE {
            for row in bindings(mode) {
                for key in row.keys {
                    assert_eq!(lookup(mode, *key), Some(row.action), "{}", key.label());
                }
                assert!(!labels(row).is_empty());
            }
        }
    }

    #[test]
    fn no_action_hangs_on_keys_that_some_keyboards_hide() {
        for row in TABLE.iter().filter(|row| row.keys.iter().any(|key| matches!(key.text(), Some('[' | ']')))) {
            assert!(row.keys.len() > 1, "{} has no other key", row.help);
        }
    }

    #[test]
    fn shift_counts_for_arrows_but_not_for_characters() {
        assert_eq!(lookup(Mode::Run, Key::new(Code::Char('G'), Held::SHIFT)), Some(Action::End));
        assert_eq!(lookup(Mode::Run, Key::new(Code::Up, Held::SHIFT)), Some(Action::Faster));
        assert_eq!(
            lookup(Mode::Run, Key::new(Code::Char(']'), Held { alt: true, ..Held::CTRL })),
            Some(Action::Faster)
        );
        assert_eq!(lookup(Mode::Run, Key::new(Code::Char('c'), Held::CTRL)), Some(Action::Interrupt));
        assert_eq!(lookup(Mode::Typing, Key::new(Code::Char('q'), Held::NONE)), None);
    }
}
