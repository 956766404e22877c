//! The list of a program's files, from which one is opened in the source panel.

use super::super::layout::Panel;
use super::super::notice::Refusal;
use super::super::popup::Popup;
use super::{App, Screen};
use crate::base::{FileId, SafeText};

impl App<'_> {
    /// Opens the list, at the file that is shown.
    pub(super) fn list_files(&mut self) {
        let Screen::Run(run) = &self.screen else { return };
        let source = &run.model().legend().source;
        if source.count() < 2 {
            return self.say(Refusal::OneFile);
        }
        let files = source.files().map(|(id, file)| {
            let threads = run.model().threads().iter();
            let here = threads.filter(|thread| run.line_of(thread) > 0 && FileId::of(run.line_of(thread)) == id);
            let here: Vec<&str> = here.map(|thread| &*thread.name).collect();
            let stands = match here.as_slice() {
                [] => "no thread stands there".to_owned(),
                [one] => format!("{one} stands there"),
                several => format!("{} stand there", several.join(", ")),
            };
            let lines = file.line_count();
            let lines = if lines == 1 { "1 line".to_owned() } else { format!("{lines} lines") };
            (SafeText::new(source.short(id)).into_string(), SafeText::new(&format!("{lines}; {stands}")).into_string())
        });
        let row = usize::from(FileId::of(run.source_line()).0);
        self.popups.push(Popup::Files { files: files.collect(), row });
    }

    /// Shows the file in that row.
    pub(super) fn open_file(&mut self, row: usize) {
        let Screen::Run(run) = &mut self.screen else { return };
        let file = FileId(u16::try_from(row).unwrap_or_default());
        run.look.source_line = Some(file.line(1));
        run.look.focus = Panel::Source;
    }
}
