//! Diagnostics with the source around them.

use crate::base::diagnostic::Reason;
use crate::base::{Diagnostic, SafeText, Source};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

/// At most so many complaints are printed whole; the others are counted.
const MOST: usize = 50;

/// Every complaint, one behind the other, with a line end at the end.
pub(super) fn render(source: &Source, found: &[Diagnostic], color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut parts: Vec<String> =
        found.iter().take(MOST).map(|diagnostic| renderer.render(&report(source, diagnostic))).collect();
    if found.len() > MOST {
        parts.push(format!("… and {} more", found.len() - MOST));
    }
    // The renderer shows other control characters as pictures, and lets these stand; they drive terminals too.
    parts.join("\n\n").replace(|c| matches!(c, '\u{80}'..='\u{9f}'), "\u{fffd}")
}

fn report<'a>(source: &'a Source, diagnostic: &'a Diagnostic) -> Vec<Group<'a>> {
    let source = diagnostic.file.as_deref().unwrap_or(source);
    let title = match diagnostic.reason {
        Reason::Syntax => format!("not Python: {}", diagnostic.message),
        Reason::Metadata => format!("metadata: {}", diagnostic.message),
        Reason::Unsupported | Reason::Unreadable => diagnostic.message.clone(),
    };
    let title = SafeText::sentence(&title).into_string();
    let mut group = match diagnostic.span {
        Some(span) => {
            let length = source.text().len();
            let start = (span.start as usize).min(length);
            let range = start..(span.end as usize).clamp(start, length);
            let snippet = Snippet::source(source.text())
                .path(SafeText::new(source.name()).into_string())
                .annotation(AnnotationKind::Primary.span(range));
            Level::ERROR.primary_title(title).element(snippet)
        }
        None => Group::with_title(Level::ERROR.primary_title(format!("{}: {title}", SafeText::new(source.name())))),
    };
    if let Some(advice) = &diagnostic.advice {
        group = group.element(Level::HELP.message(SafeText::sentence(advice).into_string()));
    }
    vec![group]
}
