//! Which part of a run the lanes show, and how much of it one cell covers.

use super::keys;
use crate::trace::Axis;

/// How many views can be undone.
const UNDO_LIMIT: usize = 100;
/// The longest stretch that one cell may cover: beyond that there is nothing to see.
const PER_CELL_LIMIT: u64 = 3_600_000_000_000;
/// Cells that an operation is wide on the story at most: wider ones say nothing more.
const CELLS_LIMIT: u64 = 64;
/// Cells that an operation is wide when the view chooses: as long as the whole run fits, and when it does not.
const WIDE: u64 = 4;
const NARROW: u64 = 2;

/// The finest and the coarsest scale of time that the view chooses by itself while the run goes on.
const FINEST: u64 = 1_000;
const COARSEST: u64 = 500_000_000;

/// How the view is chosen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Aim {
    /// By itself: the whole run while it is short, then the latest part.
    Auto,
    /// The whole run.
    Fit,
    /// The latest part, at this scale.
    Follow { per_cell: u64 },
    /// This part.
    Still { start: u64, per_cell: u64 },
}

/// What the lanes show.
#[derive(Clone, Debug)]
pub struct Viewport {
    axis: Axis,
    aim: Aim,
    before: Vec<(Axis, Aim)>,
}

/// How the scale changes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Zoom {
    /// Half as much is shown.
    In,
    /// Twice as much is shown.
    Out,
}

/// A way along the axis.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "directions")]
pub enum Way {
    Earlier,
    Later,
}

/// A part of an axis, spread over cells.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Window {
    /// The axis.
    pub axis: Axis,
    /// Where the first cell begins.
    pub start: u64,
    /// How much one cell covers, at least 1.
    pub per_cell: u64,
    /// How many cells there are.
    pub width: u16,
    /// Where the run ends so far.
    pub end: u64,
}

impl Window {
    /// What the cell `column` covers: from, to (exclusive).
    pub fn range(self, column: u16) -> (u64, u64) {
        let from = self.start.saturating_add(u64::from(column).saturating_mul(self.per_cell));
        (from, from.saturating_add(self.per_cell))
    }

    /// The cell that covers `place`.
    pub fn column(self, place: u64) -> Option<u16> {
        let column = place.checked_sub(self.start)? / self.per_cell;
        u16::try_from(column).ok().filter(|&column| column < self.width)
    }
}

/// What a window is made for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Extent {
    /// Where the run ends so far, in nanoseconds.
    pub now: u64,
    /// When the last event was, in nanoseconds.
    pub last: u64,
    /// Where the run ends so far on the story.
    pub story: u64,
    /// How many cells there are.
    pub width: u16,
    /// Whether nothing more will come.
    pub over: bool,
}

impl Default for Viewport {
    fn default() -> Self {
        Viewport { axis: Axis::Story, aim: Aim::Auto, before: Vec::new() }
    }
}

impl Viewport {
    /// What the axis is.
    pub fn axis(&self) -> Axis {
        self.axis
    }

    /// Whether the view moves along with the run.
    pub fn follows(&self) -> bool {
        !matches!(self.aim, Aim::Still { .. })
    }

    /// The part to draw. A view that moves along moves by whole cells, so that each cell shows the same as before.
    pub fn window(&self, extent: Extent) -> Window {
        let width = extent.width.max(1);
        let cells = u64::from(width);
        let end = match self.axis {
            Axis::Time => extent.now,
            Axis::Story => extent.story,
        };
        let latest = |per_cell: u64| end.div_ceil(per_cell).saturating_sub(cells).saturating_mul(per_cell);
        let (start, per_cell) = match (self.aim, self.axis) {
            (Aim::Still { start, per_cell }, _) => (start, per_cell),
            (Aim::Fit, Axis::Time) => (0, end.div_ceil(cells)),
            (Aim::Fit, Axis::Story) => (0, whole_story(end, cells)),
            (Aim::Follow { per_cell }, _) => (latest(per_cell.max(1)), per_cell),
            (Aim::Auto, Axis::Time) => {
                let coarsest = if extent.over { u64::MAX } else { COARSEST };
                let per_cell = round_scale(end.div_ceil(cells)).clamp(FINEST, coarsest);
                // When nothing happens any more, the way there stays in view.
                (latest(per_cell).min(extent.last.saturating_sub(cells / 3 * per_cell) / per_cell * per_cell), per_cell)
            }
            (Aim::Auto, Axis::Story) => {
                let per_cell = whole_story(end, cells).max(Axis::STEP / WIDE);
                let per_cell = if extent.over { per_cell } else { per_cell.min(Axis::STEP / NARROW) };
                (latest(per_cell), per_cell)
            }
        };
        Window { axis: self.axis, start, per_cell: per_cell.max(1), width, end }
    }

