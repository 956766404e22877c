//! The mouse: a click selects, the wheel scrolls lanes and lists, and zooms on the ruler; a drag measures.

use super::app::{App, Screen};
use super::keys::Action;
use super::layout::Panel;
use super::render;
use super::run::Run;
use crate::base::ThreadId;
use ratatui::crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Rect};

/// Takes in what the mouse did; whether there is anything new to draw.
pub(super) fn handle(app: &mut App<'_>, event: MouseEvent) -> bool {
    let at = Position { x: event.column, y: event.row };
    let area = app.area;
    if !app.popups.is_empty() {
        return scroll_popup(app, event.kind);
    }
    match (&mut app.screen, event.kind) {
        (Screen::Run(run), MouseEventKind::Down(MouseButton::Left)) => {
            if let Some(message) = click(run, area, at) {
                app.say(message);
            }
        }
        (Screen::Run(run), MouseEventKind::Drag(MouseButton::Left)) => drag(run, area, at),
        (Screen::Run(run), kind) => {
            let Some(action) = wheel(run, area, at, kind) else { return false };
            run.act(action, area);
        }
        (Screen::Gallery, MouseEventKind::Down(MouseButton::Left)) => {
            let Some(row) = render::gallery::row_at(app, at) else { return false };
            app.click_card(row);
        }
        (_, MouseEventKind::ScrollDown) => app.act(Action::Down),
        (_, MouseEventKind::ScrollUp) => app.act(Action::Up),
        _ => return false,
    }
    true
}

fn scroll_popup(app: &mut App<'_>, kind: MouseEventKind) -> bool {
    match kind {
        MouseEventKind::ScrollDown => app.act(Action::Down),
        MouseEventKind::ScrollUp => app.act(Action::Up),
        _ => return false,
    }
    true
}

/// Selects what is under the mouse; the answer is for the status line.
fn click(run: &mut Run, area: Rect, at: Position) -> Option<String> {
    let places = run.places(area);
    let &(panel, frame) = places.panels.iter().find(|(_, frame)| frame.contains(at))?;
    run.focus(panel);
    let row = at.y.checked_sub(frame.y + 1).map(usize::from);
    let inner_rows = usize::from(frame.height.saturating_sub(2));
    match (panel, row.filter(|&row| row < inner_rows)) {
        (Panel::Lanes, row) => {
            if let Some(row) = row {
                let height = frame.height.saturating_sub(2);
                let row = row / usize::from(run.lane_pitch(height));
                let thread = run.first_lane(height) + row;
                if row < usize::from(run.lane_room(height)) && thread < run.model.threads().len() {
                    run.select_thread(ThreadId(thread as u32));
                }
            }
            run.look.mark = None;
            let place = place_at(run, frame, at);
            if let Some(place) = place {
                run.set_cursor(place);
            }
            // On the ruler the run is wound back to there.
            if at.y == frame.y && place.is_some() {
                return run.act(Action::GoThere, area);
            }
        }
        (Panel::Events, Some(row)) => {
            let shown = run.look.events.visible(inner_rows, &run.model);
            if let Some(row) = shown.clone().nth(row) {
                let seq = run.look.events.seq(row, &run.model);
                run.select_event(Some(seq));
            }
        }
        (Panel::Objects, Some(row)) => {
            let first = render::objects::first_row(run, inner_rows);
            run.look.object_row = (first + row).min(run.object_rows().saturating_sub(1));
        }
        (Panel::Variables, Some(row)) => {
            let to = render::variables::first_row(run, inner_rows) + row;
            run.look.variables.step(to as isize - run.look.variables.row() as isize);
        }
        (Panel::Source, Some(_)) => {
            let line = render::source::line_at_gutter(run, frame, at)?;
            return Some(run.cycle_line(line));
        }
        _ => {}
    }
    None
}

/// The first cell of a drag becomes the mark, the last one the cursor.
fn drag(run: &mut Run, area: Rect, at: Position) {
    let Some(frame) = run.places(area).panel(Panel::Lanes) else { return };
    let Some(place) = place_at(run, frame, at) else { return };
    run.look.mark = run.look.mark.or(run.look.cursor);
    run.set_cursor(place);
}

/// The place of the view's axis under the mouse.
fn place_at(run: &Run, frame: Rect, at: Position) -> Option<u64> {
    let cells = run.lane_parts(frame).cells;
    let column = at.x.checked_sub(cells.x).filter(|&column| column < cells.width)?;
    Some(run.window(cells.width).range(column).0)
}

/// What a turn of the wheel means where the mouse is.
fn wheel(run: &mut Run, area: Rect, at: Position, kind: MouseEventKind) -> Option<Action> {
    let down = match kind {
        MouseEventKind::ScrollDown => true,
        MouseEventKind::ScrollUp => false,
        MouseEventKind::ScrollLeft => return Some(Action::PanLeft),
        MouseEventKind::ScrollRight => return Some(Action::PanRight),
        _ => return None,
    };
    let &(panel, frame) = run.places(area).panels.iter().find(|(_, frame)| frame.contains(at))?;
    if panel != Panel::Lanes {
        run.focus(panel);
        return Some(if down { Action::Down } else { Action::Up });
    }
    let on_ruler = at.y == frame.y;
    let all_fit = run.model.threads().len() <= usize::from(run.lane_room(frame.height.saturating_sub(2)));
    Some(match (on_ruler, all_fit, down) {
        (true, _, true) => Action::ZoomOut,
        (true, _, false) => Action::ZoomIn,
        // Where there is nothing to scroll through from above to below, lanes scroll through time.
        (false, true, true) => Action::PanRight,
        (false, true, false) => Action::PanLeft,
        (false, false, true) => Action::Down,
        (false, false, false) => Action::Up,
    })
}
