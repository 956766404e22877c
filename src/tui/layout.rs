//! Where the panels of a run lie, by the size of the terminal.

use ratatui::layout::{Constraint, Layout, Position, Rect};

/// What the lanes' panel depends on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct LaneShape {
    /// Rows for threads, and for processes where there are several.
    pub(super) rows: usize,
    /// The row that is to be seen.
    pub(super) selected: usize,
    /// There is a row for the GIL, however many threads there are.
    pub(super) gil: bool,
    pub(super) queues: usize,
    /// Columns of the longest name.
    pub(super) longest: u16,
}

impl LaneShape {
    fn all(self) -> usize {
        self.rows + usize::from(self.gil) + self.queues
    }
}

/// The panels of the run screen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Panel {
    Lanes,
    Graph,
    Source,
    Objects,
    Events,
    Output,
    Variables,
    /// The steps of a run that a search has found.
    Steps,
}

impl Panel {
    pub(super) const ALL: [Panel; 7] =
        [Panel::Lanes, Panel::Graph, Panel::Source, Panel::Objects, Panel::Events, Panel::Output, Panel::Variables];
    /// All, and the steps.
    const FOUND: [Panel; 8] = [
        Panel::Lanes,
        Panel::Graph,
        Panel::Source,
        Panel::Objects,
        Panel::Steps,
        Panel::Events,
        Panel::Output,
        Panel::Variables,
    ];
}

/// How much fits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Size {
    /// Every panel.
    Full,
    /// Lanes above, source and two more below.
    Compact,
    /// Lanes alone.
    Lanes,
    /// One line.
    Line,
}

impl Size {
    pub(super) fn of(area: Rect) -> Size {
        match (area.width, area.height) {
            (100.., 30..) => Size::Full,
            (80.., 24..) => Size::Compact,
            (60.., 16..) => Size::Lanes,
            _ => Size::Line,
        }
    }
}

/// What the layout depends on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Shape {
    /// What the lanes would like.
    pub(super) lanes: LaneShape,
    /// The panel that has the focus, and whether it fills the screen.
    pub(super) focus: Panel,
    pub(super) expanded: bool,
    /// Events, output or variables, where only one of them has room.
    pub(super) tab: Panel,
    /// Events or variables, where the output has room besides.
    pub(super) side: Panel,
    /// A ring of threads is to be shown.
    pub(super) ring: bool,
    /// Rows that the wait-for graph would like.
    pub(super) graph_rows: u16,
    /// Columns that the sentence of the `why` line takes up.
    pub(super) why: u16,
    /// It is known what may come of the moment: that has a line.
    pub(super) ahead: bool,
    /// There are steps to list.
    pub(super) steps: bool,
}

impl Shape {
    fn lane_rows(self) -> u16 {
        u16::try_from(self.lanes.all()).unwrap_or(u16::MAX - 2)
    }
}

/// Where everything lies. Panels that do not fit are absent.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Places {
    /// All of the screen.
    pub(super) area: Rect,
    pub(super) title: Rect,
    pub(super) panels: Vec<(Panel, Rect)>,
    /// The parts of the lanes' panel; empty without it.
    pub(super) lanes: LaneParts,
    /// What may come.
    pub(super) ahead: Rect,
    pub(super) why: Rect,
    /// There are steps to list.
    steps: bool,
}

impl Places {
    pub(super) fn of(area: Rect, shape: Shape) -> Places {
        let size = Size::of(area);
        let why_lines = if shape.why + 8 > area.width { 2 } else { 1 };
        let [title, middle, ahead, why, _hints] = Layout::vertical([
            Constraint::Length(1),
            Constraint::Min(0),
            Constraint::Length(if !shape.ahead {
                0
            } else if area.width < WIDE {
                2
            } else {
                1
            }),
            Constraint::Length(why_lines),
            Constraint::Length(1),
        ])
        .areas(area);
        let panels = match size {
            Size::Line => Vec::new(),
            _ if shape.expanded => vec![(shape.focus, middle)],
            Size::Lanes => vec![(Panel::Lanes, middle)],
            Size::Compact => compact(middle, shape),
            Size::Full => full(middle, shape),
        };
        let lanes = panels.iter().find(|(panel, _)| *panel == Panel::Lanes).map(|&(_, frame)| frame);
        let lanes = LaneParts::of(lanes.unwrap_or_default(), shape.lanes);
        Places { area, title, panels, lanes, ahead, why, steps: shape.steps }
    }

