//! How what is printed and shown is to look: options for every command, and what the environment says.

use crate::tui::{Depth, Shade, Theme};
use clap::{Args, ValueEnum};

#[derive(Args, Debug)]
pub(super) struct Look {
    /// When to use colours; otherwise as NO_COLOR, CLICOLOR_FORCE, CLICOLOR and TERM say
    #[arg(long, value_enum, default_value_t, global = true, value_name = "WHEN")]
    pub(super) color: ColorWhen,
    /// Colours for a dark or a light terminal
    #[arg(long, value_enum, default_value_t, global = true)]
    theme: ThemeName,
    /// Draw with ASCII characters alone
    #[arg(long, global = true)]
    ascii: bool,
    /// Leave the mouse to the terminal
    #[arg(long, global = true)]
    pub(super) no_mouse: bool,
}

#[derive(Clone, Copy, ValueEnum, Debug, Default, PartialEq, Eq)]
pub(super) enum ColorWhen {
    #[default]
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, ValueEnum, Debug, Default, PartialEq, Eq)]
pub(super) enum ThemeName {
    #[default]
    Dark,
    Light,
}

/// The colours and characters that are asked for, and that the terminal has.
pub(super) fn theme(look: &Look) -> Theme {
    let utf8 = ["LC_ALL", "LC_CTYPE", "LANG"].iter().filter_map(|name| set(name)).next();
    // A locale that says nothing is taken for UTF-8: most terminals are.
    let utf8 = utf8.is_none_or(|locale| {
        let locale = locale.to_lowercase();
        locale.contains("utf-8") || locale.contains("utf8") || locale == "c.utf8"
    });
    Theme {
        shade: if look.theme == ThemeName::Light { Shade::Light } else { Shade::Dark },
        depth: if colors(look.color, true) { depth() } else { Depth::None },
        ascii: look.ascii || !utf8,
    }
}

fn depth() -> Depth {
    let true_color = set("COLORTERM").is_some_and(|value| value == "truecolor" || value == "24bit");
    let many = set("TERM").is_some_and(|term| term.contains("256"));
    match (true_color, many) {
        (true, _) => Depth::True,
        (_, true) => Depth::Indexed,
        _ => Depth::Basic,
    }
}

/// Whether to use colours (no-color.org, bixense.com/clicolors).
pub(super) fn colors(when: ColorWhen, terminal: bool) -> bool {
    match when {
        ColorWhen::Always => true,
        ColorWhen::Never => false,
        ColorWhen::Auto if set("NO_COLOR").is_some() => false,
        ColorWhen::Auto if set("CLICOLOR_FORCE").is_some_and(|value| value != "0") => true,
        ColorWhen::Auto if set("CLICOLOR").is_some_and(|value| value == "0") => false,
        ColorWhen::Auto => terminal && set("TERM").is_none_or(|term| term != "dumb"),
    }
}

/// An environment variable that is not empty.
fn set(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
