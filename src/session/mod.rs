//! Sources of runs, as a screen sees them: the ports that it asks through, and what answers there.
//!
//! [`ports`] has the three ports. [`Theatre`] opens scenarios and [`Archive`] a recording. A run is [`Live`] (the engine's, on
//! threads of the operating system), [`Driven`] (on no threads but its caller's) or [`Played`] (a recording, all of it past).
//! What each of them keeps of its past is a tape that is played again (`past`).

pub mod before;
mod cure;
mod driven;
pub mod findings;
pub mod found;
mod inquiry;
#[cfg(feature = "live")]
pub mod live;
pub mod once;
mod past;
mod played;
pub mod ports;
mod scenario;
mod stops;

pub use before::OldWay;
pub use cure::cure;
pub use driven::{Driven, Settings};
pub use findings::{Findings, Report, Told};
pub use inquiry::{Inquiry, Progress};
#[cfg(feature = "live")]
pub use live::Live;
pub use past::Fork;
pub use played::{Archive, Onward, Opened, Played};
pub use ports::{Card, Feed, Jump, Moment, Past, Session, Stage, Steering};
pub use scenario::{Files, Loaded, Races, Script, Stamp, Start, Theatre, near_or_all};

/// The name shown for the scheduler when a recording decides.
pub const REPLAY: &str = "replay";