    pub(super) fn panel(&self, panel: Panel) -> Option<Rect> {
        self.panels.iter().find(|(there, _)| *there == panel).map(|&(_, area)| area)
    }

    /// The panel at a place of the screen, and its frame.
    pub(super) fn at(&self, at: Position) -> Option<(Panel, Rect)> {
        self.panels.iter().find(|(_, frame)| frame.contains(at)).copied()
    }

    /// The panels that can be focused now, in the order of the tab key.
    pub(super) fn focusable(&self) -> &'static [Panel] {
        match Size::of(self.area) {
            Size::Line => &[Panel::Lanes],
            Size::Lanes | Size::Compact | Size::Full if self.steps => &Panel::FOUND,
            Size::Lanes | Size::Compact | Size::Full => &Panel::ALL,
        }
    }
}

/// ```text
/// ╭ threads ────────────────────╮
/// ╰─────────────────────────────╯
/// ╭ source ──────╮╭ objects ────╮
/// │              │╰─────────────╯
/// │              │╭ events ─────╮   or the output, the variables, the steps, or the graph if there is a ring or it has the
/// │              ││             │   focus
/// ╰──────────────╯╰─────────────╯
/// ```
fn compact(area: Rect, shape: Shape) -> Vec<(Panel, Rect)> {
    let lanes = (shape.lane_rows() + 2).clamp(5, area.height / 2);
    let [top, bottom] = Layout::vertical([Constraint::Length(lanes), Constraint::Min(0)]).areas(area);
    let [source, right] = Layout::horizontal([Constraint::Percentage(50), Constraint::Percentage(50)]).areas(bottom);
    let second = match shape.focus {
        Panel::Graph => Panel::Graph,
        Panel::Events | Panel::Output | Panel::Variables | Panel::Steps => shape.focus,
        _ if shape.ring => Panel::Graph,
        _ => shape.tab,
    };
    // A ring is shown whole if that can be.
    let most = right.height.saturating_sub(LEAST);
    let lower = match second {
        Panel::Graph => shape.graph_rows.saturating_add(2).min(most),
        Panel::Variables | Panel::Steps => (right.height * 2 / 3).min(most),
        _ => 0,
    };
    let [upper, lower] =
        Layout::vertical([Constraint::Fill(1), Constraint::Length(lower.max(right.height / 2))]).areas(right);
    vec![(Panel::Lanes, top), (Panel::Source, source), (Panel::Objects, upper), (second, lower)]
}

/// ```text
/// ╭ threads ────────────────────────────╮╭ waits for ───────────╮
/// ╰─────────────────────────────────────╯╰──────────────────────╯
/// ╭ source ──────────╮╭ objects ────────╮╭ events ──────────────╮
/// │                  │╰─────────────────╯│                      │
/// │                  │╭ output ─────────╮╭ variables ───────────╮   or as tabs beside the events
/// ╰──────────────────╯╰─────────────────╯╰──────────────────────╯   the steps stand where the events do
/// ```
fn full(area: Rect, shape: Shape) -> Vec<(Panel, Rect)> {
    let lanes = (shape.lane_rows().max(shape.graph_rows) + 2).clamp(8, (area.height / 2).max(8));
    let [top, bottom] = Layout::vertical([Constraint::Length(lanes), Constraint::Min(0)]).areas(area);
    let side = (area.width * 34 / 100).clamp(34, 60);
    let [threads, graph] = Layout::horizontal([Constraint::Min(0), Constraint::Length(side)]).areas(top);
    let [left, events] = Layout::horizontal([Constraint::Min(0), Constraint::Length(side)]).areas(bottom);
    let [source, objects] = Layout::horizontal([Constraint::Percentage(57), Constraint::Percentage(43)]).areas(left);
    let mut panels = vec![(Panel::Lanes, threads), (Panel::Graph, graph), (Panel::Source, source)];
    if objects.height < STACKED {
        panels.extend([(Panel::Objects, objects), (shape.tab, events)]);
        return panels;
    }
    let [upper, lower] = Layout::vertical([Constraint::Fill(1), Constraint::Fill(1)]).areas(objects);
    panels.extend([(Panel::Objects, upper), (Panel::Output, lower)]);
    if events.height < TALL {
        panels.push((shape.side, events));
        return panels;
    }
    let [events, variables] = Layout::vertical([Constraint::Fill(1), Constraint::Fill(1)]).areas(events);
    let upper = if shape.side == Panel::Steps { Panel::Steps } else { Panel::Events };
    panels.extend([(upper, events), (Panel::Variables, variables)]);
    panels
}

