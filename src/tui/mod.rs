//! The screen: a gallery of scenarios, and the lanes, graphs and tables of a run.
//!
//! Keys and clicks become *actions* (`keys`); actions change the *app* or go to the *session*, and answer with a *notice* for
//! the last line, if there is anything to say. Each frame is drawn from the app alone (`render`), one file for each panel. A
//! *screen* fills the terminal, *popups* lie above it in a stack, a *panel* is a framed part of the run screen. Where the
//! panels lie is worked out once a frame (`layout`): keys, the mouse and drawing go by that. Everything is drawn into a
//! ratatui buffer; this part knows no terminal, no clock and no thread. A terminal, or a page, hands in what a person does
//! (`input`) and shows the buffer.

mod app;
mod breakpoints;
mod compare;
mod events;
mod faults;
mod footer;
mod gallery;
pub mod input;
pub mod keys;
mod layout;
mod mouse;
mod notice;
mod popup;
mod rehearsal;
mod render;
mod run;
pub mod theme;
mod typed;
mod variables;
pub mod viewport;
mod waiting;

#[cfg(test)]
mod tests;

pub use app::{App, Wish};
pub use input::{Input, Key};
pub use rehearsal::{Rehearsal, lanes};
pub use theme::{Depth, Shade, Theme};

use crate::event::Breakpoint;

/// How the screen is to be.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Options {
    /// The scenario to open at once; without it the gallery comes first.
    pub start: Option<usize>,
    /// The one to run beside that, and to compare with it.
    pub beside: Option<usize>,
    /// The breakpoints of that scenario.
    pub breakpoints: Vec<Breakpoint>,
    /// Whether the mouse is used.
    pub mouse: bool,
    /// Colours and glyphs.
    pub theme: Theme,
}
