//! A driven run at the ports.

use super::{Driven, Settings};
use crate::base::ThreadId;
use crate::base::sources::next_in_file;
use crate::event::{Breakpoint, Event, Legend, Position, Variables};
use crate::policy::Kind;
use crate::schedule::Speed;
use crate::schedule::tape::Close;
use crate::session::inquiry::{Inquiry, Where};
use crate::session::past::{self, Fork};
use crate::session::ports::{Feed, Jump, Moment, Past, Session, Steering};
use std::rc::Rc;
use std::sync::Arc;

impl Feed for Driven {
    fn legend(&self) -> Legend {
        self.execution.image().legend()
    }

    fn drain(&mut self, limit: usize) -> Vec<Event> {
        if !self.over {
            if !self.settings.paused {
                self.clock.play_frame(self.settings.speed);
            }
            self.go_on(limit);
        }
        self.fetch();
        self.past.follow();
        self.execution.take_events()
    }

    fn positions(&self) -> Vec<Position> {
        past::positions(&self.execution)
    }

    fn variables(&self, thread: ThreadId) -> Variables {
        past::variables(&self.execution, thread)
    }

    fn breakable_line(&self, line: u32) -> Option<u32> {
        next_in_file(&self.lines, line)
    }

    fn now(&self) -> u64 {
        self.clock.shown(self.shared().now)
    }

    fn steps(&self) -> u64 {
        self.shared().step
    }

    fn is_over(&self) -> bool {
        self.over
    }

    fn scheduler(&self) -> &'static str {
        self.settings.policy.name()
    }

    fn priorities(&self) -> Vec<i32> {
        if self.settings.policy != Kind::Priority {
            return Vec::new();
        }
        let threads = (0..self.shared().threads.len() as u32).map(ThreadId);
        threads.map(|thread| self.settings.priorities.own(self.shared(), thread)).collect()
    }
}

impl Session for Driven {
    fn steering(&self) -> Option<&dyn Steering> {
        Some(self)
    }

    fn steer(&mut self) -> Option<&mut dyn Steering> {
        Some(self)
    }

    fn past(&mut self) -> Option<&mut dyn Past> {
        Some(self)
    }

    fn speed(&self) -> Speed {
        self.settings.speed
    }

    fn set_speed(&mut self, speed: Speed) {
        self.settings.speed = speed;
    }

    fn set_breakpoints(&mut self, breakpoints: &[Breakpoint]) {
        self.meet_breakpoints(); // What has happened is known then.
        self.breakpoints.replace(breakpoints.iter().cloned());
        self.stops = self.breakpoints.lines().collect();
        self.meet_breakpoints();
        self.settings.breakpoints = breakpoints.to_vec();
        self.past.set_breakpoints(breakpoints);
    }

    fn inquire(&mut self, from: Option<u64>) -> Result<Inquiry, String> {
        self.remember();
        let settings = self.settings.clone();
        let onward = move |fork: Fork, speed| -> Result<Box<dyn Session>, String> {
            Ok(Box::new(Driven::branch(fork, Settings { speed, ..settings.clone() })))
        };
        self.past.inquire(from, Rc::new(onward), Where::Here)
    }

    fn close(&mut self) {
        self.finish(if self.stuck { Close::Stuck } else { Close::Aborted });
        self.fetch();
    }
}

impl Past for Driven {
    fn moment(&mut self, jump: Jump) -> Result<Moment, String> {
        self.remember();
        self.past.show(jump)
    }

    fn variables(&self, thread: ThreadId) -> Variables {
        self.past.variables(thread).unwrap_or_else(|| past::variables(&self.execution, thread))
    }

    fn tape(&mut self) -> Vec<Arc<[u8]>> {
        self.remember();
        self.past.tape()
    }

    fn branch(&mut self, events: u64) -> Result<Box<dyn Session>, String> {
        self.remember();
        let fork = self.past.fork(events)?;
        Ok(Box::new(Driven::branch(fork, self.settings.clone())))
    }
}

impl Driven {
    /// The past takes over all that was recorded, for a look at it.
    fn remember(&mut self) {
        self.fetch();
        self.past.extend_by_part(self.tape.peek());
    }

    /// Takes over what was recorded since.
    fn fetch(&mut self) {
        let blocks = self.tape.fetch();
        self.blocks.extend(blocks.iter().cloned());
        self.past.extend(blocks);
    }

    /// The whole blocks of the run's tape, for a recording: once the run is closed that is all of it.
    pub fn blocks(&self) -> &[Arc<[u8]>] {
        &self.blocks
    }
}
