//! The mouse: a click selects, and does what a key of the last line or a line of the help says; the wheel scrolls lanes and
//! lists, and zooms on the ruler where the pointer is; a drag measures.

use super::app::{App, Screen};
use super::footer;
use super::input::{Mouse, Toward};
use super::keys::Action;
use super::layout::Panel;
use super::notice::Notice;
use super::render;
use super::run::Run;
use super::viewport::Zoom;
use ratatui::layout::Position;

/// Takes in what the mouse did; whether there is anything new to draw.
pub(super) fn handle(app: &mut App<'_>, mouse: Mouse, at: Position) -> bool {
    let is_click = mouse == Mouse::Press;
    if is_click && at.y + 1 == app.area.bottom() {
        return click_hint(app, at.x);
    }
    if !app.popups.is_empty() {
        return if is_click { click_popup(app, at) } else { scroll_popup(app, mouse) };
    }
    match (&mut app.screen, mouse) {
        (Screen::Run(run), Mouse::Press) => {
            if let Some(notice) = click(run, at) {
                app.say(notice);
            }
        }
        (Screen::Run(run), Mouse::Drag) => drag(run, at),
        (Screen::Run(run), Mouse::Wheel(toward)) => return wheel(run, at, toward),
        (Screen::Gallery, Mouse::Press) => {
            let Some(row) = render::gallery::row_at(app, at) else { return false };
            app.click_card(row);
        }
        (_, Mouse::Wheel(Toward::Down)) => app.act(Action::Down),
        (_, Mouse::Wheel(Toward::Up)) => app.act(Action::Up),
        (_, Mouse::Wheel(Toward::Left | Toward::Right) | Mouse::Press | Mouse::Drag) => return false,
    }
    true
}

/// A click on a key of the last line does what the key does.
fn click_hint(app: &mut App<'_>, x: u16) -> bool {
    let (placed, _) = footer::placed(app, app.area.width);
    let hit = placed.into_iter().find(|(begin, hint)| (*begin..begin + hint.width()).contains(&x));
    let Some((_, hint)) = hit else { return false };
    app.click_hint(hint.action);
    true
}

/// A click on a row of a popup selects it, or does it; one beside the popup closes it.
fn click_popup(app: &mut App<'_>, at: Position) -> bool {
    let Some(top) = app.popups.last() else { return false };
    match render::popups::place(app, top) {
        Some((_, rows)) if rows.at(at).is_some() => {
            if let Some(row) = rows.at(at) {
                app.click_popup(row);
            }
        }
        Some((frame, _)) if !frame.contains(at) => app.act(Action::Back),
        _ => return false,
    }
    true
}

fn scroll_popup(app: &mut App<'_>, mouse: Mouse) -> bool {
    match mouse {
        Mouse::Wheel(Toward::Down) => app.act(Action::Down),
        Mouse::Wheel(Toward::Up) => app.act(Action::Up),
        Mouse::Wheel(Toward::Left | Toward::Right) | Mouse::Press | Mouse::Drag => return false,
    }
    true
}

/// Selects what is under the mouse.
fn click(run: &mut Run, at: Position) -> Option<Notice> {
    let (panel, frame) = run.places.at(at)?;
    run.focus(panel);
    let row = at.y.checked_sub(frame.y + 1).map(usize::from);
    let inner_rows = usize::from(frame.height.saturating_sub(2));
    match (panel, row.filter(|&row| row < inner_rows)) {
        (Panel::Lanes, row) => {
            if let Some(row) = row {
                let lanes = run.places.lanes;
                let row = row / usize::from(lanes.pitch);
                if row < lanes.room {
                    run.click_row(lanes.first + row);
                }
            }
            run.look.mark = None;
            let place = place_at(run, at);
            if let Some(place) = place {
                run.set_cursor(place);
            }
            // A click on the ruler goes back to that moment.
            if at.y == frame.y && place.is_some() {
                return run.act(Action::GoThere);
            }
        }
        (Panel::Events, Some(row)) => {
            let shown = run.look.events.visible(inner_rows, run.first_later(), run.listed());
            if let Some(row) = shown.clone().nth(row) {
                let seq = run.look.events.seq(row, run.listed());
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
fn drag(run: &mut Run, at: Position) {
    let Some(place) = place_at(run, at) else { return };
    run.look.mark = run.look.mark.or(run.look.cursor);
    run.set_cursor(place);
}

/// The place of the view's axis under the mouse.
fn place_at(run: &Run, at: Position) -> Option<u64> {
    let cells = run.places.lanes.cells;
    let column = at.x.checked_sub(cells.x).filter(|&column| column < cells.width)?;
    Some(run.window().range(column).0)
}

/// Turns the wheel where the mouse is; whether that does anything.
fn wheel(run: &mut Run, at: Position, toward: Toward) -> bool {
    let (zoom, vertical, sideways) = match toward {
        Toward::Down => (Zoom::Out, Action::Down, Action::PanRight),
        Toward::Up => (Zoom::In, Action::Up, Action::PanLeft),
        Toward::Left => return scroll(run, Action::PanLeft),
        Toward::Right => return scroll(run, Action::PanRight),
    };
    let Some((panel, frame)) = run.places.at(at) else { return false };
    if panel != Panel::Lanes {
        run.focus(panel);
        return scroll(run, vertical);
    }
    if at.y == frame.y {
        // What is under the pointer stays there.
        run.zoom(zoom, place_at(run, at));
        return true;
    }
    let all_fit = run.lane_rows().len() <= run.places.lanes.room;
    // If there is nothing to scroll up or down, lanes scroll through time.
    scroll(run, if all_fit { sideways } else { vertical })
}

fn scroll(run: &mut Run, action: Action) -> bool {
    run.act(action);
    true
}