    fn aim_at(&mut self, axis: Axis, aim: Aim) {
        if (axis, aim) == (self.axis, self.aim) {
            return;
        }
        if self.before.len() == UNDO_LIMIT {
            self.before.remove(0);
        }
        self.before.push((self.axis, self.aim));
        (self.axis, self.aim) = (axis, aim);
    }

    /// Shows twice as much or half as much around `anchor`, which keeps its cell.
    pub fn zoom(&mut self, extent: Extent, zoom: Zoom, anchor: Option<u64>) {
        let window = self.window(extent);
        let finest = match self.axis {
            Axis::Time => 1,
            Axis::Story => Axis::STEP / CELLS_LIMIT,
        };
        let per_cell = match zoom {
            Zoom::In => window.per_cell.div_ceil(2),
            Zoom::Out => window.per_cell.saturating_mul(2),
        };
        let per_cell = per_cell.clamp(finest, PER_CELL_LIMIT);
        let per_cell = match self.axis {
            Axis::Story if per_cell > Axis::STEP => per_cell.next_multiple_of(Axis::STEP),
            Axis::Story | Axis::Time => per_cell,
        };
        if anchor.is_none() && self.follows() {
            return self.aim_at(self.axis, Aim::Follow { per_cell });
        }
        let middle = window.range(window.width / 2).0;
        let anchor = anchor.unwrap_or(middle);
        let before_anchor = anchor.saturating_sub(window.start) / window.per_cell;
        let start = (anchor / per_cell).saturating_sub(before_anchor) * per_cell;
        self.aim_at(self.axis, Aim::Still { start, per_cell });
    }

    /// Moves the view by a quarter of itself.
    pub fn pan(&mut self, extent: Extent, way: Way) {
        let window = self.window(extent);
        let distance = (u64::from(window.width) / 4).max(1).saturating_mul(window.per_cell);
        let start = match way {
            Way::Earlier => window.start.saturating_sub(distance),
            Way::Later => window.start.saturating_add(distance).min(window.end),
        };
        self.aim_at(self.axis, Aim::Still { start, per_cell: window.per_cell });
    }

    /// Shows the whole run.
    pub fn fit(&mut self) {
        self.aim_at(self.axis, Aim::Fit);
    }

    /// Puts `place` into the middle.
    pub fn centre(&mut self, extent: Extent, place: u64) {
        let window = self.window(extent);
        let half = u64::from(window.width) / 2;
        let start = (place / window.per_cell).saturating_sub(half) * window.per_cell;
        self.aim_at(self.axis, Aim::Still { start, per_cell: window.per_cell });
    }

    /// Shows the start.
    pub fn start(&mut self, extent: Extent) {
        let per_cell = self.window(extent).per_cell;
        self.aim_at(self.axis, Aim::Still { start: 0, per_cell });
    }

    /// Follows the run again.
    pub fn live(&mut self, extent: Extent) {
        let per_cell = self.window(extent).per_cell;
        self.aim_at(self.axis, Aim::Follow { per_cell });
    }

    /// Changes between the story and time.
    pub fn toggle_axis(&mut self) {
        self.aim_at(keys::other(self.axis), Aim::Auto);
    }

    /// Takes the last change back; false when there is none.
    pub fn undo(&mut self) -> bool {
        let Some((axis, aim)) = self.before.pop() else { return false };
        (self.axis, self.aim) = (axis, aim);
        true
    }
}

/// The finest scale of the story at which so much of it fits: an operation is a whole number of cells wide, or a cell a whole
/// number of operations.
fn whole_story(end: u64, cells: u64) -> u64 {
    let least = end.div_ceil(cells).max(Axis::STEP / CELLS_LIMIT * 4);
    match least > Axis::STEP {
        true => least.checked_next_multiple_of(Axis::STEP).unwrap_or(least),
        false => least.next_power_of_two(),
    }
}