/// The parts of the lanes panel.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct LaneParts {
    /// The panel's frame, with the ruler on its upper edge.
    pub(super) frame: Rect,
    /// Marks, names and state words.
    pub(super) names: Rect,
    /// How many columns of those are for the name itself.
    pub(super) name_width: u16,
    /// The cells.
    pub(super) cells: Rect,
    /// So many rows are left out above.
    pub(super) first: usize,
    /// How many rows there is room for.
    pub(super) room: usize,
    /// Rows from one lane to the next: two, when there is room for that.
    pub(super) pitch: u16,
}

impl LaneParts {
    fn of(frame: Rect, shape: LaneShape) -> LaneParts {
        let inner = Rect {
            x: frame.x.saturating_add(1),
            y: frame.y.saturating_add(1),
            width: frame.width.saturating_sub(2),
            height: frame.height.saturating_sub(2),
        };
        let name_width = shape.longest.clamp(4, (inner.width / 4).clamp(4, 18));
        // A mark, the name, a space, the state in words, a space.
        let wanted = 1 + name_width + 1 + STATE_WIDTH + 1;
        let names_width = wanted.min(inner.width);
        let names = Rect { width: names_width, ..inner };
        let cells = Rect { x: inner.x + names_width, width: inner.width - names_width, ..inner };
        let height = usize::from(inner.height);
        let room = if height > 2 { height - usize::from(shape.gil) } else { height };
        let first = shape.selected.saturating_sub(room / 2).min(shape.rows.saturating_sub(room));
        let pitch = if shape.all() * 2 <= height + 1 { 2 } else { 1 };
        LaneParts { frame, names, name_width, cells, first, room, pitch }
    }
}

/// What the GIL's row is called.
pub(super) const GIL_NAME: &str = "GIL";

/// Rows that a panel needs to say anything.
const LEAST: u16 = 4;

/// Columns from which on a line is enough for what may come.
const WIDE: u16 = 130;

/// Rows from which on the output has room below the objects.
const STACKED: u16 = 16;

/// Rows from which on the variables have room below the events.
const TALL: u16 = 28;

/// Columns of the longest word for a state.
pub(super) const STATE_WIDTH: u16 = 8;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panels_never_overlap_and_stay_inside() {
        for (width, height) in [(1, 1), (20, 5), (60, 16), (80, 24), (100, 30), (119, 31), (200, 60)] {
            for focus in Panel::ALL {
                for (rows, expanded, ring) in [(1, false, false), (300, false, true), (5, true, false)] {
                    let area = Rect::new(0, 0, width, height);
                    let places = Places::of(
                        area,
                        Shape {
                            lanes: LaneShape { rows, ..LaneShape::default() },
                            focus,
                            tab: Panel::Output,
                            side: Panel::Events,
                            expanded,
                            ring,
                            graph_rows: rows as u16,
                            why: 70,
                            ahead: ring,
                            steps: ring,
                        },
                    );
                    for (index, (_, panel)) in places.panels.iter().enumerate() {
                        assert_eq!(panel.intersection(area), *panel);
                        assert!(places.panels[..index].iter().all(|(_, other)| !other.intersects(*panel)));
                    }
                }
            }
        }
    }

    #[test]
    fn everything_is_there_from_a_hundred_by_thirty() {
        let shape = Shape {
            lanes: LaneShape { rows: 3, ..LaneShape::default() },
            focus: Panel::Lanes,
            tab: Panel::Events,
            side: Panel::Events,
            expanded: false,
            ring: false,
            graph_rows: 0,
            why: 0,
            ahead: false,
            steps: false,
        };
        let count = |(width, height)| Places::of(Rect::new(0, 0, width, height), shape).panels.len();
        assert_eq!([(200, 60), (100, 30), (80, 24), (60, 16), (59, 16)].map(count), [7, 6, 4, 1, 0]);
    }
}
