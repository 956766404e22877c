//! The search over schedules: every interleaving of a program, or the shortest one that goes wrong.

pub mod accesses;
pub mod bounds;
pub mod canonical;
pub mod classes;
mod components;
mod cycles;
mod dependence;
pub mod effects;
pub mod explore;
pub mod follow;
pub mod forecast;
pub mod found;
mod future;
mod order;
mod past;
mod persistent;
pub mod replay;
mod ring;
mod round;
pub mod route;
pub mod schedule;
pub mod search;
pub mod space;
mod standing;
pub mod states;
pub mod verdict;
pub mod way;