/// The smallest of 1, 2, 5, 10, … that is not below `value`.
pub fn round_scale(value: u64) -> u64 {
    let mut power = 1u64;
    loop {
        for factor in [1, 2, 5] {
            let scale = power.saturating_mul(factor);
            if scale >= value {
                return scale;
            }
        }
        power = power.saturating_mul(10);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: u64 = 1_000_000;

    fn extent(now: u64) -> Extent {
        Extent { now, last: now, story: now / (100 * MS) * Axis::STEP, width: 50, over: false }
    }

    fn time() -> Viewport {
        let mut view = Viewport::default();
        view.toggle_axis();
        view
    }

    #[test]
    fn by_itself_it_shows_all_of_a_short_run_and_the_end_of_a_long_one() {
        let view = time();
        assert_eq!((view.window(extent(0)).start, view.window(extent(0)).per_cell), (0, FINEST));
        assert_eq!(view.window(extent(8_000 * MS)).per_cell, 200 * MS);
        let long = view.window(extent(100_000 * MS));
        assert_eq!((long.per_cell, long.start), (500 * MS, 75_000 * MS));
        let idle = view.window(Extent { last: 20_000 * MS, ..extent(100_000 * MS) });
        assert_eq!(idle.column(20_000 * MS), Some(16), "what happened last stays in view");
        let over = view.window(Extent { over: true, ..extent(100_000 * MS) });
        assert_eq!((over.start, over.per_cell), (0, 2_000 * MS));
    }

    #[test]
    fn operations_of_the_story_are_two_to_four_cells_wide_until_the_run_is_over() {
        let view = Viewport::default();
        let operations = |count: u64, over| {
            let window = view.window(Extent { story: count * Axis::STEP, over, ..extent(0) });
            (window.start / Axis::STEP, window.per_cell as f64 / Axis::STEP as f64)
        };
        assert_eq!([1, 12, 13, 25].map(|count| operations(count, false)), [(0, 0.25), (0, 0.25), (0, 0.5), (0, 0.5)]);
        assert_eq!((operations(26, false), operations(1000, false)), ((1, 0.5), (975, 0.5)));
        assert_eq!([1, 25, 50, 1000].map(|count| operations(count, true).1), [0.25, 0.5, 1.0, 20.0]);
    }

    #[test]
    fn zooming_keeps_the_anchor_in_its_cell_and_can_be_undone() {
        for mut view in [Viewport::default(), time()] {
            let start = view.clone();
            view.fit();
            let before = view.window(extent(5_000 * MS));
            let anchor = before.range(before.width / 3).0;
            view.zoom(extent(5_000 * MS), Zoom::In, Some(anchor));
            let after = view.window(extent(5_000 * MS));
            assert_eq!(before.column(anchor), after.column(anchor));
            assert_eq!(after.per_cell, before.per_cell / 2);
            assert!(view.undo() && view.undo());
            assert_eq!(view.window(extent(0)), start.window(extent(0)));
        }
    }

    #[test]
    fn panning_stops_following_and_the_end_takes_it_up_again() {
        let mut view = Viewport::default();
        view.pan(extent(100_000 * MS), Way::Earlier);
        assert!(!view.follows());
        view.live(extent(100_000 * MS));
        assert!(view.follows());
        assert_eq!(view.window(extent(4_000 * MS)).end, 40 * Axis::STEP);
        view.toggle_axis();
        assert_eq!(view.window(extent(4_000 * MS)).end, 4_000 * MS);
    }

    #[test]
    fn no_extent_is_too_small_or_too_large() {
        for (now, width) in [(0, 0), (u64::MAX, 1), (1, 65_535)] {
            let extent = Extent { now, last: 0, story: now, width, over: true };
            for mut view in [Viewport::default(), time()] {
                for _ in 0..80 {
                    view.zoom(extent, Zoom::Out, None);
                }
                view.pan(extent, Way::Later);
                for _ in 0..80 {
                    view.zoom(extent, Zoom::In, Some(now));
                }
                assert!(view.window(extent).per_cell >= 1);
                view.fit();
                assert!(view.window(extent).per_cell >= 1);
            }
        }
        assert_eq!([0, 1, 3, 5, 6, 11, 21].map(round_scale), [1, 1, 5, 5, 10, 20, 50]);
    }
}
