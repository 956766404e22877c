//! Which part of a run the lanes show, and how much of it one cell covers.

use super::keys;
use crate::trace::Axis;

/// How many views can be undone.
const UNDO_LIMIT: usize = 100;
/// The longest stretch that one cell may cover: beyond that there is nothing to see.
const PER_CELL_LIMIT: u64 = 3_600_000_000_000;

/// The coarsest scale that the view chooses by itself while the run goes on, unless the run is slower than usual.
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
    /// How many steps it has so far.
    pub steps: u64,
    /// How many cells there are.
    pub width: u16,
    /// The finest scale that the view chooses by itself, in nanoseconds for each cell.
    pub finest: u64,
    /// Whether nothing more will come.
    pub over: bool,
}

impl Default for Viewport {
    fn default() -> Self {
        Viewport { axis: Axis::Time, aim: Aim::Auto, before: Vec::new() }
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

    /// The part to draw.
    pub fn window(&self, extent: Extent) -> Window {
        let width = extent.width.max(1);
        let cells = u64::from(width);
        let end = match self.axis {
            Axis::Time => extent.now,
            Axis::Steps => extent.steps * Axis::STEP,
        };
        let (start, per_cell) = match self.aim {
            Aim::Still { start, per_cell } => (start, per_cell),
            Aim::Fit => (0, end.div_ceil(cells)),
            Aim::Follow { per_cell } => (end.saturating_sub(cells.saturating_mul(per_cell)), per_cell),
            Aim::Auto => {
                let (finest, coarsest) = match self.axis {
                    Axis::Time => (extent.finest.max(1), (extent.finest * 5).max(COARSEST)),
                    Axis::Steps => (Axis::STEP / 2, Axis::STEP),
                };
                let coarsest = if extent.over { u64::MAX } else { coarsest };
                let per_cell = round_scale(end.div_ceil(cells)).clamp(finest, coarsest);
                let start = end.saturating_sub(cells.saturating_mul(per_cell));
                // When nothing happens any more, what led there stays in view.
                let latest = match self.axis {
                    Axis::Time => extent.last.saturating_sub(cells / 3 * per_cell),
                    Axis::Steps => start,
                };
                (start.min(latest), per_cell)
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

    /// Shows twice as much (`out`) or half as much around `anchor`, which keeps its cell.
    pub fn zoom(&mut self, extent: Extent, out: bool, anchor: Option<u64>) {
        let window = self.window(extent);
        let per_cell = if out { window.per_cell.saturating_mul(2) } else { window.per_cell / 2 };
        let per_cell = per_cell.clamp(1, PER_CELL_LIMIT);
        if anchor.is_none() && self.follows() {
            return self.aim_at(self.axis, Aim::Follow { per_cell });
        }
        let middle = window.range(window.width / 2).0;
        let anchor = anchor.unwrap_or(middle);
        let before_anchor = anchor.saturating_sub(window.start) / window.per_cell * per_cell;
        self.aim_at(self.axis, Aim::Still { start: anchor.saturating_sub(before_anchor), per_cell });
    }

    /// Moves the view by a quarter of itself.
    pub fn pan(&mut self, extent: Extent, later: bool) {
        let window = self.window(extent);
        let distance = (u64::from(window.width) / 4).max(1).saturating_mul(window.per_cell);
        let start = if later {
            window.start.saturating_add(distance).min(window.end)
        } else {
            window.start.saturating_sub(distance)
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
        let half = (u64::from(window.width) / 2).saturating_mul(window.per_cell);
        self.aim_at(self.axis, Aim::Still { start: place.saturating_sub(half), per_cell: window.per_cell });
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

    /// Changes between time and steps.
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
        Extent { now, last: now, steps: 40, width: 50, finest: 100 * MS, over: false }
    }

    #[test]
    fn by_itself_it_shows_all_of_a_short_run_and_the_end_of_a_long_one() {
        let view = Viewport::default();
        assert_eq!((view.window(extent(0)).start, view.window(extent(0)).per_cell), (0, 100 * MS));
        assert_eq!(view.window(extent(8_000 * MS)).per_cell, 200 * MS);
        let long = view.window(extent(100_000 * MS));
        assert_eq!((long.per_cell, long.start), (500 * MS, 75_000 * MS));
        let idle = view.window(Extent { last: 20_000 * MS, ..extent(100_000 * MS) });
        assert_eq!(idle.column(20_000 * MS), Some(16), "what happened last stays in view");
        let over = view.window(Extent { over: true, ..extent(100_000 * MS) });
        assert_eq!((over.start, over.per_cell), (0, 2_000 * MS));
    }

    #[test]
    fn zooming_keeps_the_anchor_in_its_cell_and_can_be_undone() {
        let mut view = Viewport::default();
        view.fit();
        let before = view.window(extent(5_000 * MS));
        view.zoom(extent(5_000 * MS), false, Some(2_000 * MS));
        let after = view.window(extent(5_000 * MS));
        assert_eq!(before.column(2_000 * MS), after.column(2_000 * MS));
        assert_eq!(after.per_cell, before.per_cell / 2);
        assert!(view.undo() && view.undo() && !view.undo());
        assert_eq!(view.window(extent(0)), Viewport::default().window(extent(0)));
    }

    #[test]
    fn panning_stops_following_and_the_end_takes_it_up_again() {
        let mut view = Viewport::default();
        view.pan(extent(100_000 * MS), false);
        assert!(!view.follows());
        view.live(extent(100_000 * MS));
        assert!(view.follows());
        view.toggle_axis();
        assert_eq!(view.window(extent(0)).end, 40 * Axis::STEP);
    }

    #[test]
    fn no_extent_is_too_small_or_too_large() {
        for (now, width) in [(0, 0), (u64::MAX, 1), (1, 65_535)] {
            let extent = Extent { now, last: 0, steps: 0, width, finest: 1, over: true };
            let mut view = Viewport::default();
            for _ in 0..80 {
                view.zoom(extent, true, None);
            }
            view.pan(extent, true);
            for _ in 0..80 {
                view.zoom(extent, false, Some(now));
            }
            assert!(view.window(extent).per_cell >= 1);
        }
        assert_eq!([0, 1, 3, 5, 6, 11, 21].map(round_scale), [1, 1, 5, 5, 10, 20, 50]);
    }
}
